"""What a script for SQLite may hold, and what its header and frame say; no database is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from changescript.dialects.sqlite.statements import loses_data, mode_of, refusal_of
from changescript.segments import Mode
from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from pathlib import Path

SQLITE_ENV = """\
from alembic import context

context.configure(url="sqlite+aiosqlite:///app.db", literal_binds=True{options})
with context.begin_transaction():
    context.run_migrations()
"""

REFUSED = {
    "begin": "the script is one transaction",
    "-- remark\nCOMMIT": "the script is one transaction",
    "END TRANSACTION": "the script is one transaction",
    "ROLLBACK TO s": "the script is one transaction",
    "SAVEPOINT s": "the script is one transaction",
    "RELEASE s": "the script is one transaction",
    "ATTACH 'other.db' AS o": "brings another file",
    "DETACH o": "brings another file",
    "VACUUM": "can't run in a transaction",
    "VACUUM INTO 'copy.db'": "can't run in a transaction",
    "COMMENT ON TABLE t IS 'x'": "SQLite keeps no comments",
    "TRUNCATE TABLE t": "SQLite has no statement that begins with TRUNCATE",
    "GO": "SQLite has no statement that begins with GO",
    "(SELECT 1)": "does not begin with a word",
    ".bail off": "does not begin with a word",
    "-- remark\n.shell true\nSELECT 1": "does not begin with a word",
    "# remark\nSELECT 1": "does not begin with a word",
    "/* remark */": "does not begin with a word",
    "": "does not begin with a word",
    "SELECT 1\n/\n2": "takes for a semicolon",
    "DELETE FROM t\n  Go \nWHERE 0": "takes for a semicolon",
    "SELECT '\n/\n'\n/\nx": "takes for a semicolon",
    "SELECT ?": "a parameter without a value",
    "SELECT ?1 + 1": "a parameter without a value",
    "SELECT :name": "a parameter without a value",
    "SELECT @name": "a parameter without a value",
    "SELECT $name": "a parameter without a value",
    "SELECT 'it''s', :name": "a parameter without a value",
    "SELECT 1; DELETE FROM t": "a semicolon",
    "INSERT INTO t VALUES ('a'); DELETE FROM t": "a semicolon",
    "SELECT 'open": "never closed",
    'SELECT "open': "never closed",
    "SELECT [open": "never closed",
    "SELECT 1 /* open": "never closed",
    "SELECT 1\0": "NUL",
    "INSERT INTO t VALUES ('a\r\nb')": "a CRLF inside quotes",
    'SELECT 1 AS "a\r\nb"': "a CRLF inside quotes",
    "ALTER TABLE t ALTER COLUMN a SET NOT NULL": "ALTER TABLE ... ALTER COLUMN; use op.batch_alter_table()",
    "ALTER TABLE main.t ALTER a DROP DEFAULT": "ALTER TABLE ... ALTER A; use op.batch_alter_table()",
    'alter table "a b" . [t] add constraint c check (1)': "ADD CONSTRAINT; use op.batch_alter_table()",
    "ALTER TABLE t ADD PRIMARY KEY (a)": "ADD PRIMARY; use op.batch_alter_table()",
    "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p": "ADD FOREIGN; use op.batch_alter_table()",
    "ALTER TABLE t DROP CONSTRAINT c": "DROP CONSTRAINT; use op.batch_alter_table()",
    "ALTER TABLE t MODIFY a INT": "MODIFY A; use op.batch_alter_table()",
    "ALTER TABLE t OWNER TO x": "OWNER TO; use op.batch_alter_table()",
    "ALTER INDEX i RENAME TO j": "SQLite has no ALTER INDEX",
    "PRAGMA foreign_keys": "with a value that is no yes or no",
    "PRAGMA main.foreign_keys(maybe)": "with a value that is no yes or no",
    "PRAGMA journal_mode=WAL": "in the script's transaction",
    "PRAGMA synchronous=OFF": "in the script's transaction",
    "PRAGMA query_only=1": "in the script's transaction",
    "PRAGMA writable_schema=ON": "in the script's transaction",
}

PASSED = (
    "CREATE TABLE t (a INTEGER, b TEXT DEFAULT ':x ? ; $y')",
    "INSERT INTO t VALUES ('it''s', '12:30', 'a?b', ';', '\n/\n', '\n.bail off')",
    "INSERT INTO t VALUES (x'00', \"a:b\", [c?d], `e;f`)",
    "SELECT 1 -- ? :x ; '\n",
    "SELECT 'a\rb\n'\r\n, 'c' -- 'd\r\n",
    "/* ? ; :x\ngo\n*/ SELECT a -> '$.b', a ->> '$.c', 4 / 2 FROM t",
    "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; DELETE FROM u; END",
    "CREATE TEMP TRIGGER IF NOT EXISTS tr AFTER INSERT ON t BEGIN SELECT RAISE(ABORT, 'no; no'); END",
    "PRAGMA foreign_keys=ON",
    "PRAGMA main.foreign_keys(0)",
    'PRAGMA "Foreign_Keys" = off',
    "ALTER TABLE t RENAME TO u",
    "ALTER TABLE t RENAME COLUMN a TO b",
    "ALTER TABLE main.t ADD COLUMN c INTEGER NOT NULL DEFAULT 0 CHECK (c > 0)",
    'ALTER TABLE "t" ADD "constraint" TEXT',
    "ALTER TABLE t DROP COLUMN c",
    "PRAGMA user_version = 3",
    "PRAGMA main.application_id = 7",
    "PRAGMA foreign_key_check",
    "PRAGMA legacy_alter_table = ON",
    "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
    "REINDEX t",
    "VALUES (1)",
)


@pytest.mark.parametrize("sql", REFUSED)
def test_what_the_shell_or_sqlite_would_read_otherwise_is_refused(sql: str) -> None:
    """The reason says what is wrong, and never repeats a literal."""
    reason = refusal_of(sql)
    assert reason is not None
    assert REFUSED[sql] in reason
    assert "open" not in reason.replace("op.", "")


@pytest.mark.parametrize("sql", PASSED)
def test_what_they_read_alike_is_not_refused(sql: str) -> None:
    """What looks like a command or a parameter inside quotes, comments and bodies is none."""
    assert refusal_of(sql) is None


def test_everything_joins_the_transaction() -> None:
    """SQLite takes back what DDL does, so an autocommit block needs no transaction of its own."""
    assert mode_of("CREATE INDEX i ON t (a)", autocommit=True) is Mode.JOINS


@pytest.mark.parametrize(
    ("sql", "loses"),
    [
        ("DELETE FROM t", True),
        ("UPDATE t SET a = 1", True),
        ("REPLACE INTO t VALUES (1)", True),
        ("INSERT OR REPLACE INTO t VALUES (1)", True),
        ("WITH a AS (SELECT 1) DELETE FROM t", True),
        ("DROP TABLE t", True),
        ("ALTER TABLE main.t DROP COLUMN a", True),
        ("ALTER TABLE t ADD COLUMN a", False),
        ("INSERT INTO t VALUES ('DELETE')", False),
        ("DROP INDEX i", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
    ],
)
def test_what_loses_data_is_known(sql: str, *, loses: bool) -> None:
    """The header says so of these statements."""
    assert loses_data(sql) is loses


def script_of(root: Path, upgrade: str, options: str = "", settings: str = "", range_: str = "base:a") -> str:
    """Return what `changescript sql` shows for a project of one revision: the script, or why there is none."""
    revision = Rev("a", upgrade=upgrade)
    project = make_project(root, [revision, Rev("b", ("a",))], SQLITE_ENV.format(options=options))
    if settings:
        project.set_options(settings)
    outcome = project.run("sql", range_, "--stdout")
    assert outcome.code in (0, 2), outcome.text
    return outcome.out if outcome.code == 0 else outcome.err


@pytest.mark.parametrize(
    ("upgrade", "reason"),
    [
        ('op.alter_column("t", "x", nullable=False)', "SQLite has no ALTER TABLE ... ALTER COLUMN"),
        ('op.create_table_comment("t", "x")', "SQLite keeps no comments"),
        ('op.execute("PRAGMA foreign_keys")', "PRAGMA foreign_keys with a value that is no yes or no"),
        ('op.execute("SELECT 1\\n/\\n")', "which the shell takes for a semicolon"),
        ('op.execute("VACUUM")', "VACUUM can't run in a transaction"),
    ],
)
def test_a_refusal_names_revision_and_line(tmp_path: Path, upgrade: str, reason: str) -> None:
    """So it is found where it was written."""
    shown = script_of(tmp_path, upgrade)
    assert "revision a (migrations/versions/a.py:16)" in shown
    assert reason in shown


ON, OFF, INSERT = "PRAGMA foreign_keys = ON", "pragma main.foreign_keys(false)", "INSERT INTO t VALUES (1)"
BLOCK = "with op.get_context().autocommit_block():\n    "


@pytest.mark.parametrize(
    ("statements", "refused"),
    [
        ([OFF, "DROP TABLE t", ON], 0),
        ([ON, "CREATE TABLE u (a)", "SELECT 1"], 0),
        ([INSERT, ON, "DELETE FROM t"], 0),
        ([ON, "DELETE FROM t"], 2),
        ([ON, INSERT], 2),
        ([ON, "CREATE TABLE u (a)", "DROP TABLE t"], 3),
        ([ON, OFF, "UPDATE t SET a = 2"], 3),
        ([ON, "WITH x AS (SELECT 1) DELETE FROM t"], 2),
        ([ON, "REPLACE INTO t VALUES (1)"], 2),
        ([ON, "ALTER TABLE t RENAME TO u"], 2),
        (["-- a remark\\n" + INSERT, ON, "DELETE FROM t"], 3),
        ([INSERT, BLOCK + ON, "DELETE FROM t"], 4),
        ([BLOCK + INSERT, ON, "DELETE FROM t"], 4),
    ],
)
def test_what_foreign_keys_may_act_on_online_is_refused(tmp_path: Path, statements: list[str], refused: int) -> None:
    """Switching them does nothing in a transaction: not in the script's, nor in the one that a driver begins."""
    lines = (f'{each[: -len(sql)]}op.execute("{sql}")' for each in statements if (sql := each.removeprefix(BLOCK)))
    shown = script_of(tmp_path, "\n".join(lines))
    reason = f"revision a (migrations/versions/a.py:{15 + refused}): foreign keys may be on here"
    assert (reason in shown) == bool(refused), shown
    assert ("REFUSED" in shown) != bool(refused)


def test_autocommit_block_ends_where_its_failure_is_caught(tmp_path: Path) -> None:
    """Behind it the driver begins a transaction as ever, so that switching foreign keys on does nothing."""
    caught = f"try:\n    {BLOCK}    raise KeyError\nexcept KeyError:\n    pass\n"
    does = "\n".join(f'op.execute("{sql}")' for sql in (INSERT, ON, "DELETE FROM t"))
    assert "foreign keys may be on here" not in script_of(tmp_path, caught + does)


def test_foreign_keys_stay_as_a_revision_has_left_them(tmp_path: Path) -> None:
    """Alembic goes on with the next one on the same connection, and may not have committed what is before it."""
    revisions = [
        Rev("a", upgrade=f'op.execute("{ON}")\nop.execute("CREATE TABLE u (a)")'),
        Rev("b", ("a",), upgrade='op.execute("DROP TABLE t")'),
        Rev("c", ("a",), upgrade=f'op.execute("{OFF}")\nop.execute("DROP TABLE t")'),
    ]
    project = make_project(tmp_path, revisions, SQLITE_ENV.format(options=""))
    for range_, line in (("base:b", "b.py:16"), ("base:c", "c.py:17")):
        refusal = f"(migrations/versions/{line}): foreign keys may be on here"
        assert refusal in project.run("sql", range_, "--stdout").err
    for range_ in ("a:b", "a:c"):
        assert project.run("sql", range_, "--stdout").code == 0


def test_a_version_table_in_another_file_is_refused(tmp_path: Path) -> None:
    """A schema is an attached file in SQLite, and a script attaches none."""
    shown = script_of(tmp_path, "pass", ', version_table_schema="other"')
    assert "version_table_schema to 'other'" in shown
    assert "keep the version table in the database" in shown


def test_the_schema_main_is_the_database_itself(tmp_path: Path) -> None:
    """So the version table may be said to be there, under a name of its own that needs quotes."""
    shown = script_of(tmp_path, "pass", """, version_table_schema="main", version_table='a "b'""")
    assert 'CREATE TABLE IF NOT EXISTS main."a ""b" (' in shown
    assert 'CONSTRAINT "a ""b_pkc" PRIMARY KEY' in shown


def test_the_header_says_how_to_run_it(tmp_path: Path) -> None:
    """Command, client, what it refuses, and that a failure leaves nothing."""
    header = script_of(tmp_path, "op.execute('DELETE FROM t')").partition("\n\n")[0]
    for line in (
        "Run          sqlite3 -batch -bail -init /dev/null 'file:DATABASE?mode=rw' < upgrade.sql",
        "Client       the sqlite3 shell, 3.28 or later; any other client changes nothing",
        'Expect       exit 0, and the last line "OK: database DATABASE is at a"',
        "Refuses      any database that is not exactly at base; nothing is changed then",
        "If it fails  in statement 1: nothing has changed",
        "no script brings back what statement 1 overwrites or removes",
        "Settings     lock_timeout 5s\n",
    ):
        assert line in header


def test_only_a_script_that_starts_at_base_makes_a_version_table(tmp_path: Path) -> None:
    """Where revisions are applied it is there, or the database is refused."""
    assert "CREATE TABLE IF NOT EXISTS main.alembic_version" in script_of(tmp_path / "one", "pass")
    assert "IF NOT EXISTS main.alembic_version" not in script_of(tmp_path / "two", "pass", range_="a:b")


@pytest.mark.parametrize(
    ("setting", "milliseconds"),
    [("5s", 5000), ("200", 200), ("200ms", 200), ("1min", 60_000), ("1us", 1), ("0", 2**31 - 1), ("999d", 2**31 - 1)],
)
def test_the_shell_waits_for_a_lock_as_long_as_the_settings_say(
    tmp_path: Path, setting: str, milliseconds: int
) -> None:
    """Units are PostgreSQL's; none is milliseconds, and 0 is no limit."""
    shown = script_of(tmp_path, "pass", settings=f'lock_timeout = "{setting}"')
    assert f"\n.timeout {milliseconds}\n" in shown


def test_a_project_for_another_database_can_be_rendered_for_sqlite(tmp_path: Path) -> None:
    """`--dialect sqlite` decides, whatever env.py configures."""
    outcome = make_project(tmp_path, "a").run("sql", "base:a", "--dialect", "sqlite", "--stdout")
    assert "Dialect      sqlite 3.28 or later" in outcome.out
