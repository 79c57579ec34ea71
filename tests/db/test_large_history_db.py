"""A history of 5,000 revisions with 200 merges, rendered as a whole and in parts, and run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pytest

from tests.db.sqlite import SHELL, File, ok_line, shell
from tests.projects import ThrowAway, contents, make_project, run_cli
from tests.random_graphs import Graph, merged_graph

if TYPE_CHECKING:
    from pathlib import Path

COUNT, MERGES = 5_000, 200

# What Python hashes, and in which order a folder's files are told, is another thing each time. The code that follows is
# what run_cli() starts.
_SHUFFLED = """
import os, random, sys
listed, scanned = os.listdir, os.scandir
class Entries:
    def __init__(self, found): self.found = iter(found)
    def __iter__(self): return self
    def __next__(self): return next(self.found)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
def shuffled(found):
    found = list(found)
    random.Random(int(os.environ["PYTHONHASHSEED"])).shuffle(found)
    return found
os.listdir = lambda *where: shuffled(listed(*where))
os.scandir = lambda *where: Entries(shuffled(scanned(*where)))
sys.argv[0] = "changescript"
from changescript.cli import main
main()
"""


@dataclass(frozen=True, slots=True)
class Whole:
    """The history, and its bundle."""

    graph: Graph
    project: ThrowAway
    files: dict[str, bytes]

    def statements(self, script: str) -> list[dict[str, Any]]:
        """Return what the manifest says of a script's statements."""
        return statements(self.files["manifest.json"], script)


def statements(manifest: bytes, script: str) -> list[dict[str, Any]]:
    """Return what a manifest says of a script's statements."""
    found: list[dict[str, Any]] = json.loads(manifest)["scripts"][script]["statements"]
    return found


def at_or_below(graph: Graph, id_: str) -> set[str]:
    """Return a revision and all that it stands on."""
    down = {rev.id: rev.down for rev in graph.revisions}
    found, new = {id_}, {id_}
    while new:
        new = {below for known in new for below in down[known]} - found
        found |= new
    return found


def order_of(listed: list[dict[str, Any]]) -> list[str]:
    """Return the revisions in the order of their statements."""
    return [id_ for id_, _ in groupby(listed, key=lambda each: str(each["revision"]))]


def bundle(project: ThrowAway, range_: str, seed: str, output: Path) -> dict[str, bytes]:
    """Return the files of a range, rendered in a process that hashes and lists files in its own way."""
    options = ("sql", range_, "--dialect", "sqlite", "-o", str(output))
    outcome = run_cli(project.root, *options, env={"PYTHONHASHSEED": seed}, code=_SHUFFLED)
    assert outcome.code == 0, outcome.err
    (folder,) = output.iterdir()
    return contents(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Render all of it."""
    graph = merged_graph(COUNT, MERGES)
    root = tmp_path_factory.mktemp("large")
    project = make_project(root / "project", graph.revisions)
    return Whole(graph, project, bundle(project, "base:heads", "1", root / "sql_out"))


def test_every_revision_stands_behind_all_that_it_stands_on(whole: Whole) -> None:
    """Once, with all of its statements; and on the way back in the reverse order."""
    order = order_of(whole.statements("upgrade.sql"))
    assert len(order) == len(set(order)) == COUNT
    place = {id_: at for at, id_ in enumerate(order)}
    assert all(place[below] < place[rev.id] for rev in whole.graph.revisions for below in rev.down)
    assert sum(len(rev.down) > 1 for rev in whole.graph.revisions) == MERGES
    assert order_of(whole.statements("rollback.sql")) == order[::-1]


def test_hash_seed_and_order_of_files_do_not_show(whole: Whole, tmp_path: Path) -> None:
    """All four files, byte by byte."""
    again = bundle(whole.project, "base:heads", "2", tmp_path)
    assert again["SHA256SUMS"] == whole.files["SHA256SUMS"]
    # Not the texts: pytest would take an hour to say how they differ.
    assert [name for name in whole.files if again[name] != whole.files[name]] == []


@pytest.mark.parametrize("ends", [(0, 1), (60, 62), (120, 150)])
def test_part_is_what_the_whole_says_of_it(whole: Whole, tmp_path: Path, ends: tuple[int, int]) -> None:
    """From one merge to another: the same revisions, with the same statements."""
    merges = [rev.id for rev in whole.graph.revisions if len(rev.down) > 1]
    lower, upper = (merges[at] for at in ends)
    part = bundle(whole.project, f"{lower}:{upper}", "3", tmp_path)
    inside = at_or_below(whole.graph, upper) - at_or_below(whole.graph, lower)
    expected = [id_ for id_ in order_of(whole.statements("upgrade.sql")) if id_ in inside]
    found = statements(part["manifest.json"], "upgrade.sql")
    assert order_of(found) == expected
    known = [each["source"] for each in whole.statements("upgrade.sql") if each["revision"] in inside]
    assert [each["source"] for each in found] == known
    assert order_of(statements(part["manifest.json"], "rollback.sql")) == expected[::-1]


def test_whole_history_is_run_up_and_back(whole: Whole, tmp_path: Path) -> None:
    """Each of the 10,000 steps finds the version rows that it needs, and the tables."""
    if SHELL is None:
        pytest.skip("no sqlite3: apt-get install sqlite3 brings it")
    file = File(tmp_path / "app.db")
    file.path.touch()
    head = whole.graph.revisions[-1].id
    for script, heads in (("upgrade.sql", [head]), ("rollback.sql", [])):
        finished = shell(file, whole.files[script])
        assert finished.stdout.splitlines()[-1] == ok_line(file, heads), finished.output[-1000:]
        assert len(finished.stdout.splitlines()) == COUNT + 1
        tables = {str(row[0]) for row in file.query("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {"alembic_version", *(f"t_{id_}" for id_ in whole.graph.ids if heads)}
