"""Values, types and places for MySQL's and MariaDB's literals, and the two ways to store them.

Nothing here knows pytest.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import decimal
import enum
import ipaddress
import random
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.mysql import mariadb
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.sql.sqltypes import AutoString

from changescript.dialects.mysql.driver import MariaDBScriptDialect, MySQLScriptDialect
from changescript.literals import LiteralRefused, compile_literal
from tests.db.mariadb import CLIENT_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tests.db.mariadb import MariaDBDatabase

Result = TypeVar("Result")
Decimal = decimal.Decimal
NAIVE = dt.datetime(2024, 2, 29, 3, 4, 5, 678901)  # noqa: DTZ001 - what is tested
AWARE = NAIVE.replace(tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))
SQL_MODE = "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
PROLOGUE = f"SET NAMES utf8mb4; SET SESSION sql_mode = '{SQL_MODE}', time_zone = '+00:00', autocommit = 1;\n"
"""What a script sets before all else."""
DIALECTS = {"mysql": MySQLScriptDialect(), "mariadb": MariaDBScriptDialect()}


class Mood(enum.StrEnum):
    """An Enum that is text."""

    HAPPY = "happy"


class Level(enum.IntEnum):
    """An Enum that is a number."""

    HIGH = 3


TYPES: list[Any] = [
    *(sa.SmallInteger(), sa.Integer(), sa.BigInteger(), mysql.TINYINT(), mysql.MEDIUMINT(unsigned=True)),
    *(mysql.BIGINT(unsigned=True), mysql.INTEGER(zerofill=True, display_width=8), sa.Boolean(), mysql.BIT(8)),
    *(mysql.BIT(1), mysql.YEAR(), sa.Float(), sa.Float(53), sa.Double(), sa.REAL(), mysql.FLOAT(7, 3)),
    *(mysql.DOUBLE(asdecimal=True), sa.Numeric(), sa.Numeric(10, 2), sa.Numeric(30, 20), sa.Numeric(65, 0)),
    *(sa.Numeric(10, 2, asdecimal=False), mysql.DECIMAL(20, 5, unsigned=True)),
    *(sa.String(80), sa.String(3), sa.Unicode(4), sa.Text(), sa.CHAR(5), mysql.TINYTEXT(), mysql.MEDIUMTEXT()),
    *(mysql.LONGTEXT(), mysql.VARCHAR(60, charset="latin1"), mysql.TEXT(charset="utf8mb3"), AutoString(60)),
    *(mysql.VARCHAR(60, collation="utf8mb4_bin"), mysql.VARCHAR(60, charset="utf16"), sa.UnicodeText()),
    *(mysql.NVARCHAR(20), mysql.NCHAR(20), mysql.VARCHAR(60, charset="ucs2")),
    *(sa.LargeBinary(), sa.BINARY(4), sa.VARBINARY(40), mysql.LONGBLOB(), mysql.TINYBLOB(), sa.PickleType()),
    *(sa.Uuid(native_uuid=False), sa.Uuid(native_uuid=False, as_uuid=False), sa.JSON(), mysql.JSON()),
    *(sa.JSON(none_as_null=True), sa.Date(), sa.DateTime(), sa.DateTime(timezone=True), mysql.DATETIME(fsp=3)),
    *(mysql.DATETIME(fsp=6), sa.TIMESTAMP(), mysql.TIMESTAMP(fsp=6), sa.Time(), mysql.TIME(fsp=2), mysql.TIME(fsp=6)),
    *(sa.Interval(), sa.Enum(Mood), mysql.ENUM("happy", "x", "it's"), sa.Enum("x", "happy", native_enum=False)),
    *(mysql.SET("a", "b c", "it's"), mysql.SET("", "a", "b c", retrieve_as_bitwise=True)),
]
MARIADB_TYPES: list[Any] = [sa.Uuid(), sa.UUID(), sa.Uuid(as_uuid=False), mariadb.INET4(), mariadb.INET6()]
FLOATS = (sa.Float, sa.Double, mysql.FLOAT, mysql.DOUBLE)

VALUES: list[Any] = [
    *(None, True, False, 0, 1, -5, 7, 255, 256, 2024, 2**15, -(2**31), 2**31, -(2**63), 2**63, 2**64, 10**25, 10**70),
    *(0.1, 5.7, 2.5, 3.0, -0.0, 2.675, 9.99, 0.1 + 0.2, 1e300, -1e-50, 5e-324, 16777217.0, 1e16, 123456789.125),
    *(float("nan"), float("inf"), float("-inf")),
    *map(Decimal, ("1.239", "5", "-1E+3", "1E-9", "0.10", "-0", "2.5", "123456789.99", "NaN", "Infinity", "1E+40")),
    *map(Decimal, ("1E-38", "0.1000000000000000055511151231257827021181583404541015625")),
    *("x", "xyzw", "ab ", "", " ", "it's \\ %s :x", "5", "10.50", "1e3", "a\r\n\tb\x07\u202e\ufeff", "é😀\U000e0001"),
    *(
        "\0\x1a\b\\0\\",
        "'",
        "\\'",
        '"',
        "%_\\%\\_",
        "a\xad\x81",
        "\u200b",
        "null",
        "-- x",
        "/* x */",
        "a;b",
        "a\u2028b",
    ),
    *("2024-02-29", "2024-02-30", "0000-00-00", "10.0.0.1", "::1", "12:34:56.789", "-00:00:05.5", "HAPPY", "happy"),
    *("a,b c", "b c,a", "12345678123456781234567812345678", "12345678-1234-5678-1234-567812345678", "a" * 90),
    *(b"", b"a\x00\xff'\\", b"abc", b"\x05", b"1", "é".encode(), bytearray(b"a"), memoryview(b"a"), uuid.UUID(int=5)),
    *(Mood.HAPPY, Level.HIGH, dt.date(2024, 2, 29), dt.date(5, 1, 2), NAIVE, AWARE, AWARE.replace(tzinfo=dt.UTC)),
    *(NAIVE.replace(microsecond=0), NAIVE.replace(microsecond=500000), NAIVE.replace(microsecond=999999)),
    *(dt.datetime(9999, 12, 31, 23, 59, 59, 999999), dt.datetime(1, 1, 1), dt.datetime(2030, 1, 1)),  # noqa: DTZ001
    *(dt.time(1, 2, 3), dt.time(1, 2, 3, 500000), dt.time(23, 59, 59, 999999), dt.time(1, 2, tzinfo=dt.UTC)),
    *(dt.timedelta(), dt.timedelta(hours=5, seconds=7), dt.timedelta(days=34, seconds=86399), dt.timedelta(days=40)),
    *(dt.timedelta(seconds=-5), dt.timedelta(microseconds=700000)),
    *([], [1, None], {"a": "b"}, {"a": None, 'b"\\': "c'"}, {"n": 0.1 + 0.2, "t": "\u202e\t\\\0😀"}, sa.JSON.NULL),
    *({"a"}, {"a", "b c"}, {"it's"}, (1, 2), ipaddress.ip_address("10.0.0.1"), ipaddress.ip_address("::1")),
    "\ud800",
]

Statement = sa.Insert | sa.Update | sa.Delete | sa.TextClause | sa.schema.ExecutableDDLElement


def assigned(table: sa.Table, value: object) -> Statement:
    """Give the value to a column."""
    return table.insert().values(v=value)


def selected(table: sa.Table, value: object) -> Statement:
    """Put the value into a select list."""
    return table.insert().from_select(["v"], sa.select(sa.bindparam("p", value, type_=table.c.v.type)))


def chosen(table: sa.Table, value: object) -> Statement:
    """Put the value into a CASE."""
    parameter = sa.bindparam("p", value, type_=table.c.v.type)
    return table.insert().from_select(["v"], sa.select(sa.case((sa.literal(1) == 1, parameter), else_=None)))


def typed_in_text(table: sa.Table, value: object) -> Statement:
    """Bind the value, with its type, in raw SQL."""
    parameter = sa.bindparam("v", value, type_=table.c.v.type)
    return sa.text(f"INSERT INTO {table.name} (v) VALUES (:v)").bindparams(parameter)


def untyped_in_text(table: sa.Table, value: object) -> Statement:
    """Bind the value, of whatever type it is, in raw SQL."""
    return sa.text(f"INSERT INTO {table.name} (v) VALUES (:v)").bindparams(v=value)


def merged(table: sa.Table, value: object) -> Statement:
    """Let the value win where a key is taken."""
    return mysql.insert(table).values(k=1).on_duplicate_key_update(v=value)


PLACES: list[Callable[[sa.Table, object], Statement]] = [
    assigned,
    selected,
    chosen,
    typed_in_text,
    untyped_in_text,
    merged,
]


def tables(dialect: str) -> list[sa.Table]:
    """Return a table for each type, with room for one row."""
    types = TYPES + (MARIADB_TYPES if dialect == "mariadb" else [])
    return [sa.Table(f"t{number}", sa.MetaData(), _key(), sa.Column("v", kind)) for number, kind in enumerate(types)]


def _key() -> sa.Column[int]:
    return sa.Column("k", sa.Integer, primary_key=True, autoincrement=False, server_default="2")


@dataclass(frozen=True, slots=True)
class Case:
    """One statement to run both ways, and the query that shows what it did."""

    name: str
    statement: Statement
    sql: str
    shown: str


def cases_of(
    dialect: str, place: Callable[[sa.Table, object], Statement], chosen_tables: Iterable[sa.Table]
) -> Iterator[Case]:
    """Yield a case for every value that has a literal in a table."""
    for table in chosen_tables:
        for number, value in enumerate(VALUES):
            # What a mysql:// URL makes of a UUID depends on the server, which here is MariaDB.
            if dialect == "mysql" and isinstance(value, uuid.UUID):
                continue
            try:
                statement = place(table, value)
                sql = compile_literal(statement, DIALECTS[dialect])
            except LiteralRefused:
                continue
            yield Case(f"{table.c.v.type!r} <- {number} {type(value).__name__}", statement, sql, shown(table))


def shown(table: sa.Table) -> str:
    """Return a query for the bytes of the one value; of a float with all its digits."""
    value = "v + 0e0" if isinstance(table.c.v.type, FLOATS) else "v"
    return f"SELECT COALESCE(GROUP_CONCAT(COALESCE(HEX(CONCAT({value})), 'NULL')), 'no row') FROM {table.name}"


Outcome = str | None
"""What was stored, as hexadecimal digits; None if the statement failed."""


def settle(connection: sa.Connection) -> None:
    """Give an online session the settings of a script's."""
    for setting in PROLOGUE.rstrip(";\n").replace(", autocommit = 1", "").split(";"):
        connection.exec_driver_sql(setting)


def run_online(url: str, work: Callable[[sa.Connection], Result]) -> Result:
    """Do something over a connection that binds parameters, through the driver that the URL names."""
    if "+pymysql" in url:
        engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            settle(connection)
            return work(connection)
    return asyncio.run(_run_async(url, work))


async def _run_async(url: str, work: Callable[[sa.Connection], Result]) -> Result:
    engine = create_async_engine(url, poolclass=sa.pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(settle)
        return await connection.run_sync(work)


def stored_online(url: str, cases: Iterable[Case]) -> dict[str, Outcome]:
    """Run each statement with bound parameters, undo it, and return what it stored."""

    def work(connection: sa.Connection) -> dict[str, Outcome]:
        found: dict[str, Outcome] = {}
        for case in cases:
            try:
                connection.execute(case.statement)
                found[case.name] = str(connection.exec_driver_sql(case.shown).scalar())
            except (sa.exc.StatementError, UnicodeEncodeError, TypeError):
                found[case.name] = None
            connection.rollback()
        return found

    return run_online(url, work)


def stored_by_script(
    database: MariaDBDatabase, cases: Sequence[Case], environment: Mapping[str, str] | None = None
) -> dict[str, Outcome]:
    """Run the same as SQL through the client; each case has failed that shows nothing."""
    lines = [PROLOGUE]
    lines += [
        f"BEGIN;\n{case.sql};\n"
        f"SET @failed := @@error_count;\nSELECT CONCAT('@{number}@', ({case.shown})) WHERE @failed = 0;\nROLLBACK;\n"
        for number, case in enumerate(cases)
    ]
    finished = database.client(
        *CLIENT_OPTIONS, "--skip-column-names", "--force", stdin="".join(lines), environment=environment
    )
    found: dict[str, Outcome] = dict.fromkeys(case.name for case in cases)
    for line in finished.stdout.splitlines():
        if line.startswith("@"):
            _, number, stored = line.split("@")
            found[cases[int(number)].name] = stored
    return found


def differences(expected: Mapping[str, Outcome], found: Mapping[str, Outcome]) -> dict[str, tuple[Outcome, Outcome]]:
    """Return where two runs differ."""
    return {name: (expected[name], found[name]) for name in expected if expected[name] != found[name]}


def nasty_texts(count: int = 400) -> list[str]:
    """Return texts of characters that clients, lexers and SQLAlchemy treat specially."""
    source = random.Random(1)  # noqa: S311 - no secret
    alphabet = "'\"`\\:;%$-/*#&{}()EN\n\r\t\b\f\v\0\x01\x1a\x1b\x7f\x85\xa0\xad\u200f\u2028\u202e\ufeffé😀xnZ0"
    return ["".join(source.choices(alphabet, k=source.randrange(1, 25))) for _ in range(count)]
