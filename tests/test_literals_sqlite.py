# ruff: noqa: ARG002 - stand-ins have the signatures of what they stand in for
"""Literals of SQLite: how values read, what is refused, and that no message shows a value."""

from __future__ import annotations

import datetime as dt
import enum
import math
import sqlite3
import struct
import uuid
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.ddl.base import AddColumn
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import registry, sqlite
from sqlalchemy.dialects.sqlite import aiosqlite, pysqlcipher, pysqlite
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import get_cls_kwargs

from changescript.dialects.drivers import install
from changescript.dialects.sqlite.driver import AsyncSQLiteScriptDialect, SQLiteScriptDialect
from changescript.dialects.sqlite.literals.numbers import reads_exactly
from changescript.dialects.sqlite.literals.texts import quote
from changescript.literals import LiteralRefused, compile_literal, render_rows
from changescript.literals.text import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.types import TypeEngine

DIALECT = SQLiteScriptDialect()
NAIVE = dt.datetime(2024, 2, 29, 1, 2, 3, 4)  # noqa: DTZ001 - what is tested


class Colour(enum.Enum):
    """A plain Enum."""

    RED = "r"


class Rank(enum.IntEnum):
    """An Enum that is a number."""

    TOP = 1


class Talkative(sa.types.TypeDecorator[Any]):
    """Fails with the value in its message."""

    impl = sa.Numeric
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: object) -> str:  # noqa: ANN401 - any value
        raise ValueError(value)


def in_column(value: object, sqltype: TypeEngine[Any] | type[TypeEngine[Any]]) -> str:
    """Return what an INSERT writes for a value."""
    table = sa.Table("t", sa.MetaData(), sa.Column("c", sqltype))
    inserted = compile_literal(table.insert().values(c=value), DIALECT)
    assert [inserted] == list(render_rows(table, [{"c": value}], DIALECT))
    return inserted.removeprefix("INSERT INTO t (c) VALUES (").removesuffix(")")


IN_COLUMN: list[tuple[Any, Any, str]] = [
    ("x", sa.String(3), "'x'"),
    ("it's \\ 100%", sa.Text, "'it''s \\ 100%'"),
    ("", sa.String, "''"),
    ("a\r\nb", sa.Text, "('a' || char(13, 10) || 'b')"),
    ("\0", sa.Text, "(char(0))"),
    ("a'\u202e\U000e0001😀", sa.Text, "('a''' || char(8238, 917505) || '😀')"),
    ("1\n2\n3\n4\n5\t\\", sa.Text, "replace(replace('1~n2~n3~n4~n5~t\\', '~t', char(9)), '~n', char(10))"),
    ("1\n2\n3\n4\n5\n", sa.Text, "replace('1\\n2\\n3\\n4\\n5\\n', '\\n', char(10))"),
    ("1\x07" * 5, sa.Text, "replace('" + "1\\x000007" * 5 + "', '\\x000007', char(7))"),
    ("5", sa.Integer, "'5'"),
    (5, sa.String, "5"),
    (None, sa.String, "NULL"),
    (-(2**63), sa.BigInteger, "-9223372036854775808"),
    (True, sa.Boolean, "1"),
    (Rank.TOP, sa.Integer, "1"),
    (5, sa.Float, "5.0"),
    (0.1, sa.Float, "0.1"),
    (1e22, sa.Float, "1e+22"),
    (-0.0, sa.Float, "-0.0"),
    (0.904113, sa.Float, "(1.0 * 8143525939801643 / 9007199254740992)"),
    (0.1 + 0.2, sa.Double, "(1.0 * 1351079888211149 / 4503599627370496)"),
    (1e23, sa.Float, "(1.0 * 2980232238769531 * 33554432)"),
    (float("nan"), sa.Double, "NULL"),
    (float("inf"), sa.Float, "9e999"),
    (float("-inf"), sa.Float, "-9e999"),
    (Decimal("1.50"), sa.Numeric(10, 2), "1.5"),
    (Decimal("1E+400"), sa.Numeric, "9e999"),
    (b"a\xff\x00", sa.LargeBinary, "x'61ff00'"),
    (b"a", sa.Text, "x'61'"),
    (uuid.UUID(int=5), sa.Uuid, "'00000000000000000000000000000005'"),
    (dt.date(2024, 2, 29), sa.Date, "'2024-02-29'"),
    (NAIVE.replace(tzinfo=dt.UTC), sa.DateTime, "'2024-02-29 01:02:03.000004'"),
    (NAIVE.replace(tzinfo=dt.UTC), sa.types.NullType, "'2024-02-29 01:02:03.000004+00:00'"),
    (dt.date(2024, 2, 29), sa.String, "'2024-02-29'"),
    (dt.time(1, 2, 3), sa.Time, "'01:02:03.000000'"),
    (dt.timedelta(1), sa.Interval, "'1970-01-02 00:00:00.000000'"),
    (None, sa.JSON, "'null'"),
    ({"k": "it's\n"}, sa.JSON, """'{"k": "it''s\\n"}'"""),
    (Colour.RED, sa.Enum(Colour), "'RED'"),
]


@pytest.mark.parametrize(("value", "sqltype", "sql"), IN_COLUMN)
def test_value_of_a_column(value: object, sqltype: TypeEngine[Any], sql: str) -> None:
    """Any column takes a value of any class, as it does from a bound parameter."""
    assert in_column(value, sqltype) == sql


REFUSED: list[tuple[Any, Any, str]] = [
    (2**63, sa.BigInteger, "64 bits"),
    ("\ud800", sa.Text, "surrogate"),
    (Decimal(5), sa.Text, "does not take it"),
    (Decimal("sNaN"), sa.Numeric, "raised ValueError"),
    (uuid.UUID(int=5), sa.String, "does not take it"),
    (dt.time(1), sa.types.NullType, "has no type"),
    ("x", sa.LargeBinary, "does not take it"),
    ("x", sa.Date, "raised TypeError"),
    ("x", sa.Float, "raised ValueError"),
    (Colour.RED, sa.String, "plain Enum"),
    ([1], sa.ARRAY(sa.Integer), "does not take it"),
    ({"a": 1}, sa.Text, "does not take it"),
    ("s3cr3t", Talkative, "raised ValueError"),
]


@pytest.mark.parametrize(("value", "sqltype", "reason"), REFUSED)
def test_refusal_names_type_and_column_but_never_the_value(value: object, sqltype: Any, reason: str) -> None:  # noqa: ANN401 - any type
    """What the driver rejects is refused."""
    table = sa.Table("acct", sa.MetaData(), sa.Column("f", sqltype))
    with pytest.raises(LiteralRefused, match=reason) as caught:
        compile_literal(table.insert().values(f=value), DIALECT)
    assert caught.value.column == "acct.f"
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert "s3cr3t" not in str(caught.value)


def test_date_is_refused_where_the_project_has_an_adapter_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Online the adapter decides what is stored of a date in a column without a type."""
    adapters: dict[Any, Any] = sqlite3.adapters
    monkeypatch.setitem(adapters, (dt.date, sqlite3.PrepareProtocol), str)
    with pytest.raises(LiteralRefused, match="adapter"):
        in_column(dt.date(2024, 1, 1), sa.types.NullType)
    assert in_column(dt.date(2024, 1, 1), sa.Date) == "'2024-01-01'"


def test_driver_takes_dates_itself_where_the_project_says_so() -> None:
    """native_datetime=True leaves dates to the driver's adapter, with their time zone."""
    native = SQLiteScriptDialect(native_datetime=True)
    statement = sa.select(sa.literal(NAIVE.replace(tzinfo=dt.UTC), sa.TIMESTAMP))
    assert "'2024-02-29 01:02:03.000004+00:00'" in compile_literal(statement, native)


def ddl_of(*items: Any) -> str:  # noqa: ANN401 - columns and constraints
    """Return a CREATE TABLE on one line."""
    table = sa.Table("t", sa.MetaData(), *items)
    return " ".join(compile_literal(sa.schema.CreateTable(table), DIALECT).split())


def test_ddl_writes_numbers_as_an_online_run_does() -> None:
    """Online DDL holds literals as well: `price / 2` divides whole numbers, `price / 2.0` would not."""
    price = sa.column("price", sa.Numeric)
    assert "CHECK (price > 5)" in ddl_of(sa.Column("price", sa.Numeric), sa.CheckConstraint(price > 5))
    assert "(price * 1.50)" in ddl_of(
        sa.Column("price", sa.Numeric), sa.Column("d", sa.Numeric, sa.Computed(price * Decimal("1.50")))
    )
    assert "CHECK (price > (-0.30000000000000004))" in ddl_of(
        sa.Column("price", sa.Numeric), sa.CheckConstraint(price > -0.1 - 0.2)
    )


@pytest.mark.parametrize(
    ("value", "sqltype", "reason"),
    [
        (b"x", sa.LargeBinary, "online run writes text"),
        ("a\0", sa.Text, "NUL"),
        (float("nan"), sa.Float, "no number"),
        ("1; DROP TABLE t", sa.Numeric, "no number"),
        ("s3cr3t", Talkative, "no number"),
    ],
)
def test_ddl_refuses_what_an_online_run_cannot_write(value: object, sqltype: Any, reason: str) -> None:  # noqa: ANN401 - any type
    """Values that SQLAlchemy writes wrongly into DDL, or not at all."""
    with pytest.raises(LiteralRefused, match=reason) as caught:
        ddl_of(sa.Column("c", sqltype), sa.CheckConstraint(sa.column("c", sqltype) != sa.literal(value, sqltype)))
    assert "s3cr3t" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_defaults_with_control_characters() -> None:
    """A new table takes an expression; a new column of a table with rows takes a constant only."""
    for default in ("a\n", sa.literal("a\n")):
        column = sa.Column("c", sa.Text, server_default=default)
        assert "c TEXT DEFAULT ('a' || char(10))" in ddl_of(column)
        added = compile_literal(AddColumn("t", column), DIALECT)
        assert added == "ALTER TABLE t ADD COLUMN c TEXT DEFAULT (CAST(x'610a' AS TEXT))"


def test_values_that_sqlalchemy_leaves_bound_are_written_out() -> None:
    """OFFSET without LIMIT, and IS DISTINCT FROM."""
    table = sa.table("t", sa.column("a", sa.Text))
    offset = " ".join(compile_literal(sa.select(table.c.a).offset(3), DIALECT).split())
    assert offset.endswith("LIMIT -1 OFFSET 3")
    limit = " ".join(compile_literal(sa.select(table.c.a).limit(3), DIALECT).split())
    assert limit.endswith("LIMIT 3 OFFSET 0")
    assert compile_literal(table.c.a.is_distinct_from("x\n"), DIALECT) == "t.a IS NOT ('x' || char(10))"
    assert compile_literal(table.c.a.is_not_distinct_from("x"), DIALECT) == "t.a IS 'x'"


@pytest.fixture
def installed() -> Iterator[None]:
    """Install script dialects for one test."""
    before = dict(registry.impls)
    install()
    yield
    registry.impls.clear()
    registry.impls.update(before)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    "url",
    [
        *(
            "sqlite://",
            "sqlite:///x.db",
            "sqlite+pysqlite:///:memory:",
            "sqlite+pysqlcipher://:secret@/x.db?cipher=aes",
        ),
        "sqlite:///file:x.db?mode=ro&uri=true",
    ],
)
def test_every_driver_becomes_a_script_dialect_that_cannot_connect(url: str) -> None:
    """create_engine() at import time works without a driver, with the options that the drivers take."""
    engine = sa.create_engine(url, json_serializer=repr, native_datetime=True, connect_args={"timeout": 5}, pool_size=2)
    assert type(engine.dialect) is SQLiteScriptDialect
    with pytest.raises(sa.exc.DBAPIError, match="no database is connected"):
        engine.connect()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("poolclass", [None, sa.StaticPool, sa.NullPool])
def test_async_engines_can_be_made(poolclass: type[sa.Pool] | None) -> None:
    """create_async_engine() insists on an asynchronous dialect and gets one."""
    engine = create_async_engine("sqlite+aiosqlite://", **({"poolclass": poolclass} if poolclass else {}))
    assert type(engine.dialect) is AsyncSQLiteScriptDialect


@pytest.mark.parametrize(
    "stock",
    [pysqlite.SQLiteDialect_pysqlite, aiosqlite.SQLiteDialect_aiosqlite, pysqlcipher.SQLiteDialect_pysqlcipher],
)
def test_options_of_the_drivers_dialects_are_taken(stock: type[sqlite.base.SQLiteDialect]) -> None:
    """create_engine() hands a dialect only what its signature names."""
    assert get_cls_kwargs(stock) <= get_cls_kwargs(SQLiteScriptDialect)


# In process: what the library at hand makes of the literals

NASTY = st.text(
    st.one_of(st.sampled_from("'\\:~^;-\n\r\t\0\x1a\u202e\u2028\ufeffnrtux0"), st.characters(exclude_categories=["Cs"]))
)
BITS = st.integers(0, 2**64 - 1).map(lambda bits: float(struct.unpack("d", struct.pack("Q", bits))[0]))
SHORT = st.builds(lambda digits, places: float(f"{digits}e{-places}"), st.integers(0, 10**16), st.integers(-8, 22))


def evaluated(sql: str, *values: object) -> object:
    """Return what SQLite makes of an expression."""
    with closing(sqlite3.connect(":memory:")) as connection:
        return connection.execute(f"SELECT {sql}", values).fetchone()[0]


@given(NASTY)
def test_text_reads_back_without_affinity_and_shows_no_control_character(text: str) -> None:
    """Whatever text is given, the literal means that text, and compares as a bound parameter does."""
    sql = quote(text)
    assert evaluated(sql) == text
    assert not UNPRINTABLE.search(sql)
    assert evaluated(f"{quote('5' + text)} = 5") == 0  # with an affinity, '5' would be 5


@given(st.one_of(BITS, SHORT, st.floats()))
def test_floats_read_back_with_every_bit(value: float) -> None:
    """All bit patterns, the smallest doubles and a negative zero included; no NaN is stored."""
    found = evaluated(in_column(value, sa.types.NullType))
    expected = None if math.isnan(value) else value
    assert repr(found) == repr(expected)


@given(SHORT)
def test_decimal_digits_are_written_only_where_one_operation_reads_them(value: float) -> None:
    """On a machine without long doubles SQLite divides two doubles: so does this."""
    if reads_exactly(value):
        number, _, exponent = f"{Decimal(repr(value)).normalize():e}".partition("e")
        places = len(number.partition(".")[2]) - int(exponent)
        digits = float(number.replace(".", ""))
        assert (digits / 10.0**places if places > 0 else digits * 10.0**-places) == value
