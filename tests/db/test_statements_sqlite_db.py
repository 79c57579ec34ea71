"""Statements and DDL with literals do through the sqlite3 shell what they do with bound parameters."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.ddl.base import AddColumn
from sqlalchemy.dialects import sqlite

from changescript.dialects.sqlite.driver import SQLiteScriptDialect
from changescript.literals import compile_literal, render_rows
from tests.db.sqlite import SHELL
from tests.db.sqlite_values import (
    Case,
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
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection
    from sqlalchemy.schema import ExecutableDDLElement

pytestmark = pytest.mark.skipif(SHELL is None, reason="no sqlite3 shell: the package sqlite3 brings it")
DIALECT = SQLiteScriptDialect()
NAIVE = dt.datetime(2024, 2, 29, 3, 4, 5, 678901)  # noqa: DTZ001 - what is tested


class Lowered(sa.types.TypeDecorator[str]):
    """Wraps its values in SQL."""

    impl = sa.Text
    cache_ok = True

    def bind_expression(self, bindparam: sa.BindParameter[str]) -> sa.ColumnElement[str]:
        return sa.func.lower(bindparam)


@pytest.fixture
def online() -> Iterator[Connection]:
    """Open a database in memory through the stock driver."""
    with stock_connection() as connection:
        yield connection


PEOPLE = sa.Table(
    "people",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, default="anon\t", onupdate="changed"),
    sa.Column("email", sa.String(collation="NOCASE")),
    sa.Column("lowered", Lowered),
    sa.Column("data", sa.JSON, default=dict),
    sa.Column("score", sa.Float),
    sa.Column("price", sa.Numeric(10, 2)),
    sa.Column("n", sa.BigInteger, server_default="7"),
    sa.Column("born", sa.DateTime),
)
P = PEOPLE.c
FIRST_ROWS: list[dict[str, Any]] = [
    {"id": 11, "name": "a", "email": "A@x", "lowered": "ÀB", "score": 0.1, "n": 2**40, "born": NAIVE},
    {"id": 12, "name": None, "email": "a@Y", "lowered": None, "score": -0.0, "n": None, "born": None},
]
STATEMENTS: list[Statement] = [
    PEOPLE.insert(),
    PEOPLE.insert().values(id=3, data=None, lowered="QQ"),
    PEOPLE.insert().values([{"id": 3, "name": "x"}, {"id": 4, "name": None}]),
    PEOPLE.insert().from_select(["id", "email"], sa.select(P.id + 10, sa.literal("it's\n")).offset(1)),
    PEOPLE.insert().from_select(["id", "score"], sa.select(P.id + 10, sa.literal(0.1 + 0.2)).limit(1)),
    PEOPLE.update().values(name="x\\:y", born=NAIVE),
    PEOPLE.update().values(score=P.score * 3, price=Decimal("1.239")).where(P.id == 11),
    PEOPLE.update().values(n=P.n - (-5)).where(P.n == 2**40),
    PEOPLE.update().values(email="hit\r\n", name=None).where(P.email == sa.literal("A@X", sa.Text)),
    PEOPLE.update().values(name="hit").where(P.lowered.in_(["àB", "àb"])),
    PEOPLE.update().values(name="hit").where(P.id.in_([])),
    PEOPLE.update().values(name="hit").where(P.id.not_in([])),
    PEOPLE.update().values(name="hit").where(P.name.is_distinct_from("a\n")),
    PEOPLE.update().values(name="hit").where(P.n.is_not_distinct_from(2**40)),
    PEOPLE.update().values(name="hit").where(sa.tuple_(P.id, P.name).in_([(11, "a"), (2, "b\n")])),
    PEOPLE.update().values(name="hit").where(P.name.like("%/%\n", escape="/")),
    PEOPLE.update().values(name="hit").where(P.data["k"].as_string() == "v"),
    PEOPLE.update().values(name="hit").where(P.born > NAIVE - dt.timedelta(days=1)),
    PEOPLE.update().values(name="hit").where(P.score.between(-0.0, 0.1)),
    PEOPLE.update().values(data=sa.func.json_object("k", sa.literal("v\n"), "n", sa.literal(1.5))),
    PEOPLE.update().values(name=sa.case((P.id == 11, "one\t"), else_=sa.func.coalesce(P.name, "none"))),
    PEOPLE.update().values(score=sa.literal(10) * (sa.literal(5, sa.Float) / 4)),
    PEOPLE.update().values(price=P.price + 9.99, score=P.score - (-1.5), n=sa.literal(-7) // 2),
    PEOPLE.update().values(name=sa.select(sa.literal("from \\ select")).scalar_subquery()),
    PEOPLE.delete().where(P.email == "a@x"),
    PEOPLE.delete().where(sa.or_(P.name.like("a%"), P.name.is_(None))),
    PEOPLE.delete().where(P.id.in_(sa.select(P.id).where(P.score == 0.1).cte("found").select())),
    sqlite.insert(PEOPLE)
    .values(id=11, name="new")
    .on_conflict_do_update(
        index_elements=["id"], set_={"name": "old\t", "data": None, "score": 0.1 + 0.2}, where=P.id > -1
    ),
    sqlite.insert(PEOPLE).values(id=9, email="A@X", name="\n").on_conflict_do_nothing(),
    sqlite.insert(PEOPLE)
    .values(id=9, email="A@X", name="\n")
    .on_conflict_do_update(index_elements=["email"], index_where=P.email != "no\nbody", set_={"name": "met"}),
    sa.text("UPDATE people SET name = :v, n=n-:n WHERE id = :i").bindparams(v="C\\:x", n=-5, i=11),
    sa.text("DELETE FROM people WHERE id IN :ids").bindparams(sa.bindparam("ids", [11, 5], expanding=True)),
    sa.text("UPDATE people SET score = 10*(:a/4), price = 10*(:b/4)").bindparams(a=5, b=Decimal(5)),
    sa.text("UPDATE people SET name = hex(:v), email = typeof(:v)").bindparams(v=b"\x00'"),
    sa.text("INSERT OR REPLACE INTO people (id, name) VALUES (11, :v)").bindparams(v="\ufeff/\nGO\n"),
]


def test_statements_change_the_same_rows(online: Connection, tmp_path: Path) -> None:
    """Statements of every kind leave the same rows whether their values are bound or written out."""
    index = sa.Index("once", P.email, unique=True, sqlite_where=P.email != "no\nbody")
    PEOPLE.indexes.clear()
    create = str(sa.schema.CreateTable(PEOPLE).compile(dialect=sqlite.dialect()))
    schema = [create, compile_literal(sa.schema.CreateIndex(index), DIALECT)]
    online.exec_driver_sql(create)
    online.execute(sa.schema.CreateIndex(index))
    online.commit()
    first = ";\n".join(render_rows(PEOPLE, FIRST_ROWS, DIALECT))
    cases = [
        Case(str(number), statement, compile_literal(statement, DIALECT), "people")
        for number, statement in enumerate(STATEMENTS)
    ]
    shown = ", ".join(column.name for column in PEOPLE.columns)
    expected = stored_online(online, cases, shown, first)
    assert differences(expected, stored_by_script(schema, cases, tmp_path, shown, first)) == {}
    unchanged = stored_online(online, [Case("", sa.text("SELECT 1"), "", "people")], shown, first)[""]
    assert sum(outcome != unchanged for outcome in expected.values()) >= len(STATEMENTS) - 6


def test_rows_are_stored_as_an_executemany_stores_them(online: Connection, tmp_path: Path) -> None:
    """bulk_insert()'s rows, defaults and JSON null included, are what the online executemany leaves."""
    create = str(sa.schema.CreateTable(PEOPLE).compile(dialect=sqlite.dialect()))
    contents: tuple[Any, ...] = (None, {"a": "\t"}, [], 5)
    rows = [
        {**row, "id": 100 * number + row["id"], "data": data}
        for number, data in enumerate(contents)
        for row in FIRST_ROWS
    ]
    fewer = [{"email": row["email"], "price": Decimal("2.345")} for row in FIRST_ROWS]
    online.exec_driver_sql(create)
    batches: list[list[dict[str, Any]]] = [rows, fewer, [{}, {}]]
    for some in batches:
        online.execute(PEOPLE.insert().inline(), some)
    scripts = [sql for some in batches for sql in render_rows(PEOPLE, some, DIALECT, 3)]
    run_script(tmp_path / "script.db", [create, *scripts])
    expected = [stored_row(row) for row in online.exec_driver_sql("SELECT * FROM people ORDER BY id")]
    assert stored_rows(tmp_path / "script.db", "SELECT * FROM people ORDER BY id") == expected
    assert len(expected) == 12


THINGS = sa.Table(
    "things",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a", sa.Text, server_default="it's\ta \\ 100%\r\n\u202e"),
    sa.Column("b", sa.Integer, server_default="5"),
    sa.Column("c", sa.Numeric(6, 2), server_default=sa.text("1.50")),
    sa.Column("d", sa.Text, sa.Computed(sa.column("a", sa.Text) + sa.literal("\n%:x"), persisted=True)),
    sa.Column("e", sa.Integer, server_default=sa.text("(5 - (-2))")),
    sa.Column("f", sa.Boolean, server_default=sa.true()),
    sa.Column("g", sa.Text, server_default=sa.func.hex("\n")),
    sa.Column("h", sa.Text, server_default="a\nb\nc\nd\ne\nf\n"),
    sa.Column("i", sa.LargeBinary, server_default=sa.text("x'00ff'")),
    sa.Column("j", sa.Text, sa.Computed(sa.column("c", sa.Numeric) / 4 * sa.literal(3, sa.Numeric))),
    sa.Column("k", sa.Text, sa.Computed(sa.column("b", sa.Integer) * sa.literal(0.1 + 0.2))),
    sa.Column("l", sa.Enum("x", "it's", create_constraint=True, name="l"), server_default="x"),
    sa.CheckConstraint(sa.column("a", sa.Text) != "a\nb"),
    sa.CheckConstraint(sa.column("b", sa.Integer) > -5),
    sa.CheckConstraint(sa.column("c", sa.Numeric).in_([Decimal("1.50"), 2, 0.1, 0.30000000000000004])),
)
sa.Index("chosen", THINGS.c.b, unique=True, sqlite_where=sa.and_(THINGS.c.a != "x\t\\", THINGS.c.c > -5.5))
ADDED: list[sa.Column[Any]] = [
    sa.Column("m", sa.Text, server_default="new\r\n\u202eé"),
    sa.Column("n", sa.Integer, server_default="5"),
    sa.Column("o", sa.Text, server_default=sa.literal("a\nb\nc\nd\ne\nf\n")),
    sa.Column("p", sa.Text, server_default=sa.literal(-5.5)),
]
TRIED = [
    "INSERT INTO things DEFAULT VALUES",
    "INSERT INTO things (b) VALUES (5)",
    "INSERT INTO things (b, a) VALUES (5, 'x' || char(9) || '\\')",
    "INSERT INTO things (b, a) VALUES (6, 'a' || char(10) || 'b')",
    "INSERT INTO things (b) VALUES (-5)",
    *(
        f"INSERT INTO things (b, c) VALUES ({n}, {c})"
        for n, c in enumerate(("1.5", "2", "'2'", "0.1", "3", "x'32'"), 10)
    ),
    "INSERT INTO things (b, c) VALUES (20, 0.30000000000000004)",
    "INSERT INTO things (b, c) VALUES (21, 0.3)",
    "INSERT INTO things (b, l) VALUES (22, 'it''s')",
    "INSERT INTO things (b, l) VALUES (23, 'y')",
]


def test_ddl_works_as_that_of_an_online_run(online: Connection, tmp_path: Path) -> None:
    """Defaults, checks, computed columns and predicates do what those of an online run do, in old rows too."""
    made: list[ExecutableDDLElement] = [sa.schema.CreateTable(THINGS), *map(sa.schema.CreateIndex, THINGS.indexes)]
    added = [AddColumn("things", column) for column in ADDED]
    for statement in made:
        online.execute(statement)
    for sql in TRIED[:1]:
        online.exec_driver_sql(sql)
    for statement in added:
        online.execute(statement)
    for sql in TRIED[1:]:
        with suppress(sa.exc.IntegrityError):
            online.exec_driver_sql(sql)
    path = tmp_path / "script.db"
    run_script(path, [compile_literal(statement, DIALECT) for statement in made] + TRIED[:1])
    run_script(path, [compile_literal(statement, DIALECT) for statement in added])
    run_script(path, TRIED[1:], go_on=True)
    expected = [stored_row(row) for row in online.exec_driver_sql("SELECT * FROM things ORDER BY id")]
    assert stored_rows(path, "SELECT * FROM things ORDER BY id") == expected
    assert 7 < len(expected) < len(TRIED)
