"""What check and list print, line by line; must not print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.comments import safe_comment
from changescript.committed import covered_steps
from changescript.drift import Finding, Status
from changescript.manifest import stops_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changescript.bundle import Bundle
    from changescript.history import History
    from changescript.model import Project

_COLUMN = 18


def shown(project: Project, name: str) -> str:
    """Return the name of a bundle, with that of its target."""
    return f"{project.target}/{name}" if project.target else name


def check_lines(
    project: Project, history: History, findings: Sequence[Finding], uncovered: Sequence[str]
) -> Iterator[str]:
    """Yield what check has found: each folder with the reasons and the diff, then what no bundle covers."""
    for finding in findings:
        yield f"{finding.status.value:<{_COLUMN}}{shown(project, finding.name)}"
        yield from (f"    {line}" for line in (*finding.details, *finding.diff))
    for id_ in uncovered:
        revision = history.revisions[id_]
        label = f"{'uncovered':<{_COLUMN}}{shown(project, id_)}"
        yield f"{label}  {safe_comment(revision.message)}  ({revision.path})"


def stranger_lines(name: str) -> Iterator[str]:
    """Yield what check says of a folder among those of the targets."""
    yield f"{Status.ORPHAN.value:<{_COLUMN}}{name}"
    yield f"    no target is called {name}"


def bundle_lines(project: Project, history: History, bundles: Sequence[Bundle]) -> Iterator[str]:
    """Yield the bundles with what each covers."""
    for bundle in bundles:
        steps = covered_steps(bundle, history)
        ticket = (bundle.manifest or {}).get("ticket") or "no ticket"
        what = safe_comment(str(ticket)) if steps else "covers nothing of this history"
        yield f"{shown(project, bundle.name)}  {what}"
        yield from (f"    {step.revision.id}  {safe_comment(step.revision.message)}" for step in steps)
        yield from (f"    rollback.sql stops at {safe_comment(stop)}" for stop in stops_of(bundle.manifest or {}))


def uncovered_lines(project: Project, history: History, uncovered: Sequence[str]) -> Iterator[str]:
    """Yield the revisions that no bundle covers."""
    of_target = f" for target {project.target}" if project.target else ""
    yield f"uncovered{of_target}:" if uncovered else f"every revision is covered{of_target}"
    yield from (f"    {id_}  {safe_comment(history.revisions[id_].message)}" for id_ in uncovered)
