"""The schema model answers what SQLAlchemy's inspector finds in a real database, and its checks tell a difference."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import warnings
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import create_async_engine

from changescript.dialects.mysql.driver import MariaDBScriptDialect
from changescript.dialects.postgresql.driver import PostgreSQLScriptDialect
from changescript.dialects.sqlite.driver import SQLiteScriptDialect
from changescript.schema_model import Assumption, SchemaModel, check_sql
from tests.test_schema_model import QUERIES
from tests.test_schema_model_corpus import QUESTIONS, Comparison, Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.engine import Connection, Dialect

    from tests.db.mariadb import MariaDBDatabase
    from tests.db.postgres import Database

MOST_UNKNOWN = 0.05


@pytest.fixture(autouse=True)
def stock_drivers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a driver's URL mean the driver, whatever other tests have installed."""
    for name in list(registry.impls):
        monkeypatch.delitem(registry.impls, name)


def on_postgresql(database: Database, work: Callable[[Connection], None]) -> None:
    """Do something on a connection that commits each statement."""

    async def run() -> None:
        engine = create_async_engine(database.url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.run_sync(work)
        await engine.dispose()

    asyncio.run(run())


def follow(connection: Connection, model: SchemaModel, statements: Iterable[str]) -> int:
    """Run statements; those that work are told to the model."""
    worked = 0
    for statement in statements:
        with contextlib.suppress(sa.exc.DBAPIError):
            connection.exec_driver_sql(statement.replace("%", "%%"))
            model.apply(statement)
            worked += 1
    return worked


def assert_alike(connection: Connection, model: SchemaModel, asked: list[Assumption], dialect: str) -> None:
    """Compare all answers, and let the database agree with all that they assume."""
    comparison = Comparison()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sa.exc.SAWarning)
        # Also what no script may rest on is right.
        comparison.tables(sa.inspect(connection), model.for_learning(yes=True))
    assert comparison.wrong == []
    assert comparison.unknown <= MOST_UNKNOWN * comparison.equal
    assert comparison.refused <= 2 * len(QUESTIONS)
    assert [str(one) for one in asked if not agrees(connection, one, dialect)] == []


def agrees(connection: Connection, assumption: Assumption, dialect: str) -> bool:
    """Return what the database says to an assumption."""
    return bool(connection.exec_driver_sql("SELECT " + check_sql(assumption, dialect).replace("%", "%%")).scalar())


def tells(connection: Connection, asked: list[Assumption], kind: str, dialect: str) -> bool:
    """Return whether the database denies an answer of a kind; an empty one is about names alone."""
    denied = {one.question.kind for one in asked if not agrees(connection, one, dialect)}
    return not denied.isdisjoint({kind, f"{kind.removesuffix('s')}_names"})


def model_of(dialect: Dialect) -> tuple[SchemaModel, list[Assumption]]:
    """Return a model and the list of what its answers assume."""
    asked: list[Assumption] = []
    return SchemaModel(dialect, asked.append), asked


@pytest.mark.parametrize("seed", range(3))
def test_model_answers_as_postgresql(database: Database, seed: int) -> None:
    """Whatever changes, and whatever names the server chose, the answers are those of a reflection."""

    def work(connection: Connection) -> None:
        model, asked = model_of(PostgreSQLScriptDialect())
        assert follow(connection, model, Story(seed).statements(150)) > 30
        model.reflect("_load_enums")
        assert_alike(connection, model, asked, "postgresql")

    on_postgresql(database, work)


@pytest.mark.parametrize("seed", range(2))
def test_model_answers_as_mariadb(mariadb: MariaDBDatabase, seed: int) -> None:
    """As for PostgreSQL, with MariaDB's names and the indexes that it makes for foreign keys."""
    engine = sa.create_engine(mariadb.url_of("mariadb+pymysql"))
    with engine.connect() as connection:
        model, asked = model_of(MariaDBScriptDialect())
        assert follow(connection, model, Story(seed, mysql=True).statements(150)) > 20
        assert_alike(connection, model, asked, "mariadb")
    engine.dispose()


def test_model_takes_a_dump_of_postgresql(database: Database) -> None:
    """What pg_dump writes stands for the schema that it was taken from."""

    def work(connection: Connection) -> None:
        follow(connection, SchemaModel(PostgreSQLScriptDialect()), Story(7).statements(120))
        model, asked = model_of(PostgreSQLScriptDialect())
        model.apply_sql(database.dump())
        assert_alike(connection, model, asked, "postgresql")

    on_postgresql(database, work)


def test_model_takes_a_dump_of_mariadb(mariadb: MariaDBDatabase) -> None:
    """What mariadb-dump writes stands for the schema that it was taken from."""
    engine = sa.create_engine(mariadb.url_of("mariadb+pymysql"))
    with engine.connect() as connection:
        follow(connection, SchemaModel(MariaDBScriptDialect()), Story(7, mysql=True).statements(60))
        model, asked = model_of(MariaDBScriptDialect())
        model.apply_sql(mariadb.dump())
        assert_alike(connection, model, asked, "mariadb")
    engine.dispose()


PLAIN = (
    "CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, n VARCHAR(20) DEFAULT 'x', CONSTRAINT uq UNIQUE (n))",
    (
        "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, u_id INTEGER, a INTEGER, b INTEGER, "
        "CONSTRAINT fk FOREIGN KEY (u_id) REFERENCES u (id), CONSTRAINT ck CHECK (a > 0))"
    ),
    "CREATE INDEX ix ON t (a, b)",
)
DIFFERENT = (
    ("columns", "ALTER TABLE t ADD COLUMN more INTEGER"),
    ("columns", "ALTER TABLE t RENAME COLUMN b TO c"),
    ("tables", "CREATE TABLE more (id INTEGER)"),
    ("table", "CREATE TABLE missing (id INTEGER)"),
    ("indexes", "CREATE INDEX more ON t (b)"),
    ("views", "CREATE VIEW v AS SELECT id FROM t"),
)
DIFFERENT_ON_SERVERS = (
    ("columns", "ALTER TABLE u ALTER COLUMN n DROP DEFAULT"),
    ("foreign_keys", "ALTER TABLE t DROP CONSTRAINT fk"),
    ("check_constraints", "ALTER TABLE t DROP CONSTRAINT ck"),
    ("unique_constraints", "ALTER TABLE u DROP CONSTRAINT uq"),
    ("foreign_keys", "ALTER TABLE t ADD CONSTRAINT more FOREIGN KEY (a) REFERENCES u (id)"),
    ("check_constraints", "ALTER TABLE t ADD CONSTRAINT more CHECK (b > 0)"),
    ("unique_constraints", "ALTER TABLE t ADD CONSTRAINT more UNIQUE (b)"),
)
DIFFERENT_ON_POSTGRESQL = (
    (
        "foreign_keys",
        "ALTER TABLE t DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (u_id) REFERENCES u (id) ON DELETE CASCADE",
    ),
    ("columns", "ALTER TABLE t ALTER COLUMN b TYPE bigint"),
    ("columns", "ALTER TABLE t ALTER COLUMN b SET NOT NULL"),
    ("primary_key", "ALTER TABLE t DROP CONSTRAINT t_pkey"),
    ("primary_key", "ALTER TABLE t RENAME CONSTRAINT t_pkey TO other"),
    ("enums", "ALTER TYPE mood ADD VALUE 'more'"),
    ("comment", "COMMENT ON TABLE t IS 'x'"),
    ("sequences", "CREATE SEQUENCE more"),
    ("schemas", "CREATE SCHEMA more"),
)
DIFFERENT_ON_MARIADB = (
    ("columns", "ALTER TABLE u ALTER COLUMN n SET DEFAULT NULL"),
    ("columns", "ALTER TABLE t MODIFY b BIGINT"),
    ("columns", "ALTER TABLE t MODIFY b INTEGER NOT NULL"),
    ("primary_key", "ALTER TABLE t DROP PRIMARY KEY"),
    ("comment", "ALTER TABLE t COMMENT 'x'"),
)


def read(answer: Any) -> None:  # noqa: ANN401 - any answer
    """Read more of an answer than names."""
    for entry in answer if isinstance(answer, list) else ():
        entry.get("anything")


def ask_everything(model: SchemaModel) -> None:
    """Ask all that can be asked of the plain schema."""
    for subject in QUESTIONS:
        for table in ("u", "t"):
            with contextlib.suppress(NotImplementedError):
                read(model.reflect(f"get_{subject}", table))
    model.reflect("has_table", "missing")
    list(model.reflect("get_table_names"))
    list(model.reflect("get_view_names"))


def test_checks_tell_a_difference_on_postgresql(database: Database) -> None:
    """Each assumption is true of the schema that it was made of, and false of another."""

    def work(connection: Connection) -> None:
        model, asked = model_of(PostgreSQLScriptDialect())
        follow(connection, model, [*PLAIN, "CREATE TYPE mood AS ENUM ('sad')"])
        ask_everything(model)
        for question in ("_load_enums", "get_sequence_names", "get_schema_names"):
            model.reflect(question)
        assert all(agrees(connection, one, "postgresql") for one in asked)
        for kind, change in (*DIFFERENT, *DIFFERENT_ON_SERVERS, *DIFFERENT_ON_POSTGRESQL):
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql(change)
            assert tells(connection, asked, kind, "postgresql"), change
            connection.exec_driver_sql("ROLLBACK")

    on_postgresql(database, work)


def test_lookups_are_answered_as_postgresql_answers_them(database: Database) -> None:
    """The same rows, also their number; and a database that answers otherwise is told by the checks."""
    made = ("CREATE TYPE mood AS ENUM ('sad')", "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a INTEGER)")
    statements = (*made, "CREATE INDEX ix ON t (a)")

    def work(connection: Connection) -> None:
        model, asked = model_of(PostgreSQLScriptDialect())
        assert follow(connection, model, statements) == len(statements)
        for query, rows in QUERIES["postgresql"].items():
            online, found = connection.exec_driver_sql(query), model.query(query)
            assert online.rowcount == found.rowcount, query
            assert online.fetchall() == found.fetchall() == rows, query
        assert [str(one) for one in asked if not agrees(connection, one, "postgresql")] == []
        connection.exec_driver_sql("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix'::regclass")
        connection.exec_driver_sql("ALTER TYPE mood ADD VALUE 'ok'")
        told = {one.question.kind for one in asked if not agrees(connection, one, "postgresql")}
        assert told == {"invalid_index", "enum"}

    on_postgresql(database, work)


def test_checks_tell_a_difference_on_mariadb(mariadb: MariaDBDatabase) -> None:
    """As for PostgreSQL; MariaDB takes no change back, so each starts anew."""
    engine = sa.create_engine(mariadb.url_of("mariadb+pymysql"))
    with engine.connect() as connection:
        model, asked = model_of(MariaDBScriptDialect())
        follow(connection, model, PLAIN)
        ask_everything(model)
        assert all(agrees(connection, one, "mariadb") for one in asked)
        for kind, change in (*DIFFERENT, *DIFFERENT_ON_SERVERS, *DIFFERENT_ON_MARIADB):
            connection.exec_driver_sql(change)
            assert tells(connection, asked, kind, "mariadb"), change
            changed = ["v", "more", "missing"] + (["t", "u"] if change.startswith(("ALTER", "CREATE INDEX")) else [])
            connection.exec_driver_sql("DROP VIEW IF EXISTS v")
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {', '.join(changed)}")
            for statement in PLAIN if "t" in changed else ():
                connection.exec_driver_sql(statement)
    engine.dispose()


def test_unique_constraints_that_share_an_index_are_found_on_sqlite() -> None:
    """SQLite makes no index for one whose columns another, or the primary key, has already."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    connection = sqlite_connection(database)
    model, asked = model_of(SQLiteScriptDialect())
    follow(
        connection,
        model,
        [
            "CREATE TABLE t (a TEXT NOT NULL, b TEXT, PRIMARY KEY (a), UNIQUE (a), UNIQUE (b), UNIQUE (b))",
            "CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, UNIQUE (id))",
            "CREATE TABLE v (id INTEGER NOT NULL PRIMARY KEY)",
        ],
    )
    for table in ("t", "u", "v"):
        read(model.reflect("get_unique_constraints", table))
    assert [str(one) for one in asked if not agrees(connection, one, "sqlite")] == []
    database.execute("DROP TABLE v")
    database.execute("CREATE TABLE v (id INTEGER NOT NULL PRIMARY KEY, n TEXT UNIQUE)")
    assert [one.question.table for one in asked if not agrees(connection, one, "sqlite")] == ["v"]


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_checks_hold_whatever_the_layout_on_sqlite() -> None:
    """A script lays DDL out, an online run doesn't; and what SQLAlchemy doesn't tell is no part of an answer."""
    model, asked = model_of(SQLiteScriptDialect())
    database = sqlite3.connect(":memory:", isolation_level=None)
    connection = sqlite_connection(database)
    table = (
        "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY DEFAULT ({}), a TEXT DEFAULT 'x  y', b INTEGER, "
        "CONSTRAINT fk FOREIGN KEY(b) REFERENCES u(id), CONSTRAINT again FOREIGN KEY(b) REFERENCES u(id))"
    )
    others = ("CREATE INDEX ix ON t (b)", "CREATE UNIQUE INDEX lowered ON t (lower(a))")
    for statement in (
        "CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY)",
        table.format("\n  lower( hex(1) )\t"),
        *others,
    ):
        model.apply(statement)
        database.execute(statement)
    model.reflect("get_columns", "t")[0].get("type")
    for subject in ("indexes", "foreign_keys", "unique_constraints"):
        read(model.reflect(f"get_{subject}", "t"))
    database.execute("DROP TABLE t")
    database.execute(table.format("lower(hex(1))"))
    database.execute(others[0])
    assert {one.kind for one in asked} >= {"columns of", "indexes of", "foreign keys of"}
    assert [str(one) for one in asked if not agrees(connection, one, "sqlite")] == []
    database.execute("DROP TABLE t")
    database.execute(table.format("lower(hex(1))").replace("x  y", "x y"))
    told = {one.kind for one in asked if not agrees(connection, one, "sqlite")}
    assert told == {"columns of", "indexes of", "names of the indexes of"}


def sqlite_connection(database: sqlite3.Connection) -> Any:  # noqa: ANN401 - a connection of SQLAlchemy's
    """Return SQLAlchemy's connection to a SQLite database."""
    return sa.create_engine(
        "sqlite://", creator=lambda: database, module=sqlite3, poolclass=sa.pool.StaticPool
    ).connect()


def test_checks_tell_a_difference_on_sqlite() -> None:
    """As for PostgreSQL."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    connection = sqlite_connection(database)
    assert isinstance(connection.dialect, SQLiteDialect_pysqlite)
    model, asked = model_of(SQLiteScriptDialect())
    follow(connection, model, PLAIN)
    ask_everything(model)
    assert all(agrees(connection, one, "sqlite") for one in asked)
    changes = (
        *DIFFERENT,
        ("primary_key", "DROP TABLE u; CREATE TABLE u (id INTEGER NOT NULL, n VARCHAR(20) DEFAULT 'x' UNIQUE)"),
        ("unique_constraints", "DROP TABLE u; CREATE TABLE u (id INTEGER NOT NULL PRIMARY KEY, n VARCHAR(20))"),
        ("foreign_keys", "DROP TABLE t; CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, u_id INTEGER)"),
        ("check_constraints", "DROP TABLE t; CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, u_id INTEGER)"),
        ("columns", "DROP TABLE u; " + PLAIN[0].replace("'x'", "'y'")),
        (
            "foreign_keys",
            "DROP TABLE t; " + PLAIN[1].replace(" (id),", " (id) ON DELETE CASCADE,"),
        ),
        ("check_constraints", "DROP TABLE t; " + PLAIN[1].replace("a > 0", "a > 1")),
    )
    for kind, change in changes:
        database.execute("SAVEPOINT s")
        for statement in change.split("; "):
            database.execute(statement)
        assert tells(connection, asked, kind, "sqlite"), change
        database.execute("ROLLBACK TO s")
