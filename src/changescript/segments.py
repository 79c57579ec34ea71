"""Which statements share a transaction, and what alembic_version says between them; must not know any SQL.

While a revision is half applied, its row holds a *marker* instead of an id: `b:4` once four statements of b's
upgrade are done, `b:-4` on the way down. Alembic knows no such revision (it forbids `:` in ids), so neither
`alembic upgrade` nor another script starts from there; the same script goes on from it.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from changescript.model import Direction, Heads, RecordedStep, Statement, Step, TransactionMode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VERSION_NUM_LENGTH = 32
"""Characters that Alembic's version_num column holds (alembic/ddl/impl.py, version_table_impl)."""


_DIGEST_LENGTH = 8


class Mode(enum.Enum):
    """How a statement may run."""

    JOINS = "in the transaction of its neighbours"
    ALONE = "in a transaction of its own"
    OUTSIDE = "outside any transaction"


@dataclass(frozen=True, slots=True)
class Planned:
    """A statement to be placed: its number in the script, and how it may run."""

    number: int
    statement: Statement
    mode: Mode


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step and its numbered statements."""

    index: int
    """1-based place among the steps of the script."""
    step: Step
    statements: tuple[Planned, ...]

    def rows(self, done: int) -> Heads:
        """Return the rows of alembic_version while so many of these statements are done."""
        step = self.step
        start = step.done or 0
        kept = set(step.before) & set(step.after)
        count = start - done if step.undoes else start + done
        return tuple(sorted({*kept, marker(step.revision.id, step.direction, count)}))


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a step begins."""

    step: PlannedStep


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold before the marker says that this statement may have been started."""

    planned: Planned


@dataclass(frozen=True, slots=True)
class Postcondition:
    """What must hold before the marker says that this statement is done."""

    planned: Planned


@dataclass(frozen=True, slots=True)
class Stamp:
    """The change of alembic_version's rows from one state to the next."""

    before: Heads
    after: Heads


Item = Heading | Planned | Precondition | Postcondition | Stamp


@dataclass(frozen=True, slots=True)
class Segment:
    """What is committed together, or one statement outside a transaction; `needs` are the rows it starts from."""

    needs: Heads
    items: tuple[Item, ...]
    outside: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the statements in it."""
        return tuple(planned.number for planned in self.planned)

    @property
    def planned(self) -> tuple[Planned, ...]:
        """The statements in it."""
        return tuple(item for item in self.items if isinstance(item, Planned))

    @property
    def done_before(self) -> Planned | None:
        """The statement outside a transaction that it finds done."""
        return next((item.planned for item in self.items if isinstance(item, Postcondition)), None)

    @property
    def leaves(self) -> Heads:
        """The rows that it leaves."""
        return next((item.after for item in reversed(self.items) if isinstance(item, Stamp)), self.needs)

    @property
    def is_several_changes(self) -> bool:
        """Whether it is more than one statement, of the revision or of the frame, and so wants a transaction."""
        stamps = [item for item in self.items if isinstance(item, Stamp)]
        changes = sum(max(len({*each.before} - {*each.after}), len({*each.after} - {*each.before})) for each in stamps)
        return not self.outside and (bool(self.numbers) or changes > 1)


def marker(id_: str, direction: Direction, done: int) -> str:
    """Return what the version row says while so many statements of a revision are done: at most 32 characters.

    An id that is too long to stand in it whole is cut, and told from others by a digest.
    """
    suffix = f":{done}" if direction is Direction.UPGRADE else f":-{done}"
    room = _VERSION_NUM_LENGTH - len(suffix)
    if len(id_) > room:
        digest = hashlib.sha256(id_.encode()).hexdigest()[:_DIGEST_LENGTH]
        id_ = f"{id_[: room - len(digest) - 1]}~{digest}"
    return id_ + suffix


def is_marked(heads: Heads) -> bool:
    """Tell whether one of the rows is a marker: a revision is half applied."""
    return any(":" in head for head in heads)


def plan_segments(steps: Sequence[PlannedStep], mode: TransactionMode) -> tuple[Segment, ...]:
    """Return the script's segments in order; each starts from the rows that the one before it left."""
    return tuple(_Planner(mode, last=len(steps)).plan(steps))


def half_done_states(step: PlannedStep, mode: TransactionMode) -> list[int]:
    """Return with how many statements of a step done its script can stop."""
    others = tuple(sorted(set(step.step.before) & set(step.step.after)))
    whole = replace(step, index=1, step=replace(step.step, before=others, done=None, undoes=False))
    segments = tuple(_Planner(mode, last=1, behind_others=True).plan([whole]))
    states = {segment.needs for segment in segments[1:]}
    return [done for done in range(len(step.statements)) if whole.rows(done) in states]


class _Planner:
    """Walks over the steps once, and cuts a segment wherever something must be committed."""

    def __init__(self, mode: TransactionMode, last: int, *, behind_others: bool = False) -> None:
        self._mode = mode
        self._behind_others = behind_others
        self._last = last
        self._items: list[Item] = []
        self._needs: Heads = ()
        self._state: Heads = ()

    def plan(self, steps: Sequence[PlannedStep]) -> Iterator[Segment]:
        self._needs = self._state = steps[0].step.before
        for step in steps:
            yield from self._step(step)

    def _step(self, step: PlannedStep) -> Iterator[Segment]:
        closes = self._mode is TransactionMode.REVISION or step.index == self._last
        self._items.append(Heading(step))
        for done, planned in enumerate(step.statements):
            if planned.mode is Mode.JOINS:
                self._items.append(planned)
                continue
            yield from self._until_marked(step, done, unless_empty=self._may_start_unmarked(step, planned))
            if planned.mode is Mode.OUTSIDE:
                # Headings are left only where the script starts half-way; else a marker has been committed with them.
                headings = [item for item in self._items if isinstance(item, Heading)]
                yield Segment(self._state, (*headings, planned), outside=True)
                self._items = [Postcondition(planned)]
            else:
                self._items.append(planned)
            ends = closes and done + 1 == len(step.statements)
            yield self._commit(step, done + 1, step.step.after if ends else None)
        if self._state != step.step.after:
            self._stamp(step.step.after)
            if closes:
                yield self._cut()

    def _may_start_unmarked(self, step: PlannedStep, planned: Planned) -> bool:
        """Tell whether a statement may come from the state between two revisions, if nothing is to be committed there.

        A script that has stopped for a manual step goes on from a marker, or from where it begins.
        """
        begins = step.index == 1 and not self._behind_others
        between = self._mode is TransactionMode.REVISION and not planned.statement.manual
        return planned.mode is Mode.ALONE and (begins or between)

    def _until_marked(self, step: PlannedStep, done: int, *, unless_empty: bool) -> Iterator[Segment]:
        """Commit what stands before statement `done`, unless that has happened."""
        empty = not any(isinstance(item, Planned | Stamp) for item in self._items)
        if self._state != step.rows(done) and not (unless_empty and empty):
            yield self._commit(step, done)

    def _commit(self, step: PlannedStep, done: int, after: Heads | None = None) -> Segment:
        following = step.statements[done : done + 1]
        self._items += [Precondition(planned) for planned in following if planned.mode is Mode.OUTSIDE]
        self._stamp(after if after is not None else step.rows(done))
        return self._cut()

    def _stamp(self, after: Heads) -> None:
        self._items.append(Stamp(self._state, after))
        self._state = after

    def _cut(self) -> Segment:
        segment = Segment(self._needs, tuple(self._items))
        self._items, self._needs = [], self._state
        return segment


def plan_step(index: int, first_number: int, recorded: RecordedStep, modes: Sequence[Mode]) -> PlannedStep:
    """Return the step with its statements numbered from `first_number`."""
    numbered = zip(range(first_number, first_number + len(modes)), recorded.statements, modes, strict=True)
    return PlannedStep(index, recorded.step, tuple(Planned(*triple) for triple in numbered))
