"""From ranges to files: the whole way in one place; must not touch sql_out/."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from changescript.bundle import seal
from changescript.comments import safe_comment
from changescript.errors import RevisionError, UsageError
from changescript.history import History, plan_rollback, plan_upgrade
from changescript.manifest import ManifestInput, build_manifest
from changescript.model import Direction, Project, Recording, Request, Script
from changescript.recording import record
from changescript.script import ScriptInput, build_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changescript.content import Content

_TICKET_LENGTH = 64
_TICKET = re.compile(r"[^\s].*[^\s]|[^\s]", re.DOTALL)


def check_ticket(ticket: str) -> str:
    """Return the ticket; raises UsageError when it can't stand in a comment line as it is."""
    if ticket and (len(ticket) > _TICKET_LENGTH or not _TICKET.fullmatch(ticket) or safe_comment(ticket) != ticket):
        raise UsageError(
            "the ticket has a line break, a control character, blanks around it, or more than 64 characters",
            hint="write the change number alone: --ticket CHG0012345",
        )
    return ticket


def generate_bundles(
    project: Project, history: History, requests: Sequence[Request]
) -> Iterator[dict[str, Content] | RevisionError]:
    """Yield the files of each bundle in the order asked for, or the error that says why it can't be made."""
    outcomes = {
        dialect: _record(project, history, dialect, requests)
        for dialect in dict.fromkeys(request.dialect for request in requests)
    }
    for request in requests:
        recordings = [next(outcomes[request.dialect]), next(outcomes[request.dialect])]
        try:
            scripts = [
                _script(project, request, direction, recording)
                for direction, recording in zip(Direction, recordings, strict=True)
            ]
        except RevisionError as error:
            yield error
            continue
        manifest = build_manifest(
            ManifestInput(
                project=project,
                revisions=request.revisions,
                ticket=request.ticket,
                dialect=_dialect_of(recordings),
                applied=[step.revision for step in plan_upgrade(history, request.revisions)],
                scripts=scripts,
            )
        )
        yield seal({f"{script.direction.value}.sql": script.content for script in scripts}, manifest)


def _record(
    project: Project, history: History, dialect: str, requests: Sequence[Request]
) -> Iterator[Recording | RevisionError]:
    """Yield both directions of each request for a dialect; env.py runs once for all of them."""
    ranges = [request.revisions for request in requests if request.dialect == dialect]
    plans = [plan for range_ in ranges for plan in (plan_upgrade(history, range_), plan_rollback(history, range_))]
    return record(replace(project, dialect=dialect or project.dialect), history, plans)


def generate_script(project: Project, history: History, request: Request, direction: Direction) -> Content:
    """Return one script; raises RevisionError when it can't be rendered exactly."""
    plan = plan_upgrade if direction is Direction.UPGRADE else plan_rollback
    (outcome,) = record(project, history, [plan(history, request.revisions)])
    return _script(project, request, direction, outcome).content


def _script(project: Project, request: Request, direction: Direction, outcome: Recording | RevisionError) -> Script:
    if isinstance(outcome, RevisionError):
        raise outcome
    return build_script(
        ScriptInput(request.revisions, direction, request.ticket, project.settings, project.target), outcome
    )


def _dialect_of(recordings: Sequence[Recording | RevisionError]) -> str:
    return next(recording.dialect for recording in recordings if isinstance(recording, Recording))
