"""The bundles that are committed, and what of a history they cover; must not render."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.bundle import Bundle, read_bundles
from changescript.dialects import get_dialect
from changescript.errors import ProjectError, UsageError
from changescript.halfway import direction_of, is_halfway, plan, resolve
from changescript.history import History, plan_upgrade, uncovered_revisions
from changescript.manifest import range_of
from changescript.model import Direction, Project, Range, Request, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def committed_bundles(project: Project, history: History, ranges: Sequence[str] = ()) -> list[Bundle]:
    """Return the committed bundles as the history runs, or those of the ranges that are asked for.

    Raises UsageError where there is none for a range.
    """
    bundles = _in_order(read_bundles(project.output), history)
    if not ranges:
        return bundles
    by_name = {bundle.name: bundle for bundle in bundles}
    names = [resolve(history, text).name for text in ranges]
    for name in names:
        if name not in by_name:
            raise UsageError(f"there is no bundle {name} in {project.output.name}", hint="see `changescript list`")
    return [by_name[name] for name in dict.fromkeys(names)]


def uncovered(bundles: Iterable[Bundle], history: History) -> tuple[str, ...]:
    """Return the revisions that no bundle covers, lowest first."""
    ranges = (covered_range(bundle, history) for bundle in bundles)
    return uncovered_revisions(history, [revisions for revisions in ranges if revisions])


def covered_range(bundle: Bundle, history: History) -> Range | None:
    """Return the range that a committed bundle covers, or None for a folder that no range of this history names."""
    request = request_of(bundle, history)
    return request.revisions if request and not is_halfway(request.revisions) else None


def covered_steps(bundle: Bundle, history: History) -> tuple[Step, ...]:
    """Return the upgrade steps that a committed bundle covers; none for a folder that no range names."""
    request = request_of(bundle, history)
    return plan(history, request.revisions, _first_way(history, request.revisions)) if request else ()


def _first_way(history: History, revisions: Range) -> Direction:
    return direction_of(history, revisions) if is_halfway(revisions) else Direction.UPGRADE


def _in_order(bundles: Iterable[Bundle], history: History) -> list[Bundle]:
    """Return the bundles as the history runs; those that no range names come last, by name."""

    def place(bundle: Bundle) -> tuple[int, str]:
        steps = covered_steps(bundle, history)
        return history.rank[steps[0].revision.id] if steps else len(history.rank), bundle.name

    return sorted(bundles, key=place)


def request_of(bundle: Bundle, history: History) -> Request | None:
    """Return what makes a committed bundle again, or None for a folder that no range of this history names."""
    if bundle.manifest is None:
        return None
    revisions = range_of(bundle.manifest)
    ticket = bundle.manifest.get("ticket")
    if revisions is None or revisions.name != bundle.name or not isinstance(ticket, str):
        return None
    dialect = bundle.manifest.get("dialect")
    known = dialect if isinstance(dialect, str) and _is_dialect(dialect) else ""
    no_env = bundle.manifest.get("env_py") is False
    engine = bundle.manifest.get("engine")
    asked = engine if isinstance(engine, str) else None
    return Request(revisions, ticket, known, no_env, asked) if _fits(revisions, history) else None


def _is_dialect(name: str) -> bool:
    try:
        get_dialect(name)
    except ProjectError:
        return False
    return True


def _fits(revisions: Range, history: History) -> bool:
    if is_halfway(revisions):
        return _fits_halfway(revisions, history)
    if not history.revisions.keys() >= {*revisions.lower, *revisions.upper}:
        return False
    steps = plan_upgrade(history, revisions)
    return bool(steps) and steps[-1].after == revisions.upper and history.top_of(revisions.lower) == revisions.lower


def _fits_halfway(revisions: Range, history: History) -> bool:
    named = {head.partition(":")[0] for head in (*revisions.lower, *revisions.upper)}
    try:
        return history.revisions.keys() >= named and bool(plan(history, revisions, direction_of(history, revisions)))
    except UsageError:
        return False
