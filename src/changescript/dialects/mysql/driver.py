# ruff: noqa: ANN401 - SQLAlchemy's compilers and dialects take and return Any
# mypy: disable-error-code="no-untyped-call, no-any-return"
"""MySQL's and MariaDB's SQLAlchemy dialects for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.mysql.base import (
    MySQLCompiler,
    MySQLDDLCompiler,
    MySQLDialect,
    MySQLIdentifierPreparer,
    MySQLTypeCompiler,
)
from sqlalchemy.dialects.mysql.mariadb import MariaDBDialect
from sqlalchemy.dialects.mysql.reserved_words import RESERVED_WORDS_MARIADB, RESERVED_WORDS_MYSQL

from changescript.dialects.drivers import ScriptDialect
from changescript.dialects.mysql.literals import MARIADB_LITERALS, MYSQL_LITERALS
from changescript.dialects.mysql.literals.scalars import quote
from changescript.dialects.mysql.releases import version_of
from changescript.literals.compiler import LiteralCompiler, LiteralDDLCompiler
from changescript.literals.rules import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.types import TypeEngine


class MySQLLiteralCompiler(LiteralCompiler, MySQLCompiler):
    """MySQL's compiler with exact literals."""

    literal_rules = MYSQL_LITERALS
    _with_literals = True
    _in_aggregate = False

    def process(self, obj: Any, **kw: Any) -> str:
        """Process an element with literals, which MySQLCompiler forgets about.

        It does in ON DUPLICATE KEY UPDATE and in MariaDB's REGEXP with flags.
        """
        if obj is self.statement:
            self._with_literals = kw.get("literal_binds", False)
        kw.setdefault("literal_binds", self._with_literals)
        return super().process(obj, **kw)

    def visit_aggregate_strings_func(self, fn: Any, **kw: Any) -> str:
        """Render GROUP_CONCAT, whose SEPARATOR takes no expression."""
        outer, self._in_aggregate = self._in_aggregate, True
        try:
            return super().visit_aggregate_strings_func(fn, **kw)
        finally:
            self._in_aggregate = outer

    def _place_of(self, bindparam: Any, **kw: Any) -> Place:
        return Place.CONSTANT if self._in_aggregate else super()._place_of(bindparam, **kw)


class MariaDBLiteralCompiler(MySQLLiteralCompiler):
    """The same for MariaDB."""

    literal_rules = MARIADB_LITERALS


class MySQLScriptDDLCompiler(LiteralDDLCompiler, MySQLDDLCompiler):
    """MySQL's DDL compiler, which knows where it is."""


class MySQLScriptTypeCompiler(MySQLTypeCompiler):
    """MySQL's names of types, with the labels of ENUM and SET as exact constants."""

    def _visit_enumerated_values(self, name: str, type_: Any, enumerated_values: Sequence[str]) -> str:
        labels = ",".join(map(quote, enumerated_values))
        return self._extend_string(type_, {}, f"{name}({labels})")


class MySQLScriptPreparer(MySQLIdentifierPreparer):
    """Quotes what is reserved in MySQL or in MariaDB, as either may answer to a mysql:// URL."""

    reserved_words = RESERVED_WORDS_MYSQL | RESERVED_WORDS_MARIADB

    def _set_mariadb(self) -> None:
        """Keep the words of both."""


class _OrderedSet(mysql.SET):
    """A SET that writes its members in the order of their declaration, whatever the hash seed.

    That is the order in which the server shows them.
    """

    def bind_processor(self, dialect: Any) -> Any:
        process: Callable[[Any], Any] = super().bind_processor(dialect)

        def ordered(value: Any) -> Any:
            return process(sorted(value, key=self._position) if isinstance(value, set | frozenset) else value)

        return ordered

    def _position(self, member: str) -> tuple[int, str]:
        return (self.values.index(member) if member in self.values else len(self.values), member)


class MySQLScriptDialect(ScriptDialect, MySQLDialect):
    """MySQL for scripts."""

    statement_compiler = MySQLLiteralCompiler
    ddl_compiler = MySQLScriptDDLCompiler
    type_compiler_cls = MySQLScriptTypeCompiler
    preparer = MySQLScriptPreparer
    # What SQLAlchemy finds out when it connects. ON DUPLICATE KEY UPDATE keeps VALUES(), which
    # every server reads.
    server_version_info: tuple[int, ...] = (8, 0, 17)
    _support_default_function = True
    _support_float_cast = True

    def __init__(
        self,
        json_serializer: Any = None,
        json_deserializer: Any = None,
        is_mariadb: bool | None = None,  # noqa: FBT001 - SQLAlchemy's signature
        **options: Any,
    ) -> None:
        """Take what create_engine() hands to the drivers' own dialects."""
        super().__init__(
            json_serializer=json_serializer, json_deserializer=json_deserializer, is_mariadb=is_mariadb, **options
        )
        # MariaDB would end an INSERT in RETURNING.
        self.insert_returning = False
        self.supports_sequences = self.supports_native_uuid = self._allows_uuid_binds = self.is_mariadb

    def serve(self, release: str) -> None:
        """Write for this release, as MySQLDialect.initialize() decides it once it is connected."""
        self.server_version_info = version_of(release)
        if self.is_mariadb:
            self.supports_native_uuid = self.name == "mariadb" and self.server_version_info >= (10, 7)
        else:
            self._support_default_function = self.server_version_info >= (8, 0, 13)
            self._support_float_cast = self.server_version_info >= (8, 0, 17)

    def find_mariadb(self) -> None:
        """Become what SQLAlchemy makes of a mysql:// URL once MariaDB has answered: still MySQL by its name."""
        self._set_mariadb(is_mariadb=True, server_version_info=())
        self.statement_compiler = MariaDBLiteralCompiler
        self.server_version_info = MariaDBScriptDialect.server_version_info
        self.insert_returning = self.delete_returning = False
        self.supports_sequences = True

    def type_descriptor(self, typeobj: TypeEngine[Any]) -> TypeEngine[Any]:
        """Return the type as this dialect implements it."""
        if isinstance(typeobj, mysql.SET) and type(typeobj).bind_processor is mysql.SET.bind_processor:
            return typeobj.adapt(_OrderedSet)
        return super().type_descriptor(typeobj)


class AsyncMySQLScriptDialect(MySQLScriptDialect):
    """The same for create_async_engine()."""

    is_async = True


class MariaDBScriptDialect(MySQLScriptDialect, MariaDBDialect):
    """MariaDB for scripts."""

    statement_compiler = MariaDBLiteralCompiler
    server_version_info = (10, 11)

    def __init__(self, **options: Any) -> None:
        """Take what create_engine() hands to the drivers' own dialects."""
        super().__init__(**options | {"is_mariadb": True})


class AsyncMariaDBScriptDialect(MariaDBScriptDialect):
    """The same for create_async_engine()."""

    is_async = True
