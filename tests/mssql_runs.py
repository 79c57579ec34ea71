"""Scripts for SQL Server, and what would run of them: in which client, on which database."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tests import golden_cases
from tests.mssql_histories import HISTORIES
from tests.sqlcmd import batches
from tests.tsql import Database, Session

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = re.compile(r"^-- \[(\d+)\]", re.MULTILINE)


@cache
def scripts_of(name: str) -> dict[str, str]:
    """Return the scripts of a history by the names of their files; what starts half-way has one."""
    rendered = HISTORIES[name].render()
    made = {f"{name}.upgrade.sql": rendered.upgrade, f"{name}.rollback.sql": rendered.rollback}
    return {file: text for file, text in made.items() if text}


def own_scripts() -> dict[str, str]:
    """Return the scripts of all histories for SQL Server."""
    return {file: text for name in HISTORIES for file, text in scripts_of(name).items()}


@cache
def all_scripts() -> dict[str, str]:
    """Return these, and those of the histories that are written for every dialect."""
    shared = {
        f"{case}.{file}": text
        for case in golden_cases.CASES
        for file, text in golden_cases.found(case, "mssql").items()
        if file != golden_cases.REFUSED
    }
    return {**own_scripts(), **shared}


@cache
def cached_batches(text: str) -> list[str]:
    """Return the batches of a script, which takes longer than to run them."""
    return batches(text)


CLIENTS = ("sqlcmd -b", "sqlcmd", "SSMS")


def run(
    script: str,
    database: Database,
    client: str = "SSMS",
    fails: Callable[[str], bool] = lambda _sql: False,
    between: Callable[[str, Session], None] = lambda _batch, _session: None,
) -> Session:
    """Run a script; `sqlcmd -b` leaves at the first error, sqlcmd at one with state 127, SSMS goes on to the end.

    `between` is what happens before each batch.
    """
    session = Session(database, fails=fails)
    for batch in cached_batches(script):
        between(batch, session)
        session.run(batch)
        if session.errors and (client == "sqlcmd -b" or (client == "sqlcmd" and session.state_127)):
            break
    session.close()
    return session


def starting_at(script: str) -> list[str]:
    """Return the rows that a script wants, as its header names them."""
    found = re.search(r"^--   From +(.*)$", script, re.MULTILINE)
    assert found
    return [] if found[1] == "base" else found[1].split(", ")


THERE = ("CREATE FULLTEXT CATALOG texts", "CREATE FULLTEXT INDEX ON account")


def before(script: str) -> Database:
    """Return a database for a script; at base it has no version table."""
    upgrades = "upgrade script, generated" in script
    return Database(heads=starting_at(script) or None, before=[] if upgrades else [*THERE])


def is_ok(session: Session) -> bool:
    """Tell whether the last line is the one that the header promises."""
    return bool(session.output) and session.output[-1].startswith("OK: database app is at ") and not session.errors
