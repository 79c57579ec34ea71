# ruff: noqa: ANN401 - SQLAlchemy's compilers take and return Any
# mypy: disable-error-code="no-untyped-call, no-any-return, override"
"""SQL Server's SQLAlchemy dialect for scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import types as sat
from sqlalchemy.dialects.mssql.base import MSDDLCompiler, MSDialect, MSIdentifierPreparer, MSSQLCompiler
from sqlalchemy.sql.elements import BindParameter

from changescript.dialects.drivers import ScriptDialect
from changescript.dialects.mssql.literals import MSSQL_LITERALS, is_one_constant
from changescript.dialects.mssql.releases import MAJOR_VERSIONS
from changescript.literals.compiler import LiteralCompiler, LiteralDDLCompiler
from changescript.literals.places import compared_parameters, inserted_parameters
from changescript.literals.rules import LiteralRefused, Place

if TYPE_CHECKING:
    from collections.abc import Collection

_CALL = re.compile(r"\s*EXEC(?:UTE)?\b", re.IGNORECASE)
_BYTES_OF_TEXT = frozenset({"hashbytes", "checksum", "binary_checksum", "datalength", "sql_variant_property"})
_READS_BYTES = re.compile(rf"\b(?:{'|'.join(sorted(_BYTES_OF_TEXT))}|(?:var)?binary)\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"(EXEC(?:UTE)? sp_(?:add|update)extendedproperty 'MS_Description', )\((.*)\)(, 'schema', .*)",
    re.IGNORECASE | re.DOTALL,
)
_CONSTANT = re.compile(r"N'((?:[^']|'')*)'")
_COMMENT_UNITS = 3750
"""UTF-16 units of an extended property, which is a SQL_VARIANT of 7500 bytes."""


class MSSQLLiteralCompiler(LiteralCompiler, MSSQLCompiler):
    """SQL Server's compiler with exact literals."""

    literal_rules = MSSQL_LITERALS

    def visit_textclause(self, textclause: sa.TextClause, **kw: Any) -> str:
        """Note which parameters are whole values; a procedure's arguments must be constants."""
        text = textclause.text
        binds = textclause._bindparams  # noqa: SLF001 - what text() found, by name
        if _READS_BYTES.search(text) and any(map(_is_text, binds.values())):
            raise _drivers_disagree_on_bytes()
        whole = inserted_parameters(text) | compared_parameters(text)
        self._typed_by_column.update(bind for name, bind in binds.items() if name in whole)
        self._calls_procedure = bool(_CALL.match(text))
        try:
            return super().visit_textclause(textclause, **kw)
        finally:
            self._calls_procedure = False

    _calls_procedure = False

    def visit_bindparam(self, bindparam: BindParameter[Any], **kw: Any) -> str:
        """Note which values SQLAlchemy writes out online too, such as the separator of STRING_AGG()."""
        outer, self._written_out = self._written_out, self._written_out or bool(kw.get("literal_execute"))
        try:
            return super().visit_bindparam(bindparam, **kw)
        finally:
            self._written_out = outer

    _written_out = False

    def _place_of(self, bindparam: BindParameter[Any], *, within_function: bool) -> Place:
        if self._written_out:
            return Place.CONSTANT
        if self._calls_procedure:
            return Place.COLUMN
        return super()._place_of(bindparam, within_function=within_function)

    def render_literal_bindparam(self, bindparam: BindParameter[Any], *args: Any, **kw: Any) -> str:
        """Render a value; refuse an argument that is no constant."""
        literals: list[str] | None = kw.get("literals_of_text")
        rendered: str = super().render_literal_bindparam(bindparam, *args, **kw)
        if self._calls_procedure and not is_one_constant(literals[-1] if literals else rendered):
            raise LiteralRefused(
                "a procedure takes constants and variables, and this value is written as an expression",
                hint="DECLARE a variable with the value, in the same op.execute()",
                column=self._column,
            )
        return rendered

    def visit_function(self, func: Any, *args: Any, **kw: Any) -> str:
        """Refuse what shows the bytes of text: pyodbc binds it as VARCHAR, pymssql as NVARCHAR."""
        if func.name.lower() in _BYTES_OF_TEXT and any(map(_is_text, func.clauses)):
            raise _drivers_disagree_on_bytes()
        return super().visit_function(func, *args, **kw)

    def visit_cast(self, cast: Any, **kw: Any) -> str:
        """Refuse CAST('x' AS VARBINARY), as above."""
        if isinstance(cast.type, sat.LargeBinary | sat.BINARY | sat.VARBINARY) and _is_text(cast.clause):
            raise _drivers_disagree_on_bytes()
        return super().visit_cast(cast, **kw)

    # SQLAlchemy leaves the values in these as parameters

    def visit_is_distinct_from_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        """Compare NULL as a value."""
        return f"NOT {self.visit_is_not_distinct_from_binary(binary, operator, **kw)}"

    def visit_is_not_distinct_from_binary(self, binary: Any, operator: Any, **kw: Any) -> str:  # noqa: ARG002 - as above
        """Compare NULL as a value."""
        left, right = self.process(binary.left, **kw), self.process(binary.right, **kw)
        return f"EXISTS (SELECT {left} INTERSECT SELECT {right})"

    def visit_match_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        """Search in text; CONTAINS takes no NVARCHAR(MAX)."""
        return super().visit_match_op_binary(binary, operator, **{**kw, "literal_execute": True})

    def visit_pow_func(self, fn: Any, **kw: Any) -> str:
        """Write a power."""
        return f"POWER{self.function_argspec(fn, **kw)}"


def _is_text(value: Any) -> bool:
    return isinstance(value, BindParameter) and isinstance(value.type, sat.String)


def _drivers_disagree_on_bytes() -> LiteralRefused:
    return LiteralRefused(
        "the bytes of a text parameter count here: pyodbc binds it as VARCHAR, pymssql as NVARCHAR",
        hint="write the text in the SQL itself, as 'x' or as N'x'",
    )


class MSSQLScriptDDLCompiler(LiteralDDLCompiler, MSDDLCompiler):
    """SQL Server's DDL, and Alembic's, with comments as procedures take them."""

    def process(self, obj: Any, **kw: Any) -> str:
        """Hand over in a variable a comment that is no constant: sp_addextendedproperty takes no expression."""
        sql: str = super().process(obj, **kw)
        call = _COMMENT.fullmatch(sql.strip())
        if call is None:
            return sql
        text = "".join(_CONSTANT.findall(call[2])).replace("''", "'") + "?" * call[2].count("NCHAR(")
        if len(text.encode("utf-16-le")) > 2 * _COMMENT_UNITS:
            raise LiteralRefused("SQL Server keeps comments of up to 3750 characters", hint="shorten the comment")
        return f"DECLARE @comment NVARCHAR({_COMMENT_UNITS}) = {call[2]}\n{call[1]}@comment{call[3]}"


class MSSQLScriptIdentifierPreparer(MSIdentifierPreparer):
    """Names for scripts: in brackets where sqlcmd, at the start of a line, would take them for its commands.

    The others are reserved words that SQLAlchemy doesn't know.
    """

    reserved_words = MSIdentifierPreparer.reserved_words | {
        *("ed", "exit", "go", "quit", "reset"),
        *("semantickeyphrasetable", "semanticsimilaritydetailstable", "semanticsimilaritytable"),
        *("try_convert", "within"),
    }


class MSSQLScriptDialect(ScriptDialect, MSDialect):
    """SQL Server for scripts."""

    preparer = MSSQLScriptIdentifierPreparer
    statement_compiler = MSSQLLiteralCompiler
    ddl_compiler = MSSQLScriptDDLCompiler
    # What a connected server of 2016 or later has.
    server_version_info = (13, 0)  # type: ignore[assignment] # SQLAlchemy says that it is empty
    supports_multivalues_insert = True
    _supports_offset_fetch = True
    _supports_nvarchar_max = True

    def __init__(
        self,
        fast_executemany: object = None,  # noqa: ARG002 - as below
        use_setinputsizes: object = None,  # noqa: ARG002 - as below
        enable_pooling: object = None,  # noqa: ARG002 - as below
        **options: Any,
    ) -> None:
        """Take, and ignore, what create_engine() hands to the drivers' own dialects."""
        super().__init__(**options)
        if self.deprecate_large_types is None:
            self.deprecate_large_types = True
        # Online it is the user's own; the scripts are for users whose default schema is this one.
        self.default_schema_name = self.schema_name

    def serve(self, release: str) -> None:
        """Write for this release; a server names itself by its major version."""
        self.server_version_info = (MAJOR_VERSIONS[release], 0)

    def around_insert(self, table: sa.TableClause, keys: Collection[str]) -> tuple[str, str] | None:
        """Return what goes before and behind an INSERT of these columns.

        SQL Server takes a value for an IDENTITY column only after SET IDENTITY_INSERT. Online SQLAlchemy
        sends it (`MSExecutionContext.pre_exec`) when a table's autoincrement column is among the keys.
        """
        column = table._autoincrement_column  # noqa: SLF001 - SQLAlchemy's own test
        if column is None or isinstance(column.default, sa.Sequence) or column.key not in keys:
            return None
        switch = f"SET IDENTITY_INSERT {self.identifier_preparer.format_table(table)}"
        return f"{switch} ON", f"{switch} OFF"


class AsyncMSSQLScriptDialect(MSSQLScriptDialect):
    """The same for create_async_engine()."""

    is_async = True
