"""The graph of revisions: loading it, resolving FROM:TO, planning the steps; must not render anything."""

from changescript.history.graph import History, Unplaced
from changescript.history.loading import load_history
from changescript.history.plans import plan_rollback, plan_upgrade, uncovered_revisions
from changescript.history.ranges import make_range, range_below, range_of_uncovered, resolve_range

__all__ = [
    "History",
    "Unplaced",
    "load_history",
    "make_range",
    "plan_rollback",
    "plan_upgrade",
    "range_below",
    "range_of_uncovered",
    "resolve_range",
    "uncovered_revisions",
]
