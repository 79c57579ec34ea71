"""Ranges that start where a script has stopped half-way through a revision; must not render."""

from __future__ import annotations

import re
from dataclasses import dataclass

from changescript.errors import UsageError
from changescript.history import History, make_range, plan_rollback, plan_upgrade, resolve_range
from changescript.model import Direction, Heads, Range, Revision, Step
from changescript.segments import marker

_RANGE = re.compile(r"(?P<heads>[^:]+):(?P<done>-?\d+):(?P<upper>[^:]+)")
_STATE = re.compile(r"(?P<id>[^:]+):(?P<down>-?)(?P<done>\d+)")


@dataclass(frozen=True, slots=True)
class Halfway:
    """A revision that is half applied, or half taken back."""

    revision: Revision
    direction: Direction
    """Which of its functions has been started."""
    done: int
    """How many statements of that are done."""
    before: Heads
    """The rows of alembic_version before it was applied."""
    after: Heads
    """The rows after it."""

    @property
    def rows(self) -> Heads:
        """The rows as they are."""
        return tuple(
            sorted({*(set(self.before) & set(self.after)), marker(self.revision.id, self.direction, self.done)})
        )

    def step(self, direction: Direction) -> Step:
        """Return what is left of the function, or the way back from where it has stopped."""
        after = self.after if direction is Direction.UPGRADE else self.before
        undoes = direction is not self.direction
        return Step(self.revision, self.direction, self.rows, after, self.done, undoes)


def resolve(history: History, text: str) -> Range:
    """Return what `FROM:TO` means; FROM may end in the number of statements that are done, as in `b:3:a`.

    Raises UsageError as resolve_range() does, and when the way from a half-done state does not lead to TO.
    """
    found = _RANGE.fullmatch("".join(text.split()))
    if not found:
        return resolve_range(history, text)
    *others, half = found["heads"].split(",")
    state = f"{','.join(_heads(history, half)) or 'base'}:{found['done']}"
    kept = [id_ for other in others for id_ in _heads(history, other)]
    revisions = Range(tuple(sorted([*kept, state])), _heads(history, found["upper"]))
    plan(history, revisions, direction_of(history, revisions))
    return revisions


def _heads(history: History, symbol: str) -> Heads:
    return () if symbol == "base" else resolve_range(history, f"base:{symbol}").upper


def is_halfway(revisions: Range) -> bool:
    """Tell whether the range starts inside a revision."""
    return any(":" in head for head in revisions.lower)


def halfway(history: History, revisions: Range) -> Halfway:
    """Return where a range starts that starts inside a revision; raises UsageError when there is no such state."""
    states = [found for head in revisions.lower if (found := _STATE.fullmatch(head))]
    others = {head for head in revisions.lower if not _STATE.fullmatch(head)}
    if len(states) != 1 or states[0]["id"] not in history.revisions:
        raise UsageError(f"{revisions} starts in no state that a script can leave", hint="see alembic_version")
    revision = history.revisions[states[0]["id"]]
    before = history.top_of({*others, *revision.down})
    after = tuple(sorted({*set(before).difference(revision.down), revision.id}))
    direction = Direction.ROLLBACK if states[0]["down"] else Direction.UPGRADE
    return Halfway(revision, direction, int(states[0]["done"]), before, after)


def direction_of(history: History, revisions: Range) -> Direction:
    """Return which script leads from a half-done state to TO."""
    state = halfway(history, revisions)
    up = state.revision.id in history.at_or_below(revisions.upper)
    return Direction.UPGRADE if up else Direction.ROLLBACK


def plan(history: History, revisions: Range, direction: Direction) -> tuple[Step, ...]:
    """Return a range's steps in one direction; raises UsageError when they don't lead to TO."""
    if not is_halfway(revisions):
        return (plan_upgrade if direction is Direction.UPGRADE else plan_rollback)(history, revisions)
    state = halfway(history, revisions)
    first, upper = state.step(direction), revisions.upper
    if first.after == upper:
        return (first,)
    if first.undoes:
        at = ",".join(first.after) or "base"
        raise UsageError(
            f"the way back from {','.join(state.rows)} ends at {at}",
            hint=f"write {','.join(revisions.lower)}:{at}, and go on from there with a script of its own",
        )
    if direction is Direction.UPGRADE:
        return (first, *plan_upgrade(history, make_range(history, first.after, upper)))
    return (first, *plan_rollback(history, make_range(history, upper, first.after)))
