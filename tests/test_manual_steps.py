"""Manual steps of hand-written SQL: what is read of them, and how scripts for servers that are not here stop."""

from __future__ import annotations

import re

import pytest

from changescript.errors import RevisionError
from tests import mssql_runs, oracle_model, tsql
from tests.projects import Rev
from tests.rendering import render_one
from tests.sqlplus import Client

REVISIONS = [Rev("a"), Rev("b", ("a",)), Rev("c", ("b",))]
UP = """\
-- MANUAL STEP: stop 'them', 100% & ]' all -
CREATE TABLE t_b (id int);
-- MANUAL STEP: rotate the keys
INSERT INTO t_b VALUES (1);
-- MANUAL STEP: start them
"""
SAID = ["stop 'them', 100% & ]' all -", "rotate the keys", "start them"]
DOWN = "DROP TABLE t_b;\n-- MANUAL STEP: tell them\n"
STATES = ["a", "b:2", "b:4", "c"]
"""Where the upgrade stops, one after another."""


def script(dialect: str, up: str = UP, *, rollback: bool = False) -> str:
    """Return a script of a range with a revision that somebody has written by hand."""
    written = {f"b.{dialect}.upgrade.sql": up, f"b.{dialect}.downgrade.sql": DOWN}
    return render_one(REVISIONS, dialect, "a:c", rollback=rollback, written=written)


def variables(text: str) -> list[str]:
    """Return the names of the variables that a script asks for, in its order."""
    return list(dict.fromkeys(re.findall(r"changescript[_.]manual_\w+", text)))


# What is read


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("-- Manual step: rotate the keys", "a comment that looks like a manual step"),
        ("-- MANUAL STEP rotate the keys", "a comment that looks like a manual step"),
        ("/* MANUAL STEP: rotate the keys */", "a comment that looks like a manual step"),
        ("SELECT 1; -- MANUAL STEP: rotate the keys", "a comment that looks like a manual step"),
        ("--MANUAL-STEP: x", "a comment that looks like a manual step"),
        ("-- MANUAL STEP:", "a manual step that does not say what to do"),
        ("-- MANUAL STEP:   ", "a manual step that does not say what to do"),
        ("SELECT '\n-- MANUAL STEP: in a text\n';", "a quote or comment that is never closed"),
    ],
)
def test_what_may_be_meant_as_a_manual_step_is_never_taken_for_a_comment(line: str, why: str) -> None:
    """It is refused with its line."""
    with pytest.raises(RevisionError, match=rf"revision b \(migrations/versions/b\.sqlite\.upgrade\.sql:\d+\): {why}"):
        script("sqlite", f"SELECT 1;\n{line}\nSELECT 2;\n")


@pytest.mark.parametrize("line", ["-- MANUAL STEP: wait", "--MANUAL STEP:wait", "  -- MANUAL STEP:   wait  "])
def test_manual_step_is_a_line_of_its_own(line: str) -> None:
    """Blanks don't count."""
    text = script("sqlite", f"SELECT 1;\n{line}\nSELECT 2;\n")
    assert "MANUAL STEP b_1: wait'" in text.replace("; '", "'")
    assert "\n-- [2] MANUAL STEP  " in text


def test_ids_that_differ_have_variables_that_differ() -> None:
    """Neither PostgreSQL nor MySQL tells upper from lower case in them, and they take not every sign or length."""
    ids = ["b", "B", "a.b", "a_b", "A_b", "b_1", "x" * 28, "x" * 29, "x" * 32, "X" * 32]
    found = set()
    for id_ in ids:
        written = {f"{id_}.mariadb.upgrade.sql": "-- MANUAL STEP: x\n-- MANUAL STEP: y\n"}
        names = variables(render_one([Rev(id_)], "mariadb", "base:head", written=written))
        assert len(names) == 2
        assert all(re.fullmatch(r"[a-z0-9_]{1,64}", name) for name in names)
        found.update(names)
    assert len(found) == 2 * len(ids)


def test_variable_of_an_upgrade_says_nothing_of_a_rollback() -> None:
    """They are different steps."""
    assert variables(script("sqlite")) == [f"changescript_manual_b_{number}" for number in (1, 2, 3)]
    assert variables(script("sqlite", rollback=True)) == ["changescript_manual_b_down_1"]


def test_header_tells_of_the_steps_and_of_the_way_on() -> None:
    """Before anybody runs it."""
    text = script("sqlite")
    assert "--   Manual       stops at statement 1, and says there how to go on: stop 'them'" in text
    assert "at statement 3, and says there how to go on: rotate the keys" in text
    assert "Refuses      any database that is not exactly at a; nothing is changed then" in text
    assert "half-way" in script("postgresql").partition("Refuses")[2].partition("If it fails")[0]


@pytest.mark.parametrize("dialect", ["redshift"])
def test_dialect_of_which_too_little_is_known_has_none(dialect: str) -> None:
    """Then the range is to be cut there."""
    with pytest.raises(RevisionError, match="can't stop for a manual step") as refused:
        script(dialect)
    assert refused.value.hint == "cut the range there: one script up to the step, one behind it"


# SQL Server


def run_mssql(text: str, database: tsql.Database, client: str, *done: str) -> tsql.Session:
    """Run a script behind a file that says what has been done, as `sqlcmd -i done.sql,upgrade.sql` does."""
    lines = [f"EXEC sys.sp_set_session_context N'{name}', N'done'\nGO\n" for name in done]
    return mssql_runs.run("".join(lines) + text, database, client)


@pytest.mark.parametrize("client", mssql_runs.CLIENTS)
def test_script_for_sql_server_stops_and_goes_on(client: str) -> None:
    """In every client, also in one that goes on after errors; each statement is executed once."""
    text, database = script("mssql"), tsql.Database(heads=["a"])
    for state, step, said in zip(STATES[:-1], variables(text), SAID, strict=True):
        for done in ((), ("changescript_manual_b_9",)):
            session = run_mssql(text, database, client, *done)
            assert session.errors[0] == f"Msg: MANUAL STEP {step.removeprefix('changescript_manual_')}: {said}"
            assert database.heads == [state]
            (how,) = [line for line in session.output if line.startswith("When it is done")]
            assert f"EXEC sys.sp_set_session_context N'{step}', N'done' and GO into a file done.sql" in how
            assert how.endswith(": sqlcmd -S SERVER -d DATABASE -X -b -x -I -f 65001 -i done.sql,upgrade.sql")
        before = list(database.executed)
        session = run_mssql(text, database, client, step)
        assert database.executed[: len(before)] == before
        if step != variables(text)[-1]:
            assert session.errors
    assert mssql_runs.is_ok(session)
    assert database.heads == ["c"]
    assert [sql.split()[0] for sql in database.executed] == ["CREATE", "INSERT", "CREATE"]


@pytest.mark.parametrize("client", mssql_runs.CLIENTS)
def test_script_for_sql_server_refuses_a_wrong_database_before_a_manual_step(client: str) -> None:
    """Whatever has been done."""
    text = script("mssql")
    for heads in (["zz"], ["a", "zz"], [], ["b:9"], None):
        database = tsql.Database(heads=heads)
        for done in ((), variables(text)):
            session = run_mssql(text, database, client, *done)
            assert session.errors[0].startswith("Msg: REFUSED: ")
            assert not any("MANUAL STEP" in line for line in session.output)
            assert (database.heads, database.executed) == (heads, [])


# Oracle


def run_oracle(
    text: str, database: oracle_model.Database, done: str | None, *, stops: bool
) -> tuple[int, oracle_model.Session, Client]:
    """Run a script in a session whose client info has been set, as done.sql does."""
    session = oracle_model.Session(database, client_info=done)
    client = Client(session, stops=stops)
    return client.run(text), session, client


@pytest.mark.parametrize("stops", [True, False])
def test_script_for_oracle_stops_and_goes_on(*, stops: bool) -> None:
    """In SQL*Plus, and in a client that goes on after errors; each statement is executed once."""
    text, database = script("oracle"), oracle_model.Database(rows=["a"])
    names = variables(text)
    for state, step, said in zip(STATES[:-1], names, SAID, strict=True):
        for done in (None, "changescript_manual_b_9", "done"):
            code, session, client = run_oracle(text, database, done, stops=stops)
            assert code == 1
            told = f"MANUAL STEP {step.removeprefix('changescript_manual_')}: {said}"
            assert any(line.endswith(told) for line in client.printed), client.printed
            assert database.rows == [state]
            (how,) = [line for line in session.printed if line.startswith("When it is done")]
            assert f"EXEC DBMS_APPLICATION_INFO.SET_CLIENT_INFO('{step}') and @upgrade.sql into a file done.sql" in how
            assert how.endswith("and run: NLS_LANG=AMERICAN_AMERICA.AL32UTF8 sqlplus -L -S USER@DATABASE @done.sql")
        code, session, client = run_oracle(text, database, step, stops=stops)
    assert (code, database.rows) == (0, ["c"])
    assert session.printed[-1] == "OK: schema APP of database ORCLPDB1 is at c"
    assert [sql.split()[0] for sql in database.executed] == ["CREATE", "INSERT", "CREATE"]


def test_script_for_oracle_refuses_a_wrong_database_before_a_manual_step() -> None:
    """Whatever has been done."""
    text = script("oracle")
    for rows in (["zz"], ["a", "zz"], [], ["b:9"], None):
        for done in (None, *variables(text)):
            for stops in (True, False):
                database = oracle_model.Database(rows=rows)
                code, session, client = run_oracle(text, database, done, stops=stops)
                assert code == 1
                assert "REFUSED: " in client.printed[0]
                assert not any("MANUAL STEP" in line for line in [*client.printed, *session.printed])
                assert (database.rows, database.executed) == (rows, [])


def test_name_of_a_variable_fits_into_what_a_session_of_oracle_tells_of_itself() -> None:
    """64 bytes; the longest id, and the way down."""
    id_ = "x" * 32
    written = {f"{id_}.oracle.downgrade.sql": "-- MANUAL STEP: x\n" * 12}
    text = render_one([Rev(id_)], "oracle", "base:head", rollback=True, written=written)
    assert len(variables(text)) == 12
    assert max(map(len, variables(text))) <= 64
