# ruff: noqa: ANN401 - SQLAlchemy's compilers take and return Any
# mypy: disable-error-code="no-untyped-call, no-any-return, override"
"""Oracle's SQLAlchemy dialect for scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import types as sat
from sqlalchemy.dialects.oracle.base import OracleCompiler, OracleDDLCompiler, OracleDialect, OracleTypeCompiler
from sqlalchemy.dialects.oracle.oracledb import OracleDialect_oracledb
from sqlalchemy.sql.base import NO_ARG

from changescript.dialects.drivers import ScriptDialect
from changescript.dialects.oracle.literals import ORACLE_LITERALS, is_one_constant
from changescript.dialects.oracle.literals.text import quote
from changescript.literals.compiler import LiteralCompiler, LiteralDDLCompiler
from changescript.literals.places import inserted_parameters
from changescript.literals.rules import Inexact, LiteralRefused

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Dialect
    from sqlalchemy.schema import SetColumnComment, SetTableComment


_NO_COLUMNS = re.compile(r"[^'(]*\(\) VALUES \(\)")


class OracleLiteralCompiler(LiteralCompiler, OracleCompiler):
    """Oracle's compiler with exact literals."""

    literal_rules = ORACLE_LITERALS

    def visit_textclause(self, textclause: sa.TextClause, **kw: Any) -> str:
        """Note which parameters are whole values."""
        whole = inserted_parameters(textclause.text)
        binds = textclause._bindparams  # noqa: SLF001 - what text() found, by name
        self._typed_by_column.update(bind for name, bind in binds.items() if name in whole)
        return super().visit_textclause(textclause, **kw)

    def visit_insert(self, insert_stmt: Any, *args: Any, **kw: Any) -> str:
        """Refuse several rows in one INSERT, which SQLAlchemy does not write for Oracle before 23."""
        if insert_stmt._multi_values:  # noqa: SLF001 - SQLAlchemy's own test
            raise LiteralRefused("Oracle takes one row an INSERT", hint="hand the rows to op.bulk_insert()")
        sql: str = super().visit_insert(insert_stmt, *args, **kw)
        if _NO_COLUMNS.match(sql):
            raise LiteralRefused("Oracle takes no INSERT without columns", hint="give a value for one of them")
        return sql

    def returning_clause(self, *_args: Any, **_kw: Any) -> str:
        """Refuse: what comes back goes into variables, and a script has none."""
        raise LiteralRefused("RETURNING gives values back, to nobody in a script", hint="leave .returning() out")

    # SQLAlchemy leaves the values in these as parameters

    def visit_is_distinct_from_binary(self, binary: Any, _operator: Any, **kw: Any) -> str:
        """Compare NULL as a value."""
        return f"DECODE({self.process(binary.left, **kw)}, {self.process(binary.right, **kw)}, 0, 1) = 1"

    def visit_is_not_distinct_from_binary(self, binary: Any, _operator: Any, **kw: Any) -> str:
        """Compare NULL as a value."""
        return f"DECODE({self.process(binary.left, **kw)}, {self.process(binary.right, **kw)}, 0, 1) = 0"

    def visit_match_op_binary(self, binary: Any, _operator: Any, **kw: Any) -> str:
        """Search in text."""
        return f"CONTAINS ({self.process(binary.left, **kw)}, {self.process(binary.right, **kw)})"

    def visit_pow_func(self, fn: Any, **kw: Any) -> str:
        """Write a power."""
        return f"POWER{self.function_argspec(fn, **kw)}"


class OracleScriptDDLCompiler(LiteralDDLCompiler, OracleDDLCompiler):
    """Oracle's DDL with comments as it takes them."""

    def visit_set_table_comment(self, create: SetTableComment, **kw: Any) -> str:
        """Write the comment of a table."""
        return self._in_block(super().visit_set_table_comment(create, **kw), create.element.comment)

    def visit_set_column_comment(self, create: SetColumnComment, **kw: Any) -> str:
        """Write the comment of a column."""
        return self._in_block(super().visit_set_column_comment(create, **kw), create.element.comment)

    def _in_block(self, sql: str, comment: str | None) -> str:
        """Run in a block what is no constant: COMMENT ON takes no expression."""
        if comment is None:
            return sql
        value = self.sql_compiler.render_literal_value(comment, sat.String())
        if is_one_constant(value):
            return sql
        refusal = None
        try:
            command = quote(sql.removesuffix(value) + "'" + comment.replace("'", "''") + "'")
        except Inexact as inexact:
            refusal = LiteralRefused(inexact.reason, hint=inexact.hint)
        if refusal:
            raise refusal
        return f"BEGIN\n  EXECUTE IMMEDIATE {command};\nEND;"


class OracleScriptTypeCompiler(OracleTypeCompiler):
    """Oracle's types, but for the one that would depend on the server's version."""

    def visit_JSON(self, type_: Any, **kw: Any) -> str:  # noqa: N802 - SQLAlchemy's name
        """Write BLOB or JSON, as the type or the stated release of the server says."""
        unsaid = getattr(type_, "use_blob", NO_ARG) is NO_ARG
        if unsaid and not getattr(self.dialect, "serves_release", False):
            raise LiteralRefused(
                "sa.JSON is a BLOB up to Oracle 19 and a JSON column from 21 on",
                hint="set server_version, or write sqlalchemy.dialects.oracle.JSON(use_blob=True), or use_blob=False",
            )
        return super().visit_JSON(type_, **kw)


class OracleScriptDialect(ScriptDialect, OracleDialect):
    """Oracle for scripts."""

    statement_compiler = OracleLiteralCompiler
    ddl_compiler = OracleScriptDDLCompiler
    type_compiler_cls = OracleScriptTypeCompiler
    # Its bind processors make what the driver gets; they need no driver.
    colspecs = OracleDialect_oracledb.colspecs
    # What a connected server of 12.2 to 21 has; from 23 on sa.Boolean would be a BOOLEAN.
    server_version_info = (19, 0)
    supports_native_boolean = False
    _supports_oracle_json = False
    serves_release = False
    """Whether a release of the server is stated."""

    def __init__(
        self,
        auto_convert_lobs: object = None,  # noqa: ARG002 - as below
        coerce_to_decimal: object = None,  # noqa: ARG002 - as below
        arraysize: object = None,  # noqa: ARG002 - as below
        encoding_errors: object = None,  # noqa: ARG002 - as below
        thick_mode: object = None,  # noqa: ARG002 - as below
        **options: Any,
    ) -> None:
        """Take, and ignore, what create_engine() hands to the drivers' own dialects."""
        options.setdefault("dbapi", self.import_dbapi())
        super().__init__(**options)
        if self._use_nchar_for_unicode:
            self.colspecs = {
                **self.colspecs,
                sat.Unicode: OracleDialect_oracledb.colspecs[sat.NVARCHAR],
                sat.UnicodeText: OracleDialect_oracledb.colspecs[sa.dialects.oracle.NCLOB],
            }

    def serve(self, release: str) -> None:
        """Write for this release, as OracleDialect.initialize() decides it once it is connected."""
        super().serve(release)
        self.serves_release = True
        self._supports_oracle_json = self.server_version_info >= (21,)
        self.supports_native_boolean = self.server_version_info >= (23,)

    @classmethod
    def get_async_dialect_cls(cls, url: URL) -> type[Dialect]:  # noqa: ARG003 - SQLAlchemy's signature
        """Return the dialect for create_async_engine(); oracledb has one name for both."""
        return AsyncOracleScriptDialect


class AsyncOracleScriptDialect(OracleScriptDialect):
    """The same for create_async_engine()."""

    is_async = True
