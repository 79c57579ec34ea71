"""Scripts for PostgreSQL and its relatives: the stated release, and what each says of itself; no server is needed."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine import make_url

from changescript.dialects import get_dialect
from changescript.dialects.drivers import install
from changescript.dialects.postgresql.driver import PostgreSQLScriptDialect
from changescript.errors import ChangescriptError
from changescript.literals import LiteralRefused, compile_literal
from changescript.segments import Mode
from tests.projects import Rev
from tests.rendering import render

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

RELEASES = get_dialect("postgresql").releases


def connected(release: str) -> PGDialect:
    """Return SQLAlchemy's own dialect as it is once it has met a server of this release."""
    dialect: Any = PGDialect()  # type: ignore[no-untyped-call] # SQLAlchemy's
    answers: dict[str, object] = {
        "_get_server_version_info": (int(release), 1),
        "_get_default_schema_name": "public",
        "get_default_isolation_level": "READ COMMITTED",
        "_set_backslash_escapes": None,
    }
    with answering(dialect, answers):
        dialect.initialize(mock.MagicMock())
    initialized: PGDialect = dialect
    return initialized


def answering(dialect: object, answers: dict[str, object]) -> mock._patch:  # type: ignore[type-arg]
    """Let methods give fixed answers."""
    return mock.patch.multiple(dialect, **{name: mock.Mock(return_value=answer) for name, answer in answers.items()})


# What drivers decide, and not servers.
OF_THE_DRIVER = {"_supports_statement_cache", "supports_statement_cache", "supports_native_decimal"}


def features(dialect: Dialect) -> dict[str, object]:
    """Return what SQLAlchemy's compilers may ask of a dialect's server."""
    names = {name for name in dir(PGDialect) if name.lstrip("_").startswith("supports")} - OF_THE_DRIVER
    return {name: value for name in names if isinstance(value := getattr(dialect, name), bool)}


@pytest.mark.parametrize("release", RELEASES)
def test_a_stated_release_has_what_a_connected_server_has(release: str) -> None:
    """Whatever SQLAlchemy decides by the version of the server, a script for that release decides likewise."""
    ours = PostgreSQLScriptDialect()
    ours.serve(release)
    assert features(ours) == features(connected(release))


COMPUTED = Rev(
    "a",
    upgrade="""\
op.create_table("t", sa.Column("n", sa.Integer()), sa.Column("m", sa.Integer(), sa.Computed("n * 2")))""",
    downgrade='op.drop_table("t")',
)


@pytest.mark.filterwarnings("ignore:Computed column")
def test_sql_and_guard_are_of_the_stated_release() -> None:
    """Before 18 a computed column is stored; the guard of such a script refuses any other release."""
    old, new, any_ = (render([COMPUTED], server_version=release).upgrade for release in ("15", "18", ""))
    assert "AS (n * 2) STORED" in old
    assert "AS (n * 2)\n" in new
    assert "::integer / 10000 <> 15" in old
    assert "::integer / 10000 <> 18" in new
    assert "server_version_num" not in any_


@pytest.mark.parametrize("release", ["11", "15.4", "19"])
def test_a_release_that_scripts_do_not_know_is_refused(release: str) -> None:
    """Its name and those that are known are told."""
    with pytest.raises(ChangescriptError, match=f"know no {release}") as refused:
        render([COMPUTED], server_version=release)
    assert "12, 13, 14" in (refused.value.hint or "")


@pytest.mark.parametrize(
    ("sql", "mode"),
    [
        ("INSERT INTO t VALUES (1)", Mode.JOINS),
        ("/* x */ WITH x AS (SELECT 1) SELECT * FROM x", Mode.JOINS),
        ("UPSERT INTO t VALUES (1)", Mode.JOINS),
        ("CREATE TABLE t (x INT)", Mode.OUTSIDE),
        ("ALTER TABLE t ADD x INT", Mode.OUTSIDE),
        ("TRUNCATE t", Mode.OUTSIDE),
        ("DO $$ BEGIN END $$", Mode.OUTSIDE),
        ("CALL p()", Mode.OUTSIDE),
        ("SOMETHING new", Mode.OUTSIDE),
    ],
)
def test_where_ddl_commits_only_rows_share_a_transaction(sql: str, mode: Mode) -> None:
    """What is not known to be about rows alone is committed by itself."""
    for name in ("cockroachdb", "yugabytedb"):
        assert get_dialect(name).mode_of(sql, autocommit=False) is mode
        assert get_dialect(name).mode_of(sql, autocommit=True) is (Mode.ALONE if mode is Mode.JOINS else mode)


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("BEGIN", "transaction"),
        ("SAVEPOINT a", "ends the transaction"),
        ("ROLLBACK TO a", "ends the transaction"),
        ("LOCK TABLE t", "ends the transaction"),
        ("SET search_path = x", "session"),
        ("SET LOCAL x = 1", "session"),
        ("PREPARE x AS SELECT 1", "session"),
        ("CREATE TEMP TABLE t (x INT)", "session"),
        ("CREATE GLOBAL TEMPORARY TABLE t (x INT)", "session"),
        ("SELECT set_config('default_transaction_read_only', 'off', false)", "safety catch"),
        ("DEALLOCATE changescript_check", "session"),
        ("SELECT 1 \\g", "backslash"),
        ("CREATE TABLE t (x INT)", ""),
        ("UPDATE t SET x = 1", ""),
    ],
)
def test_where_ddl_commits_nothing_may_rest_on_session_or_transaction(sql: str, reason: str) -> None:
    """A run that goes on after a failure has a new session, and each DDL ends a transaction."""
    for name in ("cockroachdb", "yugabytedb"):
        refused = get_dialect(name).refusal_of(sql)
        assert bool(refused) == bool(reason), refused
        assert reason in (refused or "")


@pytest.mark.parametrize(
    ("sql", "mode"),
    [
        ("SELECT create_distributed_table('t', 'id')", Mode.JOINS),
        ("SELECT create_reference_table('t')", Mode.JOINS),
        ("SELECT create_distributed_table_concurrently('t', 'id')", Mode.OUTSIDE),
        ("CREATE INDEX CONCURRENTLY i ON t (x)", Mode.OUTSIDE),
        ("CREATE TABLE t (x INT)", Mode.JOINS),
    ],
)
def test_citus_has_transactions_but_for_what_copies_by_itself(sql: str, mode: Mode) -> None:
    """Its DDL can be undone on all workers."""
    assert get_dialect("citus").mode_of(sql, autocommit=False) is mode


def cockroach() -> Dialect:
    """Return the dialect that a URL of CockroachDB resolves to."""
    pytest.importorskip("sqlalchemy_cockroachdb", reason="its package is in the extra `test`")
    install()
    made: Dialect = make_url("cockroachdb+asyncpg://").get_dialect()()
    return made


@pytest.mark.parametrize(
    "type_",
    [pg.INET(), pg.HSTORE(), pg.BIT(3), pg.INT4RANGE(), pg.MONEY(), sa.CHAR(3), pg.OID(), pg.TSVECTOR(), sa.Interval()],
    ids=repr,
)
def test_what_only_postgresql_is_known_to_read_is_refused_for_cockroachdb(type_: sa.types.TypeEngine[Any]) -> None:
    """The manual of CockroachDB does not describe these constants as PostgreSQL's does."""
    table = sa.table("t", sa.column("c", type_))
    for value in ("x", 1, dt.timedelta(1)):
        with pytest.raises(LiteralRefused, match="no exact cockroachdb literal"):
            compile_literal(table.insert().values(c=value), cockroach())


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (5, sa.Integer()),
        (decimal.Decimal("1.50"), sa.Numeric(10, 2)),
        (0.1, sa.Float()),
        ("it's \\ \n ä", sa.Text()),
        (b"\x00\xff", sa.LargeBinary()),
        (True, sa.Boolean()),
        (uuid.UUID(int=5), sa.Uuid()),
        (dt.date(2024, 2, 29), sa.Date()),
        (dt.datetime(2024, 2, 29, tzinfo=dt.UTC), sa.DateTime(timezone=True)),
        ({"a": 1}, pg.JSONB()),
        (["a", None], pg.ARRAY(sa.Text())),
    ],
)
def test_what_both_read_alike_is_written_alike(value: object, type_: sa.types.TypeEngine[Any]) -> None:
    """CockroachDB gets the literal that PostgreSQL gets."""
    insert = sa.table("t", sa.column("c", type_)).insert().values(c=value)
    assert compile_literal(insert, cockroach()) == compile_literal(insert, PostgreSQLScriptDialect())


def test_cockroachdb_gets_the_sql_of_a_connected_dialect() -> None:
    """It takes the server for PostgreSQL 9.5, but for the few things that its package sets by hand."""
    package = pytest.importorskip("sqlalchemy_cockroachdb.base", reason="it is in the extra `test`")
    dialect: Any = package.CockroachDBDialect()
    answers: dict[str, object] = {
        "_get_default_schema_name": "public",
        "get_default_isolation_level": "SERIALIZABLE",
        "_set_backslash_escapes": None,
    }
    connection = mock.MagicMock()
    connection.scalar.return_value = "CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu)"
    with answering(dialect, answers):
        dialect.initialize(connection)
    assert features(cockroach()) == features(dialect)
