"""What literals store through the sqlite3 shell is what bound parameters store: values by types by places."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlmodel.sql.sqltypes import AutoString

from changescript.dialects.sqlite.driver import SQLiteScriptDialect
from changescript.literals import LiteralRefused, compile_literal, render_rows
from tests.db.sqlite import SHELL
from tests.db.sqlite_values import (
    Case,
    Outcome,
    Statement,
    differences,
    run_script,
    stock_connection,
    stored_by_script,
    stored_online,
    stored_row,
    stored_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy.engine import Connection

pytestmark = pytest.mark.skipif(SHELL is None, reason="no sqlite3 shell: the package sqlite3 brings it")
DIALECT = SQLiteScriptDialect()
Decimal = decimal.Decimal
OFFSET = dt.timezone(dt.timedelta(hours=5, minutes=53, seconds=28))
NAIVE = dt.datetime(2024, 2, 29, 3, 4, 5, 678901)  # noqa: DTZ001 - what is tested


class Mood(enum.StrEnum):
    """An Enum that is text."""

    HAPPY = "happy"


class Rank(enum.IntEnum):
    """An Enum that is a number."""

    TOP = 1


class Shouted(sa.types.TypeDecorator[str]):
    """Stores something else than it is given, for None too."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: object, dialect: object) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        return str(value).upper()


class Lowered(sa.types.TypeDecorator[str]):
    """Wraps its values in SQL."""

    impl = sa.Text
    cache_ok = True

    def bind_expression(self, bindparam: sa.BindParameter[str]) -> sa.ColumnElement[str]:
        return sa.func.lower(bindparam)


_DATETIME: Any = sqlite.DATETIME
_DATE: Any = sqlite.DATE
_TIME: Any = sqlite.TIME
TYPES: list[Any] = [
    *(sa.SmallInteger(), sa.Integer(), sa.BigInteger(), sa.Boolean(), sa.Float(), sa.Double(), sa.REAL()),
    *(sa.Numeric(), sa.Numeric(10, 2), sa.Numeric(asdecimal=False), sa.DECIMAL(6), sa.Float(asdecimal=True)),
    *(sa.String(), sa.String(3), sa.Unicode(4), sa.Text(), sa.CHAR(3), AutoString(), sa.NVARCHAR(5)),
    *(sa.LargeBinary(), sa.BLOB(), sa.PickleType(), sa.Uuid(), sa.Uuid(as_uuid=False)),
    *(sa.Date(), sa.DateTime(), sa.DateTime(timezone=True), sa.TIMESTAMP(), sa.Time(), sa.Interval()),
    _DATETIME(storage_format="%(year)04d%(month)02d%(day)02d%(hour)02d%(minute)02d", regexp=r"(\d+)"),
    *(_DATETIME(truncate_microseconds=True), _DATE(storage_format="%(day)02d'%(month)02d\n%(year)04d")),
    *(_TIME(truncate_microseconds=True), sa.JSON(), sa.JSON(none_as_null=True), sqlite.JSON()),
    *(sa.Enum(Mood), sa.Enum("x", "HAPPY", native_enum=False), sa.types.NullType(), Shouted(), Lowered()),
]
DECLARED: Mapping[str, str] = {"INTEGER": "integer", "REAL": "real", "NUMERIC": "num", "TEXT": "text", "": "none"}
"""A column of each affinity."""
NUMBERS: list[Any] = [
    *(None, True, False, 0, 1, -5, 2**53 + 1, 2**62, 2**63 - 1, -(2**63), 2**63, 10**25, Rank.TOP),
    *(0.0, -0.0, 0.1, 5.7, 5.0, -2.5, 0.904113, 9.99, 0.1 + 0.2, 1e15, 1e16, 1e22, 1e23, 1e300, -1e-50),
    *(
        5e-324,
        2.2250738585072014e-308,
        1.7976931348623157e308,
        9007199254740993.0,
        2.0**63,
        -(2.0**63),
        13.404953999999975,
    ),
    *(float("nan"), float("inf"), float("-inf")),
    *map(Decimal, ("1.239", "5", "-1E+3", "1E-9", "0.10", "-0", "123456789.99", "NaN", "Infinity", "1E+40", "1E+400")),
]
TEXTS: list[Any] = [
    *(
        "x",
        "ab ",
        "",
        "it's \\ %s :x \\:y",
        "5",
        "-5",
        "5.0",
        " 5",
        "0x10",
        "1e3",
        "1e400",
        "12345678901234567890",
        "nan",
    ),
    *(
        "a\r\n\tb\x07\u202e\ufeff",
        "5\n",
        "\n",
        "a\0b",
        "5\0",
        "\0",
        "é😀\U000e0001",
        "\n" * 300,
        "a\nb\n" * 9,
        "2024-01-01",
    ),
    *("/\n", "GO\n;\n", ".quit\n", "# x\n--", "/* x", '"v"', "~n\\n^`|#@\n\r\n\r\n\r", "\x01\x02\x03\x04\x05 " * 60),
    *("12345678123456781234567812345678", "HAPPY", "null", Mood.HAPPY),
]
OTHERS: list[Any] = [
    *(b"", b"a\x00\xff", b"5", bytearray(b"a\n"), memoryview(b"a'"), uuid.UUID(int=5)),
    *(dt.date(2024, 2, 29), dt.date(1, 1, 2), NAIVE, NAIVE.replace(tzinfo=OFFSET), NAIVE.replace(microsecond=0)),
    *(dt.datetime(1, 1, 1, tzinfo=dt.UTC),),
    *(dt.time(1, 2, 3, 4), dt.time(1, 2, tzinfo=OFFSET), dt.timedelta(-1, 5, 3), dt.timedelta(40, 86399, 999999)),
    *({"a": [1, {"b": None}], "t": "\u202e\t\\\n"}, {}, [], [1, None], {1, 2}, object()),
]
VALUES = NUMBERS + TEXTS + OTHERS
SCALARS = [
    value
    for value in NUMBERS + TEXTS + OTHERS[:5]
    if isinstance(value, str | bytes | float) or (type(value) is int and abs(value) < 2**63)
]


@pytest.fixture
def online() -> Iterator[Connection]:
    """Open a database in memory through the stock driver."""
    with stock_connection() as connection:
        yield connection


def assigned(table: sa.Table, value: object) -> Statement:
    """Give the value to a column."""
    return table.insert().values(v=value)


def changed(table: sa.Table, value: object) -> Statement:
    """Give the value to a column whose row is there already."""
    return sqlite.insert(table).values(k=1).on_conflict_do_update(index_elements=["k"], set_={"v": value})


def selected(table: sa.Table, value: object) -> Statement:
    """Put the value into a select list."""
    parameter = sa.bindparam("p", value, type_=table.c.v.type)
    return table.insert().from_select(["v"], sa.select(parameter))


def chosen(table: sa.Table, value: object) -> Statement:
    """Put the value into a CASE."""
    parameter = sa.bindparam("p", value, type_=table.c.v.type)
    case = sa.case((sa.literal(1) == 1, parameter), else_=None)
    return table.insert().from_select(["v"], sa.select(case))


def typed_in_text(table: sa.Table, value: object) -> Statement:
    """Bind the value, with its type, in raw SQL."""
    parameter = sa.bindparam("v", value, type_=table.c.v.type)
    return sa.text(f"INSERT INTO {table.name} (v) VALUES (:v)").bindparams(parameter)


def untyped_in_text(table: sa.Table, value: object) -> Statement:
    """Bind the value in raw SQL, where SQLAlchemy makes its type of the value."""
    return sa.text(f"INSERT INTO {table.name} (v) SELECT :v").bindparams(v=value)


PLACES: list[Callable[[sa.Table, object], Statement]] = [
    assigned,
    changed,
    selected,
    chosen,
    typed_in_text,
    untyped_in_text,
]


def tables() -> list[sa.Table]:
    """Return a table for each type."""
    return [
        sa.Table(f"t{number}", sa.MetaData(), sa.Column("k", sa.Integer, primary_key=True), sa.Column("v", sqltype))
        for number, sqltype in enumerate(TYPES)
    ]


def schema_of(table: sa.Table) -> str:
    """Return the CREATE TABLE that SQLAlchemy writes; a column without a type it can't."""
    if isinstance(table.c.v.type, sa.types.NullType):
        return f"CREATE TABLE {table.name} (k INTEGER PRIMARY KEY, v)"
    return str(sa.schema.CreateTable(table).compile(dialect=sqlite.dialect()))


def rendered(cases: Iterable[tuple[str, Statement, str]]) -> list[Case]:
    """Return those cases that are not refused."""
    kept = []
    for name, statement, table in cases:
        with suppress(LiteralRefused):
            kept.append(Case(name, statement, compile_literal(statement, DIALECT), table))
    return kept


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_values_are_stored_as_bound_parameters_store_them(
    online: Connection, tmp_path: Path, place: Callable[[sa.Table, object], Statement]
) -> None:
    """Every value of every type in every place is stored the same, fails the same, or is refused."""
    schema = [schema_of(table) for table in tables()]
    for sql in schema:
        online.exec_driver_sql(sql)
    online.commit()
    cases = rendered(
        (f"{table.name} {table.c.v.type!r} <- {number} {type(value).__name__}", place(table, value), table.name)
        for table, (number, value) in product(tables(), enumerate(VALUES))
    )
    expected = stored_online(online, cases)
    assert differences(expected, stored_by_script(schema, cases, tmp_path)) == {}
    assert len(cases) > 2000
    assert sum(outcome != [(("NoneType", None),)] for outcome in expected.values()) > 0.9 * len(cases)


def stock_rows(connection: Connection, statement: sa.TextClause) -> Outcome:
    """Return what a query with bound parameters finds, nothing if it fails."""
    with suppress(sa.exc.StatementError, sa.exc.DBAPIError):
        return [stored_row(row) for row in connection.execute(statement)]
    return []


AFFINITIES = sa.table("c", sa.column("id", sa.Integer), *(sa.column(name) for name in DECLARED.values()))
COMPARISONS = (
    *(
        "{column} = :v",
        ":v < {column}",
        "{column} <> :v",
        "{column} IN (:v, 'zz')",
        "{column} IS NOT :v",
        "+{column} = :v",
    ),
    *("{column} BETWEEN :v AND 'zz'", "CASE {column} WHEN :v THEN 1 END", "{column} LIKE :v", "{column} GLOB :v"),
    *(
        "{column}-:v > 1",
        "{column} || :v = '55'",
        "({column}, 1) = (:v, 1)",
        "({column}, 1) IN (VALUES (:v, 1), (7, 1))",
    ),
    *(
        "max({column}, :v) = {column}",
        "coalesce(NULL, :v) = {column}",
        "nullif(:v, {column}) IS NULL",
        "{column} / :v > 0",
        ":v < {column} + 0",
    ),
)
ALONE = (
    "typeof(:v)",
    "hex(:v)",
    ":v = 5",
    ":v < 5",
    "'5' = :v",
    "typeof(-:v)",
    "typeof(:v + 0)",
    "10 * (:v / 4)",
    "7-:v",
    "length(:v)",
)


def test_values_compare_as_bound_parameters_do(online: Connection, tmp_path: Path) -> None:
    """A literal has no more affinity than a parameter, so comparisons with columns of every affinity find the same."""
    rows = [{"id": number, **dict.fromkeys(DECLARED.values(), value)} for number, value in enumerate(SCALARS)]
    inserts = list(render_rows(AFFINITIES, rows, DIALECT))
    columns = ", ".join(f'"{name}" {declared}' for declared, name in DECLARED.items())
    schema = [f"CREATE TABLE c (id INTEGER, {columns})", *inserts]
    for sql in schema:
        online.exec_driver_sql(sql)
    queries = [f"SELECT {expression}" for expression in ALONE]
    queries += [
        f"SELECT group_concat(id) FROM c WHERE {comparison.format(column=name)}"
        for comparison, name in product(COMPARISONS, DECLARED.values())
    ]
    lines, expected = [], {}
    for number, (query, value) in enumerate(product(queries, SCALARS)):
        statement = sa.text(query).bindparams(v=value)
        lines.append(f"INSERT INTO found SELECT {number}, * FROM ({compile_literal(statement, DIALECT)})")
        expected[number] = stock_rows(online, statement)
    path = tmp_path / "script.db"
    run_script(path, [*schema, "CREATE TABLE found (n, v)", "BEGIN", *lines, "COMMIT"], go_on=True)
    found: dict[int, Outcome] = {number: [] for number in expected}
    for (_, position), *values in stored_rows(path, "SELECT n, v FROM found ORDER BY rowid"):
        found[int(str(position))].append(tuple(values))
    assert {number: (expected[number], found[number]) for number in expected if expected[number] != found[number]} == {}
    assert len(expected) > 5000


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_rows_of_every_type_are_stored_as_an_executemany_stores_them(
    online: Connection, tmp_path: Path, table: sa.Table
) -> None:
    """Many rows in one INSERT are stored as each by itself."""
    rows = []
    for value in VALUES:
        with suppress(LiteralRefused):
            list(render_rows(table, [{"v": value}], DIALECT))
            rows.append({"v": value})
    online.exec_driver_sql(schema_of(table))
    online.execute(table.insert().inline(), rows)
    run_script(tmp_path / "script.db", [schema_of(table), *render_rows(table, rows, DIALECT)])
    expected = [stored_row(row) for row in online.exec_driver_sql(f"SELECT v FROM {table.name} ORDER BY k")]
    assert stored_rows(tmp_path / "script.db", f"SELECT v FROM {table.name} ORDER BY k") == expected
    assert rows
