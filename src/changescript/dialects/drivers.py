"""SQLAlchemy dialects that render exact literals and can't connect, under the name of every driver."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import Insert, exc
from sqlalchemy.dialects import registry
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool, QueuePool

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import TableClause
    from sqlalchemy.engine import URL
    from sqlalchemy.sql.elements import ClauseElement


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

    def serve(self, release: str) -> None:
        """Write for this release of the server, as a connected one would have SQLAlchemy do."""
        self.server_version_info = tuple(int(part) for part in release.split("."))

    def around(self, statement: ClauseElement) -> tuple[str, str] | None:
        """Return the statements that SQLAlchemy sends online before and behind this one, if any."""
        return self.around_insert(statement.table, _keys(statement)) if isinstance(statement, Insert) else None

    def around_insert(self, _table: TableClause, _keys: Collection[str]) -> tuple[str, str] | None:
        """Return the same for an INSERT of these columns."""
        return None

    def connect(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 - SQLAlchemy's signature
        """Refuse: what a revision reads from a database at hand would end up in a script for another."""
        sys.audit("changescript.connect")  # who asks may swallow what follows
        raise NoConnection("no database is connected while a script is made; a revision must not need one")


def _keys(insert: Insert) -> set[str]:
    """Return the keys of the columns that an INSERT gives values for, in its first row if it has several."""
    first = next((rows[0] for rows in insert._multi_values if rows), insert._values or {})  # noqa: SLF001 - no public way
    if not isinstance(first, Mapping):
        return set(list(insert.table.c.keys())[: len(first)])
    return {key if isinstance(key, str) else key.key for key in first}


@dataclass(frozen=True, slots=True)
class Drivers:
    """The script dialects of one database, by module and class name, and the drivers that they stand in for."""

    module: str
    blocking_class: str
    blocking: tuple[str, ...]
    asynchronous_class: str
    """For create_async_engine(), which insists on an asynchronous dialect."""
    asynchronous: tuple[str, ...]


DRIVERS: Mapping[str, Drivers] = MappingProxyType(
    {
        "postgresql": Drivers(
            "changescript.dialects.postgresql.driver",
            "PostgreSQLScriptDialect",
            ("psycopg", "psycopg2", "psycopg2cffi", "pg8000", "pygresql"),
            "AsyncPostgreSQLScriptDialect",
            ("asyncpg", "psycopg_async"),
        ),
        "mssql": Drivers(
            "changescript.dialects.mssql.driver",
            "MSSQLScriptDialect",
            ("pyodbc", "pymssql", "mssqlpython"),
            "AsyncMSSQLScriptDialect",
            ("aioodbc",),
        ),
        "oracle": Drivers(
            "changescript.dialects.oracle.driver",
            "OracleScriptDialect",
            ("cx_oracle", "oracledb"),
            "AsyncOracleScriptDialect",
            ("oracledb_async",),
        ),
        "sqlite": Drivers(
            "changescript.dialects.sqlite.driver",
            "SQLiteScriptDialect",
            ("pysqlite", "pysqlcipher"),
            "AsyncSQLiteScriptDialect",
            ("aiosqlite",),
        ),
        "mysql": Drivers(
            "changescript.dialects.mysql.driver",
            "MySQLScriptDialect",
            ("mysqldb", "pymysql", "mysqlconnector", "cymysql", "pyodbc", "mariadbconnector"),
            "AsyncMySQLScriptDialect",
            ("aiomysql", "asyncmy"),
        ),
        "mariadb": Drivers(
            "changescript.dialects.mysql.driver",
            "MariaDBScriptDialect",
            ("mysqldb", "pymysql", "mysqlconnector", "cymysql", "pyodbc", "mariadbconnector"),
            "AsyncMariaDBScriptDialect",
            ("aiomysql", "asyncmy"),
        ),
    }
)
"""By SQLAlchemy's dialect name. Only names: a dialect is imported when a URL asks for it."""


@dataclass(frozen=True, slots=True)
class _ForScripts:
    """Loads a dialect by its name as SQLAlchemy does, and returns the one for scripts that stands in for it."""

    load: Callable[[str], Any]

    def __call__(self, name: str) -> Any:  # noqa: ANN401 - what a package has registered
        loaded = self.load(name)
        found: Any = getattr(loaded, "dialect", loaded)
        # A further driver of a database that is known here may bind values in its own way: literals.rules_of() refuses.
        if not (isinstance(found, type) and issubclass(found, DefaultDialect)) or found.name in DRIVERS:
            return loaded
        return importlib.import_module("changescript.dialects.generic.driver").script_class(found)


def install() -> None:
    """Let every URL of a supported database resolve to a script dialect, whatever driver it names.

    A dialect of another package becomes one for scripts when it is asked for.
    Holds for the whole process; calling it again changes nothing.
    """
    if not isinstance(registry.__dict__.get("load"), _ForScripts):
        registry.__dict__["load"] = _ForScripts(registry.load)
    for database, drivers in DRIVERS.items():
        registry.register(database, drivers.module, drivers.blocking_class)
        for name in drivers.blocking:
            registry.register(f"{database}.{name}", drivers.module, drivers.blocking_class)
        for name in drivers.asynchronous:
            registry.register(f"{database}.{name}", drivers.module, drivers.asynchronous_class)
