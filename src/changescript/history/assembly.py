"""From what the files declare to the graph: names resolved, what is wrong said by name; must not read or run files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changescript.errors import HistoryError
from changescript.history.graph import Unplaced, reach
from changescript.model import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from changescript.history.declared import Declared

_SAFE_ID = re.compile(r"\w(?:[\w.]*\w)?", re.ASCII)
"""What a revision id may hold: it becomes part of a folder's name and of SQL text."""

_LISTED = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A revision file and what it declares."""

    file: Path
    path: str
    """As shown to people."""
    declared: Declared


@dataclass(frozen=True, slots=True)
class Graph:
    """The revisions by id, in the order of their files, and the files that have no place among them."""

    revisions: Mapping[str, Revision]
    unplaced: tuple[Unplaced, ...]


def assemble(sources: Sequence[Source], unread: Sequence[Unplaced]) -> Graph:
    """Return the graph; a file that can't be read takes those with it that may stand on it.

    Raises HistoryError for ids that stand twice, for names that no file has, and for cycles.
    """
    by_id = _by_id(sources)
    labelled = _labelled(by_id)
    down = {id_: tuple(_below(source.declared, labelled)) for id_, source in by_id.items()}
    missing = {id_: names for id_, below in down.items() if (names := [name for name in below if name not in by_id])}
    if missing and not unread:
        raise _missing(by_id, labelled, missing)
    lost = reach(missing, _above(down).__getitem__) if missing else set()
    placed = {id_: tuple(sorted(set(below))) for id_, below in down.items() if id_ not in lost}
    _refuse_cycle(by_id, placed)
    revisions = {id_: _revision(by_id[id_], below) for id_, below in placed.items()}
    return Graph(revisions, (*unread, *(_stranded(by_id[id_]) for id_ in down if id_ in lost)))


def _by_id(sources: Iterable[Source]) -> dict[str, Source]:
    by_id: dict[str, Source] = {}
    twice: list[str] = []
    for source in sources:
        id_ = source.declared.id
        if not _SAFE_ID.fullmatch(id_):
            raise HistoryError(
                f"{source.path}: revision id {id_!r} can't name a folder",
                hint="use letters, digits, '_' and '.' in revision ids",
            )
        first = by_id.setdefault(id_, source)
        if first is not source:
            twice.append(f"revision {id_} is present more than once: in {first.path} and in {source.path}")
    if twice:
        raise HistoryError(_several(twice), hint="each revision needs one file, and each file its own id")
    return by_id


def _several(problems: Sequence[str]) -> str:
    more = f"; and {len(problems) - _LISTED} more" if len(problems) > _LISTED else ""
    return "; ".join(problems[:_LISTED]) + more


def _labelled(by_id: Mapping[str, Source]) -> dict[str, str]:
    """Return the revision that each branch label stands in."""
    found: dict[str, str] = {}
    for id_, source in by_id.items():
        for label in dict.fromkeys(source.declared.labels):
            other = found.setdefault(label, label if label in by_id else id_)
            if other != id_ or label in by_id:
                raise HistoryError(
                    f"{source.path}: branch label {label!r} is used already, in {by_id[other].path}",
                    hint="a label names one revision, and is no revision's id",
                )
    return found


def _below(declared: Declared, labelled: Mapping[str, str]) -> Iterator[str]:
    """Yield the ids that a revision stands on; Alembic takes labels in depends_on alone."""
    yield from declared.down
    yield from (labelled.get(name, name) for name in declared.depends_on)


def _above(down: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    above: dict[str, list[str]] = {id_: [] for id_ in down}
    for id_, below in down.items():
        for name in below:
            above.setdefault(name, []).append(id_)
    return above


def _missing(
    by_id: Mapping[str, Source], labelled: Mapping[str, str], missing: Mapping[str, Sequence[str]]
) -> HistoryError:
    problems = []
    for id_, names in missing.items():
        declared, path = by_id[id_].declared, by_id[id_].path
        for name in names:
            variable = "down_revision" if name in declared.down else "depends_on"
            why = "that is a branch label" if name in labelled else "no revision file has that id"
            problems.append(f"{path}: {variable} of revision {id_} names {name!r}, but {why}")
    return HistoryError(_several(problems), hint="mend the name, or bring the file back; ids stand in full there")


def _stranded(source: Source) -> Unplaced:
    return Unplaced(source.path, "it stands on a revision whose file can't be read", source.declared.id)


def _refuse_cycle(by_id: Mapping[str, Source], down: Mapping[str, Sequence[str]]) -> None:
    """Take away what stands on nothing, again and again: what is left stands in a cycle, or on one."""
    above = _above(down)
    waiting = {id_: len(below) for id_, below in down.items()}
    free = [id_ for id_, count in waiting.items() if not count]
    while free:
        for id_ in above[free.pop()]:
            waiting[id_] -= 1
            if not waiting[id_]:
                free.append(id_)
    left = {id_ for id_, count in waiting.items() if count}
    if left:
        raise _cycle(by_id, {id_: [name for name in down[id_] if name in left] for id_ in left})


def _cycle(by_id: Mapping[str, Source], down: Mapping[str, Sequence[str]]) -> HistoryError:
    walked: dict[str, None] = {}
    id_ = min(down)
    while id_ not in walked:
        walked[id_] = None
        id_ = min(down[id_])
    ids = list(walked)[list(walked).index(id_) :]
    listed = ", ".join(f"{one} ({by_id[one].path})" for one in ids)
    told = (
        f"revision {listed} stands on itself: a loop"
        if len(ids) == 1
        else f"{len(ids)} revisions stand on each other in a cycle, each on the next: {listed}"
    )
    return HistoryError(told, hint="mend down_revision or depends_on in one of them")


def _revision(source: Source, down: tuple[str, ...]) -> Revision:
    return Revision(
        id=source.declared.id,
        down=down,
        message=_first_paragraph(source.declared.doc),
        file=source.file,
        path=source.path,
        labels=tuple(sorted(set(source.declared.labels))),
    )


def _first_paragraph(doc: str) -> str:
    """Return the text up to the first empty line, as one line."""
    words: list[str] = []
    for line in doc.strip().split("\n"):
        if not line.strip():
            break
        words += line.split()
    return " ".join(words)
