"""Where each block of a script stands in its order, as numbers that the client counts; must not know any SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from changescript.segments import Planned, Segment, Stamp, is_marked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from changescript.model import Heads


@dataclass(frozen=True, slots=True)
class Place:
    """One block: the rows that it starts from, and its place.

    The place of statement 3 is `3`; the stamps between it and statement 4 are at `3.1`, `3.2`, and so on.
    """

    needs: Heads
    at: str


@dataclass(frozen=True, slots=True)
class Places:
    """All blocks of a script."""

    statements: Mapping[int, Place]
    stamps: Mapping[tuple[Heads, Heads], Place]
    commits: frozenset[tuple[Heads, Heads]]
    """Those of the stamps that end a transaction."""
    behind: Mapping[int, tuple[Heads, Heads]]
    """The stamp that follows each statement outside a transaction."""
    first: str
    """What the client has counted before the first block."""
    last: str
    """What it has counted behind the last one."""

    @property
    def starts(self) -> dict[Heads, str]:
        """What has been done where alembic_version says so: the half-done states that a run can go on from."""
        return {after: self.stamps[before, after].at for before, after in self.stamps if is_marked(after)}


def places_of(segments: Sequence[Segment]) -> Places:
    """Return the places of all statements and stamps, in the order of the segments."""
    numbers = [number for segment in segments for number in segment.numbers]
    return _Walk(min(numbers, default=1) - 1, segments).places()


class _Walk:
    """Goes over the segments once, and keeps the rows that each block finds."""

    def __init__(self, number: int, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._number = number
        self._state = segments[0].needs
        self._statements: dict[int, Place] = {}
        self._stamps: dict[tuple[Heads, Heads], tuple[int, int]] = {}
        self._behind = 0

    def places(self) -> Places:
        first = str(self._number)
        commits = [self._segment(segment) for segment in self._segments]
        digits = len(str(max((behind for _, behind in self._stamps.values()), default=1)))
        stamps = {
            change: Place(change[0], f"{number}.{behind:0{digits}}")
            for change, (number, behind) in self._stamps.items()
        }
        last = next(reversed(stamps.values())).at
        behind = {
            segment.numbers[0]: change
            for segment, change in zip(self._segments, commits[1:], strict=False)
            if segment.outside and change
        }
        return Places(self._statements, stamps, frozenset(filter(None, commits)), behind, first, last)

    def _segment(self, segment: Segment) -> tuple[Heads, Heads] | None:
        """Take note of a segment's blocks; return the stamp that ends its transaction."""
        change = None
        for item in segment.items:
            if isinstance(item, Planned):
                self._statements[item.number] = Place(self._state, str(item.number))
                self._number, self._behind = item.number, 0
            elif isinstance(item, Stamp):
                self._behind += 1
                change = (item.before, item.after)
                self._stamps[change] = (self._number, self._behind)
                self._state = item.after
        return change
