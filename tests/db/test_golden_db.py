"""Whole histories through the vendors' own clients: this repository's, and those of tests/golden."""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.db import sqlite
from tests.db.golden import (
    Engine,
    MariadbEngine,
    MariadbPlace,
    Online,
    Place,
    SqliteEngine,
    SqlitePlace,
    apply,
    online,
)
from tests.db.mariadb_failures import Walk
from tests.db.mariadb_scripts import Script
from tests.db.own_history import OWN, SINGLES, ranges, rows_at
from tests.db.postgres import ROOT
from tests.golden_cases import CASES, DIALECTS, REFUSED, Case, Rendered, render

if TYPE_CHECKING:
    from collections.abc import Iterator


Made = TypeVar("Made", bound=Place)

RENDERED = [
    pytest.param(dialect, case, id=f"{dialect}-{case}")
    for dialect in DIALECTS
    for case in CASES
    if REFUSED not in case.expected(dialect)
]
of_cases = pytest.mark.parametrize(("dialect", "case"), RENDERED)

# Histories with one revision alone, or several heads, have no last step; PostgreSQL's are tried by other tests.
WITH_LAST_STEP = [
    each
    for each in RENDERED
    if each.values[0] != "postgresql"
    and str(each.values[1]) not in {"computed", "several_heads", "depends_on", "offsets"}
]
NOT_RESTORED = {"batch": "what was NULL has become 1"}
"""Histories whose last downgrade, online as well, does not restore what was."""


@pytest.fixture(scope="module")
def alembic() -> Iterator[Online]:
    """Start the process that runs Alembic online."""
    with online() as running:
        yield running


def at_from(engine: Engine[Made], alembic: Online, case: Case, dialect: str, scripts: Rendered) -> Made:
    """Return a database where the case's range begins; nothing is there yet at base."""
    place = engine.create()
    if case.sql(dialect, "before"):
        place.execute(case.sql(dialect, "before"))
    alembic.run(case.root, place.url, scripts.lower)
    return place


def clear(place: Place, case: Case, dialect: str) -> None:
    """Take a database away, with what the case has made outside of it."""
    if case.sql(dialect, "after"):
        place.execute(case.sql(dialect, "after"))
    place.drop()


def scripts_of(case: Case, dialect: str) -> Rendered:
    """Return the scripts."""
    return render(case.root, dialect, [case.range_])[case.range_]


@of_cases
def test_scripts_equal_online_and_rollbacks_restore(
    engine: Engine[Place], alembic: Online, dialect: str, case: Case
) -> None:
    """Up and back: catalog, rows and version rows are those of an asynchronous driver."""
    scripts, states = scripts_of(case, dialect), []
    if case.runs_online:
        place = at_from(engine, alembic, case, dialect, scripts)
        for word in (case.range_.partition(":")[2], f"-{''.join(scripts.lower) or 'base'}"):
            alembic.run(case.root, place.url, [word])
            states.append(place.state())
        clear(place, case, dialect)
    place = at_from(engine, alembic, case, dialect, scripts)
    for text, heads in ((scripts.upgrade, scripts.upper), (scripts.rollback, scripts.lower)):
        apply(place, text, heads)
        assert not states or place.state() == states.pop(0)
    clear(place, case, dialect)


@pytest.mark.parametrize(("dialect", "case"), WITH_LAST_STEP)
def test_the_last_rollback_restores_what_was(engine: Engine[Place], alembic: Online, dialect: str, case: Case) -> None:
    """Between two revisions: after upgrade and rollback the database is as it was, and the upgrade fits again."""
    ranges = ("base:head-1", "head-1:head") if case.range_.startswith("base:") else (case.range_,)
    *below, last = render(case.root, dialect, ranges).values()
    place = at_from(engine, alembic, case, dialect, below[0] if below else last)
    for each in below:
        apply(place, each.upgrade, each.upper)
    before = place.shape()
    apply(place, last.upgrade, last.upper)
    apply(place, last.rollback, last.lower)
    assert (place.shape() == before) == (case.name not in NOT_RESTORED)
    apply(place, last.upgrade, last.upper)
    clear(place, case, dialect)


# Failures


@pytest.mark.parametrize("case", [OWN, *(each.values[1] for each in RENDERED if each.values[0] == "mariadb")], ids=str)
def test_mariadb_goes_on_from_a_failure_at_any_statement(
    mariadb_engine: MariadbEngine, alembic: Online, case: Case
) -> None:
    """With a failure before each statement, and behind each that can't be undone, the rest makes the same."""
    scripts = scripts_of(case, "mariadb")
    whole = at_from(mariadb_engine, alembic, case, "mariadb", scripts)
    apply(whole, scripts.upgrade, scripts.upper)
    expected = [whole.shape()]
    apply(whole, scripts.rollback, scripts.lower)
    expected.append(whole.shape())
    clear(whole, case, "mariadb")
    place = at_from(mariadb_engine, alembic, case, "mariadb", scripts)
    for up in (True, False):
        walk_of(place, case, scripts, up=up).to_the_end()
        assert place.shape() == expected.pop(0)
    clear(place, case, "mariadb")


def walk_of(place: MariadbPlace, case: Case, scripts: Rendered, *, up: bool) -> Walk:
    """Return the way through one of two scripts, and from between two revisions to its end."""

    def rest(heads: tuple[str, ...]) -> Script:
        here, end = ",".join(heads) or "base", ",".join(scripts.upper if up else scripts.lower) or "base"
        range_ = f"{here}:{end}" if up else f"{end}:{here}"
        return script_of(render(case.root, "mariadb", [range_])[range_])

    def script_of(rendered: Rendered) -> Script:
        if up:
            return Script(rendered.upgrade, rendered.lower, rendered.upper)
        return Script(rendered.rollback, rendered.upper, rendered.lower)

    table = ".".join(f"`{name}`" for name in case.version_table)
    asked = f"SELECT version_num FROM {table} ORDER BY 1"
    return Walk(place.database, script_of(scripts), lambda: place.database.query(asked).split(), rest)


# This repository's own history


@pytest.mark.parametrize("dialect", ["mariadb", "sqlite"])
def test_own_history_equals_online_revision_by_revision_and_back(
    engine: Engine[Place], alembic: Online, dialect: str
) -> None:
    """With rows added at each revision: schema and rows are those of an asynchronous driver, and are restored."""
    place, reference, scripts = engine.create(), engine.create(), ranges(dialect)
    before = None
    for range_ in SINGLES:
        lower, _, revision = range_.partition(":")
        rendered = scripts[range_]
        ways = ((rendered.upgrade, rendered.upper, revision), (rendered.rollback, rendered.lower, f"-{lower}"))
        for text, heads, word in (*ways, ways[0]):
            apply(place, text, heads)
            alembic.run(ROOT, reference.url, [word])
            assert place.state() == reference.state(), f"{range_} {word}"
            assert before is None or heads != rendered.lower or place.shape() == before, range_
        for each in (place, reference):
            each.execute(rows_at(revision))
        before = place.shape()
    for range_ in reversed(SINGLES):
        alembic.run(ROOT, reference.url, [f"-{range_.partition(':')[0]}"])
        apply(place, scripts[range_].rollback, scripts[range_].lower)
        assert place.state() == reference.state(), range_
    whole = scripts["base:head"]
    alembic.run(ROOT, reference.url, ["head", "-base"])
    apply(place, whole.upgrade, whole.upper)
    apply(place, whole.rollback, whole.lower)
    assert place.state() == reference.state()
    for each in (place, reference):
        each.drop()


@pytest.mark.parametrize("case", [OWN, *(each.values[1] for each in RENDERED if each.values[0] == "sqlite")], ids=str)
def test_sqlite_keeps_what_was_at_a_failure_at_any_statement(
    sqlite_engine: SqliteEngine, alembic: Online, case: Case
) -> None:
    """Whichever statement or check fails, the file is as a whole revision has left it, and the rest goes on there."""
    scripts = scripts_of(case, "sqlite")
    file = at_from(sqlite_engine, alembic, case, "sqlite", scripts).file
    up = sqlite.Script(scripts.upgrade, scripts.lower, scripts.upper)
    for script in (up, sqlite.Script(scripts.rollback, scripts.upper, scripts.lower)):
        complete = file.copy("complete.db")
        apply(SqlitePlace(complete), script.text, script.upper)
        before = file.path.read_bytes()
        for start, sql in script.places:
            finished = sqlite.shell(file, script.broken_at(start))
            assert (finished.exit_code, "OK:" in finished.stdout) == (sqlite.FAILED_EXIT, False), sql
            assert sqlite.BROKEN_MESSAGE in finished.stderr, f"{sql}\n{finished.output}"
            if file.path.read_bytes() != before:
                go_on(file, case, script, up=script is up)
                assert file.shape() == complete.shape(), sql
                file.path.write_bytes(before)
        shutil.copyfile(complete.path, file.path)


@functools.cache
def rest_of(case: Case, range_: str) -> Rendered:
    """Render what is left, once."""
    return render(case.root, "sqlite", [range_])[range_]


def go_on(file: sqlite.File, case: Case, script: sqlite.Script, *, up: bool) -> None:
    """Run the script that the header names: from where a revision has ended to the end."""
    assert case.name == "revision_by_revision"
    table = '"' + '"."'.join(case.version_table) + '"'
    here = ",".join(str(row[0]) for row in file.query(f"SELECT version_num FROM {table}")) or "base"
    end = ",".join(script.upper) or "base"
    rest = rest_of(case, f"{here}:{end}" if up else f"{end}:{here}")
    apply(SqlitePlace(file), rest.upgrade if up else rest.rollback, script.upper)
