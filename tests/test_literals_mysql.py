"""Python values as MySQL's and MariaDB's literals, without a server."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import os
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.ext.asyncio import create_async_engine

from changescript.dialects.drivers import DRIVERS, install
from changescript.dialects.mysql.driver import MariaDBScriptDialect, MySQLScriptDialect
from changescript.literals import LiteralRefused, compile_literal, render_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

MYSQL, MARIADB = MySQLScriptDialect(), MariaDBScriptDialect()
DAY = dt.datetime(2024, 2, 29, 3, 4, 5)  # noqa: DTZ001 - what is tested
UTF8 = "_utf8mb4 x"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


class Level(enum.IntEnum):
    """An Enum that is a number."""

    HIGH = 3


class Named(int, enum.Enum):
    """A number whose text is its name."""

    HIGH = 3


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what install() registers to the test."""
    monkeypatch.setattr(sa.dialects.registry, "impls", dict(sa.dialects.registry.impls))


def in_column(sqltype: Any, value: object, dialect: sa.Dialect = MYSQL) -> str:  # noqa: ANN401 - a type or its class
    """Return the literal of a value that is a column's."""
    (sql,) = render_rows(sa.table("t", sa.column("v", sqltype)), [{"v": value}], dialect)
    return sql.partition(" VALUES (")[2].removesuffix(")")


def in_text(value: object) -> str:
    """Return the literal of a value in raw SQL."""
    return compile_literal(sa.text(":v").bindparams(v=value), MYSQL)


@pytest.mark.parametrize(
    ("sqltype", "value", "literal"),
    [
        (sa.Integer, -5, "-5"),
        (sa.Integer, Level.HIGH, "'3'"),
        (sa.Integer, 3.0, "3.0e0"),
        (sa.Boolean, True, "1"),
        (sa.Numeric, decimal.Decimal("-1E+3"), "-1000"),
        (sa.Numeric, decimal.Decimal("1E-9"), "0.000000001"),
        (sa.Float, 0.1, "0.1e0"),
        (sa.Float, 1e300, "1e+300"),
        (sa.String, 'it\'s \\ "%"', "'it''s \\\\ \"%\"'"),
        (sa.String, "a\r\n\t\0\b\x1a", "'a\\r\\n\\t\\0\\b\\Z'"),
        (sa.String, "a\u202e\x07é\n", f"CONCAT('a', {UTF8}'e280ae07', 'é\\n')"),
        (sa.String, "\u200b", f"{UTF8}'e2808b'"),
        (sa.String, "", "''"),
        (sa.LargeBinary, b"a\xff", "x'61ff'"),
        (sa.LargeBinary, memoryview(b""), "x''"),
        (mysql.LONGBLOB, bytearray(b"a"), "x'61'"),
        (sa.DateTime, DAY, "'2024-02-29 03:04:05'"),
        (sa.DateTime, DAY.replace(microsecond=5), "'2024-02-29 03:04:05.000005'"),
        (sa.DateTime, dt.date(5, 1, 2), "'0005-01-02'"),
        (sa.Time, dt.time(1, 2, 3, 4), "'01:02:03.000004'"),
        (sa.Time, dt.timedelta(days=34, hours=22, seconds=7), "'838:00:07'"),
        (sa.Interval, dt.timedelta(seconds=-1), "'1969-12-31 23:59:59'"),
        (sa.JSON, None, "'null'"),
        (sa.JSON(none_as_null=True), None, "NULL"),
        (sa.JSON, {"a": "\t\u202e"}, '\'{"a": "\\\\t\\\\u202e"}\''),
        (mysql.SET("b", "a", "c"), {"a", "c", "b"}, "'b,a,c'"),
        (mysql.SET("", "a", retrieve_as_bitwise=True), {"a", ""}, "3"),
        (mysql.BIT(8), 5, "5"),
        (mysql.YEAR, 2024, "2024"),
        (sa.Uuid, uuid.UUID(int=5), f"'{uuid.UUID(int=5).hex}'"),
    ],
)
def test_values_of_columns(sqltype: Any, value: object, literal: str) -> None:  # noqa: ANN401 - as above
    """A literal is what drivers write, with nothing hidden in it."""
    assert in_column(sqltype, value) == literal


def test_mariadb_has_a_type_for_uuids() -> None:
    """The same UUID is 32 digits in MySQL's CHAR(32)."""
    assert in_column(sa.Uuid, uuid.UUID(int=5), MARIADB) == f"'{uuid.UUID(int=5)}'"


@pytest.mark.parametrize(
    ("value", "literal"),
    [(-5, "(-5)"), (5, "5"), (-1.5, "(-1.5e0)"), (b"a", "_binary x'61'"), (True, "1"), (None, "NULL"), (":x", "':x'")],
)
def test_values_in_raw_sql(value: object, literal: str) -> None:
    """A minus is kept apart, and bytes stay a string where a number is wanted."""
    assert in_text(value) == literal


@pytest.mark.parametrize(
    ("sqltype", "value"),
    [
        (sa.Float, float("nan")),
        (sa.Float, float("-inf")),
        (sa.Numeric, decimal.Decimal("NaN")),
        (sa.Numeric, decimal.Decimal("1E+400")),
        (sa.Integer, 10**400),
        (sa.Integer, 2.5),
        (sa.Integer, b"1"),
        (sa.Integer, Named.HIGH),
        (sa.String, 1.5),
        (sa.String, "secret\ud800"),
        (sa.String, {"secret"}),
        (sa.String, uuid.UUID(int=5)),
        (sa.LargeBinary, 5),
        (sa.LargeBinary, "secret"),
        (mysql.LONGBLOB, 5),
        (sa.DateTime, DAY.replace(tzinfo=dt.UTC)),
        (sa.Time, dt.time(1, 2, tzinfo=dt.UTC)),
        (sa.Time, dt.timedelta(seconds=-5)),
        (sa.Time, dt.timedelta(microseconds=5)),
        (sa.types.NullType, {"secret": 1}),
        (sa.types.NullType, [1]),
        (sa.types.NullType, bytearray(b"secret")),
    ],
)
def test_what_has_no_literal_is_refused(sqltype: Any, value: object) -> None:  # noqa: ANN401 - as above
    """What drivers lose, refuse or write differently is refused, and the value is not shown."""
    with pytest.raises(LiteralRefused, match=r"no exact mysql literal for an? ") as caught:
        in_column(sqltype, value)
    assert "secret" not in str(caught.value)
    assert caught.value.column == "t.v"


def table() -> sa.Table:
    """Return a table with constants."""
    return sa.Table(
        "t",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("rank", sa.String(9), server_default="a\n\\'", comment="c\t\u202e"),
        sa.Column("offset", sa.Enum("x'\n", "y\\")),
        comment="two\nlines",
    )


def test_constants_of_ddl() -> None:
    """DDL takes no expressions: a character without an escape stays in its one constant."""
    sql = compile_literal(sa.schema.CreateTable(table()), MYSQL)
    assert "COMMENT 'c\\t\u202e' DEFAULT 'a\\n\\\\'''" in sql
    assert "ENUM('x''\\n','y\\\\')" in sql
    assert "COMMENT='two\\nlines'" in sql
    assert compile_literal(sa.schema.SetTableComment(table()), MARIADB) == "ALTER TABLE t COMMENT 'two\\nlines'"


def test_names_reserved_by_either_server_are_quoted() -> None:
    """MySQL reserves `rank`, MariaDB `offset`."""
    for dialect in (MYSQL, MARIADB):
        sql = compile_literal(sa.schema.CreateTable(table()), dialect)
        assert "`rank`" in sql
        assert "`offset`" in sql


def test_on_duplicate_key_update_holds_literals() -> None:
    """SQLAlchemy leaves parameters there; and VALUES() is what every server reads."""
    statement = mysql.insert(table()).values(id=1)
    merged = statement.on_duplicate_key_update(id=statement.inserted.id - (-3), rank="z\t")
    assert compile_literal(merged, MYSQL).partition(" ON DUPLICATE KEY UPDATE ")[2] == (
        "id = (VALUES(id) - (-3)), `rank` = 'z\\t'"
    )


def test_a_separator_is_one_constant() -> None:
    """SEPARATOR takes no expression."""
    query = sa.select(sa.func.aggregate_strings(sa.column("a", sa.String), "\u200b\n"))
    assert compile_literal(query, MARIADB).endswith("SEPARATOR '\u200b\\n') AS aggregate_strings_1")


def test_flags_of_regular_expressions_are_literals() -> None:
    """SQLAlchemy leaves parameters where MariaDB has the flags in the pattern."""
    matched = sa.column("a", sa.String).regexp_match("\\d", flags="i")
    assert compile_literal(matched, MARIADB) == "a REGEXP CONCAT('(?', 'i', ')', '\\\\d')"


def test_parameters_stay_where_nobody_asks_for_literals() -> None:
    """A revision that prints a statement sees what SQLAlchemy shows."""
    statement = mysql.insert(table()).values(id=1).on_duplicate_key_update(id=5)
    assert "5" not in str(statement.compile(dialect=MYSQL))


def test_rendering_does_not_depend_on_the_hash_seed() -> None:
    """The members of a SET stand in the order of its declaration."""
    code = (
        "import sqlalchemy as sa; from sqlalchemy.dialects import mysql;"
        "from changescript.literals import render_rows;"
        "from changescript.dialects.mysql.driver import MySQLScriptDialect as D;"
        "t = sa.table('t', sa.column('v', mysql.SET()));"
        "print(*render_rows(t, [{'v': set('abcdefgh')}], D()))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, env={**ENVIRONMENT, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert outputs == {b"INSERT INTO t (v) VALUES ('a,b,c,d,e,f,g,h')\n"}


@pytest.mark.parametrize("database", ["mysql", "mariadb"])
def test_every_driver_resolves_to_the_script_dialect(database: str) -> None:
    """create_engine() takes the options that the drivers' dialects know, and needs no driver."""
    install()
    options: Mapping[str, Any] = {"json_serializer": str, "json_deserializer": str, "isolation_level": "SERIALIZABLE"}
    for driver in ("", *(f"+{name}" for name in DRIVERS[database].blocking)):
        engine = sa.create_engine(f"{database}{driver}://u@h/d?charset=utf8mb4", **options)
        assert isinstance(engine.dialect, MySQLScriptDialect)
        assert engine.dialect.name == database
        assert engine.dialect.is_mariadb is (database == "mariadb")
    for driver in DRIVERS[database].asynchronous:
        assert create_async_engine(f"{database}+{driver}://u@h/d").dialect.is_async


def test_a_mysql_url_can_say_that_the_server_is_mariadb() -> None:
    """is_mariadb=True has the effect that connecting to MariaDB has."""
    install()
    dialect = sa.create_engine("mysql+pymysql://u@h/d", is_mariadb=True).dialect
    assert in_column(sa.Uuid, uuid.UUID(int=5), dialect) == f"'{uuid.UUID(int=5)}'"
