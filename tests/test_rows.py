"""Rows of bulk_insert(): many at once are what each is alone, and their layout needs no second look."""

from __future__ import annotations

import datetime as dt
import decimal
import string
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql as pg

from changescript.dialects.postgresql.driver import PostgreSQLScriptDialect
from changescript.formatting import format_statement, head_of_rows, insert_of_rows, psql_hazards, shield_colons
from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import LEXICONS, POSTGRESQL
from changescript.literals import LiteralRefused, compile_literal, render_batches, render_rows

DIALECT = PostgreSQLScriptDialect()
WIDTH = 100
AWARE = dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.timezone(dt.timedelta(hours=-5)))

COLUMNS: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "small": (sa.SmallInteger(), st.integers(-(2**15) - 1, 2**15)),
    "integer": (sa.Integer(), st.integers(-(2**31) - 1, 2**31) | st.booleans()),
    "big": (sa.BigInteger(), st.integers(-(2**63) - 1, 2**63)),
    "text": (sa.String(), st.text(max_size=20) | st.text("'\\\n\tab\u202e", max_size=8)),
    "char": (sa.CHAR(), st.text("ab'", max_size=3)),
    "boolean": (sa.Boolean(), st.booleans()),
    "date": (sa.Date(), st.dates() | st.sampled_from([dt.date.min, dt.date.max])),
    "datetime": (sa.DateTime(), st.datetimes() | st.dates() | st.just(AWARE)),
    "aware": (sa.DateTime(timezone=True), st.datetimes(timezones=st.just(dt.UTC)) | st.just(AWARE)),
    "float": (sa.Float(), st.floats() | st.integers(-5, 5)),
    "real": (sa.REAL(), st.floats(width=32) | st.floats()),
    "numeric": (sa.Numeric(10, 2), st.decimals(allow_nan=True) | st.decimals("-99999999", "99999999", places=2)),
    "fraction": (sa.Numeric(3, 3), st.decimals("-1", "1", places=3)),
    "whole": (sa.Numeric(6), st.decimals("-1000000", "1000000", places=0)),
    "any number": (sa.Numeric(), st.decimals() | st.just(decimal.Decimal("1E+1000000000"))),
    "json": (pg.JSONB(), st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists, max_leaves=3)),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_many_values_at_once_are_what_each_is_alone(name: str) -> None:
    """The faster way for a column of one type makes no difference, and refuses what the other refuses."""
    sqltype, values = COLUMNS[name]
    table = sa.Table("t", sa.MetaData(), sa.Column("c", sqltype))

    @given(st.lists(values | st.none(), min_size=1, max_size=6))
    def compared(given_values: list[Any]) -> None:
        rows = [{"c": value} for value in given_values]
        alone = [outcome(table, [row]) for row in rows]
        refused = next((text for text in alone if not text.startswith("INSERT ")), None)
        assert outcome(table, rows) == (refused or ", ".join([alone[0], *(text[_HEAD:] for text in alone[1:])]))

    compared()


_HEAD = len("INSERT INTO t (c) VALUES ")


def outcome(table: sa.Table, rows: list[dict[str, Any]]) -> str:
    """Return the statement, or the reason why there is none."""
    try:
        (sql,) = render_rows(table, rows, DIALECT)
    except LiteralRefused as refused:
        return str(refused)
    return sql


VALUES = st.one_of(
    st.text(max_size=30),
    st.text("'\"\\:;-/*$@#&\n ()[]{},aE0", max_size=12),
    st.integers(),
    st.none(),
    st.text(string.ascii_letters, min_size=90, max_size=110),
)
RAW = st.sampled_from(
    [
        "now()",
        ":a",
        "a[1:n]",
        "'x' 'y'",
        "$$;$$",
        "\\! ls",
        "x -- y",
        "/* z */ 1",
        "(1",
        '"a;b"',
        "1 ; 2",
        "E'\\''",
        "f( 1,2 )",
    ]
)
"""SQL that a revision may put in the place of a value."""


@pytest.mark.parametrize("name", LEXICONS)
@given(data=st.data())
def test_rows_known_again_hold_nothing_that_a_second_look_would_find(name: str, data: st.DataObject) -> None:
    """No layout, and no rule of psql, would change them; and every line that could fit does."""
    lexicon = LEXICONS[name]
    width = data.draw(st.integers(1, 5))
    literal = st.builds(
        lambda value: "NULL" if value is None else _quoted(value, backslash=name in {"mysql", "mariadb"}), VALUES
    )
    rows = data.draw(st.lists(st.tuples(*[literal | RAW] * width), min_size=1, max_size=4))
    glued = [(f"({row[0]}", *row[1:]) for row in rows]
    glued = [(*row[:-1], f"{row[-1]})") for row in glued]
    sql = insert_of_rows(f"INSERT INTO t ({', '.join('abcde'[:width])})", glued, lexicon)
    if head_of_rows(sql, lexicon) is None:
        return
    assert same_statement(sql, format_statement(sql, lexicon).text, lexicon)
    if name == "postgresql":
        assert psql_hazards(sql, lexicon) == []
        assert shield_colons(sql, lexicon) == sql
    for line in sql.splitlines():
        assert len(line) <= WIDTH or len(line.strip().strip("(),")) > WIDTH - 3


def _quoted(value: str | int, *, backslash: bool) -> str:
    if isinstance(value, int):
        return str(value)
    plain = "".join(character for character in value if character.isprintable())
    return "'" + (plain.replace("\\", "\\\\") if backslash else plain).replace("'", "''") + "'"


def test_rows_of_plain_values_are_known_again() -> None:
    """Or a large script would take ten times as long."""
    table = sa.Table(
        "t", sa.MetaData(), sa.Column("a", sa.Integer), sa.Column("b", sa.Text), sa.Column("c", sa.DateTime)
    )
    rows = [{"a": -n, "b": f"it's {n}; \\ :x -- " + "y" * n * 4, "c": dt.datetime(2024, 1, 1)} for n in range(20)]  # noqa: DTZ001
    (batch,) = render_batches(table, rows, DIALECT)
    sql = insert_of_rows(batch.head, batch.rows, POSTGRESQL)
    assert head_of_rows(sql, POSTGRESQL) == "INSERT INTO t (a, b, c)"
    assert same_statement(sql, str(batch), POSTGRESQL)
    assert format_statement(sql, POSTGRESQL).text == sql
    assert sql.splitlines()[:3] == [
        "INSERT INTO t (a, b, c)",
        "VALUES",
        "    (0, 'it''s 0; \\ :x -- ', TIMESTAMP '2024-01-01 00:00:00'),",
    ]


@pytest.mark.parametrize(
    "value", ["\\! ls", ":a", "1; DROP TABLE t", "x -- y", "/* z */ 1", "$$x$$", '"a"', "(1", "1)", "a\\"]
)
def test_raw_sql_in_the_place_of_a_value_gets_a_closer_look(value: str) -> None:
    """A client could take it for its own."""
    sql = insert_of_rows("INSERT INTO t (a)", [(f"({value})",), ("(1)",)], POSTGRESQL)
    assert head_of_rows(sql, POSTGRESQL) is None


def test_a_head_that_is_too_wide_is_laid_out() -> None:
    """A table of many columns."""
    names = ", ".join(f"a_rather_long_name_{number}" for number in range(20))
    table = sa.Table("t", sa.MetaData(), *(sa.Column(name, sa.Integer) for name in names.split(", ")))
    row = {column.name: 1 for column in table.columns}
    (batch,) = render_batches(table, [row], DIALECT)
    sql = insert_of_rows(batch.head, batch.rows, POSTGRESQL)
    assert max(map(len, sql.splitlines())) <= WIDTH
    assert head_of_rows(sql, POSTGRESQL) is not None
    assert same_statement(sql, compile_literal(table.insert().values(row), DIALECT), POSTGRESQL)
