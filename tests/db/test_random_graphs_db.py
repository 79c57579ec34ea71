"""Random histories on real servers: guards, stamps and order of every range fit, whatever the graph looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.db import golden
from tests.db.golden import Online, PostgresPlace, SqlitePlace
from tests.db.sqlite import SHELL, File
from tests.golden_cases import render
from tests.projects import make_project
from tests.random_graphs import Graph, random_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.db.postgres import Database, Server

ENV_PY = (Path(golden.__file__).parents[1] / "golden" / "env.py").read_text()
REVISIONS, LINKS = 9, 4
MOST = 12
"""Other states that a script is tried in on SQLite."""
Way = tuple[frozenset[str], frozenset[str]]
"""Revisions that are applied before it, and after it."""

# All that the revisions make: tables and their indexes.
_MADE = """
SELECT relname, relkind = 'r' FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Known(PostgresPlace):
    """A database of PostgreSQL whose state two queries tell, because pg_dump takes its time."""

    def state(self) -> str:
        """Return all tables with their rows."""
        made = self.database.query(_MADE)
        tables = [line.removesuffix("|t") for line in made.split("\n") if line.endswith("|t")]
        rows = " UNION ALL ".join(f"SELECT '{name}', found::text FROM {name} AS found" for name in tables)
        return made + self.database.query(f"{rows} ORDER BY 1, 2")

    def untouched(self) -> str:
        """Return the same."""
        return self.state()


@dataclass(frozen=True, slots=True)
class Whole(SqlitePlace):
    """A file whose bytes can be compared where nothing may have changed."""

    def execute(self, sql: str) -> None:
        """Run SQL, and don't wait for the disk."""
        self.file.execute(f"PRAGMA synchronous = OFF; {sql}")

    def untouched(self) -> bytes:
        """Return all of it."""
        return self.file.path.read_bytes()


Place = Known | Whole


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of one range, and the states that it leads from and to."""

    lower: frozenset[str]
    upper: frozenset[str]
    upgrade: str
    rollback: str


@pytest.fixture(scope="module")
def alembic() -> Iterator[Online]:
    """Start the process that runs Alembic online."""
    with golden.online() as running:
        yield running


def rendered(graph: Graph, root: Path, dialect: str, ways: Sequence[Way]) -> list[Scripts]:
    """Return the scripts from and to each of these states, of a project that is written for it."""
    make_project(root, graph.revisions, ENV_PY)
    with (root / "alembic.ini").open("a", encoding="utf-8") as ini:
        ini.write("[configure]\n")
    found = render(root, dialect, [graph.range_of(*way) for way in ways])
    made = []
    for lower, upper in ways:
        scripts = found[graph.range_of(lower, upper)]
        assert (scripts.lower, scripts.upper) == (graph.tops(lower), graph.tops(upper))
        made.append(Scripts(lower, upper, scripts.upgrade, scripts.rollback))
    return made


def ways_of(graph: Graph, seed: int) -> list[Way]:
    """Return the links of a chain from base to heads, and the whole way."""
    chain = graph.chain(seed, LINKS)
    return list(dict.fromkeys([*pairwise(chain), (chain[0], chain[-1])]))


def prove(
    graph: Graph,
    made: list[Scripts],
    places: tuple[Place, Place],
    upgrade_online: Callable[[tuple[str, ...]], None],
    wrong: Callable[[list[frozenset[str]]], list[frozenset[str]]],
) -> None:
    """Run every script where it belongs and where it does not, beside a database that Alembic has upgraded itself."""
    place, other = places
    *links, whole = made
    upgrade_online(())
    online = [other.state()]
    golden.apply(place, links[0].upgrade, graph.tops(links[0].upper))
    golden.apply(place, links[0].rollback, ())
    assert place.state() == online[0], "the table of versions alone"
    for link in links:
        upgrade_online(graph.tops(link.upper))
        online.append(other.state())
        refuse_elsewhere(graph, place, link.upgrade, link.lower, wrong)
        for text, state, heads in (
            (link.upgrade, online[-1], link.upper),
            (link.rollback, online[-2], link.lower),
            (link.upgrade, online[-1], link.upper),
        ):
            golden.apply(place, text, graph.tops(heads))
            assert place.state() == state
    for link, state in zip(reversed(links), reversed(online[:-1]), strict=True):
        refuse_elsewhere(graph, place, link.rollback, link.upper, wrong)
        golden.apply(place, link.rollback, graph.tops(link.lower))
        assert place.state() == state
    for text, state, heads in ((whole.upgrade, online[-1], whole.upper), (whole.rollback, online[0], whole.lower)):
        golden.apply(place, text, graph.tops(heads))
        assert place.state() == state


def refuse_elsewhere(
    graph: Graph,
    place: Place,
    text: str,
    needs: frozenset[str],
    wrong: Callable[[list[frozenset[str]]], list[frozenset[str]]],
) -> None:
    """Run a script on a database that says that it is in another state of the graph; it stays as it is."""
    for state in wrong([state for state in graph.states if state != needs]):
        set_rows(place, graph.tops(state))
        before = place.untouched()
        finished = place.run(text)
        assert finished.exit_code != 0
        assert "REFUSED: " in finished.output
        assert place.untouched() == before
    set_rows(place, graph.tops(needs))


def set_rows(place: Place, heads: tuple[str, ...]) -> None:
    """Make alembic_version hold exactly these rows."""
    values = ", ".join(f"('{head}')" for head in heads)
    place.execute(f"DELETE FROM alembic_version; {f'INSERT INTO alembic_version VALUES {values};' if heads else ''}")


def upgrades(alembic: Online, root: Path, place: Place) -> Callable[[tuple[str, ...]], None]:
    """Return what upgrades a database online; to nothing, it makes the table of versions."""
    return lambda heads: alembic.run(root, place.url, heads or ("base",))


@pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")
@pytest.mark.parametrize("seed", range(4))
def test_any_graph_goes_up_and_down_on_postgresql(server: Server, alembic: Online, tmp_path: Path, seed: int) -> None:
    """Ranges between several heads, chained and as a whole; no script runs where two other states of the graph are."""
    graph = random_graph(seed, REVISIONS)
    root = tmp_path / "project"
    made = rendered(graph, root, "postgresql", ways_of(graph, seed))
    databases: list[Database] = [server.create_database() for _ in range(2)]
    place, other = (Known(database) for database in databases)
    prove(
        graph,
        made,
        (place, other),
        upgrades(alembic, root, other),
        lambda states: [states[seed % len(states)], states[-1 - seed]],
    )
    for database in databases:
        database.drop()


@pytest.mark.parametrize("seed", range(100, 107))
def test_any_graph_goes_up_and_down_on_sqlite(alembic: Online, tmp_path: Path, seed: int) -> None:
    """The same; and no script runs in other states of the graph."""
    if SHELL is None:
        pytest.skip("no sqlite3: apt-get install sqlite3 brings it")
    graph = random_graph(seed, REVISIONS)
    root = tmp_path / "project"
    made = rendered(graph, root, "sqlite", ways_of(graph, seed))
    place, other = (Whole(File(tmp_path / name)) for name in ("script.db", "online.db"))
    place.file.path.touch()
    prove(
        graph, made, (place, other), upgrades(alembic, root, other), lambda states: states[:: 1 + len(states) // MOST]
    )


@pytest.mark.parametrize("seed", range(200, 206))
def test_way_back_stops_above_a_revision_that_has_none(tmp_path: Path, seed: int) -> None:
    """In any graph: what was applied behind it is taken back, it stays with all before it, and both scripts say so."""
    if SHELL is None:
        pytest.skip("no sqlite3: apt-get install sqlite3 brings it")
    graph = random_graph(seed, REVISIONS)
    whole = frozenset(graph.ids)
    (scripts,) = rendered(graph, tmp_path / "project", "sqlite", [(frozenset(), whole)])
    order = list(dict.fromkeys(re.findall(r"^-- \d+ of \d+   (\w+) ", scripts.upgrade, re.MULTILINE)))
    stays = order[seed % len(order)]
    kept = frozenset(order[: order.index(stays) + 1])
    lasting = Graph(
        tuple(replace(rev, downgrade="raise ValueError()") if rev.id == stays else rev for rev in graph.revisions),
        graph.labels,
    )
    stops, kept_alone = rendered(lasting, tmp_path / "lasting", "sqlite", [(frozenset(), whole), (frozenset(), kept)])
    place, other = (Whole(File(tmp_path / name)) for name in ("script.db", "other.db"))
    for each in (place, other):
        each.file.path.touch()
    golden.apply(place, stops.upgrade, graph.tops(whole))
    if kept == whole:
        assert "--   STOPS        at once, at " in stops.rollback
    else:
        assert f"--   STOPS        before base, at {stays} (" in stops.rollback
        golden.apply(place, stops.rollback, graph.tops(kept))
    assert f"it does not lead back to base, but stops at {stays} (" in " ".join(stops.upgrade.split("\n--" + " " * 16))
    golden.apply(other, kept_alone.upgrade, graph.tops(kept))
    assert place.state() == other.state()


def test_random_graphs_hold_all_that_is_to_be_tried() -> None:
    """Branches, merges of two and three, dependencies by id and by label, several bases, heads and starts."""
    seeds = [*range(4), *range(100, 107)]
    graphs = [random_graph(seed, REVISIONS) for seed in seeds]
    revisions = [rev for graph in graphs for rev in graph.revisions]
    assert {len(rev.down) for rev in revisions} == {0, 1, 2, 3}
    assert any(rev.depends_on for rev in revisions)
    assert any(name.startswith("branch_") for rev in revisions for name in rev.depends_on)
    assert any(sum(not rev.down for rev in graph.revisions) > 1 for graph in graphs)
    tops = [
        (graph.tops(lower), graph.tops(upper))
        for seed, graph in zip(seeds, graphs, strict=True)
        for lower, upper in ways_of(graph, seed)
    ]
    assert sum(len(lower) > 1 and len(upper) > 1 for lower, upper in tops) >= len(graphs)
