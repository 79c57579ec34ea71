# ruff: noqa: ANN401, ARG002, DTZ901 - any value and any type are what is tested
"""Literals of PostgreSQL: how values read, what is refused, and that no message shows a value."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import itertools
import re
import traceback
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects import registry
from sqlalchemy.ext.asyncio import create_async_engine

from changescript.dialects.drivers import install
from changescript.dialects.postgresql.driver import PostgreSQLScriptDialect
from changescript.dialects.postgresql.literals.scalars import quote
from changescript.literals import LiteralRefused, UnboundParameter, compile_literal, render_rows
from changescript.literals.text import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.types import TypeEngine

DIALECT = PostgreSQLScriptDialect()
UTC = dt.UTC
Decimal = decimal.Decimal


class Colour(enum.Enum):
    """A plain Enum."""

    RED = "r"


class Size(enum.StrEnum):
    """An Enum that is text."""

    BIG = "big"


class Rank(enum.IntEnum):
    """An Enum that is a number."""

    TOP = 1


class Salted(sa.types.TypeDecorator[str]):
    """Stores something else each time."""

    impl = sa.String
    cache_ok = True
    salts = itertools.count()

    def process_bind_param(self, value: str | None, dialect: object) -> str:
        return f"{value}{next(self.salts)}"


class NoneIsText(sa.types.TypeDecorator[str]):
    """Stores text for None."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str:
        return "nothing" if value is None else value


class Talkative(sa.types.TypeDecorator[str]):
    """Fails with the value in its message."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str:
        raise ValueError(value)


class Lowered(sa.types.TypeDecorator[str]):
    """Wraps its values in SQL."""

    impl = sa.String
    cache_ok = True

    def bind_expression(self, bindparam: sa.BindParameter[str]) -> sa.ColumnElement[str]:
        return sa.func.lower(bindparam)


def in_column(value: object, sqltype: TypeEngine[Any] | type[TypeEngine[Any]]) -> str:
    """Return what an INSERT writes for a value."""
    table = sa.Table("t", sa.MetaData(), sa.Column("c", sqltype))
    prefix = "INSERT INTO t (c) VALUES ("
    inserted = compile_literal(table.insert().values(c=value), DIALECT)
    (row,) = render_rows(table, [{"c": value}], DIALECT)
    assert inserted == row
    assert inserted.startswith(prefix)
    return inserted[len(prefix) : -1]


def in_expression(value: object, sqltype: TypeEngine[Any] | None = None) -> str:
    """Return what raw SQL gets for a parameter."""
    bound = sa.bindparam("v", value, type_=sqltype)
    return compile_literal(sa.text("<:v>").bindparams(bound), DIALECT)[1:-1]


def compiled(construct: Any) -> str:
    """Compile on one line."""
    return " ".join(compile_literal(construct, DIALECT).split())


IN_COLUMN: list[tuple[Any, Any, str]] = [
    ("x", sa.String(3), "'x'"),
    ("it's \\ 100%", sa.Text, "'it''s \\ 100%'"),
    ("", sa.String, "''"),
    ("a\r\n\tb\\'\u202e\x07", sa.Text, r"E'a\r\n\tb\\''\u202e\u0007'"),
    ("\U000e0001😀", sa.Text, r"E'\U000e0001😀'"),
    (None, sa.String, "NULL"),
    (5, sa.Integer, "5"),
    (-5, sa.BigInteger, "-5"),
    (True, sa.Integer, "1"),
    (True, sa.Boolean, "true"),
    (0, sa.Boolean, "false"),
    (0.1, sa.Float, "0.1"),
    (5, sa.Float, "5.0"),
    (-0.0, sa.Float, "'-0.0'"),
    (float("nan"), sa.Double, "'NaN'"),
    (float("-inf"), sa.Float, "'-Infinity'"),
    (0.1 + 0.2, sa.Float, "CAST(0.30000000000000004 AS FLOAT)"),
    (0.5, sa.REAL, "0.5"),
    (0.1, sa.REAL, "CAST(0.1 AS FLOAT)"),
    (Decimal("1E-9"), sa.Numeric, "0.000000001"),
    (Decimal("-1E+3"), sa.Numeric, "-1000"),
    (Decimal("1.50"), sa.Numeric(10, 2), "1.50"),
    (Decimal("1.239"), sa.Numeric(10, 2), "CAST(1.239 AS NUMERIC(10, 2))"),
    (Decimal("2.5"), sa.Numeric(5), "CAST(2.5 AS NUMERIC(5))"),
    (Decimal("NaN"), sa.Numeric, "'NaN'"),
    ("10.50", sa.Numeric(10, 2), "10.50"),
    (9.99, sa.Numeric(10, 2), "9.99"),
    (2.5, sa.Numeric, "2.5"),
    (b"a\xff\x00\\", sa.LargeBinary, "'\\x61ff005c'"),
    (uuid.UUID(int=5), sa.Uuid, "'00000000-0000-0000-0000-000000000005'"),
    ("00000000000000000000000000000005", sa.Uuid(as_uuid=False), "'00000000-0000-0000-0000-000000000005'"),
    (uuid.UUID(int=5), sa.Uuid(native_uuid=False), "'00000000000000000000000000000005'"),
    (dt.date(2024, 2, 29), sa.Date, "DATE '2024-02-29'"),
    (dt.datetime(2024, 2, 29, 1), sa.Date, "DATE '2024-02-29'"),  # noqa: DTZ001
    (dt.datetime(2024, 2, 29, 1, 2, 3, 4), sa.DateTime, "TIMESTAMP '2024-02-29 01:02:03.000004'"),  # noqa: DTZ001
    (dt.date(2024, 2, 29), sa.DateTime, "TIMESTAMP '2024-02-29 00:00:00'"),
    (
        dt.datetime(2024, 2, 29, tzinfo=dt.timezone(dt.timedelta(hours=5, seconds=28))),
        sa.DateTime(timezone=True),
        "TIMESTAMP WITH TIME ZONE '2024-02-29 00:00:00+05:00:28'",
    ),
    (dt.time(1, 2, 3), sa.Time, "TIME '01:02:03'"),
    (dt.time(1, 2, tzinfo=UTC), sa.Time(timezone=True), "TIME WITH TIME ZONE '01:02:00+00:00'"),
    (dt.timedelta(-1, 5, 3), sa.Interval, "INTERVAL '-1 days +5.000003 secs'"),
    (None, sa.JSON, "'null'"),
    (None, sa.JSON(none_as_null=True), "NULL"),
    (sa.null(), sa.JSON, "NULL"),
    ({"k": "it's"}, pg.JSONB, """'{"k": "it''s"}'"""),
    (Colour.RED, sa.Enum(Colour, name="colour"), "'RED'"),
    (Size.BIG, sa.String, "'big'"),
    (Rank.TOP, sa.Integer, "1"),
    (None, NoneIsText, "'nothing'"),
    ("AbC", Lowered, "lower(CAST('AbC' AS VARCHAR))"),
    (["x", None], pg.ARRAY(sa.Text), "CAST(ARRAY['x', NULL] AS TEXT[])"),
    ([[1, 2], [3, 4]], pg.ARRAY(sa.Integer), "CAST(ARRAY[ARRAY[1, 2], ARRAY[3, 4]] AS INTEGER[])"),
    ([], pg.ARRAY(sa.Text), "CAST('{}' AS TEXT[])"),
    ([[1]], pg.ARRAY(pg.JSONB, dimensions=1), "CAST(ARRAY['[1]'] AS JSONB[])"),
    (pg.Range(1, 5, bounds="(]"), pg.INT4RANGE, "'(1,5]'"),
    (pg.Range(empty=True), pg.INT4RANGE, "'empty'"),
    (pg.Range(dt.datetime(2024, 1, 1), None), pg.TSRANGE, """'["2024-01-01 00:00:00",)'"""),  # noqa: DTZ001
    (pg.ranges.MultiRange([pg.Range(1, 2), pg.Range(4, 5)]), pg.INT8MULTIRANGE, "'{[1,2),[4,5)}'"),
    ({"a": None, "b": '"'}, pg.HSTORE, r"""'"a"=>NULL, "b"=>"\""'"""),
    ("10.0.0.1/8", pg.INET, "'10.0.0.1/8'"),
    ("101", pg.BIT(3), "'101'"),
    ("101", pg.BIT(5), "CAST('101' AS BIT(5))"),
    ("abc", sa.CHAR, "CAST('abc' AS CHAR)"),
    (b"\xff", sa.types.NullType, "CAST('\\xff' AS BYTEA)"),
]


@pytest.mark.parametrize(("value", "sqltype", "sql"), IN_COLUMN)
def test_value_of_a_column(value: object, sqltype: TypeEngine[Any], sql: str) -> None:
    """A column's value reads plainly and carries a type only where the column's is not enough."""
    assert in_column(value, sqltype) == sql


IN_EXPRESSION: list[tuple[Any, str]] = [
    (5, "5"),
    (-5, "(-5)"),
    (2**31, "2147483648"),
    (-(2**31), "CAST(-2147483648 AS BIGINT)"),
    (True, "true"),
    ("x", "CAST('x' AS VARCHAR)"),
    (Decimal(5), "CAST(5 AS NUMERIC)"),
    (Decimal("-5.5"), "(-5.5)"),
    (5.0, "CAST(5.0 AS FLOAT)"),
    (b"\x01", "CAST('\\x01' AS BYTEA)"),
    (None, "NULL"),
    (dt.date(2024, 2, 29), "DATE '2024-02-29'"),
]


@pytest.mark.parametrize(("value", "sql"), IN_EXPRESSION)
def test_parameter_in_raw_sql(value: object, sql: str) -> None:
    """In raw SQL a value has the type that the online parameter has, and no leading minus."""
    assert in_expression(value) == sql


def test_minus_and_a_negative_value_do_not_start_a_comment() -> None:
    """`flag-:n` with -5 keeps its WHERE clause."""
    text = sa.text("SELECT flag-:n FROM t WHERE x").bindparams(n=-5)
    assert compiled(text) == "SELECT flag-(-5) FROM t WHERE x"


def test_text_keeps_backslashes_and_colons_of_its_values() -> None:
    r"""text() turns `\:` into `:` in SQL only, not in values."""
    text = sa.text(r"SELECT :v, ':w', '\:x', y::int, 100 % 7, '%s'").bindparams(v=r"C\:x \:", w="\\:\t")
    assert compiled(text) == (
        r"SELECT CAST('C\:x \:' AS VARCHAR), 'CAST(E'\\:\t' AS VARCHAR)', ':x', y::int, 100 % 7, '%s'"
    )


REFUSED: list[tuple[Any, Any, str]] = [
    (5.7, sa.Integer, "does not take it"),
    (2**31, sa.Integer, "out of the range"),
    (-(2**15) - 1, sa.SmallInteger, "out of the range"),
    (5, sa.String, "does not take it"),
    ("5", sa.Integer, "does not take it"),
    ("1e5", sa.Numeric, "plain decimal"),
    (0.1, sa.Numeric, "asyncpg stores all binary digits"),
    (2.675, sa.Numeric(10, 2), "asyncpg stores all binary digits"),
    (Decimal("123.4"), sa.Numeric(4, 2), "does not fit"),
    (1e-60, sa.REAL, "out of the range"),
    (10**400, sa.Float, "too large"),
    ("\ud800", sa.Text, "surrogate"),
    ("a\0b", sa.Text, "NUL"),
    ({"a": 1}, sa.Text, "does not take it"),
    (Colour.RED, sa.String, "plain Enum"),
    (object(), sa.String, "does not take it"),
    ("2024-01-01", sa.Date, "does not take it"),
    (dt.date.max, sa.Date, "infinity"),
    (dt.datetime.min, sa.DateTime, "infinity"),
    (dt.datetime(2024, 1, 1), sa.DateTime(timezone=True), "no time zone"),  # noqa: DTZ001
    (dt.date(2024, 1, 1), sa.DateTime(timezone=True), "no time zone"),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), sa.DateTime, "time zone would be lost"),
    (dt.datetime(2024, 1, 1, tzinfo=UTC), sa.Date, "drivers disagree"),
    (dt.time(1, tzinfo=UTC), sa.Time, "time zone would be lost"),
    (dt.time(1), sa.Time(timezone=True), "no offset"),
    ("not a uuid", sa.Uuid(as_uuid=False), "not a UUID"),
    ([[1], [2, 3]], pg.ARRAY(sa.Integer), "differ in length"),
    ({1, 2}, pg.ARRAY(sa.Integer), "takes a list"),
    ([1.5], pg.ARRAY(sa.Integer), "it holds a Python float"),
    (pg.Range(1.5, 2), pg.INT4RANGE, "it holds a Python float"),
    ("fe80::1%eth0", pg.INET, "scope id"),
    ("012", pg.BIT(3), "0 and 1"),
    (1.5, sa.types.NullType, "has no type"),
    ([1], sa.types.NullType, "has no type"),
    (5, sa.Enum(Colour, name="colour"), "raised LookupError"),
    ({1: object()}, sa.JSON, "raised TypeError"),
    ("x", Salted, "something different"),
    ("x", Talkative, "raised ValueError"),
    ({"b", "a"}, sa.PickleType, "pickle"),
]


@pytest.mark.parametrize(("value", "sqltype", "reason"), REFUSED)
def test_refusal_names_type_and_column_but_never_the_value(value: object, sqltype: Any, reason: str) -> None:
    """What drivers reject, store differently or can't store is refused, at both ways in."""
    table = sa.Table("acct", sa.MetaData(), sa.Column("f", sqltype))
    for way in (
        lambda: compile_literal(table.insert().values(f=value), DIALECT),
        lambda: list(render_rows(table, [{"f": value}], DIALECT)),
    ):
        with pytest.raises(LiteralRefused, match=reason) as caught:
            way()
        error = caught.value
        assert error.column == "acct.f"
        assert error.type_name
        assert error.type_name.rpartition(".")[2] == type(value).__name__
        assert error.__cause__ is None
        assert error.__context__ is None


def test_no_text_of_a_refusal_shows_a_secret() -> None:
    """A secret stays out of message, hint and printed traceback, whatever fails on the way."""
    secret = "s3cr3t-\ud800"  # noqa: S105 - made up, to look for it
    for sqltype in (sa.Text, sa.Integer, sa.Uuid, pg.INET, pg.BIT(3), sa.Enum(Colour), Talkative, sa.Numeric):
        with pytest.raises(LiteralRefused) as caught:
            in_column(secret, sqltype)
        shown = "".join(traceback.format_exception(caught.value)) + str(caught.value.hint)
        assert "s3cr3t" not in shown


@pytest.mark.parametrize(
    "sql",
    ["INSERT INTO t VALUES ('{\"k\":1}')", "SELECT :new.id", "SELECT 'a :b c'"],
)
def test_name_without_a_value_is_refused(sql: str) -> None:
    """Stock Alembic would write NULL in the middle of the text."""
    with pytest.raises(UnboundParameter, match="has no value") as caught:
        compiled(sa.text(sql))
    assert r"\:" in str(caught.value.hint)


def ddl_with_unbound_names() -> Iterator[Any]:
    """Yield DDL of every place that takes raw SQL."""
    metadata = sa.MetaData()
    yield sa.schema.CreateTable(sa.Table("a", metadata, sa.Column("c", sa.String, server_default=sa.text("':x'"))))
    yield sa.schema.CreateTable(sa.Table("b", metadata, sa.Column("c", sa.Integer), sa.CheckConstraint("c > :x")))
    yield sa.schema.CreateTable(sa.Table("c", metadata, sa.Column("c", sa.Integer, sa.Computed("a + :x"))))
    indexed = sa.Table("d", metadata, sa.Column("c", sa.Integer))
    yield sa.schema.CreateIndex(sa.Index("i", indexed.c.c, postgresql_where=sa.text("c > :x")))
    yield sa.schema.CreateIndex(sa.Index("j", sa.text("(c + :x)"), _table=indexed))


@pytest.mark.parametrize("ddl", list(ddl_with_unbound_names()))
def test_name_without_a_value_in_ddl_is_refused(ddl: Any) -> None:
    """Defaults, checks, computed columns and index predicates are raw SQL too."""
    with pytest.raises(UnboundParameter):
        compiled(ddl)


def test_ddl_keeps_control_characters() -> None:
    """Defaults, comments and enum labels are one constant each, with tabs escaped and % plain."""
    table = sa.Table("t", sa.MetaData(), sa.Column("a", sa.String, server_default="it's\ta %"), comment="c\n%")
    assert "DEFAULT E'it''s\\ta %'" in compiled(sa.schema.CreateTable(table))
    assert compiled(sa.schema.SetTableComment(table)) == "COMMENT ON TABLE t IS E'c\\n%'"
    labels = pg.CreateEnumType(pg.ENUM("it's", "b\t", name="e"))
    assert compiled(labels) == "CREATE TYPE e AS ENUM ('it''s', E'b\\t')"
    index = sa.Index("i", table.c.a, postgresql_where=table.c.a == "x")
    assert compiled(sa.schema.CreateIndex(index)) == "CREATE INDEX i ON t (a) WHERE a = 'x'"


def orders(**columns: Any) -> sa.Table:
    """Make a table with a key and columns with defaults."""
    given_columns = [
        sa.Column(name, sa.JSON if column.get("default") is dict else sa.String, **column)
        for name, column in columns.items()
    ]
    return sa.Table("o", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), *given_columns)


def test_constant_python_defaults_are_applied() -> None:
    """default= and onupdate= are stored where no value is given; an explicit None stays."""
    table = orders(s={"default": "new", "onupdate": "old"}, d={"default": dict})
    assert compiled(table.insert().values(id=1)) == "INSERT INTO o (id, s, d) VALUES (1, 'new', '{}')"
    assert compiled(table.insert().values(id=1, s=None, d={})) == "INSERT INTO o (id, s, d) VALUES (1, NULL, '{}')"
    assert compiled(table.insert().values([{"id": 1}, {"id": 2}])) == (
        "INSERT INTO o (id, s, d) VALUES (1, 'new', '{}'), (2, 'new', '{}')"
    )
    assert compiled(table.update().values(d=None)) == "UPDATE o SET s='old', d='null'"
    assert compiled(table.insert()) == "INSERT INTO o (s, d) VALUES ('new', '{}')"
    assert "SELECT 1 AS anon_1, CAST('new' AS VARCHAR)" in compiled(
        table.insert().from_select(["id"], sa.select(sa.literal(1)))
    )
    nested = table.insert().values(id=1).returning(table.c.id).cte()
    assert "VALUES (1, 'new', '{}')" in compiled(sa.select(nested.c.id))
    assert list(render_rows(table, [{"id": 1}], DIALECT)) == ["INSERT INTO o (id, s, d) VALUES (1, 'new', '{}')"]


@pytest.mark.parametrize("function", [uuid.uuid4, dt.datetime.now, lambda: "always the same"])
def test_python_functions_as_defaults_are_refused(function: Callable[[], object]) -> None:
    """That a function returns the same now says nothing of another day."""
    table = orders(s={"default": function, "onupdate": function})
    for statement in (table.insert().values(id=1), table.update().values(id=2)):
        with pytest.raises(LiteralRefused, match="Python-side default"):
            compiled(statement)
    with pytest.raises(LiteralRefused, match="Python-side default"):
        list(render_rows(table, [{"id": 1}], DIALECT))


def test_insert_asks_for_no_key_back() -> None:
    """No RETURNING and no nextval() of its own; RETURNING that is asked for stays."""
    table = orders(s={})
    assert compiled(table.insert().values(s="x")) == "INSERT INTO o (s) VALUES ('x')"
    assert compiled(table.insert().values(s="x").returning(table.c.id)).endswith(" RETURNING o.id")


def test_comparison_with_a_column_reads_plainly() -> None:
    """The column gives a constant its type; where it would mean something else, it is cast."""
    table = sa.table("t", sa.column("s", sa.String), sa.column("c", sa.CHAR(3)), sa.column("n", sa.Numeric))
    where = sa.and_(table.c.s == "x", table.c.s.in_(["a", "b"]), table.c.c == "x ", table.c.n > Decimal(5))
    assert compiled(where) == (
        "t.s = 'x' AND t.s IN ('a', 'b') AND t.c = CAST('x ' AS VARCHAR) AND t.n > CAST(5 AS NUMERIC)"
    )
    assert compiled(table.c.s.like("a/%", escape="/")) == "t.s LIKE 'a/%' ESCAPE '/'"
    assert compiled(sa.column("s", Lowered).in_(["A", "B"])) == (
        "s IN (lower(CAST('A' AS VARCHAR)), lower(CAST('B' AS VARCHAR)))"
    )


def test_rows_are_batched() -> None:
    """Statements hold up to so many rows; a % in a value stays one."""
    table = sa.table("t", sa.column("a", sa.Integer), sa.column("b", sa.String))
    rows = [{"b": f"{number}%s", "a": number} for number in range(3)]
    assert list(render_rows(table, rows, DIALECT, 2)) == [
        "INSERT INTO t (a, b) VALUES (0, '0%s'), (1, '1%s')",
        "INSERT INTO t (a, b) VALUES (2, '2%s')",
    ]
    assert list(render_rows(table, [], DIALECT)) == []
    assert list(render_rows(table, [{}, {}], DIALECT)) == ["INSERT INTO t DEFAULT VALUES"] * 2


def test_rows_take_sql_as_values() -> None:
    """Expressions, inline literals and types with SQL around them go into the same statement."""
    table = sa.table("t", sa.column("a", sa.String), sa.column("b", Lowered))
    inline = Operations.inline_literal(None, "x\t")  # type: ignore[arg-type] # needs no instance
    rows: list[dict[str, Any]] = [
        {"a": sa.func.now(), "b": "X"},
        {"a": inline, "b": None},
        {"a": sa.bindparam(None, None), "b": "y"},
    ]
    (sql,) = render_rows(table, rows, DIALECT)
    assert sql == (
        "INSERT INTO t (a, b) VALUES (now(), lower(CAST('X' AS VARCHAR))), "
        "(E'x\\t', lower(CAST(NULL AS VARCHAR))), (NULL, lower(CAST('y' AS VARCHAR)))"
    )
    with pytest.raises(UnboundParameter):
        list(render_rows(table, [{"a": sa.bindparam("later")}], DIALECT))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"a": "x"}, {"a": "x", "b": "y"}], "row 2 for t has other keys than row 1: b"),
        ([{"zz": 1}], "table t has no column zz"),
    ],
)
def test_rows_that_lose_values_online_are_refused(rows: list[dict[str, Any]], reason: str) -> None:
    """Online the first row's keys count: others are dropped or an error."""
    table = sa.table("t", sa.column("a", sa.String), sa.column("b", sa.String))
    with pytest.raises(LiteralRefused, match=re.escape(reason)):
        list(render_rows(table, rows, DIALECT))


def test_value_computed_by_a_function_is_refused() -> None:
    """bindparam(callable_=…) may say something else when the script runs."""
    with pytest.raises(LiteralRefused, match="computed by a function"):
        compiled(sa.text(":v").bindparams(sa.bindparam("v", callable_=lambda: 5)))


def test_stock_dialects_are_refused() -> None:
    """A dialect that is not ours has no rules, and renders nothing by mistake."""
    with pytest.raises(LiteralRefused, match="no exact literals are known"):
        compile_literal(sa.text("x"), pg.dialect())  # type: ignore[no-untyped-call] # SQLAlchemy's


@pytest.fixture
def installed() -> Iterator[None]:
    """Install script dialects for one test."""
    before = dict(registry.impls)
    install()
    install()
    yield
    registry.impls.clear()
    registry.impls.update(before)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("driver", ["", "+psycopg", "+psycopg2", "+asyncpg", "+pg8000", "+psycopg2cffi"])
def test_every_driver_becomes_a_script_dialect_that_cannot_connect(driver: str) -> None:
    """create_engine() at import time works without a driver; connecting says why it does not."""
    engine = sa.create_engine(f"postgresql{driver}://u:p@nowhere.invalid/d", json_serializer=repr)
    assert isinstance(engine.dialect, PostgreSQLScriptDialect)
    assert engine.dialect.paramstyle == "named"
    with pytest.raises(sa.exc.DBAPIError, match="no database is connected"):
        engine.connect()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("driver", ["+asyncpg", "+psycopg", "+psycopg_async"])
def test_async_engines_can_be_made(driver: str) -> None:
    """create_async_engine() insists on an asynchronous dialect and gets one."""
    engine = create_async_engine(f"postgresql{driver}://u:p@nowhere.invalid/d", pool_size=3)
    assert isinstance(engine.dialect, PostgreSQLScriptDialect)


def read_back(constant: str) -> str:
    """Read a constant as PostgreSQL's lexer does with standard_conforming_strings = on."""
    escaped = constant.startswith("E")
    body = constant[2:-1] if escaped else constant[1:-1]
    assert "'" not in body.replace("''", "")
    body = body.replace("''", "'")
    if not escaped:
        return body
    letters = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\\": "\\"}

    def character(match: re.Match[str]) -> str:
        return chr(int(match[1] or match[2], 16)) if match[1] or match[2] else letters[match[3]]

    return re.sub(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))", character, body)


ADVERSARIAL = st.text(
    st.one_of(
        st.sampled_from("'\\:E%$;-\n\r\t\b\f\x1a\u202e\u2028\ufeffnux0"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    )
)


@given(ADVERSARIAL)
def test_quoted_text_reads_back_and_shows_no_control_character(text: str) -> None:
    """Whatever text is given, the constant means that text and is fit to print."""
    constant = quote(text)
    assert read_back(constant) == text
    assert not UNPRINTABLE.search(constant)


@given(ADVERSARIAL, ADVERSARIAL)
def test_values_never_change_the_sql_around_them(first: str, second: str) -> None:
    """Raw SQL keeps its own text, whatever its values hold."""
    text = sa.text(r"a :x b '\:y' c :z").bindparams(x=first, z=second)
    expected = f"a CAST({quote(first)} AS VARCHAR) b ':y' c CAST({quote(second)} AS VARCHAR)"
    assert compile_literal(text, DIALECT) == expected
    table = sa.table("t", sa.column("a", sa.String), sa.column("b", sa.String))
    row = {"a": first, "b": second}
    expected = f"INSERT INTO t (a, b) VALUES ({quote(first)}, {quote(second)})"
    assert [compile_literal(table.insert().values(row), DIALECT), *render_rows(table, [row], DIALECT)] == [expected] * 2


TALLY = sa.table("tally", sa.column("a", sa.Integer), sa.column("b", sa.Integer))


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(TALLY.c.a).order_by(sa.literal(1)),
        sa.select(TALLY.c.a).order_by(sa.bindparam("n", 1).desc()),
        sa.select(TALLY.c.a).group_by(sa.literal(1)),
        TALLY.insert().from_select(["a"], sa.select(TALLY.c.a).order_by(TALLY.c.b, sa.literal(2)).limit(1)),
        sa.text("SELECT a FROM tally ORDER BY :n").bindparams(n=1),
        sa.text("INSERT INTO x SELECT a FROM tally GROUP BY b, :n HAVING b > 1").bindparams(n=1),
        sa.text("SELECT a FROM tally order by a, :n desc").bindparams(n=1),
    ],
)
def test_bound_number_that_would_be_the_place_of_a_column_is_refused(statement: Any) -> None:
    """Online it is a constant, by which nothing is sorted."""
    with pytest.raises(LiteralRefused, match="the place of a column"):
        compile_literal(statement, DIALECT)


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(TALLY.c.a).order_by(TALLY.c.a + 1).limit(5),
        sa.select(TALLY.c.a).order_by(sa.literal("x")),
        sa.text("SELECT a FROM tally ORDER BY a + :n").bindparams(n=1),
        sa.text("SELECT a FROM tally ORDER BY a LIMIT :n").bindparams(n=1),
        sa.text("SELECT ' ORDER BY ' || :n").bindparams(n=1),
    ],
)
def test_bound_number_within_what_is_sorted_by_is_a_value(statement: Any) -> None:
    """As it is online."""
    assert "tally" in compile_literal(statement, DIALECT) or "ORDER" in compile_literal(statement, DIALECT)
