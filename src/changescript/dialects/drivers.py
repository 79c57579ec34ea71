"""SQLAlchemy dialects that render exact literals and can't connect, under the name of every driver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import exc
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGDialect
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool, QueuePool

from changescript.dialects.postgresql.literals import POSTGRESQL_LITERALS
from changescript.literals.compiler import LiteralCompiler

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Dialect


class NoConnection(exc.SQLAlchemyError):
    """Something tried to reach a database while a script was being made."""


class _NoDriver:
    """What SQLAlchemy asks of a driver's module."""

    Error = NoConnection
    paramstyle = "named"
    threadsafety = 1

    @staticmethod
    def Binary(value: Any) -> Any:  # noqa: ANN401, N802 - its name and signature in PEP 249
        return value


class ScriptDialect(DefaultDialect):
    """Mixed into a base dialect: needs no driver, opens no socket, keeps decimals exact."""

    driver = "script"
    supports_statement_cache = True
    # "pyformat" would double every % in literals and raw SQL.
    default_paramstyle = "named"
    # The base dialects send decimals through float.
    supports_native_decimal = True
    # Without these, an INSERT ends in RETURNING or fetches the next key of a sequence first.
    insert_returning = False
    preexecute_autoincrement_sequences = False

    @classmethod
    def import_dbapi(cls) -> Any:  # noqa: ANN401 - SQLAlchemy's signature
        """Stand in for the driver, so that create_engine() at import time works without one."""
        return _NoDriver

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - SQLAlchemy's signature
        """Return the pool that create_engine() or create_async_engine() insists on."""
        return AsyncAdaptedQueuePool if cls.is_async else QueuePool

    def connect(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 - SQLAlchemy's signature
        """Refuse: what a revision reads from a database at hand would end up in a script for another."""
        raise NoConnection("no database is connected while a script is made; a revision must not need one")


class PostgreSQLLiteralCompiler(LiteralCompiler, PGCompiler):
    """PostgreSQL's compiler with exact literals."""

    literal_rules = POSTGRESQL_LITERALS


class PostgreSQLScriptDialect(ScriptDialect, PGDialect):
    """PostgreSQL for scripts."""

    statement_compiler = PostgreSQLLiteralCompiler
    # Backslashes are plain: the script sets standard_conforming_strings = on.
    _backslash_escapes = False

    def __init__(
        self,
        executemany_mode: object = None,  # noqa: ARG002 - as below
        executemany_batch_page_size: object = None,  # noqa: ARG002 - as below
        use_native_hstore: object = None,  # noqa: ARG002 - as below
        client_encoding: object = None,  # noqa: ARG002 - as below
        **options: Any,  # noqa: ANN401 - SQLAlchemy's signature
    ) -> None:
        """Take, and ignore, what create_engine() hands to the drivers' own dialects."""
        super().__init__(**options)  # type: ignore[no-untyped-call] # SQLAlchemy's

    @classmethod
    def get_async_dialect_cls(cls, url: URL) -> type[Dialect]:  # noqa: ARG003 - SQLAlchemy's signature
        """Return the dialect for create_async_engine(); psycopg has one name for both."""
        return AsyncPostgreSQLScriptDialect


class AsyncPostgreSQLScriptDialect(PostgreSQLScriptDialect):
    """The same for create_async_engine(), which insists on an asynchronous dialect."""

    is_async = True


_DRIVERS = {
    PostgreSQLScriptDialect: ("postgresql", ("psycopg", "psycopg2", "psycopg2cffi", "pg8000", "pygresql")),
    AsyncPostgreSQLScriptDialect: ("postgresql", ("asyncpg", "psycopg_async")),
}


def install() -> None:
    """Let every URL of a supported database resolve to a script dialect, whatever driver it names.

    Holds for the whole process; calling it again changes nothing.
    """
    for dialect, (database, drivers) in _DRIVERS.items():
        for driver in drivers:
            registry.register(f"{database}.{driver}", dialect.__module__, dialect.__name__)
        if not dialect.is_async:
            registry.register(database, dialect.__module__, dialect.__name__)
