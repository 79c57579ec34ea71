"""Scripts for PostgreSQL and its relatives through psql, as far as PostgreSQL itself can stand in for them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import pytest

from changescript.model import TransactionMode
from tests.db.scripts import NO_COMMANDS, REFUSED_EXIT, ok_line, run_text, set_heads, version_rows
from tests.projects import Rev
from tests.rendering import Rendered, render, render_one

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.db.postgres import Database, Server

embedded = pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")
VERSION_TABLE = "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"


def test_a_stated_release_is_the_only_one_that_is_taken(database: Database) -> None:
    """Any other is refused before anything changes, with what the server says of itself."""
    major = database.server.major
    before = database.dump()
    for client in (run_text, NO_COMMANDS.run):
        refused = client(database, render("a; b < a", server_version=str(major - 1)).upgrade)
        assert (
            f"REFUSED: this script is for PostgreSQL {major - 1}; this server is PostgreSQL {major}" in refused.stderr
        )
        assert database.dump() == before
    done = run_text(database, render("a; b < a", server_version=str(major)).upgrade)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, ok_line(database, ["b"])), done.output


def test_a_relative_of_postgresql_is_told_its_dialect(database: Database) -> None:
    """The first query refuses it, and so does the first check, for a client that has gone on."""
    database.execute("CREATE SCHEMA relative")
    database.execute("CREATE FUNCTION relative.version() RETURNS text LANGUAGE sql AS $$ SELECT '15-YB-2025.1' $$")
    before = database.dump()
    script = render("a; b < a").upgrade.replace("version()", "relative.version()")
    for client in (run_text, NO_COMMANDS.run):
        refused = client(database, script)
        assert "REFUSED: use the --dialect of this server, it is 15-YB-2025.1" in refused.stderr
        assert database.dump() == before
    assert "REFUSED: use the --dialect of this server; this server is 15-YB" in refused.stderr


@embedded
def test_a_script_for_citus_wants_its_extension(database: Database) -> None:
    """Without it nothing changes; with it the script makes what that for PostgreSQL makes."""
    other, before = database.server.create_database(), database.dump()
    script = render("a; b < a", "citus").upgrade
    for client in (run_text, NO_COMMANDS.run):
        assert "REFUSED: this database has no extension citus" in client(database, script).stderr
        assert database.dump() == before
    # The extension itself is not to be had here: one that every server has stands in for it.
    assert worked(database, script.replace("extname = 'citus'", "extname = 'plpgsql'"), "b")
    assert worked(other, render("a; b < a").upgrade, "b")
    assert database.dump() == other.dump()
    other.drop()


RELATIVES = ("cockroachdb", "yugabytedb")
COMMITTING = (
    Rev(
        "a",
        upgrade="""\
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False), sa.Column("x", sa.Text()))
op.bulk_insert(sa.table("t", sa.column("id", sa.Integer()), sa.column("x", sa.Text())), [
    {"id": 1, "x": "it's \\\\ \\t ä"}, {"id": 2, "x": None},
])
op.execute("UPDATE t SET x = 'y' WHERE id = 2")
op.create_index("ix_t_x", "t", ["x"])""",
        downgrade='op.drop_index("ix_t_x", "t")\nop.drop_table("t")',
    ),
    Rev("b", ("a",), upgrade='op.add_column("t", sa.Column("n", sa.Integer()))', downgrade='op.drop_column("t", "n")'),
    Rev(
        "c",
        ("a",),
        upgrade='op.create_check_constraint("ck", "t", "id > 0")',
        downgrade='op.drop_constraint("ck", "t")',
    ),
    Rev(
        "m",
        ("b", "c"),
        upgrade="op.execute('INSERT INTO t VALUES (3)')",
        downgrade="op.execute('DELETE FROM t WHERE id = 3')",
    ),
)


@functools.cache
def scripts_of(dialect: str, range_: str = "base:m", mode: TransactionMode = TransactionMode.REVISION) -> Rendered:
    """Return the scripts for a relative, which take PostgreSQL for it."""
    made = render(COMMITTING, dialect, range_, transaction=mode)
    return Rendered(for_postgresql(made.upgrade), for_postgresql(made.rollback))


def for_postgresql(text: str) -> str:
    """Return a script for a relative that takes PostgreSQL for it."""
    stands_in = (
        ("LIKE '%-YB-%'", "LIKE 'Postgre%'"),
        ("LIKE '%CockroachDB%'", "LIKE 'Postgre%'"),
        ("SET sql_safe_updates = off;\n", ""),
    )
    for name, other in stands_in:
        text = text.replace(name, other)
    return text


def pasted(script: str) -> str:
    """Return a script as a psql takes it that goes on after errors."""
    return script.replace("\\set ON_ERROR_STOP on", "\\set ON_ERROR_STOP off")


def worked(database: Database, text: str, *heads: str) -> bool:
    """Run a script, and tell whether it ends as its header says."""
    done = run_text(database, text)
    return (done.exit_code, done.stdout.splitlines()[-1:]) == (0, [ok_line(database, heads)])


@embedded
def test_where_ddl_commits_rows_of_all_revisions_may_share_a_transaction(database: Database) -> None:
    """With `transaction = "script"` only DDL cuts the script."""
    script = scripts_of("yugabytedb", mode=TransactionMode.SCRIPT)
    assert worked(database, script.upgrade, "m")
    assert worked(database, script.rollback)


@embedded
@pytest.mark.parametrize("dialect", RELATIVES)
def test_where_ddl_commits_the_script_makes_what_that_for_postgresql_makes(database: Database, dialect: str) -> None:
    """The same catalog and rows, up and down, though each DDL is committed by itself."""
    other = database.server.create_database()
    scripts, plain = scripts_of(dialect), render(COMMITTING)
    assert worked(database, scripts.upgrade, "m")
    assert worked(other, plain.upgrade, "m")
    assert database.dump() == other.dump()
    assert worked(database, scripts.rollback)
    assert worked(other, plain.rollback)
    assert database.dump() == other.dump()
    other.drop()


@embedded
@pytest.mark.parametrize("rows", [(), ("m",), ("b",), ("b", "c", "x"), ("b:1", "c"), ("B", "c")], ids=str)
def test_where_ddl_commits_a_wrong_database_is_left_alone(database: Database, rows: tuple[str, ...]) -> None:
    """By psql that stops, by psql that goes on as if the file were pasted, and by a client that is not psql."""
    database.execute(f"{VERSION_TABLE}; CREATE TABLE t (id integer)")
    set_heads(database, rows)
    before = database.dump()
    script = scripts_of("yugabytedb", "b,c:m").upgrade
    for finished in (run_text(database, script), run_text(database, pasted(script)), NO_COMMANDS.run(database, script)):
        assert "OK: " not in finished.stdout
    assert database.dump() == before
    refused = run_text(database, script)
    told = "is already at m, nothing to do" if rows == ("m",) else "this script needs b, c"
    assert told in refused.stderr
    assert (refused.exit_code, refused.stdout) == (REFUSED_EXIT, "")


@embedded
@pytest.mark.parametrize("dialect", RELATIVES)
def test_where_ddl_commits_another_server_or_no_table_is_refused(database: Database, dialect: str) -> None:
    """A database without a version table is at base; PostgreSQL is none of its relatives."""
    before = database.dump()
    missing = run_text(database, scripts_of(dialect, "b,c:m").upgrade)
    assert "is at base, this script needs b, c" in missing.stderr
    for text in (render(COMMITTING, dialect).upgrade, render(COMMITTING, dialect, "b,c:m").upgrade):
        for finished in (run_text(database, text), run_text(database, pasted(text)), NO_COMMANDS.run(database, text)):
            assert "REFUSED: this script is for " in finished.stderr
            assert "OK" not in finished.stdout
    assert database.dump() == before


@embedded
@pytest.mark.parametrize("dialect", RELATIVES)
def test_where_ddl_commits_a_manual_step_stops_the_script(database: Database, dialect: str) -> None:
    """Until a variable of psql says that it was done, and in a psql that goes on after errors too."""
    by_hand = "-- MANUAL STEP: don't wait\nCREATE TABLE t (id int);\n-- MANUAL STEP: go\nINSERT INTO t VALUES (1);\n"
    text = for_postgresql(render_one("a; b < a", dialect, "base:b", written={f"b.{dialect}.upgrade.sql": by_hand}))
    for run in (text, pasted(text), text):
        stopped = run_text(database, run)
        assert "OK: " not in stopped.stdout
        assert version_rows(database) == ("b:0",)
        if run is text:
            database.execute("DROP TABLE t_a, alembic_version")
    told = run_text(database, text)
    assert "MANUAL STEP b_1: don't wait; when it is done, run: sed '/^-- start$/,/^-- go on at b:0$/d'" in told.stderr
    assert "-v changescript_manual_b_1=done " in told.stderr
    assert "-f -" in told.stderr
    rest = left(text, "b:0")
    for value in ("", "soon"):
        assert "MANUAL STEP b_1" in run_text(database, rest, "-v", f"changescript_manual_b_1={value}").stderr
    assert "MANUAL STEP b_2" in run_text(database, rest, "-v", "changescript_manual_b_1=done").stderr
    assert (version_rows(database), database.query("SELECT count(*) FROM t")) == (("b:2",), "0")
    for finished in (run_text(database, pasted(left(text, "b:2"))), NO_COMMANDS.run(database, text)):
        assert "OK: " not in finished.stdout
        assert (version_rows(database), database.query("SELECT count(*) FROM t")) == (("b:2",), "0")
    done = run_text(database, left(text, "b:2"), "-v", "changescript_manual_b_2=done")
    assert done.stdout.splitlines()[-1] == ok_line(database, ["b"]), done.output


STATEMENT = re.compile(r"^(?:CREATE|INSERT|UPDATE|ALTER|WITH)\b[^;]*?(?:;|\\gset)$", re.MULTILINE)


@embedded
@pytest.mark.parametrize("in_client", [str, pasted])
def test_where_ddl_commits_a_failed_run_goes_on_where_the_state_says(
    server: Server, in_client: Callable[[str], str]
) -> None:
    """Whatever fails, also in a psql that goes on: the whole file refuses then, and what is left of it completes."""
    script, database = scripts_of("yugabytedb").upgrade, server.create_database()
    assert worked(database, script, "m")
    expected = database.dump()
    for found in STATEMENT.finditer(script, script.index("-- start\n")):
        database.execute("DROP TABLE IF EXISTS t, alembic_version")
        broken = f"{script[: found.start()]}SELECT 1/0;{script[found.end() :]}"
        failed = run_text(database, in_client(broken))
        assert "division by zero" in failed.stderr
        assert "OK: " not in failed.stdout, found[0]
        if any(":" in rows for rows in version_rows(database)):
            assert "REFUSED" in run_text(database, script).stderr
            done = script[: found.start()].rpartition("\n-- go on at ")[2].partition("\n")[0]
            assert worked(database, left(script, done), "m"), found[0]
            assert database.dump() == expected, found[0]
    database.drop()


def left(script: str, done: str) -> str:
    """Return what the `sed` of the script leaves of it."""
    gone = rf"^-- start$.*?^-- go on at {re.escape(done)}$"
    return re.sub(gone, "", script, count=1, flags=re.MULTILINE | re.DOTALL)
