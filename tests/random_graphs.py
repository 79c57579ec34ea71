"""Random histories: branches, merges, dependencies, labels, several bases and heads; the same for the same seed.

Nothing here knows pytest.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.benchmarks.histories import branched_history
from tests.projects import Rev

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Only in the right order: a table has to be there before rows of it refer to it, and they have to go before it goes.
_MARK = "op.execute(\"INSERT INTO t_{below} (child) VALUES ('{id}')\")"
_UNMARK = "op.execute(\"DELETE FROM t_{below} WHERE child = '{id}'\")"


@dataclass(frozen=True)
class Graph:
    """A history, and what stands on what in it."""

    revisions: tuple[Rev, ...]
    labels: tuple[tuple[str, str], ...]
    """Labels, with the revisions that they stand for."""

    @cached_property
    def below(self) -> dict[str, frozenset[str]]:
        """By id: all revisions that have to be applied before, and itself."""
        named = dict(self.labels)
        found: dict[str, frozenset[str]] = {}
        for rev in self.revisions:
            parents = [*rev.down, *(named.get(name, name) for name in rev.depends_on)]
            found[rev.id] = frozenset({rev.id}).union(*(found[id_] for id_ in parents))
        return found

    @property
    def ids(self) -> list[str]:
        """All ids, each behind what it stands on."""
        return [rev.id for rev in self.revisions]

    def tops(self, applied: Iterable[str]) -> tuple[str, ...]:
        """Return the version rows while these are applied: those on which no other stands."""
        held = set(applied)
        return tuple(sorted(id_ for id_ in held if not any(id_ in self.below[other] - {other} for other in held)))

    @cached_property
    def states(self) -> list[frozenset[str]]:
        """Every set of revisions that can be applied together, the empty one first."""
        found: list[frozenset[str]] = [frozenset()]
        for id_ in self.ids:
            found += [held | {id_} for held in found if self.below[id_] - {id_} <= held]
        return sorted(set(found), key=lambda held: (len(held), sorted(held)))

    def chain(self, seed: int, links: int) -> list[frozenset[str]]:
        """Return states from base to heads, each above the one before; a link adds revisions of several branches."""
        chooser = random.Random(seed)  # noqa: S311 - the same for everybody
        found: list[frozenset[str]] = [frozenset()]
        whole = frozenset(self.ids)
        step = max(len(whole) // links, 1)
        while len(found) < links:
            above = [state for state in self.states if found[-1] < state < whole and len(state) <= step * len(found)]
            if not above:
                break
            # Of three, the one with most heads: ranges between single heads are the rule everywhere else.
            found.append(max(chooser.sample(above, min(len(above), 3)), key=lambda state: len(self.tops(state))))
        return [*found, whole]

    def range_of(self, lower: frozenset[str], upper: frozenset[str]) -> str:
        """Return how the command line names the way from one state to another."""
        return ":".join(",".join(self.tops(state)) or "base" for state in (lower, upper))


def random_graph(seed: int, count: int) -> Graph:
    """Return a history of so many revisions, whose ids sort in another order than they stand on each other.

    No revision names two parents of which one lies below the other: there Alembic miscounts the version rows.
    """
    chooser = random.Random(seed)  # noqa: S311 - the same for everybody
    ids = [f"{number:x}{chooser.randrange(16**3):03x}" for number in chooser.sample(range(16), count)]
    revisions: list[Rev] = []
    labels: list[tuple[str, str]] = []
    for at, id_ in enumerate(ids):
        graph = Graph(tuple(revisions), tuple(labels))
        # Mostly of those on which nothing stands yet, or there would be few merges.
        near = graph.tops(ids[:at]) if chooser.random() < 0.7 else ids[:at]
        needs = graph.tops(chooser.sample(sorted(near), min(len(near), chooser.choice([0, 1, 1, 1, 2, 2, 3]))))
        count_down = chooser.randint(0, len(needs)) if chooser.random() < 0.4 else len(needs)
        of_label = {revision: label for label, revision in labels}
        depends_on = tuple(of_label.get(name, name) for name in needs[count_down:])
        label = f"branch_{at}" if not count_down and chooser.random() < 0.5 else None
        if label:
            labels.append((label, id_))
        revisions.append(_revision(id_, needs, needs[:count_down], depends_on, label))
    return Graph(tuple(revisions), tuple(labels))


def merged_graph(count: int, merges: int) -> Graph:
    """Return a long history: branches run side by side for a while, and meet so many times."""
    found = branched_history(count, merges)
    return Graph(tuple(_plain_revision(id_, down) for id_, down in found.items()), ())


def _plain_revision(id_: str, down: tuple[str, ...]) -> Rev:
    """Return a revision that is quickly rendered."""
    marks = [_MARK.format(id=id_, below=below) for below in down]
    unmarks = [_UNMARK.format(id=id_, below=below) for below in reversed(down)]
    return Rev(
        id_,
        down,
        upgrade="\n".join([f'op.execute("CREATE TABLE t_{id_} (child TEXT)")', *marks]),
        downgrade="\n".join([*unmarks, f'op.execute("DROP TABLE t_{id_}")']),
    )


def _revision(
    id_: str, needs: Sequence[str], down: tuple[str, ...], depends_on: tuple[str, ...], label: str | None
) -> Rev:
    marks = [_MARK.format(id=id_, below=below) for below in needs]
    unmarks = [_UNMARK.format(id=id_, below=below) for below in reversed(needs)]
    return Rev(
        id_,
        down,
        depends_on,
        label,
        upgrade="\n".join([f'op.create_table("t_{id_}", sa.Column("child", sa.String(8), primary_key=True))', *marks]),
        downgrade="\n".join([*unmarks, f'op.drop_table("t_{id_}")']),
    )
