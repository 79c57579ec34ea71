"""The steps of a range, in one fixed order; must not render anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.history.graph import order
from changescript.model import Direction, Range, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from changescript.history.graph import History


def plan_upgrade(history: History, revisions: Range) -> tuple[Step, ...]:
    """Return the range's steps upwards: each revision after all that it stands on, in one fixed order.

    Branches stay together and siblings are ordered by id, so the order depends on the graph alone.
    """
    state = set(revisions.lower)
    steps = []
    for id_ in order(history, revisions.upper, history.between(revisions.lower, revisions.upper)):
        before = tuple(sorted(state))
        revision = history.revisions[id_]
        state = state.difference(revision.down) | {id_}
        steps.append(Step(revision, Direction.UPGRADE, before, tuple(sorted(state))))
    return tuple(steps)


def plan_rollback(history: History, revisions: Range) -> tuple[Step, ...]:
    """Return the range's steps downwards: exactly the upgrade's, in reverse."""
    return tuple(
        Step(step.revision, Direction.ROLLBACK, step.after, step.before)
        for step in reversed(plan_upgrade(history, revisions))
    )


def uncovered_revisions(history: History, covered: Iterable[Range]) -> tuple[str, ...]:
    """Return the revisions that none of the ranges holds, lowest first.

    Raises HistoryError where a file that can't be read may be another one.
    """
    history.refuse_unplaced("which revisions are covered")
    held: set[str] = set()
    for revisions in covered:
        held.update(step.revision.id for step in plan_upgrade(history, revisions))
    return tuple(id_ for id_ in history.rank if id_ not in held)
