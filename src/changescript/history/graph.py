"""The graph of revisions: what stands on what; must not read files or render anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from changescript.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import ModuleType

    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from changescript.history.files import RevisionFiles
    from changescript.model import Heads, Revision


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A file that Alembic takes for a revision, and whose place in the graph is not known."""

    path: str
    reason: str
    id: str = ""
    """Its revision id, as far as that can be read."""


@dataclass(frozen=True)
class History:
    """All revisions of a project by id, and the files that they stand in."""

    revisions: Mapping[str, Revision]
    unplaced: tuple[Unplaced, ...] = ()
    """Files that Alembic takes for revisions and that can't be read."""
    files: RevisionFiles | None = None
    """None: a graph without files, which can be planned but not run."""

    @property
    def config(self) -> Config:
        """Alembic's settings of the project."""
        return self._files.config

    @property
    def scripts(self) -> ScriptDirectory:
        """Alembic's own view of this graph, for env.py; raises HistoryError."""
        return self._files.scripts

    def load_module(self, id_: str) -> ModuleType:
        """Return the revision's module, run once; raises RevisionError with the line that fails."""
        return self._files.load(id_)

    def acts(self, id_: str) -> bool:
        """Tell whether running the revision's file does more than to define functions."""
        return self._files.acts(id_)

    def load_copy(self, id_: str) -> ModuleType:
        """Return the revision's module as a run of its own; raises RevisionError."""
        return self._files.load_copy(id_)

    @property
    def _files(self) -> RevisionFiles:
        if self.files is None:
            raise HistoryError("this graph has no files")
        return self.files

    def refuse_unplaced(self, asked: str) -> None:
        """Raise HistoryError where a file that can't be read might change the answer."""
        if self.unplaced:
            first, others = self.unplaced[0], len(self.unplaced) - 1
            more = f"; {others} more revisions have no known place" if others else ""
            raise HistoryError(
                f"{first.path}: {first.reason}, so {asked} can't be told{more}",
                hint="mend the file, or name both ends of the range by id",
            )

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Ids that stand directly on each id, sorted."""
        above: dict[str, list[str]] = {id_: [] for id_ in self.revisions}
        for id_ in sorted(self.revisions):
            for down in self.revisions[id_].down:
                above[down].append(id_)
        return {id_: tuple(ids) for id_, ids in above.items()}

    @cached_property
    def heads(self) -> Heads:
        """Ids that nothing stands on: the rows of alembic_version after `upgrade heads`."""
        return tuple(sorted(id_ for id_, above in self.children.items() if not above))

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Each id's place from the bottom; what a revision stands on comes before it."""
        return {id_: place for place, id_ in enumerate(order(self, self.heads, set(self.revisions)))}

    def at_or_below(self, ids: Iterable[str]) -> set[str]:
        """Return the ids and everything that must be applied before them."""
        return reach(ids, lambda id_: self.revisions[id_].down)

    def at_or_above(self, ids: Iterable[str]) -> set[str]:
        """Return the ids and everything that stands on them."""
        return reach(ids, lambda id_: self.children[id_])

    def between(self, lower: Heads, upper: Heads) -> set[str]:
        """Return what has to be applied to come from `lower` to `upper`.

        The walk down stops at `lower`; only where it finds a way around is all that lies below looked through.
        """
        stops = set(lower)
        found = reach(set(upper) - stops, lambda id_: [down for down in self.revisions[id_].down if down not in stops])
        if lower and any(not self.revisions[id_].down for id_ in found):
            found -= self.at_or_below(lower)
        return found

    def top_of(self, ids: Iterable[str]) -> Heads:
        """Return those ids that no other of them stands on: what alembic_version holds when all are applied."""
        unique = set(ids)
        if len(unique) > 1:
            unique -= self.at_or_below(down for id_ in unique for down in self.revisions[id_].down)
        return tuple(sorted(unique))


def reach(ids: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    """Return the ids and all that can be reached from them."""
    seen = set(ids)
    todo = list(seen)
    while todo:
        fresh = [near for near in neighbours(todo.pop()) if near not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return seen


def order(history: History, upper: Heads, within: set[str]) -> list[str]:
    """Return the ids of `within` that are at or below `upper`, depth first, lowest first."""
    ordered: list[str] = []
    waiting = set(within)
    todo = list(reversed(upper))
    while todo:
        id_ = todo[-1]
        below = [down for down in history.revisions[id_].down if down in waiting] if id_ in waiting else []
        if below:
            todo.extend(reversed(below))
            continue
        todo.pop()
        if id_ in waiting:
            waiting.remove(id_)
            ordered.append(id_)
    return ordered
