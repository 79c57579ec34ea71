"""Scripts for Oracle, run on a model of SQL*Plus and of the server: no Oracle was there to run them on."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from changescript.dialects import get_dialect
from changescript.dialects.base import FrameInput
from changescript.dialects.oracle.frame import OracleFrame
from changescript.dialects.oracle.quoting import is_hazardous, q_literal, safe_line
from changescript.dialects.oracle.statements import (
    Compiled,
    compiled_object,
    loses_data,
    mode_of,
    refusal_of,
)
from changescript.errors import ChangescriptError
from changescript.model import Settings, VersionTable
from changescript.segments import Mode, Segment, Stamp
from tests import golden_cases
from tests.oracle_histories import ENV, FOLDER, HISTORIES
from tests.oracle_model import Database, Session
from tests.plsql import Block, OracleError, tokens_of
from tests.projects import Rev
from tests.rendering import Rendered, render
from tests.sqlplus import Client, Surprise, commands, hazards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from changescript.model import Heads

REWRITES = os.environ.get("CHANGESCRIPT_GOLDEN") == "rewrite"
DIRECTIONS = ("upgrade", "rollback")

rendered: Callable[[str], Rendered] = cache(lambda name: HISTORIES[name].render())
SCRIPTS = [(name, direction) for name in HISTORIES for direction in DIRECTIONS]
of_scripts = pytest.mark.parametrize(("name", "direction"), SCRIPTS)


def script_of(name: str, direction: str) -> str:
    """Return one script of a history."""
    text: str = getattr(rendered(name), direction)
    return text


@dataclass(frozen=True)
class Call:
    """One call of `:run`."""

    how: str
    needs: str
    leaves: str
    statement: str
    """Empty where there is none, like `stamp`."""
    stamp: str


@cache
def calls(script: str) -> list[Call]:
    """Return the calls of a script in order, with the values that they hand over."""
    return [call for command in commands(script) if command.kind == "block" for call in _calls_in(command.text)]


def _calls_in(block: str) -> Iterator[Call]:
    tokens = tokens_of(block)
    for at, token in enumerate(tokens):
        if token.text == ":run" and tokens[at + 1].text == "USING":
            end = next(later for later in tokens[at:] if later.text == ";")
            values = [values_of(part) for part in _arguments(block[tokens[at + 2].start : end.start])]
            _, _, how, state, *texts = values
            needs, _, leaves = state.partition(" -> ")
            statement, stamp = (text.strip("\n").removeprefix("no statement") for text in texts)
            yield Call(how, needs, leaves, statement, stamp.removeprefix("no stamp"))


def _arguments(text: str) -> list[str]:
    tokens = tokens_of(text)
    depths = list(accumulate((token.text == "(") - (token.text == ")") for token in tokens))
    commas = [token.start for token, depth in zip(tokens, depths, strict=True) if token.text == "," and not depth]
    return [text[start:end].lstrip(", ") for start, end in pairwise([0, *commas, len(text)])]


def values_of(expression: str) -> str:
    """Return what an expression of PL/SQL is."""
    hosts: dict[str, Any] = {":x": "", ":done": 0}
    Block(f"BEGIN :x := {expression}; END;", Session(Database()), hosts).run()
    return str(hosts[":x"])


def starting_rows(script: str) -> list[str] | None:
    """Return the rows that a script wants at first; None for a database without a version table."""
    needs = re.search(r"WHEN at_\('([^']*)'\) THEN 0\n", script)
    assert needs
    return None if needs[1] == "base" else needs[1].split(", ")


def final_rows(script: str) -> list[str]:
    """Return the rows that it leaves."""
    leaves = re.search(r"'end', '([^']*)'", script)
    assert leaves
    return [] if leaves[1] == "base" else leaves[1].split(", ")


def run(script: str, database: Database, **options: object) -> tuple[int, Session, Client]:
    """Run a script in a session of its own."""
    session = Session(database, failing=list(options.pop("failing", [])))  # type: ignore[call-overload]
    client = Client(session, **options)  # type: ignore[arg-type]
    return client.run(script), session, client


def effects(script: str) -> list[str]:
    """Return the statements of revisions in a script, in order."""
    return [call.statement for call in calls(script) if call.statement and call.how != "session"]


# The goldens, and what the client makes of them


@of_scripts
def test_history_is_rendered_as_written(name: str, direction: str) -> None:
    """To the last byte; CHANGESCRIPT_GOLDEN=rewrite writes them anew."""
    file, text = FOLDER / f"{name}.{direction}.sql", script_of(name, direction)
    if REWRITES:
        file.write_text(text, encoding="utf-8", newline="")
    assert file.read_text(encoding="utf-8") == text


def test_no_golden_is_left_over() -> None:
    """Each file is one that a test reads."""
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.{direction}.sql" for name, direction in SCRIPTS}


@of_scripts
def test_sqlplus_finds_nothing_of_its_own(name: str, direction: str) -> None:
    """No line of a script is one that the client would change, cut off or obey, but those meant for it."""
    script = script_of(name, direction)
    assert hazards(script) == []
    assert [command.kind for command in commands(script)].count("EXIT") == 1


@pytest.mark.parametrize("case", golden_cases.CASES, ids=str)
def test_histories_of_other_databases_hold_no_hazard_either(case: golden_cases.Case) -> None:
    """Each is rendered for Oracle, or refused with a place and a hint."""
    try:
        (made,) = golden_cases.render(case.root, "oracle", [case.range_]).values()
    except ChangescriptError as error:
        assert error.hint or "revision" in str(error)  # noqa: PT017 - one of both outcomes
        return
    for script in made.files.values():
        assert hazards(script) == []
        database = Database(rows=starting_rows(script))
        code, session, client = run(script, database)
        assert (code, database.rows) == (0, final_rows(script)), client.printed
        assert session.printed[-1].startswith("OK: schema APP of database ORCLPDB1 is at ")
        assert database.executed == effects(script)


UNPARSED = (
    (r"(?i)\s*(BEGIN|DECLARE)\b", "PL/SQL"),
    (r"(?i)\s*(CREATE|DROP)\s+(OR REPLACE\s+)?(TRIGGER|PACKAGE)\b", "PL/SQL"),
    (r"(?i)CREATE TABLE [^;]*\bGENERATED BY DEFAULT AS IDENTITY,", "an identity without brackets"),
    (r"(?i)ALTER TABLE \w+ (MODIFY|ADD paid)", "MODIFY, and ADD without COLUMN"),
    (r"(?i)ALTER SESSION|CREATE VIEW .*CHECK OPTION$", "read as a command"),
)
"""What sqlglot can't read, and why: it falls back on a command, or gives up."""


@of_scripts
def test_an_independent_parser_reads_the_statements(name: str, direction: str) -> None:
    """All but those that it does not know."""
    for sql in [text for call in calls(script_of(name, direction)) for text in (call.statement, call.stamp) if text]:
        if any(re.match(pattern, sql, re.DOTALL) for pattern, _ in UNPARSED):
            continue
        (tree,) = sqlglot.parse(sql, read="oracle")
        assert tree is not None
        assert not isinstance(tree, exp.Command), sql


# Control flow


@of_scripts
def test_a_run_executes_every_statement_once_and_ends_at_to(name: str, direction: str) -> None:
    """Exit code 0, and a last line that is computed from the rows."""
    script = script_of(name, direction)
    database = database_for(name, script)
    code, session, _ = run(script, database)
    assert code == 0
    assert database.rows == final_rows(script)
    assert database.executed == effects(script)
    state = ", ".join(final_rows(script)) or "base"
    assert session.printed[-1] == f"OK: schema APP of database ORCLPDB1 is at {state}"
    assert database.holder is None


WRONG: list[list[str] | None] = [None, [], ["zz"], ["A1B2"], ["a1b2", "zz"], ["a1b2", "a1b2"], ["a1b2:0"], ["e5f6:9"]]


@pytest.mark.parametrize("stops", [True, False], ids=["WHENEVER", "a client that goes on"])
@pytest.mark.parametrize("rows", WRONG, ids=str)
def test_nothing_runs_on_a_wrong_database(rows: list[str] | None, *, stops: bool) -> None:
    """Not even where the client goes on after errors."""
    database = Database(rows=rows)
    code, session, client = run(script_of("chain", "upgrade"), database, stops=stops)
    assert (code, database.rows, database.executed) == (1, rows, [])
    assert session.altered == ["ALTER SESSION SET NLS_COMP = 'BINARY'", *session.altered[1:3]]
    shown = ", ".join(rows or []) or "base"
    assert f"is at {shown}, this script needs a1b2" in "\n".join(client.printed)
    assert not any("OK" in line for line in session.printed)


def test_a_row_that_looks_like_several_or_none_is_none_of_those() -> None:
    """The guard compares rows, not only how they are spelled."""
    code, _, client = run(script_of("two_heads", "upgrade"), Database(rows=["base"]))
    assert code == 1
    assert 'is at a row "base", this script needs base' in client.printed[-1]
    rollback = script_of("two_heads", "rollback")
    code, _, client = run(rollback, Database(rows=["left, right"]))
    assert code == 1
    assert "is at left,right, this script needs left, right" in client.printed[-1]
    assert run(rollback, Database(rows=["left", "right"]))[0] == 0


def test_a_database_at_to_has_its_own_message() -> None:
    """It needs nothing."""
    code, _, client = run(script_of("chain", "upgrade"), Database(rows=["e5f6"]))
    assert code == 1
    assert "is already at e5f6, nothing to do" in client.printed[-1]


@pytest.mark.parametrize(
    ("name", "version", "runs"),
    [
        ("chain", (12, 1), False),
        ("chain", (12, 2), True),
        ("chain", (21, 0), True),
        ("chain", (23, 0), False),
        ("release_23", (21, 0), False),
        ("release_23", (23, 4), True),
    ],
)
def test_a_server_of_another_release_is_refused(name: str, version: tuple[int, int], *, runs: bool) -> None:
    """From 23 on sa.Boolean is another column, so a script is for one side of that."""
    script = script_of(name, "upgrade")
    database = Database(rows=starting_rows(script), version=version)
    code, _, client = run(script, database)
    assert (code == 0) is runs
    assert runs or f"this server is Oracle {version[0]}.{version[1]}, this script is for" in client.printed[-1]


FAILING = [
    *(pytest.param(*script, True, id="-".join(script)) for script in SCRIPTS),
    pytest.param("chain", "upgrade", False, id="chain-a client that goes on"),
    pytest.param("modules", "upgrade", False, id="modules-a client that goes on"),
]


@pytest.mark.parametrize(("name", "direction", "stops"), FAILING)
def test_after_a_failure_anywhere_the_same_file_goes_on(name: str, direction: str, *, stops: bool) -> None:
    """What is done stays and is not done again; the rows are those that the header promises."""
    script = script_of(name, direction)
    states = re.findall(r"WHEN at_\('([^']*)'\)", script)
    for call in calls(script):
        for failing in filter(None, (call.statement, call.stamp)):
            database = database_for(name, script)
            code, session, _ = run(script, database, failing=[failing], stops=stops)
            assert code == 1
            assert not any(line.startswith("OK") for line in session.printed)
            assert database.holder is None
            assert database.executed == effects(script)[: len(database.executed)]
            state = ", ".join(database.rows or []) or "base"
            if failing == call.stamp and database.executed[-1:] == [last_apart(script, call)]:
                assert (
                    any("although this statement is done" in line for line in session.printed) or call.how == "commit"
                )
                database.rows = call.leaves.split(", ") if call.leaves != "base" else []
            elif state not in states:
                continue  # between two revisions: the header names another script
            if database.rows != final_rows(script):
                goes_on = (", ".join(database.rows or []) or "base") in states
                assert (run(script, database)[0] == 0) is goes_on
            if database.rows == final_rows(script):
                assert database.executed == effects(script)


def last_apart(script: str, stamped: Call) -> str:
    """Return the statement that a stamp says is done, if it ran in a transaction of its own."""
    made = calls(script)
    before = made[made.index(stamped) - 1] if not stamped.statement and made.index(stamped) else stamped
    same_block = before is stamped or (before.how == "apart" and not before.stamp)
    return before.statement if same_block and before.how == "apart" else "none"


def database_for(name: str, script: str) -> Database:
    """Return a database on which a script may start."""
    return Database(rows=starting_rows(script), version=(23, 0) if name == "release_23" else (19, 0))


HARMLESS = {1, 2, 3, 4}
"""What makes variables empty that are empty anyway, and three settings of the session."""


@of_scripts
def test_a_block_that_the_client_drops_stops_the_script(name: str, direction: str) -> None:
    """SQL*Plus goes on after errors of its own (SP2-...); the next block finds out, and nothing is done twice."""
    script = script_of(name, direction)
    count = sum(command.kind in {"block", "sql"} for command in commands(script))
    for dropped in range(1, count + 1):
        database = database_for(name, script)
        code, session, _ = run(script, database, skip=lambda at, dropped=dropped: at == dropped)
        if dropped in HARMLESS and code == 0:
            continue
        assert code != 0, dropped
        assert not any(line.startswith("OK") for line in session.printed)
        assert database.executed == effects(script)[: len(database.executed)]


def test_of_two_runs_at_once_each_statement_is_executed_once() -> None:
    """Wherever the second one gets in between, and whether both start anew or both go on."""
    script = script_of("chain", "upgrade")
    count = sum(command.kind in {"block", "sql"} for command in commands(script))
    for rows in (["a1b2"], ["e5f6:2"]):
        for at in range(5, count + 1):
            database = Database(rows=list(rows))
            others: list[int] = []

            def between(number: int, at: int = at, database: Database = database, others: list[int] = others) -> bool:
                if number == at:
                    others.append(run(script, database)[0])
                return False

            code = run(script, database, skip=between)[0]
            assert sorted([code, *others]) in ([0, 1], [1, 1]), at
            done = effects(script)[len(effects(script)) - 4 if rows == ["e5f6:2"] else 0 :]
            assert database.executed == done[: len(database.executed)]
            assert 0 not in {code, *others} or database.executed == done


def test_nothing_of_a_failed_transaction_is_left_to_commit() -> None:
    """A client that goes on, and whose user then types COMMIT, makes nothing of it lasting."""
    script = script_of("chain", "upgrade").replace("EXIT :failed ROLLBACK\n", "")
    database = Database(rows=["a1b2"])
    _, session, _ = run(script, database, failing=[effects(script)[4]], stops=False)
    session.commit(apart=False)
    assert (database.rows, database.executed) == (["a1b2"], [])


def test_a_stamp_that_changes_nothing_stops_the_script() -> None:
    """As where a trigger on the version table swallows it."""

    class Deaf(Session):
        def _row(self, gone: str, new: str) -> int:  # noqa: ARG002 - as the model's
            return 1

    database = Database(rows=["a1b2"])
    client = Client(Deaf(database))
    assert client.run(script_of("chain", "upgrade")) == 1
    assert "is at a1b2, not at c3d4" in client.printed[-1]
    assert database.executed == []


def test_what_the_second_of_two_runs_is_told() -> None:
    """Another session holds the table, or has moved the rows."""
    database = Database(rows=["a1b2"])
    database.holder = Session(database)
    code, _, client = run(script_of("chain", "upgrade"), database)
    assert code == 1
    assert "REFUSED: another session holds alembic_version of schema APP" in client.printed[-1]


def test_after_a_lost_connection_the_rows_can_say_that_a_statement_is_done() -> None:
    """DDL and rows can't be committed together: the words above the guard tell what to do."""
    script = script_of("chain", "upgrade")
    lost = next(call.statement for call in calls(script) if call.how == "apart")
    database = Database(rows=["a1b2"])
    with pytest.raises(ConnectionError):
        Client(Session(database, lost=[lost])).run(script)
    assert database.rows == ["e5f6:0"]
    assert database.executed[-1] == lost
    assert "look first whether the work of the statement at which it stopped is there" in script
    database.rows = ["e5f6:1"]
    assert run(script, database)[0] == 0
    assert database.executed == effects(script)


def test_what_is_stored_with_errors_stops_the_script() -> None:
    """SQL*Plus itself only warns; run again, the file goes on with that statement."""
    script = script_of("modules", "upgrade")
    database = Database(rows=["a1b2"], errors={"ACCOUNT_BEFORE": ["PLS-00201: identifier 'X' must be declared"]})
    code, session, client = run(script, database)
    assert code == 1
    assert database.rows == ["m7:0"]
    assert session.printed[-1] == "line 1: PLS-00201: identifier 'X' must be declared"
    assert "FAILED: TRIGGER ACCOUNT_BEFORE is stored, but with errors" in client.printed[-1]
    database.errors.clear()
    assert run(script, database)[0] == 0
    assert database.executed == [effects(script)[0], *effects(script)]


def test_a_run_that_goes_on_repeats_what_changes_the_session() -> None:
    """A new session has none of it."""
    script = script_of("session", "upgrade")
    database = Database(rows=["s1:3"])
    code, session, _ = run(script, database)
    assert code == 0
    assert session.altered[-1] == "ALTER SESSION SET NLS_DATE_FORMAT = 'DD.MM.YYYY'"
    assert session.printed[0].endswith("is at s1:3: going on behind statement 3")


def test_a_client_without_variables_runs_nothing() -> None:
    """Each block begins with one that it does not have."""
    script = re.sub(r"(?m)^VARIABLE .*\n", "", script_of("chain", "upgrade"))
    database = Database(rows=["a1b2"])
    with pytest.raises(AssertionError, match="is not declared"):
        run(script, database)
    assert (database.rows, database.executed) == (["a1b2"], [])
    refused = [command for command in commands(script) if command.kind == "block" and ":run" not in command.text]
    assert all("nls_instance_parameters" in command.text for command in refused)


def test_changed_line_ends_are_refused() -> None:
    """A body would be stored with them."""
    script = script_of("chain", "upgrade").replace("LENGTH(q'[\n]')", "LENGTH(q'[\r\n]')")
    guard = (
        script[script.index("\nDECLARE\n  l_looking") : script.index("\nEND;\n/", script.index("l_looking"))] + "\nEND;"
    )
    hosts = {":failed": None, ":done": None, ":run": None}
    with pytest.raises(OracleError, match="REFUSED: the line ends of this file have been changed"):
        Block(guard, Session(Database(rows=["a1b2"])), hosts).run()


def test_a_client_that_misreads_characters_is_refused() -> None:
    """NLS_LANG says how the client reads the file; without it every letter but ASCII would be another."""
    script = script_of("chain", "upgrade")
    assert "ASCIISTR('ü🏔') <> '\\00FC\\D83C\\DFD4'" in script
    code, _, client = run(script.replace("ASCIISTR('ü", "ASCIISTR('Ã¼"), Database(rows=["a1b2"]))
    assert code == 1
    assert "set NLS_LANG=.AL32UTF8" in client.printed[-1]
    assert "ASCIISTR" not in script_of("merge", "upgrade")


def test_the_block_fits_its_variable() -> None:
    """VARIABLE takes 4000 bytes; names of a version table and its schema have at most 128 each."""
    segment = Segment(("a",), (Stamp(("a",), ("b",)),))
    table = VersionTable("T" * 126 + "é", "S" * 126 + "é")
    frame = OracleFrame(FrameInput(("a",), ("b",), (segment,), table, Settings(lock_timeout="1000000s")))
    guard = frame.opening()[1].text.removesuffix("\n/")
    hosts = {":failed": None, ":done": None, ":run": None}
    Block(guard[guard.index("\nDECLARE\n") :], Session(Database(rows=["a"])), hosts).run()
    assert len(str(hosts[":run"]).encode()) <= 4000


# Text as a literal

NASTY = st.text(alphabet=st.sampled_from("aé'-/.#@&;:~ \t[]{}<>()!^|\n\"\\\x07\u202e🏔"), max_size=60)


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_a_literal_is_its_text_and_shows_no_hazard(text: str) -> None:
    """Whatever stands in it; the client reads the lines of the literal, the server its value."""
    expression = q_literal(text)
    block = f"BEGIN EXECUTE IMMEDIATE :run USING :done, 1, 'joins', 'a', {expression}; :done := 1; END;"
    assert hazards(block) == []
    assert values_of(expression) == f"\n{text}\n"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 9000,
        "é" * 40_000,
        "\n".join(f"line {number} '" for number in range(9000)),
        "a & b\n" * 3000,
        "]' }' >' )'",
    ],
)
def test_no_literal_is_longer_than_plsql_takes(text: str) -> None:
    """A piece has at most 32767 bytes, a line at most 2499, and the whole is the text."""
    expression = q_literal(text)
    assert max(len(line.encode()) for line in expression.split("\n")) < 2500
    pieces = [token.text for token in tokens_of(expression) if token.kind in {"q", "text"}]
    assert max(len(piece.encode()) for piece in pieces) <= 32767
    assert values_of(expression) == f"\n{text}\n"
    assert "TO_CLOB" in expression or len(text.encode()) < 32000


def test_lines_that_no_client_minds_are_shown_as_they_are() -> None:
    """A reviewer reads the statement, not a concatenation."""
    for line in ("", "SELECT a / b", "-- a comment; it's", "\tx := y;", "a - b", "Zürich", "it's @ home # 5"):
        assert not is_hazardous(line)
        assert q_literal(line) == f"q'[\n{line}\n]'"


def test_comments_of_outside_text_end_in_no_hyphen_and_ask_for_nothing() -> None:
    """The header stands before SET DEFINE OFF."""
    assert safe_line("--   Change       R&D -") == r"--   Change       R\u0026D \u002d"
    assert safe_line("--") == "-- ."
    assert len(safe_line("-- " + "x" * 9000).encode()) < 2500


@settings(max_examples=12, deadline=None)
@given(NASTY, NASTY, NASTY)
def test_nasty_text_goes_through_everything_unharmed(message: str, value: str, comment: str) -> None:
    """Messages, values, comments and raw SQL, from the revision to the model of the server."""
    raw = re.sub(r"[':\n\t\"]", "", comment).replace("*/", "")
    upgrade = (
        f"t = op.create_table('t', sa.Column('x', sa.Text(), comment={comment!r}), comment={comment!r})\n"
        f"op.bulk_insert(t, [{{'x': {value!r}}}])\n"
        f"op.execute({f'UPDATE t SET x = 1 /* {raw} -'!r} '\\n/\\n.\\n*/ -- {raw.encode().hex()}-')"
    )
    try:
        script = render([Rev("a", upgrade=upgrade, message=message.replace("\n", " "))], env_py=ENV).upgrade
    except ChangescriptError:
        return
    assert hazards(script) == []
    database = Database()
    assert run(script, database)[0] == 0
    assert database.executed == effects(script)


def test_the_model_sees_what_the_client_would_do() -> None:
    """Else all of the above would prove nothing."""
    lines = ["BEGIN", "x;", "END;", "/"]
    assert len(list(commands("\n".join(lines)))) == 1
    for line in ("a & b", "a -", "a -  ", ".", " / ", "#x", "@x", "x" * 2500, "\x07"):
        with pytest.raises(Surprise):
            list(commands("\n".join([*lines[:2], line, *lines[2:]])))
    with pytest.raises(Surprise):
        list(commands("BEGIN\nEND;"))
    assert hazards("a & b;\n.\nx;\n/") == ["a & b;", "."]


# Statements


@pytest.mark.parametrize(
    ("sql", "mode"),
    [
        ("INSERT INTO t VALUES (1)", Mode.JOINS),
        ("/* so */ -- and so\nSELECT 1 FROM dual", Mode.JOINS),
        ("MERGE INTO t USING dual ON (1 = 0) WHEN NOT MATCHED THEN INSERT (x) VALUES (1)", Mode.JOINS),
        ("ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY'", Mode.JOINS),
        ("SET ROLE ALL", Mode.JOINS),
        ("SAVEPOINT a", Mode.JOINS),
        ("ROLLBACK TO a", Mode.JOINS),
        ("LOCK TABLE t IN SHARE MODE", Mode.JOINS),
        ("CREATE TABLE t (x INT)", Mode.OUTSIDE),
        ("TRUNCATE TABLE t", Mode.OUTSIDE),
        ("COMMENT ON TABLE t IS 'x'", Mode.OUTSIDE),
        ("GRANT SELECT ON t TO u", Mode.OUTSIDE),
        ("CALL p()", Mode.OUTSIDE),
        ("BEGIN NULL; END;", Mode.OUTSIDE),
        ("SOMETHING new", Mode.OUTSIDE),
    ],
)
def test_what_may_commit_by_itself_is_outside_a_transaction(sql: str, mode: Mode) -> None:
    """Only what is known to leave a transaction open joins one."""
    assert mode_of(sql, autocommit=False) is mode
    assert mode_of(sql, autocommit=True) is (Mode.ALONE if mode is Mode.JOINS else mode)


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("COMMIT", "transaction"),
        ("ROLLBACK", "transaction"),
        ("SET TRANSACTION READ ONLY", "transaction"),
        ("ALTER SYSTEM FLUSH SHARED_POOL", "server"),
        ("ALTER DATABASE OPEN", "server"),
        ("ALTER PLUGGABLE DATABASE x OPEN", "server"),
        ("SHUTDOWN", "server"),
        ("ALTER SESSION SET CURRENT_SCHEMA = other", "CURRENT_SCHEMA"),
        ("ALTER SESSION SET nls_sort = 'X' isolation_level = SERIALIZABLE", "ISOLATION_LEVEL"),
        ("ALTER SESSION SET CONTAINER = pdb", "CONTAINER"),
        ("ALTER SESSION DISABLE COMMIT IN PROCEDURE", "COMMIT"),
        ("EXEC p", "SQL*Plus"),
        ("execute p", "SQL*Plus"),
        ("SET DEFINE OFF", "SQL*Plus"),
        ("PROMPT x", "SQL*Plus"),
        ("WITH FUNCTION f RETURN INT IS BEGIN RETURN 1; END; SELECT f FROM dual", "BEGIN ... END"),
        ("UPDATE t SET x = :x", "parameter"),
        ("BEGIN p(:1); END;", "parameter"),
        ("UPDATE t SET x = 'it''s", "never closed"),
        ("UPDATE t SET x = 1 /* open", "never closed"),
        ("UPDATE t SET x = '\0'", "NUL"),
        ("UPDATE t SET x = '\ud800'", "surrogate"),
    ],
)
def test_what_no_script_can_hold_is_refused(sql: str, reason: str) -> None:
    """The reason says what stands in the way; values are no part of it."""
    assert reason in (refusal_of(sql) or "")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE t SET x = ':x -\n/\n.\n#x & @y', y = q'[:z]' -- :a -",
        "CREATE TRIGGER t BEFORE INSERT ON t FOR EACH ROW BEGIN :new.x := 1; END;",
        "SET CONSTRAINTS ALL DEFERRED",
        "SET ROLE ALL",
        "CREATE DATABASE LINK l CONNECT TO u IDENTIFIED BY p USING 'x'",
        "ALTER SESSION SET NLS_DATE_FORMAT = 'CURRENT_SCHEMA'",
        "ROLLBACK TO SAVEPOINT a",
        'CREATE TABLE "COMMIT" ("SET" INT)',
    ],
)
def test_what_only_looks_dangerous_passes(sql: str) -> None:
    """A statement is text in a literal: nothing in it can do the client harm."""
    assert refusal_of(sql) is None


@pytest.mark.parametrize(
    ("sql", "loses"),
    [
        ("UPDATE t SET x = 1", True),
        ("DELETE FROM t", True),
        ("TRUNCATE TABLE t", True),
        ("DROP TABLE t", True),
        ("DROP SEQUENCE s", True),
        ("DROP MATERIALIZED VIEW v", True),
        ("DROP INDEX i", False),
        ("DROP VIEW v", False),
        ("ALTER TABLE t DROP COLUMN x", True),
        ("ALTER TABLE t DROP (x)", True),
        ("ALTER TABLE t SET UNUSED (x)", True),
        ("ALTER TABLE t TRUNCATE PARTITION p", True),
        ("ALTER TABLE t DROP CONSTRAINT c", False),
        ("ALTER TABLE t DROP PRIMARY KEY", False),
        ("ALTER TABLE t MODIFY x NUMBER(5)", False),
        ("ALTER TABLE t ADD x INT", False),
        ("MERGE INTO t USING u ON (t.x = u.x) WHEN MATCHED THEN UPDATE SET t.y = u.y", True),
        ("MERGE INTO t USING u ON (t.x = u.x) WHEN NOT MATCHED THEN INSERT (x) VALUES (1)", False),
        ("BEGIN DELETE FROM t; END;", True),
        ("BEGIN p; END;", False),
        ("INSERT INTO t VALUES ('DELETE')", False),
    ],
)
def test_what_loses_data_is_known(sql: str, *, loses: bool) -> None:
    """The header says so of these statements."""
    assert loses_data(sql) is loses


@pytest.mark.parametrize(
    ("sql", "compiled"),
    [
        ("create or replace trigger t_bi before insert on t begin null; end;", Compiled("TRIGGER", "", "T_BI")),
        ('CREATE EDITIONABLE PROCEDURE app."Do it" IS BEGIN NULL; END;', Compiled("PROCEDURE", "APP", "Do it")),
        ("CREATE PACKAGE BODY p AS END;", Compiled("PACKAGE BODY", "", "P")),
        ("CREATE TYPE BODY app.t AS END;", Compiled("TYPE BODY", "APP", "T")),
        ("CREATE FUNCTION IF NOT EXISTS f RETURN INT IS BEGIN RETURN 1; END;", Compiled("FUNCTION", "", "F")),
        ("ALTER PROCEDURE p COMPILE", Compiled("PROCEDURE", "", "P")),
        ("ALTER TRIGGER t DISABLE", None),
        ("CREATE TABLE t (x INT)", None),
        ("CREATE VIEW trigger_view AS SELECT 1 x FROM dual", None),
        ("DROP PROCEDURE p", None),
    ],
)
def test_what_a_statement_compiles_is_known_by_the_name_in_the_catalog(sql: str, compiled: Compiled | None) -> None:
    """ALL_ERRORS has it in capitals unless it is quoted."""
    assert compiled_object(sql) == compiled


@pytest.mark.parametrize(
    ("setting", "seconds", "wait"),
    [
        ("5s", 5, " WAIT 5"),
        ("200ms", 1, " WAIT 1"),
        ("1500", 2, " WAIT 2"),
        ("2min", 120, " WAIT 120"),
        ("0", 10**6, ""),
    ],
)
def test_a_lock_timeout_is_in_whole_seconds(setting: str, seconds: int, wait: str) -> None:
    """For DDL and for the version table; 0 is no limit."""
    needs: Heads = ("a",)
    segment = Segment(needs, (Stamp(needs, ("b",)),))
    frame = OracleFrame(FrameInput(needs, ("b",), (segment,), VersionTable(), Settings(lock_timeout=setting)))
    text = "\n".join(section.text for section in frame.opening())
    assert f"ALTER SESSION SET DDL_LOCK_TIMEOUT = {seconds}\n" in text
    assert f"'LOCK TABLE ' || l_table || ' IN EXCLUSIVE MODE{wait}'" in text


def test_the_record_says_how_to_run_it() -> None:
    """The command of the header, and what it depends on."""
    dialect = get_dialect("oracle")
    assert dialect.releases == ("12.2", "18", "19", "21", "23")
    header = script_of("from_base", "upgrade").partition("\n\n")[0]
    for line in (
        "Run          NLS_LANG=AMERICAN_AMERICA.AL32UTF8 sqlplus -L -S USER@DATABASE @upgrade.sql",
        "Refuses      any database that is not exactly at base or half-way through this script",
        "in statements 1-4: those before the one that has failed stay, alembic_version says",
        "a1b2:0 to a1b2:3; mend the cause and run this file again, it goes on there",
        "Settings     lock_timeout 5s",
    ):
        assert line in header


def test_what_the_release_decides() -> None:
    """As SQLAlchemy does once it is connected: BOOLEAN from 23 on, JSON from 21 on."""
    assert "is_open BOOLEAN" in script_of("release_23", "upgrade")
    assert "is_open SMALLINT" in script_of("from_base", "upgrade")
    column = "op.bulk_insert(sa.table('b', sa.column('x', sa.Boolean)), [{'x': True}])"
    for release, written in {"21": "(1)", "23": "(TRUE)"}.items():
        assert written in render([Rev("b", upgrade=column)], env_py=ENV, server_version=release).upgrade
    revision = Rev("j", upgrade='op.create_table("j", sa.Column("x", sa.JSON()))')
    for release, written in {"19": "x BLOB", "21": "x JSON"}.items():
        assert written in render([revision], env_py=ENV, server_version=release).upgrade
    with pytest.raises(ChangescriptError, match="a BLOB up to Oracle 19"):
        render([revision], env_py=ENV)
