"""A statement reads well, says the same, and is divided where the server divides it."""

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import tokenize
from sqlglot.errors import SqlglotError

from changescript import formatting
from changescript.formatting import (
    UnsplittableStatement,
    ends_in_comment,
    first_words,
    format_statement,
    psql_hazards,
    shield_colons,
    split_statements,
    unterminated,
)
from changescript.formatting.bulk import lay_out_bulk
from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import LEXICONS, MSSQL, MYSQL, ORACLE, POSTGRESQL, SQLITE, Lexicon
from changescript.formatting.scanner import scan

# Its generated stubs are no valid Python for mypy, so it is loaded where mypy doesn't look.
postgast = importlib.import_module("postgast")

LAYOUTS = [
    (
        (
            "CREATE TABLE account (\n\tid SERIAL NOT NULL, \n\tvalue NUMERIC(10,2) DEFAULT 0.00, "
            '\n\tCONSTRAINT fk FOREIGN KEY("user") REFERENCES users (id) ON DELETE CASCADE\n)'
        ),
        """\
CREATE TABLE account (
    id SERIAL NOT NULL,
    value NUMERIC(10, 2) DEFAULT 0.00,
    CONSTRAINT fk FOREIGN KEY("user") REFERENCES users (id) ON DELETE CASCADE
)""",
    ),
    (
        "INSERT INTO account (id, name, value) VALUES (0, 'n0', 0), (1, 'n1', 1)",
        """\
INSERT INTO account (id, name, value)
VALUES
    (0, 'n0', 0),
    (1, 'n1', 1)""",
    ),
    (
        (
            "UPDATE account SET name=CASE WHEN (account.value > 10) THEN 'big' ELSE 'small' END "
            "WHERE account.id IN (1, 2, 3)"
        ),
        """\
UPDATE account
SET name=CASE
        WHEN (account.value > 10) THEN 'big'
        ELSE 'small'
    END
WHERE account.id IN (1, 2, 3)""",
    ),
    (
        "DELETE FROM account WHERE account.id = 5 AND (account.name = 'x' OR account.value IS NULL)",
        """\
DELETE FROM account
WHERE account.id = 5
  AND (account.name = 'x' OR account.value IS NULL)""",
    ),
    (
        (
            "UPDATE threat_events SET rule_id=(SELECT detection_rules.id \nFROM detection_rules \n"
            "WHERE detection_rules.name = threat_events.review_label) "
            "WHERE threat_events.rule_id IS NULL"
        ),
        """\
UPDATE threat_events
SET rule_id=(
        SELECT detection_rules.id
        FROM detection_rules
        WHERE detection_rules.name = threat_events.review_label
    )
WHERE threat_events.rule_id IS NULL""",
    ),
    (
        "ALTER TABLE threat_events ADD COLUMN rule_id INTEGER",
        "ALTER TABLE threat_events ADD COLUMN rule_id INTEGER",
    ),
    (
        (
            "ALTER TABLE threat_events ADD CONSTRAINT fk_threat_events_rule_id FOREIGN KEY(rule_id) "
            "REFERENCES detection_rules (id) NOT VALID"
        ),
        """\
ALTER TABLE threat_events
    ADD CONSTRAINT fk_threat_events_rule_id FOREIGN KEY(rule_id)
        REFERENCES detection_rules (id) NOT VALID""",
    ),
    (
        (
            "CREATE INDEX CONCURRENTLY ix_threat_events_rule_id_and_created_at ON threat_events "
            "(rule_id, created_at) WHERE deleted_at IS NULL"
        ),
        """\
CREATE INDEX CONCURRENTLY ix_threat_events_rule_id_and_created_at
    ON threat_events (rule_id, created_at) WHERE deleted_at IS NULL""",
    ),
    (
        "INSERT INTO t (a) SELECT a FROM u ON CONFLICT (a) DO UPDATE SET a=excluded.a, b=1",
        """\
INSERT INTO t (a)
SELECT a
FROM u
ON CONFLICT (a) DO UPDATE
SET a=excluded.a,
    b=1""",
    ),
    (
        "CREATE VIEW v AS SELECT a FROM t LEFT OUTER JOIN u ON t.a = u.a WHERE t.b BETWEEN 1 AND 2",
        """\
CREATE VIEW v AS
SELECT a
FROM t
LEFT OUTER JOIN u ON t.a = u.a
WHERE t.b BETWEEN 1 AND 2""",
    ),
]

VERBATIM = [
    (POSTGRESQL, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT  1 $$"),
    (POSTGRESQL, "DO $$ BEGIN\n  NULL; END $$"),
    (POSTGRESQL, "CREATE OR REPLACE RULE r AS ON INSERT TO t DO (SELECT  1; SELECT 2)"),
    (POSTGRESQL, "SELECT  1 -- why\n, 2"),
    (POSTGRESQL, "SELECT  1 /* why */ , 2"),
    (POSTGRESQL, "SELECT  'open"),
    (POSTGRESQL, "SELECT  ( 1"),
    (POSTGRESQL, ""),
    (MYSQL, "CREATE DEFINER=`a`@`b` TRIGGER t BEFORE INSERT ON u FOR EACH ROW SET  NEW.a = 1"),
    (MYSQL, "SELECT  /*!50000 1, */ 2"),
    (ORACLE, "BEGIN\r\n  NULL;\r\nEND;"),
    (MSSQL, "declare @x int;  exec('x')"),
]


@pytest.mark.parametrize(("sql", "expected"), LAYOUTS)
def test_statements_read_like_this(sql: str, expected: str) -> None:
    """The samples of what a DBA gets to read."""
    assert format_statement(sql, POSTGRESQL).text == expected
    assert format_statement(expected, POSTGRESQL).text == expected


@pytest.mark.parametrize(("lexicon", "sql"), VERBATIM)
def test_bodies_and_comments_keep_their_own_layout(lexicon: Lexicon, sql: str) -> None:
    """Only the white space around such a statement goes."""
    formatted = format_statement(f"\n {sql}\n\t", lexicon)
    assert formatted == formatting.Formatted(sql, verbatim=True)


def test_a_hint_is_no_comment() -> None:
    """A statement with an optimizer hint is laid out, the hint in its place."""
    text = format_statement("SELECT /*+ FULL(t) */ a FROM t", ORACLE).text
    assert text == "SELECT /*+ FULL(t) */ a\nFROM t"


def test_a_new_column_is_one_more_line() -> None:
    """What a diff shows of a changed table is the changed column."""
    before = format_statement("CREATE TABLE t (a INT, c INT)", POSTGRESQL).text.splitlines()
    after = format_statement("CREATE TABLE t (a INT, b INT, c INT)", POSTGRESQL).text.splitlines()
    assert [line for line in after if line not in before] == ["    b INT,"]


def test_minus_signs_never_meet() -> None:
    """`- -1` may not become a comment, wherever lines break."""
    sql = "SELECT " + ", ".join(["- -1", "a - - b", "a / *b"] * 40)
    text = format_statement(sql, POSTGRESQL).text
    assert "--" not in text
    assert "/*" not in text


def test_white_space_inside_literals_stays() -> None:
    """Line ends, carriage returns and trailing blanks of a literal are data."""
    literal = "'a  \r\n\t b \n'"
    assert literal in format_statement(f"UPDATE t SET a={literal}   WHERE  b", POSTGRESQL).text


def test_a_continued_literal_keeps_its_line_end() -> None:
    """'a'<line end>'b' is one constant; on one line it would be an error."""
    assert "'a'\n 'b'" in format_statement("SELECT  'a'\n 'b' FROM t", POSTGRESQL).text


_PARTS = r"""
SELECT FROM WHERE AND OR BETWEEN CASE WHEN THEN ELSE END INSERT INTO VALUES UPDATE SET
DELETE a b t ON JOIN LEFT CREATE TABLE INDEX VIEW AS ALTER ADD COLUMN REFERENCES
DEFAULT NULL WITH UNION ( ) ( ) , , ; . : :: := = - -- / * /* */ [ ] 1 1.5 1e5 $1 $$
$a$ ' '' 'x' E'\'' E'x' N'x' U&'x' " "q" ` `b` # @ @a \ q'[ ]' GO ~ <-> ->> @> ?| {
"""
_WORDS = st.sampled_from(_PARTS.split())
_GAPS = st.sampled_from(["", "", " ", " ", "  ", "\n", "\r\n", "\t", "\u00a0", "\v"])
_TEXTS = st.lists(st.tuples(_WORDS, _GAPS), max_size=30).map(lambda parts: "".join(word + gap for word, gap in parts))


@given(_TEXTS, st.sampled_from(sorted(LEXICONS)))
@settings(max_examples=500, deadline=None)
def test_any_text_is_laid_out_the_same_twice_and_says_the_same(sql: str, name: str) -> None:
    """Whatever the text, its layout is final, proven, and the same by rows as a whole."""
    lexicon = LEXICONS[name]
    assert "".join(token.text for token in scan(sql, lexicon)) == sql
    formatted = format_statement(sql, lexicon)
    assert same_statement(sql, formatted.text, lexicon) or formatted.verbatim
    if not unterminated(sql, lexicon):
        assert format_statement(formatted.text, lexicon).text == formatted.text


@given(_TEXTS)
@settings(max_examples=500, deadline=None)
def test_postgresql_parses_the_layout_as_it_parsed_the_source(sql: str) -> None:
    """The server's own parser is the judge of what it accepts."""
    try:
        tree = postgast.deparse(postgast.parse(sql))
    except postgast.PgQueryError:
        return
    assert postgast.deparse(postgast.parse(format_statement(sql, POSTGRESQL).text)) == tree


@pytest.mark.parametrize(("sql", "expected"), LAYOUTS)
@pytest.mark.parametrize("name", ["postgresql", "mysql", "sqlite", "mssql", "oracle"])
def test_sqlglot_reads_the_same_tokens(sql: str, expected: str, name: str) -> None:
    """An independent tokenizer of each dialect sees no difference."""
    del expected
    dialect = {"postgresql": "postgres", "mssql": "tsql"}.get(name, name)
    text = format_statement(sql, LEXICONS[name]).text
    try:
        wanted = [(t.token_type, t.text) for t in tokenize(sql, dialect)]
    except SqlglotError:
        pytest.fail("sqlglot cannot read the source")
    assert [(t.token_type, t.text) for t in tokenize(text, dialect)] == wanted


_VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "'x'",
        "'it''s'",
        "NULL",
        "now()",
        "CAST('a' AS JSON)",
        "E'a\\'b'",
        "'a\\\\b'",
        "$$x$$",
        "'two\nlines'",
        "'" + "l" * 90 + "'",
        "'" + "m" * 130 + "'",
        "(SELECT 1)",
        "f(g(h(1)))",
        "a b",
        "CASE WHEN a THEN 1 ELSE 2 END",
        "DEFAULT",
        "'--'",
        "f( 1 )",
        "ARRAY['a','b']",
        '"q"',
        "- -1",
    ]
)
_ROWS = st.lists(st.lists(_VALUES, min_size=1, max_size=12).map(", ".join), min_size=1, max_size=5)
_TAILS = st.sampled_from(["", " ON CONFLICT (a) DO UPDATE SET b = 1, c = 'x'", " RETURNING id"])


@given(_ROWS, _TAILS, st.sampled_from(sorted(LEXICONS)))
@settings(max_examples=500, deadline=None)
def test_rows_one_by_one_read_like_the_whole(rows: list[str], tail: str, name: str) -> None:
    """A statement that grows past the limit keeps its layout."""
    many = ", ".join(f"({row})" for row in [*rows, "1, '" + "x" * 90 + "'", "2"])
    sql = f"INSERT INTO t (a, b) VALUES {many}{tail}"
    formatted = format_statement(sql, LEXICONS[name])
    bulk = lay_out_bulk(sql, LEXICONS[name], 100)
    assert (bulk is None and formatted.verbatim) or bulk == formatted.text


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE t (" + ", ".join(f"c{i} INT" for i in range(1000)) + ")",
        "INSERT INTO t (a, b) VALUES " + ", ".join(f"({i}, 'x{i}')" for i in range(100_000)),
        "INSERT INTO t (a) VALUES ('" + "it''s; --" * 1_100_000 + "')",
        "SELECT " + "(" * 10_000 + "1" + ")" * 10_000,
        "SELECT * FROM " + "(SELECT * FROM " * 2000 + "t" + ") AS x" * 2000,
        "SELECT " + "CASE WHEN a THEN " * 3000 + "1" + " END" * 3000,
    ],
    ids=["columns", "rows", "literal", "brackets", "subselects", "cases"],
)
def test_size_and_depth_have_no_limit(sql: str) -> None:
    """Nothing recurses, and nothing takes quadratic time."""
    formatted = format_statement(sql, POSTGRESQL)
    assert not formatted.verbatim


SPLITS = [
    (POSTGRESQL, "a; b;", ["a", "b"]),
    (POSTGRESQL, " ;; a ;", ["a"]),
    (POSTGRESQL, "a", ["a"]),
    (POSTGRESQL, "", []),
    (POSTGRESQL, "-- nothing\n", []),
    (POSTGRESQL, "-- c\na; /* d */ b", ["-- c\na", "/* d */ b"]),
    (POSTGRESQL, "a; b; -- end", ["a", "b\n-- end"]),
    (POSTGRESQL, "SELECT ';'; SELECT \";\", $$;$$, $x$;$$;$x$, E'\\';' /* ; */", None),
    (POSTGRESQL, "CREATE RULE r AS ON UPDATE TO t DO (a; b); c", None),
    (
        POSTGRESQL,
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END; c",
        None,
    ),
    (POSTGRESQL, "BEGIN; a; COMMIT", ["BEGIN", "a", "COMMIT"]),
    (SQLITE, "CREATE TRIGGER t AFTER INSERT ON u BEGIN UPDATE v SET a = 1; SELECT 2; END; c", None),
    (
        MYSQL,
        (
            "CREATE TRIGGER t BEFORE INSERT ON u FOR EACH ROW BEGIN IF NEW.a THEN SET NEW.b = 1; "
            "ELSEIF IF(1, 2, 3) THEN CASE WHEN a THEN SELECT 1; END CASE; END IF; END; c"
        ),
        None,
    ),
    (
        MYSQL,
        (
            "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END; "
            "x: LOOP LEAVE x; END LOOP x; WHILE a DO SET a = CASE b WHEN 1 THEN 2 END; END WHILE; "
            "REPEAT SET a = 1; UNTIL a END REPEAT; END; c"
        ),
        None,
    ),
    (MYSQL, "CREATE FUNCTION f() RETURNS INT RETURN IF(a, 1, 2); c", None),
    (MYSQL, "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN a; END; c", None),
    (MYSQL, "CREATE TABLE IF NOT EXISTS t (a INT); c", None),
    (MYSQL, "START TRANSACTION; a; c", ["START TRANSACTION", "a", "c"]),
    (MYSQL, "SELECT 'a\\';' # ;\n; c", None),
    (MSSQL, "UPDATE t SET a = 1; DELETE FROM u", ["UPDATE t SET a = 1", "DELETE FROM u"]),
    (MSSQL, "DECLARE @a INT; SET @a = 1;", ["DECLARE @a INT; SET @a = 1;"]),
    (ORACLE, "BEGIN a; b; END;", ["BEGIN a; b; END;"]),
    (ORACLE, "a; b", ["a", "b"]),
]


@pytest.mark.parametrize(("lexicon", "sql", "expected"), SPLITS)
def test_statements_end_where_the_server_ends_them(lexicon: Lexicon, sql: str, expected: list[str] | None) -> None:
    """Semicolons in quotes, brackets, comments and bodies end nothing."""
    if expected is None:  # divided only at the last semicolon that isn't inside, written "; "
        head, _, tail = sql.rpartition("; ")
        expected = [head.strip(), tail] if tail == "c" else sql.split("; ", 1)
    assert split_statements(sql, lexicon) == expected


UNSPLITTABLE = [
    (POSTGRESQL, "SELECT 'secret; b"),
    (POSTGRESQL, "SELECT (1; b"),
    (POSTGRESQL, "SELECT 1); b"),
    (POSTGRESQL, "COPY t FROM STDIN; secret"),
    (POSTGRESQL, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;"),
    (POSTGRESQL, "-- only\n; a"),
    (SQLITE, "CREATE TRIGGER t AFTER INSERT ON u BEGIN UPDATE v SET end = 1; END; c"),
    (MYSQL, "DELIMITER //"),
    (MYSQL, "CREATE PROCEDURE p() IF a THEN SELECT 1; END IF; c"),
    (MYSQL, "CREATE PROCEDURE p() BEGIN IF a THEN SELECT 1; END; END; c"),
    (MYSQL, "/*! SELECT ';' */"),
    (MSSQL, "a\nGO\nb"),
    (ORACLE, "BEGIN NULL; END;\n/\n"),
    (ORACLE, "a; BEGIN b; END;"),
]


@pytest.mark.parametrize(("lexicon", "sql"), UNSPLITTABLE)
def test_what_is_uncertain_is_refused_without_being_quoted(lexicon: Lexicon, sql: str) -> None:
    """No guess, and no text of the statement in the message."""
    with pytest.raises(UnsplittableStatement) as refusal:
        split_statements(sql, lexicon)
    assert "secret" not in str(refusal.value)


@given(_TEXTS, st.sampled_from(["postgresql", "mysql", "sqlite"]))
@settings(max_examples=500, deadline=None)
def test_splitting_loses_nothing(sql: str, name: str) -> None:
    """The pieces hold every token but the semicolons between them."""
    lexicon = LEXICONS[name]
    try:
        pieces = split_statements(sql, lexicon)
    except UnsplittableStatement:
        return
    kept = [t.text.rstrip() for p in pieces for t in scan(p, lexicon) if t.kind != "blank"]
    source = [t.text.rstrip() for t in scan(sql, lexicon) if t.kind != "blank"]
    assert [t for t in kept if t != ";"] == [t for t in source if t != ";"] or not pieces


@given(_TEXTS)
@settings(max_examples=500, deadline=None)
def test_postgresql_counts_the_same_statements(sql: str) -> None:
    """What the server's parser accepts has as many statements as we see."""
    try:
        wanted = len(postgast.parse(sql.replace("\v", " ")).stmts)  # white space from 16 on
    except postgast.PgQueryError:
        return
    try:
        assert len(split_statements(sql.replace("\v", " "), POSTGRESQL)) == wanted
    except UnsplittableStatement as refusal:
        assert "comment" in str(refusal)  # noqa: PT017 - either outcome is right, this one for that


@pytest.mark.parametrize(
    ("lexicon", "sql", "expected"),
    [
        (POSTGRESQL, "SELECT 1 -- a", True),
        (POSTGRESQL, "SELECT 1 -- a\n", False),
        (POSTGRESQL, "SELECT '-- a'", False),
        (POSTGRESQL, "SELECT 1 # a", False),
        (MYSQL, "SELECT 1 # a", True),
        (MYSQL, "SELECT 5--1", False),
        (ORACLE, "SELECT q'[--]' /* -- */", False),
    ],
)
def test_a_terminator_needs_a_new_line_behind_a_comment(
    lexicon: Lexicon,
    sql: str,
    expected: bool,  # noqa: FBT001
) -> None:
    """Only an open line comment would swallow it."""
    assert ends_in_comment(sql, lexicon) is expected


def test_first_words_skip_comments_and_keep_quoted_names() -> None:
    """Statements are told apart by words that are really there."""
    sql = '-- DROP\n/* TABLE */ create Unique index concurrently "drop" on t (a)'
    expected = ("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY", '"drop"')
    assert first_words(sql, POSTGRESQL, 5) == expected


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("SELECT 1\n\\! rm", 2),
        ("SELECT 1 \\; SELECT 2", 1),
        ("SELECT '\0'", 1),
        ("SELECT 'open", 1),
        (r"SELECT E'\'''UPDATE", 1),
        ("SELECT (1", 1),
        ("SELECT 1; SELECT 2", 1),
        ("CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS ''", 1),
    ],
)
def test_what_psql_would_take_for_itself_is_reported(sql: str, line: int) -> None:
    """A meta-command, a cut-off line and an endless statement each have a place and a reason."""
    assert [hazard.line for hazard in psql_hazards(sql, POSTGRESQL)] == [line]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT E'\\n', '\\', $$ \\d $$, \"\\\" /* \\ */ -- \\",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END",
        "CREATE RULE r AS ON UPDATE TO t DO (SELECT 1; SELECT 2)",
    ],
)
def test_psql_passes_on_what_stands_in_quotes_and_bodies(sql: str) -> None:
    """Nothing is reported that psql leaves alone."""
    assert psql_hazards(sql, POSTGRESQL) == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("a[1:size]", "a[1: size]"),
        ("a[:'x']", "a[: 'x']"),
        ('a[1:"x"]', 'a[1: "x"]'),
        ("a:{?x}", "a: {?x}"),
        ("a[1:2]", "a[1: 2]"),
        ("a[1: size]", "a[1: size]"),
        ("a::int, f(x := 1), ':a', \":a\", $$:a$$ /* :a */ -- :a", None),
    ],
)
def test_colons_are_kept_from_psql(sql: str, expected: str | None) -> None:
    """Only a single colon before what could be a variable gets a blank."""
    assert shield_colons(sql, POSTGRESQL) == (expected or sql)


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_shielding_twice_is_shielding_once(sql: str) -> None:
    """The second run finds nothing to do."""
    once = shield_colons(sql, POSTGRESQL)
    assert shield_colons(once, POSTGRESQL) == once
