"""Thousands of statements of each dialect say the same in their new layout, by the word of others' parsers."""

import re
from collections.abc import Iterator

import pytest

from changescript.formatting import (
    Formatted,
    UnsplittableStatement,
    ends_in_comment,
    first_words,
    format_statement,
    split_statements,
)
from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import LEXICONS, Blocks, Lexicon
from changescript.formatting.procedural import HEAD, may_hold_body
from changescript.formatting.scanner import scan
from tests.formatting import constructs, corpus, grammar, hostile
from tests.formatting.oracles import ORACLES, postgast

_WIDTH = 100
_DIALECTS = sorted(LEXICONS)
# MariaDB's statements are read as MySQL's are: by the same lexicon, the same judge, from the same corpus.
_READ_BY_THEMSELVES = sorted({lexicon.name for lexicon in LEXICONS.values()})
_COLLECTED = [(dialect, origin) for dialect in _READ_BY_THEMSELVES for origin in corpus.origins(dialect)]
_GENERATED = 700
_INJECTED = 600


def _read(dialect: str, origin: str) -> list[str]:
    return corpus.read("mysql" if dialect == "mariadb" else dialect, origin)


def _all(dialect: str) -> list[str]:
    return [sql for name, origin in _COLLECTED if name == dialect for sql in _read(dialect, origin)]


@pytest.mark.parametrize(("dialect", "origin"), _COLLECTED)
def test_collected_statements_say_the_same(dialect: str, origin: str) -> None:
    """What people and test suites wrote, in each vendor's own syntax."""
    assert _faults(dialect, _read(dialect, origin)) == []


@pytest.mark.parametrize("dialect", _DIALECTS)
def test_statements_of_sqlalchemy_and_alembic_say_the_same(dialect: str) -> None:
    """What nearly every script is made of; nothing of it stays verbatim."""
    statements = constructs.statements(dialect)
    assert len(statements) > 200
    assert _faults(dialect, statements) == []
    verbatim = [sql for sql in statements if format_statement(sql, LEXICONS[dialect]).verbatim]
    assert [sql for sql in verbatim if not sql.lower().startswith(("exec", "declare"))] == []


@pytest.mark.parametrize("dialect", _READ_BY_THEMSELVES)
def test_statements_at_random_say_the_same(dialect: str) -> None:
    """Expressions in expressions, odd blanks, comments in odd places."""
    assert _faults(dialect, grammar.generate(dialect, _GENERATED)) == []


@pytest.mark.parametrize("dialect", _READ_BY_THEMSELVES)
def test_hostile_literals_stay_what_they_are(dialect: str) -> None:
    """Nothing in a literal is taken for a comment, a quote, a terminator or a client's command."""
    lexicon = LEXICONS[dialect]
    statements = [*hostile.injected([*constructs.statements(dialect), *_all(dialect)], lexicon)]
    kept = statements[:: max(1, len(statements) // _INJECTED)]
    assert len(kept) >= _INJECTED
    assert _faults(dialect, kept) == []


def _faults(dialect: str, statements: list[str]) -> list[tuple[str, str]]:
    """Return what is wrong with the layout of each statement, with the statement."""
    return [(fault, sql) for sql in statements for fault in _faults_of(sql, dialect)]


def _faults_of(sql: str, dialect: str) -> Iterator[str]:
    lexicon, oracle = LEXICONS[dialect], ORACLES[dialect]
    formatted = format_statement(sql, lexicon)
    text = formatted.text
    if oracle(text) != oracle(sql) or not same_statement(sql, text, lexicon):
        yield "says something else"
    if format_statement(text, lexicon) != formatted:
        yield "another layout the second time"
    if not formatted.verbatim and re.search(r"[ \t\f\r]\n", _without_literals(text, lexicon)):
        yield "a blank at the end of a line"
    if _too_wide(text, lexicon) and not (formatted.verbatim and _is_body(text, lexicon)):
        yield "too wide"


def _is_body(sql: str, lexicon: Lexicon) -> bool:
    """Say whether the server stores a body with the blanks of its author."""
    return lexicon.keeps_bodies and may_hold_body(first_words(sql, lexicon, HEAD))


def _without_literals(sql: str, lexicon: Lexicon) -> str:
    return "".join("x" if token.kind in {"string", "name"} else token.text for token in scan(sql, lexicon))


def _too_wide(text: str, lexicon: Lexicon) -> list[str]:
    """Return the lines that are too wide though there is a place to break them.

    There is none in a token and what touches it: `f(`, `schema.`, `::type`, a comma, the terminator; nor between two
    literals, which PostgreSQL would join at a line's end.
    """
    lines = [line.rstrip("\r") for line in f"{text};".split("\n")]
    if max(map(len, lines)) <= _WIDTH:
        return []
    longest = [0] * len(lines)
    run = line = 0
    before = ""
    for token in scan(f"{text};", lexicon):
        if token.kind == "string" == before:
            run = longest[line] + 1
        before = before if token.kind == "blank" else token.kind
        for number, part in enumerate(token.text.split("\n")):
            run = 0 if token.kind == "blank" or number else run
            line += number > 0
            run += 0 if token.kind == "blank" else len(part)
            longest[line] = max(longest[line], run)
    return [text for text, run in zip(lines, longest, strict=True) if len(text) > _WIDTH >= run]


@pytest.mark.parametrize("dialect", _READ_BY_THEMSELVES)
def test_the_corpus_holds_thousands_of_statements_that_the_judges_can_read(dialect: str) -> None:
    """So many are compared, and so many keep their layout for no reason that shows."""
    statements = [*_all(dialect), *constructs.statements(dialect)]
    assert len(statements) + _GENERATED + _INJECTED > 2000
    assert sum(ORACLES[dialect](sql) is not None for sql in statements) > 0.7 * len(statements)
    verbatim = [
        sql for sql in statements if _is_ordinary(sql, dialect) and format_statement(sql, LEXICONS[dialect]).verbatim
    ]
    assert len(verbatim) < 0.01 * len(statements)


_BODIES = re.compile(
    r"(?is)\W*(create|alter)\b.{,80}?\b(event|function|package|proc|procedure|rule|trigger|operator|cast|extension|type)"
    r"\b|\W*with\s+function\b|\W*(begin|case|declare|do|exec|execute|if|while)\b|.*(;|\\)"
)


def _is_ordinary(sql: str, dialect: str) -> bool:
    """Say whether a statement has neither a comment nor a body."""
    kinds = {token.kind for token in scan(sql, LEXICONS[dialect])}
    return kinds.isdisjoint({"comment", "executable", "unfinished"}) and not _BODIES.match(sql)


@pytest.mark.parametrize("dialect", _READ_BY_THEMSELVES)
def test_statements_side_by_side_are_parted_as_they_were_joined(dialect: str) -> None:
    """Semicolons in literals, brackets, comments and bodies end nothing; a terminator behind a comment works."""
    lexicon = LEXICONS[dialect]
    statements = [sql for sql in [*_all(dialect), *constructs.statements(dialect)] if _is_one(sql, dialect)]
    assert len(statements) > 500
    for first in range(0, len(statements), 20):
        batch = statements[first : first + 20]
        joined = "\n".join(sql + ("\n;" if ends_in_comment(sql, lexicon) else ";") for sql in batch)
        assert split_statements(joined, lexicon) in (batch, [joined])
        assert lexicon.blocks is Blocks.BATCHES or split_statements(joined, lexicon) == batch


def _is_one(sql: str, dialect: str) -> bool:
    """Say whether a text is one complete statement, and none that must stand alone."""
    if ORACLES[dialect](sql) is None or (dialect == "postgresql" and len(postgast.parse(sql).stmts) != 1):
        return False
    try:
        return split_statements(sql, LEXICONS[dialect]) == [sql] and not _BODIES.match(sql)
    except UnsplittableStatement:
        return False


def test_postgresql_parts_the_same_statements() -> None:
    """The server's own scanner ends statements at the same places, comments and bodies included."""
    lexicon = LEXICONS["postgresql"]
    statements = [sql for sql in _all("postgresql") if "\\" not in sql and ORACLES["postgresql"](sql) is not None]
    for first in range(0, len(statements), 10):
        joined = ";\n".join(sql + "\n" * ends_in_comment(sql, lexicon) for sql in statements[first : first + 10])
        wanted = len(postgast.parse(joined).stmts)
        try:
            assert len(split_statements(joined, lexicon)) == wanted
        except UnsplittableStatement as refusal:
            assert "comment" in str(refusal) or "COPY" in str(refusal)  # noqa: PT017 - refused, not guessed


_COLUMNS = {
    "postgresql": [
        "id SERIAL NOT NULL",
        "a VARCHAR(50) DEFAULT 'x'",
        "b NUMERIC(10, 2) CHECK (b > 0 AND b < 5)",
        "c TEXT",
    ],
    "mysql": [
        "id INT NOT NULL AUTO_INCREMENT",
        "a VARCHAR(50) DEFAULT 'x' COMMENT 'a, b'",
        "`b` ENUM('x', 'y')",
        "c TEXT",
    ],
    "sqlite": ["id INTEGER NOT NULL", "a TEXT DEFAULT ('x' || 'y')", "[b] NUMERIC(10, 2)", "c TEXT COLLATE NOCASE"],
    "mssql": ["[id] INT IDENTITY(1,1)", "[a] NVARCHAR(50) DEFAULT N'x'", "[b] AS ([a] + N'y')", "[c] DATETIME2(7)"],
    "oracle": ["id NUMBER(10) GENERATED AS IDENTITY", "a VARCHAR2(50 CHAR) DEFAULT ON NULL 'x'", "b DATE", "c CLOB"],
}
_ENDS = {
    "postgresql": " PARTITION BY RANGE (id)",
    "mysql": " ENGINE=InnoDB COMMENT='a table' PARTITION BY HASH (id) PARTITIONS 4",
    "sqlite": " WITHOUT ROWID",
    "mssql": " ON [PRIMARY]",
    "oracle": " LOB (c) STORE AS SECUREFILE (TABLESPACE ts)",
}


@pytest.mark.parametrize("dialect", sorted(_COLUMNS))
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("change", ["another type", "another name", "one more", "one less"])
def test_a_change_to_one_column_changes_one_line(dialect: str, place: int, change: str) -> None:
    """A diff of two versions of a table shows the column, and the comma that the last one lacks."""
    columns = [*_COLUMNS[dialect], "PRIMARY KEY (id)"]
    changed = {
        "another type": [*columns[:place], columns[place].split()[0] + " DECIMAL(5, 1) NULL", *columns[place + 1 :]],
        "another name": [*columns[:place], "a_new_name " + columns[place].split(" ", 1)[1], *columns[place + 1 :]],
        "one more": [*columns[:place], "one_more CHAR(5) DEFAULT 'a,b' NOT NULL", *columns[place:]],
        "one less": [*columns[:place], *columns[place + 1 :]],
    }[change]
    before, after = (_table(c, dialect) for c in (columns, changed))
    assert len(before) == len(columns) + 2
    less, more = [line for line in before if line not in after], [line for line in after if line not in before]
    assert (len(less), len(more)) == {"one more": (0, 1), "one less": (1, 0)}.get(change, (1, 1))


def _table(columns: list[str], dialect: str) -> list[str]:
    sql = f"CREATE TABLE t ({', '.join(columns)}){_ENDS[dialect]}"
    return format_statement(sql, LEXICONS[dialect]).text.split("\n")


_TRIGGER = """\
CREATE TRIGGER account_changed AFTER UPDATE ON account FOR EACH ROW  WHEN NEW.a <> OLD.a
    BEGIN UPDATE account SET b = 'x;  y' WHERE id = NEW.id; INSERT INTO log VALUES (NEW.id); END"""


@pytest.mark.parametrize("dialect", ["mysql", "mariadb", "sqlite", "oracle", "mssql"])
def test_a_body_that_the_server_stores_as_text_keeps_every_blank(dialect: str) -> None:
    """However wide its lines are: an online run stores it so."""
    wide = _TRIGGER.replace("\n   ", "")
    assert format_statement(wide, LEXICONS[dialect]) == Formatted(wide, verbatim=True)


def test_a_body_that_the_server_reads_keeps_its_layout_but_for_lines_that_are_too_wide() -> None:
    """Lines that fit stay as they are; the others are broken at blanks, and the statement stays verbatim."""
    body = "CREATE FUNCTION f() RETURNS INT BEGIN ATOMIC  SELECT 1;\n  SELECT a  FROM t WHERE " + " AND ".join(
        f"column_{number} = {number}" for number in range(8)
    )
    formatted = format_statement(f"{body}; END", LEXICONS["postgresql"])
    assert formatted.verbatim
    lines = formatted.text.splitlines()
    assert lines[0] == "CREATE FUNCTION f() RETURNS INT BEGIN ATOMIC  SELECT 1;"
    assert len(lines) > 2
    assert max(map(len, lines)) <= _WIDTH


def test_a_literal_that_fits_nowhere_else_stands_further_left() -> None:
    """Its line is indented less before it is too wide."""
    literal = f"'{'x' * 95}'"
    text = format_statement(f"SELECT a FROM t WHERE b = f(1, {literal}) AND c IS NULL", LEXICONS["postgresql"]).text
    assert text.splitlines()[2:] == ["WHERE b = f(1,", f"  {literal})", "  AND c IS NULL"]
