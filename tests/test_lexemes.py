"""The proof sees every change that a server or client could see."""

import pytest

from changescript.formatting.lexemes import lexemes, same_statement
from changescript.formatting.lexicon import LEXICONS, MSSQL, MYSQL, ORACLE, POSTGRESQL, SQLITE, Lexicon

SAME = [
    (POSTGRESQL, "SELECT 1,2", "SELECT\n    1, 2"),
    (POSTGRESQL, "f( a )", "f(a)"),
    (POSTGRESQL, "SELECT 'a'\n  'b' FROM t", "SELECT 'a'\n  'b'\nFROM t"),
    (POSTGRESQL, "a[1:size]", "a[1: size]"),
    (POSTGRESQL, "SELECT /*+ hint */ 1", "SELECT /*+ hint */\n1"),
    (MYSQL, "INSERT INTO t VALUES(1)", "INSERT INTO t\nVALUES (1)"),
    (ORACLE, "1 -\r\n", "1 -"),
    (ORACLE, "SELECT q'[it's]' FROM dual", "SELECT q'[it's]'\nFROM dual"),
]

DIFFERENT = [
    (POSTGRESQL, "- -1", "--1"),
    (POSTGRESQL, "/ * 1", "/* 1"),
    (POSTGRESQL, "a < > b", "a <> b"),
    (POSTGRESQL, "'a b'", "'a  b'"),
    (POSTGRESQL, "'a' 'b'", "'a'\n'b'"),
    (POSTGRESQL, "'a'\n'b'", "'a' 'b'"),
    (POSTGRESQL, "E'a'\n'\\' '", "E'a'\n'\\'  '"),
    (POSTGRESQL, "$x$ $y$  $y$ $x$", "$x$ $y$ $y$ $x$"),
    (POSTGRESQL, "a$b$ c  $b$", "a $b$ c  $b$"),
    (POSTGRESQL, "1 E'x'", "1E'x'"),
    (POSTGRESQL, "SELECT 1 -- a\n, 2", "SELECT 1 -- a , 2"),
    (POSTGRESQL, "/* a /* b */ */ c  d", "/* a /* b */ */ c d e"),
    (POSTGRESQL, "a b", "ab"),
    (POSTGRESQL, "x :: int", "x : : int"),
    (POSTGRESQL, "a\u00a0b", "a b"),
    (MYSQL, "count(*)", "count (*)"),
    (MYSQL, "'a\\' b'", "'a\\'  b'"),
    (MYSQL, "5--1", "5-- 1"),
    (MYSQL, "`a  b`", "`a b`"),
    (MSSQL, "[a  b]", "[a b]"),
    (MSSQL, "a go b", "a\ngo\nb"),
    (MSSQL, "(a, exit INT)", "(a,\nexit INT)"),
    (ORACLE, "q'[it's  ]'", "q'[it's ]'"),
    (ORACLE, "1 / 2", "1\n/\n2"),
    (ORACLE, "1 - 2", "1 -\n2"),
    (SQLITE, "[a  b]", "[a b]"),
]


@pytest.mark.parametrize(("lexicon", "a", "b"), SAME)
def test_white_space_that_nobody_minds_is_no_difference(lexicon: Lexicon, a: str, b: str) -> None:
    """Blanks and line ends between lexemes come and go."""
    assert same_statement(a, b, lexicon)


@pytest.mark.parametrize(("lexicon", "a", "b"), DIFFERENT)
def test_white_space_that_means_something_is_a_difference(lexicon: Lexicon, a: str, b: str) -> None:
    """Blanks in literals, between operators or where a client looks for commands count."""
    assert not same_statement(a, b, lexicon)


def test_postgresql_lexemes_follow_its_scanner() -> None:
    """Prefixes, dollar quotes, nested comments and continued literals are one lexeme each."""
    sql = r"""E'a\'b' U&"x" $a$ $b$ $a$ f$1$ 1e10 1..2 @> /* a /* b */ ' */ 'a'
      'b' x::int"""
    assert lexemes(sql, POSTGRESQL) == [
        r"E'a\'b'",
        'U&"x"',
        "$a$ $b$ $a$",
        "f$1$",
        "1e10",
        "1..2",
        "@>",
        "/* a /* b */ ' */",
        "'a'\n      'b'",
        "x",
        "::",
        "int",
    ]


@pytest.mark.parametrize("name", LEXICONS)
@pytest.mark.parametrize("opening", ["'", '"', "/*", "$$", "q'[", "`", "["])
def test_what_never_closes_has_lexemes_too(name: str, opening: str) -> None:
    """An open quote is compared like anything else, and never loops."""
    assert lexemes(f"SELECT {opening} a", LEXICONS[name])
    assert not same_statement(f"SELECT {opening} a", f"SELECT {opening} b", LEXICONS[name])


def test_deep_comments_and_long_literals_take_linear_time() -> None:
    """A megabyte of either is done at once; quadratic time would take hours."""
    deep = "/*" * 200_000 + "*/" * 200_000
    assert lexemes(deep, POSTGRESQL) == [deep]
    long = "'" + "it''s " * 1_000_000 + "'"
    assert lexemes(long, POSTGRESQL) == [long]
