"""Large statements, and those that a look at the text is enough for, are laid out as every statement is."""

from __future__ import annotations

import contextlib
import random
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changescript.formatting import (
    UnsplittableStatement,
    ends_in_comment,
    first_words,
    format_statement,
    psql_hazards,
    shield_colons,
    split_statements,
)
from changescript.formatting.bulk import lay_out_bulk
from changescript.formatting.clauses import CLAUSES
from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import LEXICONS, POSTGRESQL
from changescript.formatting.plain import lay_out_plain
from changescript.formatting.quiet import pairs_up, signs_of
from changescript.formatting.scanner import kind_of, scan, texts_of
from changescript.formatting.statement import lay_out_tokens

if TYPE_CHECKING:
    from changescript.formatting.lexicon import Lexicon

_NAMES = ["t", "s.t", '"T"', '"s"."T"', "`t`", "[t]", "é", "select", "s.from", "values", "only"]
_PLAIN = """
a|b1|t.c|1|-1|1.5|'x'|'it''s'|NULL|now()|f(1, 2)|f(g(1), 'a')|a::int|'x'::jsonb|a||'b'|(1, 2)|()|"q"|"s"."q"|INT
VARCHAR(255)|NUMERIC(10, 2)|NOT|NOT NULL|DEFAULT 0|=|IN ('a', 'b')|IS NULL|CHECK (a > 0 AND b < 1)|REFERENCES u (id)
ARRAY['a', 'b']|INTEGER[]|a - 1|*|''|'a:b'|';'|'('|lower(a)|PRIMARY KEY|COMMENT 'x'|N'x'|x'00'
""".replace("\n", "|").strip("|")
_AWKWARD = """
CASE|case|END|VALUES|values (1)|AND|OR|BETWEEN|FROM|WHERE|SET|AS|ON|USING|RETURNING|INTO|START WITH 1|( 1 )|(1,2)|- -1
--|/* c */|a / b|$1|$$x$$|@x|#|E'a\\'b'|'a\\'|U&'x'|_utf8'x'|`b`|[c]|a . b|::|1E'x'|.5|;|\\|'a'\n'b'|'two\nlines'|\v|E
(SELECT a FROM b)|CASE WHEN a THEN 1 ELSE 2 END|q'[x]'|ON DELETE CASCADE|N|²|a\u00a0b
""".replace("\n", "|", 1)
_SOME = st.sampled_from([*_PLAIN.split("|"), "'" + "l" * 40 + "'", "'" + "m" * 95 + "'"])
_ANY = st.one_of(_SOME, st.sampled_from([part for part in _AWKWARD.split("|") if part]))
_COMMAS = st.sampled_from([", ", ", ", ", ", ",", "\n, ", ", \n\t"])
_WIDTHS = st.sampled_from([100, 100, 60, 40])
_LEXICONS = st.sampled_from([LEXICONS[name] for name in sorted(LEXICONS)])


@st.composite
def _items(draw: st.DrawFn, most: int = 6) -> str:
    parts = st.lists(_SOME if draw(st.integers(0, 3)) else _ANY, min_size=1, max_size=most)
    return draw(_COMMAS).join(map(" ".join, draw(st.lists(parts, min_size=1, max_size=5))))


@st.composite
def _tables(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(["CREATE TABLE ", "CREATE TEMP TABLE IF NOT EXISTS ", "CREATE UNLOGGED TABLE "]))
    tail = draw(st.sampled_from([")", "\n)", ") WITH (a=70)", ") ENGINE=InnoDB COMMENT='x'", ") AS SELECT 1", "))"]))
    return head + draw(st.sampled_from(_NAMES)) + draw(st.sampled_from([" (", "(", " (\n\t"])) + draw(_items()) + tail


@st.composite
def _changes(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(_NAMES))
    head = draw(st.sampled_from([f"UPDATE {name} SET a=", f"UPDATE {name} SET b = ", f"DELETE FROM {name}"]))
    sets = "" if head.startswith("DELETE") else draw(_items())
    conditions = draw(st.lists(_items(3), max_size=3))
    return (
        head + sets + (" WHERE a = " if conditions else "") + draw(st.sampled_from([" AND ", " OR "])).join(conditions)
    )


@st.composite
def _lines(draw: st.DrawFn) -> str:
    heads = [
        "ALTER TABLE t ADD ",
        "ALTER TABLE t ",
        "CREATE UNIQUE INDEX i ON ",
        "COMMENT ON TABLE t IS ",
        "DROP INDEX ",
    ]
    return draw(st.sampled_from(heads)) + draw(_items())


@given(st.one_of(_tables(), _changes(), _lines()), _LEXICONS, _WIDTHS)
@settings(max_examples=300, deadline=None)
def test_a_look_at_the_text_gives_what_a_look_at_its_tokens_gives(sql: str, lexicon: Lexicon, width: int) -> None:
    """What is laid out by its text alone has the same lines."""
    by_text = lay_out_plain(sql, lexicon, width, lambda part: lay_out_tokens(part, lexicon, width))
    assert by_text is None or by_text == lay_out_tokens(sql, lexicon, width)


def test_the_statements_that_scripts_are_full_of_take_no_look_at_their_tokens() -> None:
    """Each is known by its text; otherwise it would be laid out several times more slowly."""
    for sql in (
        "CREATE TABLE t (\n\tid SERIAL NOT NULL, \n\tv NUMERIC(10, 2) DEFAULT 0.00, \n\tPRIMARY KEY (id)\n)",
        "UPDATE t SET a='x', b=now() WHERE t.id = 1 AND t.b IN ('a:b', 2) OR t.c IS NULL",
        "DELETE FROM t WHERE id = 1",
        "ALTER TABLE t ADD COLUMN a INTEGER DEFAULT 0",
        "CREATE INDEX ix ON t (a, lower(b))",
    ):
        assert lay_out_plain(sql, POSTGRESQL, 100, lambda _: None) is not None


@given(st.lists(st.tuples(st.booleans(), _items()), min_size=1, max_size=6), _COMMAS, _LEXICONS, _WIDTHS, st.data())
@settings(max_examples=200, deadline=None)
def test_rows_of_any_size_read_like_the_whole(
    rows: list[tuple[bool, str]], comma: str, lexicon: Lexicon, width: int, data: st.DataObject
) -> None:
    """Row by row or as a whole, the statement is the same."""
    head = data.draw(
        st.sampled_from(["INSERT INTO t (a, b) VALUES ", "INSERT INTO t VALUES", "REPLACE INTO s.t\nvalues "])
    )
    tail = data.draw(st.sampled_from(["", "", " ON CONFLICT (a) DO UPDATE SET b = 1, c = 'x'", " RETURNING id", ","]))
    many = comma.join(f"({row})" for _, row in [*rows, (True, "1, '" + "x" * 90 + "'")])
    sql = f"{head}{many}{tail}"
    assert lay_out_bulk(sql, lexicon, width) == lay_out_tokens(sql, lexicon, width)


def _large(count: int) -> str:
    rows = ", ".join(f"({i}, 'name {i}', 'it''s {i}; -- x', NULL, '2024-01-01 12:00:00', {i}.5)" for i in range(count))
    return f"INSERT INTO t (a, b, c, d, e, f) VALUES {rows}"


def test_a_large_insert_has_the_rows_of_small_ones() -> None:
    """A hundred thousand rows read as each of them reads alone."""
    count = 100_000
    lines = format_statement(_large(count), POSTGRESQL).text.split("\n")
    assert len(lines) == count + 2
    for index in (0, 1, 9, 99_998):
        row = f"    ({index}, 'name {index}', 'it''s {index}; -- x', NULL, '2024-01-01 12:00:00', {index}.5)"
        assert lines[index + 2] == f"{row},"


def test_a_large_table_has_the_lines_of_its_columns() -> None:
    """A thousand columns, and each of them is its line."""
    columns = [f"c{i} NUMERIC(10, {i % 9}) DEFAULT '{i}' NOT NULL" for i in range(1000)]
    formatted = format_statement("CREATE TABLE t (" + ", ".join(columns) + ")", POSTGRESQL)
    assert formatted.text == "CREATE TABLE t (\n    " + ",\n    ".join(columns) + "\n)"


def test_a_literal_of_ten_megabytes_is_left_alone() -> None:
    """It is one token, whatever it looks like."""
    literal = "'" + "it''s; -- $$ \\ (" * 625_000 + "'"
    formatted = format_statement(f"UPDATE t  SET a={literal}", POSTGRESQL)
    assert formatted.text == f"UPDATE t\nSET a={literal}"
    assert split_statements(f"UPDATE t SET a={literal}; b", POSTGRESQL) == [f"UPDATE t SET a={literal}", "b"]


def test_all_words_that_begin_a_clause_are_known_to_the_look_at_the_text() -> None:
    """Behind each of them, the layout of an assignment asks for its tokens."""
    for word in CLAUSES:
        sql = f"UPDATE t SET a=b {word} c WHERE d = 1"
        assert lay_out_plain(sql, POSTGRESQL, 100, lambda _: None) is None


_UNITS = r"""
( ) () (( ' '' 'a' " "" /* */ /**/ -- $a $ $$ \ \' '\ [ ] [] ` q' q'[ E' U&' N' : :: ; # 1e 1. .. a. a, (1), - / @ 0x
"""
_HOSTILE = [
    *_UNITS.split(),
    "--\n",
    "#\n",
    "'a'\n",
    "(1, ",
    "('a', ",
    "CASE ",
    "END ",
    "a=(",
    "- ",
    "\n",
    "e'a\\' ",
    "é",
    "\v",
]
_HEADS = ["", "INSERT INTO t (a) VALUES (1), ", "UPDATE t SET a=1 WHERE ", "CREATE TABLE t (a INT DEFAULT "]


def _all_looks(sql: str, lexicon: Lexicon) -> None:
    same_statement(sql, format_statement(sql, lexicon).text, lexicon)
    first_words(sql, lexicon, 8)
    ends_in_comment(f"{sql}-- #", lexicon)
    psql_hazards(sql, lexicon)
    shield_colons(f"{sql}:a", lexicon)
    with contextlib.suppress(UnsplittableStatement):
        split_statements(sql, lexicon)


def _operations(sql: str, lexicon: Lexicon) -> int:
    """Count the calls, of Python's functions and of C's, that all looks at a statement take."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        _all_looks(sql, lexicon)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", sorted({lexicon.name for lexicon in LEXICONS.values()}))
def test_the_work_grows_no_faster_than_the_text(name: str) -> None:
    """Twice the text is twice the operations, however its brackets and quotes nest."""
    for index, unit in enumerate(_HOSTILE):
        for head in ("", _HEADS[1 + index % 3]):
            _all_looks(head + unit * 20, LEXICONS[name])  # expressions are compiled once
            once, twice = (_operations(head + unit * count, LEXICONS[name]) for count in (400, 800))
            assert twice <= 2.5 * once + 500, (unit, head)


@pytest.mark.parametrize("name", sorted(LEXICONS))
def test_hostile_text_ends_nowhere_in_endless_work(name: str) -> None:
    """No expression looks for the same end again and again: that would take minutes here."""
    for unit in _HOSTILE:
        sql = unit * (60_000 // len(unit))
        lexicon = LEXICONS[name]
        assert "".join(texts_of(sql, lexicon)) == sql
        signs = signs_of(sql, lexicon)
        assert signs is None or pairs_up(signs) in {True, False}
        for head in _HEADS:
            lay_out_plain(head + sql, lexicon, 100, lambda _: None)


@given(st.lists(st.tuples(_ANY, st.sampled_from(["", " ", "\n", ", "])), max_size=12), _LEXICONS)
@settings(max_examples=300, deadline=None)
def test_texts_and_kinds_are_those_of_the_tokens(parts: list[tuple[str, str]], lexicon: Lexicon) -> None:
    """One call for all tokens finds those that a look at each finds, up to one whose end must be looked for."""
    sql = "".join(text + gap for text, gap in parts)
    for text, token in zip(texts_of(sql, lexicon), scan(sql, lexicon), strict=False):
        kind = kind_of(text, lexicon)
        if not kind and text != "--":
            break
        assert text == token.text
        assert kind in {token.kind, ""}


def _with_comments(sql: str) -> str:
    """Return the statement with a comment in front, so that no short cut is taken."""
    return f"/**/{sql}"


@given(st.lists(st.tuples(_ANY, st.sampled_from(["", " ", "\n", ", "])), max_size=12))
@settings(max_examples=300, deadline=None)
def test_what_psql_makes_of_a_text_takes_no_look_at_tokens_to_be_right(parts: list[tuple[str, str]]) -> None:
    """The short cut for harmless statements finds what the long way finds."""
    sql = "".join(text + gap for text, gap in parts)
    assert [h.reason for h in psql_hazards(sql, POSTGRESQL)] == [
        h.reason for h in psql_hazards(_with_comments(sql), POSTGRESQL)
    ]
    assert _with_comments(shield_colons(sql, POSTGRESQL)) == shield_colons(_with_comments(sql), POSTGRESQL)
    for count in (1, 3, 50):
        assert first_words(sql, POSTGRESQL, count) == first_words(_with_comments(sql), POSTGRESQL, count)


def test_the_first_words_of_a_long_text_are_those_of_the_whole() -> None:
    """Where the text is cut off for a first look makes no difference."""
    chance = random.Random(1)  # noqa: S311 - statements, not secrets
    parts = [part for part in f"{_PLAIN}|{_AWKWARD}".split("|") if part]
    for _ in range(100):
        sql = " ".join(chance.choices(parts, k=60))
        for lexicon in LEXICONS.values():
            words = [
                t.text.upper() if t.kind == "word" else t.text for t in scan(sql, lexicon) if t.kind in {"word", "name"}
            ]
            assert first_words(sql, lexicon, 8) == tuple(words[:8])
