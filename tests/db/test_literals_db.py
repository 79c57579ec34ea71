"""What literals store through psql is what parameters bound by asyncpg store: values by types by places."""

from __future__ import annotations

import asyncio
import datetime as dt
import decimal
import enum
import ipaddress
import random
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects import registry
from sqlalchemy.ext.asyncio import create_async_engine

from changescript.dialects.postgresql.driver import PostgreSQLScriptDialect
from changescript.literals import LiteralRefused, compile_literal, render_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

    from tests.db.postgres import Database, Server

DIALECT = PostgreSQLScriptDialect()
Decimal = decimal.Decimal
OFFSET = dt.timezone(dt.timedelta(hours=5, minutes=53, seconds=28))
NAIVE = dt.datetime(2024, 2, 29, 3, 4, 5, 678901)  # noqa: DTZ001 - what is tested
AWARE = NAIVE.replace(tzinfo=OFFSET)


class Mood(enum.StrEnum):
    """An Enum that is text."""

    HAPPY = "happy"


TYPES: list[Any] = [
    sa.SmallInteger(),
    sa.Integer(),
    sa.BigInteger(),
    sa.Boolean(),
    sa.Float(),
    sa.Double(),
    sa.REAL(),
    sa.Float(24),
    sa.Numeric(),
    sa.Numeric(10, 2),
    sa.Numeric(6),
    sa.Numeric(asdecimal=False),
    sa.String(),
    sa.String(3),
    sa.Unicode(4),
    sa.Text(),
    sa.CHAR(3),
    sa.CHAR(),
    pg.CITEXT(),
    sa.LargeBinary(),
    sa.PickleType(),
    sa.Uuid(),
    sa.Uuid(as_uuid=False),
    sa.Uuid(native_uuid=False),
    sa.Date(),
    sa.DateTime(),
    sa.DateTime(timezone=True),
    pg.TIMESTAMP(precision=2),
    sa.Time(),
    sa.Time(timezone=True),
    sa.Interval(),
    pg.INTERVAL(precision=2),
    sa.Interval(native=False),
    sa.JSON(),
    pg.JSONB(),
    pg.JSONB(none_as_null=True),
    pg.HSTORE(),
    sa.Enum(Mood, name="mood"),
    pg.ENUM("HAPPY", "x", name="feeling"),
    sa.Enum("x", native_enum=False),
    pg.DOMAIN("small", sa.Integer),
    pg.INET(),
    pg.CIDR(),
    pg.MACADDR(),
    pg.MACADDR8(),
    pg.BIT(5),
    pg.BIT(varying=True),
    pg.MONEY(),
    pg.OID(),
    pg.REGCLASS(),
    pg.REGCONFIG(),
    pg.TSVECTOR(),
    pg.TSQUERY(),
    pg.JSONPATH(),
    pg.INT4RANGE(),
    pg.INT8RANGE(),
    pg.NUMRANGE(),
    pg.DATERANGE(),
    pg.TSRANGE(),
    pg.TSTZRANGE(),
    pg.INT4MULTIRANGE(),
    pg.DATEMULTIRANGE(),
    *(
        pg.ARRAY(item)
        for item in (
            sa.Integer(),
            sa.Text(),
            sa.String(3),
            sa.Float(),
            sa.Numeric(6, 2),
            sa.Boolean(),
            sa.Date(),
            sa.DateTime(timezone=True),
            sa.LargeBinary(),
            sa.Uuid(),
            pg.JSONB(),
            pg.INET(),
            pg.ENUM("HAPPY", "x", name="feeling"),
            pg.INT4RANGE(),
        )
    ),
]

VALUES: list[Any] = [
    *(None, True, False, 0, 1, -5, 2**15, -(2**31), 2**31, -(2**63), 2**63, 10**25),
    *(0.1, 5.7, -0.0, 2.5, 2.675, 9.99, 0.1 + 0.2, 1e300, 1e-50, 5e-324, 16777217.0, 1.000000059604645),
    *(float("nan"), float("inf"), float("-inf")),
    *map(Decimal, ("1.239", "5", "-1E+3", "1E-9", "0.10", "-0", "123456789.99", "NaN", "Infinity", "1E+40")),
    *("x", "xyzw", "ab ", "", "it's \\ %s :x", "5", "10.50", "a\r\n\tb\x07\u202e\ufeff", "é😀\U000e0001"),
    *("2024-01-01", "10.0.0.1", "10.0.0.1/8", "10.0.0.0/8", "08:00:2b:01:02:03", "101", "10101", "HAPPY"),
    *("[1,5)", "{a}", "pg_class", "english", "'a' & 'b'", "$.a", "12345678123456781234567812345678"),
    *(b"", b"a\x00\xff", b"\\x41", bytearray(b"a"), memoryview(b"a"), uuid.UUID(int=5), Mood.HAPPY),
    *(dt.date(2024, 2, 29), dt.date(1, 1, 2), NAIVE, AWARE, AWARE.replace(tzinfo=dt.UTC), dt.datetime(9999, 12, 30)),  # noqa: DTZ001
    *(dt.time(1, 2, 3, 4), dt.time(1, 2, tzinfo=OFFSET), dt.timedelta(-1, 5, 3), dt.timedelta(40, 86399, 999999)),
    *([], [[]], [1, None], [[1, 2], [3, 4]], ["a", None, "NULL", '"\\ ,{}\t'], ["abcdef"], ["HAPPY", "x"]),
    *([0.1, float("nan"), 5.0], [Decimal("1.239")], [AWARE, None], [b"a\xff", None], [True, None]),
    *([uuid.UUID(int=5)], [dt.date(2024, 2, 29)], [{"a": 1}, None, [1]], [ipaddress.ip_address("::1")]),
    *({"a": "b"}, {"a": None, 'b"\\': "c'"}, {"a": [1, {"b": None}]}, {}, {"n": 0.1 + 0.2, "t": "\u202e\t\\"}),
    *(pg.Range(1, 5), pg.Range(None, 5), pg.Range(1, 5, bounds="(]"), pg.Range(empty=True), pg.Range(None, None)),
    *(pg.Range(Decimal("1.50"), Decimal(2)), pg.Range(dt.date(2024, 2, 29), None), pg.Range(NAIVE, None)),
    *(pg.Range(AWARE, None), [pg.Range(1, 3), pg.Range(7, 9)], pg.ranges.MultiRange([pg.Range(1, 3)])),
    *(ipaddress.ip_address("10.0.0.1"), ipaddress.ip_interface("10.0.0.1/8"), ipaddress.ip_network("10.0.0.0/30")),
    *(pg.BitString("10101"), pg.BitString("101")),
]


def assigned(table: sa.Table, value: object) -> Statement:
    """Give the value to a column."""
    return table.insert().values(v=value)


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


PLACES: list[Callable[[sa.Table, object], Statement]] = [assigned, selected, chosen, typed_in_text]

Statement = sa.Insert | sa.Update | sa.Delete | sa.TextClause

Outcome = str | None
"""What was stored, as text; None if the statement failed."""
FAILED: Outcome = None


@dataclass(frozen=True, slots=True)
class Case:
    """One statement to run both ways, and the query that shows what it did."""

    name: str
    statement: Statement
    sql: str
    shown: str


@pytest.fixture(autouse=True)
def stock_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let asyncpg's URL mean asyncpg, whatever other tests have installed."""
    monkeypatch.delitem(registry.impls, "postgresql.asyncpg", raising=False)


def online(database: Database, work: Callable[[AsyncConnection], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
    """Do something over a connection that binds parameters."""

    async def run() -> Any:  # noqa: ANN401 - as above
        engine = create_async_engine(database.url)
        try:
            async with engine.connect() as connection:
                await connection.exec_driver_sql("SET TIME ZONE 'UTC'")
                return await work(connection)
        finally:
            await engine.dispose()

    return asyncio.run(run())


def stored_online(database: Database, cases: Iterable[Case]) -> dict[str, Outcome]:
    """Run each statement with bound parameters, undo it, and return what it stored."""

    async def work(connection: AsyncConnection) -> dict[str, Outcome]:
        await connection.rollback()
        found: dict[str, Outcome] = {}
        for case in cases:
            try:
                await connection.execute(case.statement)
                found[case.name] = str((await connection.exec_driver_sql(case.shown)).scalar())
            except (sa.exc.StatementError, UnicodeEncodeError):
                found[case.name] = FAILED
            await connection.rollback()
        return found

    stored: dict[str, Outcome] = online(database, work)
    return stored


def stored_by_script(database: Database, cases: Sequence[Case], folder: Path) -> dict[str, Outcome]:
    """Run the same as SQL through psql."""
    script = folder / "cases.sql"
    lines = ["SET standard_conforming_strings = on;\n"]
    lines += [
        f"BEGIN;\n{case.sql};\nSELECT '@{number}@' || encode(convert_to(({case.shown}), 'UTF8'), 'hex');\nROLLBACK;\n"
        for number, case in enumerate(cases)
    ]
    script.write_text("".join(lines), encoding="utf-8")
    finished = database.psql("-X", "-q", "-A", "-t", "-f", script, environment={"PGCLIENTENCODING": "UTF8"})
    found: dict[str, Outcome] = dict.fromkeys(case.name for case in cases)
    for line in finished.stdout.splitlines():
        if line.startswith("@"):
            _, number, stored = line.split("@")
            found[cases[int(number)].name] = bytes.fromhex(stored).decode()
    return found


def show(table: str) -> str:
    """Return a query for the one value of a table, NULL told apart from text."""
    return f"SELECT coalesce('=' || v::text, 'NULL') FROM {table}"


def tables() -> list[sa.Table]:
    """Return a table of one column for each type."""
    return [sa.Table(f"t{number}", sa.MetaData(), sa.Column("v", sqltype)) for number, sqltype in enumerate(TYPES)]


def create_tables(database: Database) -> None:
    """Make the tables and all that their types need."""
    database.execute(
        "CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE TYPE mood AS ENUM ('HAPPY');"
        "CREATE TYPE feeling AS ENUM ('HAPPY', 'x'); CREATE DOMAIN small AS integer;"
        + "".join(f"{compile_literal(sa.schema.CreateTable(table), DIALECT)};" for table in tables())
    )


def differences(expected: Mapping[str, Outcome], found: Mapping[str, Outcome]) -> dict[str, tuple[Outcome, Outcome]]:
    """Return where two runs differ."""
    return {name: (expected[name], found[name]) for name in expected if expected[name] != found[name]}


@pytest.mark.slow
# Constants are read alike by all servers; test_places_db.py goes through each pair of server and client.
@pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")
@pytest.mark.parametrize("place", PLACES)
def test_values_are_stored_as_bound_parameters_store_them(
    database: Database, tmp_path: Path, place: Callable[[sa.Table, object], Statement]
) -> None:
    """Every value of every type in every place is stored the same, fails the same, or is refused."""
    create_tables(database)
    cases = []
    for table in tables():
        for number, value in enumerate(VALUES):
            try:
                statement = place(table, value)
                sql = compile_literal(statement, DIALECT)
            except LiteralRefused:
                continue
            cases.append(
                Case(f"{table.c.v.type!r} <- {number} {type(value).__name__}", statement, sql, show(table.name))
            )
    expected = stored_online(database, cases)
    assert differences(expected, stored_by_script(database, cases, tmp_path)) == {}
    assert sum(outcome is not FAILED for outcome in expected.values()) > 900


def test_values_bound_in_raw_sql_without_a_type(database: Database, tmp_path: Path) -> None:
    """The type that a parameter has decides how operators read it: 10 * (:v / 4), 7 - :v."""
    database.execute("CREATE TABLE t (v text)")
    cases = []
    for number, value in enumerate(VALUES):
        for expression in ("pg_typeof(:v)", ":v", "10 * (:v / 4)", "7-:v", "concat(:v, ':w', '\\:v')", "'x' || :v"):
            statement = sa.text(f"INSERT INTO t SELECT ({expression})::text").bindparams(v=value)
            try:
                sql = compile_literal(statement, DIALECT)
            except LiteralRefused:
                continue
            cases.append(Case(f"{expression} {number}", statement, sql, show("t")))
    expected = stored_online(database, cases)
    found = stored_by_script(database, cases, tmp_path)
    # PostgreSQL takes a constant of unknown type for text where it can't tell a parameter's type.
    untyped = {f"pg_typeof(:v) {number}" for number, value in enumerate(VALUES) if value is None or value is Mood.HAPPY}
    assert {name for name in differences(expected, found) if name not in untyped} == set()
    assert sum(outcome is not FAILED for outcome in expected.values()) > 150


def nasty_texts() -> list[str]:
    """Return texts of characters that clients, lexers and SQLAlchemy treat specially."""
    source = random.Random(1)  # noqa: S311 - no secret
    alphabet = "'\"\\:;%$-/*#&@{}()E\n\r\t\b\f\v\x1a\x1b\x7f\x85\xa0\u200f\u2028\u202e\ufeffé😀xnu0"
    alphabet = alphabet.replace("@", "")  # what the test itself separates fields with
    return ["".join(source.choices(alphabet, k=source.randrange(1, 25))) for _ in range(400)]


def test_nasty_text_arrives_whole(database: Database, tmp_path: Path) -> None:
    """Text of control, bidirectional and quoting characters goes through psql unchanged, everywhere."""
    database.execute("CREATE TABLE t (v text, position serial)")
    table = sa.table("t", sa.column("v", sa.Text))
    for text in nasty_texts():
        with (tmp_path / "rows.sql").open("a", encoding="utf-8", newline="") as script:
            raw = sa.text(r"INSERT INTO t (v) SELECT :v || '\:v'").bindparams(v=text)
            statements = [compile_literal(raw, DIALECT), *render_rows(table, [{"v": text}], DIALECT)]
            script.writelines(f"{sql};\n" for sql in statements)
    finished = database.psql("-X", "-v", "ON_ERROR_STOP=1", "-f", tmp_path / "rows.sql")
    assert finished.exit_code == 0, finished.output
    rows = database.query("SELECT encode(convert_to(v, 'UTF8'), 'hex') FROM t ORDER BY position").split("\n")
    expected = [written for text in nasty_texts() for written in (f"{text}:v", text)]
    assert [bytes.fromhex(row).decode() for row in rows] == expected


class Lowered(sa.types.TypeDecorator[str]):
    """Wraps its values in SQL."""

    impl = sa.Text
    cache_ok = True

    def bind_expression(self, bindparam: sa.BindParameter[str]) -> sa.ColumnElement[str]:
        return sa.func.lower(bindparam)


PEOPLE = sa.Table(
    "people",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, default="anon\t", onupdate="changed"),
    sa.Column("email", pg.CITEXT),
    sa.Column("code", sa.CHAR(5)),
    sa.Column("lowered", Lowered),
    sa.Column("data", pg.JSONB, default=dict),
    sa.Column("tags", pg.ARRAY(sa.Text)),
    sa.Column("score", sa.Float),
    sa.Column("price", sa.Numeric(10, 2)),
    sa.Column("n", sa.BigInteger, server_default="7"),
)
P = PEOPLE.c
FIRST_ROWS: list[dict[str, Any]] = [
    {"id": 1, "name": "a", "email": "A@x", "code": "ab", "lowered": "ÀB", "tags": ["x"], "score": 0.1, "n": 2**40},
    {"id": 2, "name": None, "email": "a@X", "code": "ab", "lowered": None, "tags": [], "score": -0.0, "n": None},
]
STATEMENTS: list[Statement] = [
    PEOPLE.insert(),
    PEOPLE.insert().values(id=3, data=None, lowered="QQ"),
    PEOPLE.insert().values([{"id": 3, "name": "x"}, {"id": 4, "name": None}]),
    PEOPLE.insert().from_select(["id", "email"], sa.select(P.id + 10, sa.literal("it's\n"))),
    PEOPLE.update().values(name="x\\:y"),
    PEOPLE.update().values(score=P.score * 3, price=Decimal("1.239")).where(P.id == 1),
    PEOPLE.update().values(n=P.n - (-5)).where(P.n == 2**40),
    PEOPLE.update().values(email="hit", name=None).where(P.email == sa.literal("A@X", sa.Text)),
    PEOPLE.update().values(email="hit").where(P.email == "A@X"),
    PEOPLE.update().values(name="hit").where(P.code == "ab   "),
    PEOPLE.update().values(name="hit").where(P.code == "ab"),
    PEOPLE.update().values(name="hit").where(P.lowered.in_(["àB", "y"])),
    PEOPLE.update().values(name="hit").where(P.lowered == "ÀB"),
    PEOPLE.update().values(name="hit").where(P.id.in_([])),
    PEOPLE.update().values(name="hit").where(P.id.not_in([])),
    PEOPLE.update().values(name="hit").where(sa.tuple_(P.id, P.name).in_([(1, "a"), (2, "b")])),
    PEOPLE.update().values(tags=P.tags.concat(["y", None])).where(P.tags.contains(["x"])),
    PEOPLE.update().values(tags=sa.func.array_append(P.tags, "z")),
    PEOPLE.update().values(data=P.data.concat({"k": [1, None]})),
    PEOPLE.update().values(data=sa.func.jsonb_build_object("k", sa.literal("v"), "n", sa.literal(1.5))),
    PEOPLE.update().values(name=sa.case((P.id == 1, "one\t"), else_=sa.func.coalesce(P.name, "none"))),
    PEOPLE.update().values(score=sa.literal(10) * (sa.literal(5, sa.Float) / 4)),
    PEOPLE.update().values(price=P.price + 9.99, score=P.score - (-1.5)),
    PEOPLE.update().values(name=sa.select(sa.literal("from \\ select")).scalar_subquery()),
    PEOPLE.delete().where(P.email == "a@x"),
    PEOPLE.delete().where(sa.or_(P.name.like("a%"), P.name.is_(None))),
    PEOPLE.delete().where(P.id.in_(sa.select(P.id).where(P.score == 0.1).cte("found").select())),
    pg.insert(PEOPLE)
    .values(id=1, name="new")
    .on_conflict_do_update(index_elements=["id"], set_={"name": "old\t", "data": None}, where=P.id == 1),
    sa.text("UPDATE people SET name = :v, n=n-:n WHERE id = :i").bindparams(v="C\\:x", n=-5, i=1),
    sa.text("UPDATE people SET name = 'hit' WHERE email = :v").bindparams(v="A@X"),
    sa.text("UPDATE people SET name = 'hit' WHERE code = :v").bindparams(v="ab "),
    sa.text("DELETE FROM people WHERE id IN :ids").bindparams(sa.bindparam("ids", [1, 5], expanding=True)),
    sa.text("DELETE FROM people WHERE id = ANY(:ids)").bindparams(sa.bindparam("ids", [1], type_=pg.ARRAY(sa.Integer))),
    sa.text("UPDATE people SET score = 10*(:a/4), price = 10*(:b/4)").bindparams(a=5, b=Decimal(5)),
]


def test_statements_change_the_same_rows(database: Database, tmp_path: Path) -> None:
    """Statements of every kind leave the same rows whether their values are bound or written out."""
    shown = "SELECT coalesce(string_agg(people::text, chr(10) ORDER BY people::text), 'no rows') FROM people"
    database.execute("CREATE EXTENSION citext;" + compile_literal(sa.schema.CreateTable(PEOPLE), DIALECT))
    for sql in render_rows(PEOPLE, FIRST_ROWS, DIALECT):
        database.execute(sql)
    # The key is given: both runs would otherwise draw from one sequence.
    database.execute("ALTER TABLE people ALTER id SET DEFAULT 99")
    cases = [
        Case(str(number), statement, compile_literal(statement, DIALECT), shown)
        for number, statement in enumerate(STATEMENTS)
    ]
    expected = stored_online(database, cases)
    assert differences(expected, stored_by_script(database, cases, tmp_path)) == {}
    failing = [str(STATEMENTS[int(name)]) for name, outcome in expected.items() if outcome is FAILED]
    assert failing == []


def test_rows_are_stored_as_an_executemany_stores_them(server: Server) -> None:
    """bulk_insert()'s rows, defaults and JSON null included, are what the online executemany leaves."""
    by_script, by_driver = server.create_database(), server.create_database()
    for database in (by_script, by_driver):
        database.execute("CREATE EXTENSION citext;" + compile_literal(sa.schema.CreateTable(PEOPLE), DIALECT))
        database.execute("ALTER SEQUENCE people_id_seq RESTART 100")
    contents: tuple[Any, ...] = (None, {"a": "\t"}, [])
    rows = [
        {**row, "id": 10 * number + row["id"], "data": data}
        for number, data in enumerate(contents)
        for row in FIRST_ROWS
    ]
    fewer = [{"email": row["email"], "price": Decimal("2.345")} for row in FIRST_ROWS]
    by_script.execute(";".join([*render_rows(PEOPLE, rows, DIALECT, 4), *render_rows(PEOPLE, fewer, DIALECT)]))

    async def work(connection: AsyncConnection) -> None:
        for some in (rows, fewer):
            await connection.execute(PEOPLE.insert().inline(), some)
        await connection.commit()

    online(by_driver, work)
    shown = "SELECT * FROM people ORDER BY id, email"
    assert by_script.query(shown) == by_driver.query(shown)
    assert by_script.query("SELECT data FROM people WHERE id = 11") == '{"a": "\\t"}'
    assert by_script.query("SELECT data FROM people WHERE id = 1 AND email = 'A@x' ORDER BY 1 LIMIT 1") in (
        "null",
        "{}",
    )


def make_schema(server: Server) -> tuple[Database, Database]:
    """Make two databases with the same DDL: by script, and by the driver."""
    metadata = sa.MetaData()
    kind = pg.ENUM("it's", "b\t", "c\\%", name="kind")
    table = sa.Table(
        "things",
        metadata,
        sa.Column("a", sa.Text, server_default="it's\ta \\ 100%", comment="c\n%\\"),
        sa.Column("b", kind, server_default="b\t"),
        sa.Column("c", sa.Numeric(6, 2), server_default=sa.text("'1.50'::numeric")),
        sa.Column("d", sa.Text, sa.Computed("a || E'\\n' || '%'", persisted=True)),
        sa.Column("e", sa.Integer, server_default=sa.text("5 - (-2)")),
        sa.Column("f", sa.Boolean, server_default=sa.true()),
        sa.CheckConstraint("a <> ' \\:x' AND a ~ '^[^%]*$' OR c % 2 = 1", name="checked"),
        comment="the\ttable",
    )
    sa.Index("chosen", table.c.a, postgresql_where=sa.and_(table.c.a != "x\t\\", table.c.e > -5))
    statements: list[sa.schema.ExecutableDDLElement] = [
        pg.CreateEnumType(kind),
        sa.schema.CreateTable(table),
        *map(sa.schema.CreateIndex, table.indexes),
        sa.schema.SetTableComment(table),
        sa.schema.SetColumnComment(table.c.a),
    ]
    by_script, by_driver = server.create_database(), server.create_database()
    by_script.execute(";".join(compile_literal(statement, DIALECT) for statement in statements))

    async def work(connection: AsyncConnection) -> None:
        for statement in statements:
            await connection.execute(statement)
        await connection.commit()

    online(by_driver, work)
    return by_script, by_driver


def test_ddl_leaves_the_same_schema(server: Server) -> None:
    """Defaults, comments, labels, checks, computed columns and predicates are those of an online run."""
    by_script, by_driver = make_schema(server)
    assert by_script.dump() == by_driver.dump()
