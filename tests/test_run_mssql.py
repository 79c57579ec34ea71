"""What of a script for SQL Server would run: on which database, in which client, after which failure.

No SQL Server is there: `tsql.py` interprets the frame's own T-SQL, `sqlcmd.py` is a model of the client.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.mssql_histories import History
from tests.mssql_runs import (
    CLIENTS,
    NUMBER,
    all_scripts,
    before,
    cached_batches,
    is_ok,
    own_scripts,
    run,
    scripts_of,
    starting_at,
)
from tests.projects import revs
from tests.tsql import Database, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.mark.parametrize("client", CLIENTS)
def test_where_all_is_well_every_statement_runs_once(client: str) -> None:
    """In order, and the last line says so; the lock is free again."""
    for text in all_scripts().values():
        if "[dbo].[alembic_version]" not in text:
            continue
        session = run(text, before(text), client)
        assert is_ok(session), session.output
        assert len(session.database.executed) == len(NUMBER.findall(text))


WRONG: dict[str, Callable[[list[str]], Database]] = {
    "no version table": lambda _heads: Database(),
    "empty version table": lambda _heads: Database(heads=[]),
    "another revision": lambda _heads: Database(heads=["zz"]),
    "one revision more": lambda heads: Database(heads=[*heads, "zz"]),
    "one revision less": lambda heads: Database(heads=heads[:-1]),
    "another case": lambda heads: Database(heads=[head.upper() for head in heads]),
    "a blank behind": lambda heads: Database(heads=[f"{head} " for head in heads]),
    "two in one row": lambda heads: Database(heads=[", ".join([*heads, "zz"])]),
    "all in one row": lambda heads: Database(heads=[", ".join(heads)]),
    "a foreign marker": lambda heads: Database(heads=[f"{head}:9" for head in heads]),
    "an older server": lambda heads: Database(heads=heads or None, version=12),
    "no version of the server": lambda heads: Database(heads=heads or None, version=None),
    "another default schema": lambda heads: Database(heads=heads or None, schema="app"),
    "a system database": lambda heads: Database(heads=heads or None, name="master"),
    "another run": lambda heads: Database(heads=heads or None, locked_by_other=True),
}


ROWS = list(WRONG)[: list(WRONG).index("an older server")]
"""Those in which the version rows are wrong, if they are for this script."""


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_database_stays_as_it_is(wrong: str, client: str) -> None:
    """No statement runs, whatever the client does after an error, and there is no OK line."""
    for text in own_scripts().values():
        heads = starting_at(text)
        database = WRONG[wrong](heads)
        if wrong in ROWS and (database.heads or []) == heads:
            continue
        rows = [*database.heads] if database.heads is not None else None
        session = run(text, database, client)
        assert session.errors[0].startswith("Msg: REFUSED: "), session.output
        assert client == "SSMS" or len(session.errors) == 1
        assert session.begun == 0
        assert database.executed == []
        assert database.heads == rows
        assert not any(line.startswith("OK") for line in session.output)


def test_a_database_that_is_there_already_has_a_message_of_its_own() -> None:
    """There is nothing to do, which is no reason to look for a mistake."""
    text = scripts_of("chain")["chain.upgrade.sql"]
    session = run(text, Database(heads=["c"]))
    assert session.errors[0] == 'Msg: REFUSED: database "app" is already at c, nothing to do'
    assert run(text, Database(heads=["b"])).errors[0] == ('Msg: REFUSED: database "app" is at b, this script needs a')


def test_an_open_transaction_is_refused_and_left_alone() -> None:
    """It is not the script's to undo."""
    text = scripts_of("chain")["chain.upgrade.sql"]
    session = Session(Database(heads=["a"]))
    session.begin()
    session.execute([])
    for batch in cached_batches(text):
        session.run(batch)
    assert session.errors[0] == "Msg: REFUSED: a transaction is open in this session"
    assert session.transactions == 1
    assert session.database.executed == [""]


def test_a_stated_release_wants_that_server() -> None:
    """2019 is version 15."""
    text = scripts_of("batches")["batches.upgrade.sql"]
    assert is_ok(run(text, Database(version=15)))
    session = run(text, Database(version=16))
    assert session.errors[0] == "Msg: REFUSED: this server is not SQL Server 2019"
    assert not session.database.executed


@pytest.mark.parametrize("name", ["chain", "outside"])
def test_azure_sql_is_not_taken_for_an_old_server(name: str) -> None:
    """It says that it is version 12."""
    text = scripts_of(name)[f"{name}.upgrade.sql"]
    assert is_ok(run(text, replace(before(text), version=12, edition=5)))


def test_line_ends_and_encoding_are_looked_at_where_they_count() -> None:
    """What would be stored otherwise is refused; elsewhere CRLF does no harm."""
    modules, chain = scripts_of("modules")["modules.upgrade.sql"], scripts_of("chain")["chain.upgrade.sql"]
    rows = scripts_of("rows")["rows.upgrade.sql"]

    def crlf(text: str) -> list[str]:
        return [batch.replace("\n", "\r\n") for batch in cached_batches(text)]

    def said(parts: list[str], heads: list[str]) -> Session:
        session = Session(Database(heads=heads or None))
        for part in parts:
            session.run(part)
        return session

    assert said(crlf(modules), []).errors[0].endswith("the line ends of this file have been converted to CRLF")
    assert is_ok(said(crlf(chain), ["a"]))
    misread = rows.encode().decode("cp1252", errors="replace")
    assert run(misread, Database()).errors[0].endswith("this file has not been read as UTF-8")


LOOK = re.compile(r"(?:-- .*\n|\n)*(?:IF @@ERROR|SET NOEXEC OFF;$|IF SESSION_CONTEXT)")


def failures_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield each batch of a script that may fail, with the way in which it does.

    What only looks how the batch before it went can't fail, but may be lost.
    """
    for place, batch in enumerate(cached_batches(text)):
        yield from ((place, how) for how in (("never runs",) if LOOK.match(batch) else ("undoes", "only stops")))


def run_failing(text: str, database: Database, place: int, how: str) -> Session:
    """Run a script in a client that goes on, with one batch that fails."""
    session = Session(database)
    for number, batch in enumerate(cached_batches(text)):
        if number != place or session.noexec:
            session.run(batch)
        elif how != "never runs":
            # an error at run time, or one of the compiler, which undoes nothing
            session.note("injected")
            if how == "undoes":
                session.rollback()
    session.close()
    return session


@pytest.mark.parametrize("name", ["chain", "by_revision", "merge", "outside", "going_on", "going_on_down", "batches"])
def test_a_failure_anywhere_leaves_whole_segments_and_the_same_file_goes_on(name: str) -> None:
    """What is executed fits the version rows; where they are a half-done marker, another run finishes."""
    for text in scripts_of(name).values():
        clean = run(text, before(text)).database
        by_rows = states_of(text)
        for place, how in failures_of(text):
            database = before(text)
            session = run_failing(text, database, place, how)
            reached = tuple(sorted(database.heads or []))
            assert reached in by_rows, (place, how, database)
            executed = len(database.executed)
            assert by_rows[reached] <= executed <= by_rows[reached] + 1, (place, how, session.output)
            assert not is_ok(session) or database == clean, (place, how)
            if any(":" in head for head in reached):
                again = run(text, database)
                assert is_ok(again), (place, how, again.output)
                assert database.heads == clean.heads
                assert set(database.executed) == set(clean.executed)
                assert all(database.executed.count(sql) == 1 for sql in database.executed if "FULLTEXT" in sql)


def states_of(text: str) -> dict[tuple[str, ...], int]:
    """Return how many statements are committed, for each state of the version rows that a script commits."""
    session = Session(before(text))
    found = {tuple(sorted(session.database.heads or [])): 0}
    for batch in cached_batches(text):
        session.run(batch)
        if not session.transactions:
            found.setdefault(tuple(sorted(session.database.heads or [])), len(session.database.executed))
    return found


@pytest.mark.parametrize("name", ["chain", "by_revision", "outside"])
def test_no_statement_runs_behind_one_that_has_failed(name: str) -> None:
    """At every statement; its transaction is undone, in each client."""
    text = scripts_of(name)[f"{name}.upgrade.sql"]
    for number in range(len(NUMBER.findall(text))):
        for client in CLIENTS:
            seen: list[str] = []

            def fails(sql: str, seen: list[str] = seen, number: int = number) -> bool:
                seen.append(sql)
                return len(seen) == number + 1

            database = before(text)
            session = run(text, database, client, fails)
            assert len(seen) == number + 1
            assert len(database.executed) <= number
            assert session.errors
            assert not is_ok(session)


@pytest.mark.parametrize("rows", [["zz"], ["A"], ["a "], ["a", "b"], []])
@pytest.mark.parametrize("client", CLIENTS)
def test_rows_that_somebody_else_changes_meanwhile_stop_the_script(rows: list[str], client: str) -> None:
    """Each transaction looks again, with the table locked."""

    def interfere(_batch: str, session: Session) -> None:
        if session.begun == 1 and not session.transactions and session.database.heads == ["a"]:
            session.database.heads = rows

    session = run(scripts_of("by_revision")["by_revision.upgrade.sql"], Database(), client, between=interfere)
    assert session.errors[0].startswith("Msg: REFUSED: the version table is not as it must be here"), session.output
    assert len(session.database.executed) == 1
    assert session.database.heads == rows
    assert client == "SSMS" or len(session.errors) == 1


def test_a_session_without_its_lock_stops() -> None:
    """A client may connect anew by itself, and another script may have begun."""

    def lose(_batch: str, session: Session) -> None:
        session.holds_lock = session.holds_lock and session.database.heads != ["a"]

    session = run(scripts_of("by_revision")["by_revision.upgrade.sql"], Database(), between=lose)
    assert "this session has lost the lock" in session.errors[0]
    assert session.database.heads == ["a"]
    assert len(session.database.executed) == 1


@pytest.mark.parametrize("trigger", ["undoes the change", "changes more rows"])
def test_a_version_row_that_did_not_change_alone_is_not_committed(trigger: str) -> None:
    """The stamp counts what it has changed, and looks at all rows."""

    def undo(session: Session) -> None:
        session.database.heads = ["b", "c"]

    def count(session: Session) -> None:
        session.rows = 2

    session = Session(Database(heads=["b", "c"]), on_version_change=undo if trigger.startswith("undoes") else count)
    for batch in cached_batches(scripts_of("merge")["merge.upgrade.sql"]):
        session.run(batch)
    assert session.database == Database(heads=["b", "c"])
    assert session.errors
    assert not is_ok(session)


def test_a_window_that_a_failed_run_has_left_is_used_again() -> None:
    """NOEXEC may still be on there."""
    session = Session(Database(heads=["a"]), noexec=True)
    for batch in cached_batches(scripts_of("chain")["chain.upgrade.sql"]):
        session.run(batch)
    assert is_ok(session)


def test_two_scripts_in_one_window_of_ssms() -> None:
    """The second finds neither the state nor the lock of the first."""
    history = History(revs("a; b < a; c < b"), "a:b")
    first, second = history.render(), replace(history, range_="b:c").render()
    session = Session(Database(heads=["a"]))
    for text in (first.upgrade, second.upgrade, second.rollback, first.rollback):
        for batch in cached_batches(text):
            session.run(batch)
    assert not session.errors
    assert session.database.heads == ["a"]
    assert not session.holds_lock
