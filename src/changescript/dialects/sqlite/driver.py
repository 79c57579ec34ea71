# mypy: disable-error-code="no-untyped-call, misc"
"""SQLite's SQLAlchemy dialect for scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import types as sat
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDDLCompiler, SQLiteDialect
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from changescript.dialects.drivers import ScriptDialect
from changescript.dialects.sqlite.literals import SQLITE_CONSTANTS, SQLITE_LITERALS
from changescript.literals.compiler import LiteralCompiler, LiteralDDLCompiler
from changescript.literals.rules import Inexact, Place, parenthesized, refusal

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)


class SQLiteLiteralCompiler(LiteralCompiler, SQLiteCompiler):
    """SQLite's compiler with exact literals."""

    literal_rules = SQLITE_LITERALS

    def render_literal_value(self, value: Any, type_: TypeEngine[Any]) -> str:  # noqa: ANN401 - any value
        """Render a value; in DDL a number is what SQLAlchemy writes there online as well: `price / 2`, not `2.0`."""
        if self._place is not Place.CONSTANT or value is None:
            return super().render_literal_value(value, type_)
        impl = type_._unwrapped_dialect_impl(self.dialect)  # noqa: SLF001 - no public way past a TypeDecorator
        if isinstance(impl, sat.Integer | sat.Numeric | sat.Float):
            return parenthesized(self._number(value, type_))
        if isinstance(impl, sat.LargeBinary | sat.BINARY | sat.VARBINARY):
            raise self._refusal("an online run writes text in its place in DDL", value, type_)
        if isinstance(value, str) and "\0" in value:
            raise self._refusal("DDL can't hold a NUL character online", value, type_)
        return super().render_literal_value(value, type_)

    def _number(self, value: Any, type_: TypeEngine[Any]) -> str:  # noqa: ANN401 - as above
        write = type_._cached_literal_processor(self.dialect)  # noqa: SLF001 - as SQLAlchemy's compiler does
        texts = set()
        for _ in range(2):  # a TypeDecorator may make something else each time
            try:
                texts.add(write(value) if write else "")
            except Exception:  # noqa: BLE001 - anybody's code, and its text could hold the value
                texts.add("")
        text = texts.pop()
        if texts or not _NUMBER.fullmatch(text):
            raise self._refusal("it is no number that SQLAlchemy can write", value, type_)
        return text

    def _refusal(self, reason: str, value: object, type_: TypeEngine[Any]) -> Exception:
        return refusal(Inexact(reason), value, self.literal_rules.target(type_, self.dialect, self._column))

    # What SQLAlchemy compiles without passing on that values are to be literals

    def limit_clause(self, select: Any, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
        """Render LIMIT and OFFSET; SQLite has no OFFSET without LIMIT."""
        limit, offset = select._limit_clause, select._offset_clause  # noqa: SLF001 - as SQLAlchemy's compiler does
        text = "\n LIMIT " + (self.process(limit, **kw) if limit is not None else "-1")
        return text + " OFFSET " + (self.process(offset, **kw) if offset is not None else "0")

    def visit_is_distinct_from_binary(self, binary: Any, operator: Any, **kw: Any) -> str:  # noqa: ANN401, ARG002 - as above
        """Render IS NOT."""
        return f"{self.process(binary.left, **kw)} IS NOT {self.process(binary.right, **kw)}"

    def visit_is_not_distinct_from_binary(self, binary: Any, operator: Any, **kw: Any) -> str:  # noqa: ANN401, ARG002 - as above
        """Render IS."""
        return f"{self.process(binary.left, **kw)} IS {self.process(binary.right, **kw)}"


class _ConstantCompiler(SQLiteLiteralCompiler):
    literal_rules = SQLITE_CONSTANTS


class SQLiteLiteralDDLCompiler(LiteralDDLCompiler, SQLiteDDLCompiler):
    """SQLite's DDL compiler with exact literals."""

    _makes_table = False

    def visit_create_table(self, create: Any, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
        """Note that defaults may be expressions."""
        self._makes_table = True
        return str(super().visit_create_table(create, **kw))

    def render_default_string(self, default: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
        """Render a DEFAULT, as a constant where a column is added to a table that may hold rows."""
        if self._makes_table:
            return str(super().render_default_string(default))
        compiler = _ConstantCompiler(self.dialect, None)
        if isinstance(default, str):
            return compiler.render_literal_value(default, sat.STRINGTYPE)
        return compiler.process(default, literal_binds=True)


class SQLiteScriptDialect(ScriptDialect, SQLiteDialect):
    """SQLite for scripts."""

    statement_compiler = SQLiteLiteralCompiler
    ddl_compiler = SQLiteLiteralDDLCompiler
    # With native_datetime=True the driver's own types leave a date to the driver.
    colspecs = SQLiteDialect_pysqlite.colspecs
    # What an online run stores of a decimal is a double.
    supports_native_decimal = False

    def serve(self, release: str) -> None:
        """Write for this release, as SQLiteDialect.__init__() decides it by the library's version."""
        super().serve(release)
        self.update_returning = self.delete_returning = (self.server_version_info or ()) >= (3, 35)

    @classmethod
    def import_dbapi(cls) -> Any:  # noqa: ANN401 - SQLAlchemy's signature
        """Stand in for the driver and the library, whose version decides what SQLAlchemy makes use of."""
        return type("NoSQLite", (super().import_dbapi(),), {"sqlite_version_info": (3, 40, 0)})


class AsyncSQLiteScriptDialect(SQLiteScriptDialect):
    """The same for create_async_engine()."""

    is_async = True
