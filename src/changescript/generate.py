"""From ranges to files: the whole way in one place; must not touch sql_out/."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from changescript.bundle import seal
from changescript.comments import safe_comment
from changescript.dialects import get_dialect
from changescript.errors import RevisionError, UsageError, all_of
from changescript.halfway import direction_of, is_halfway, plan
from changescript.manifest import ManifestInput, build_manifest
from changescript.model import Direction, Project, Range, Recording, Request, Revision, Script
from changescript.recording import record
from changescript.recording.overrides import override_file, start_of_override
from changescript.script import ScriptInput, build_script
from changescript.sources import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from changescript.content import Content
    from changescript.history import History
    from changescript.model import Step

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
    requests = [_of_target(project, request) for request in requests]
    outcomes = {way: _record(project, history, way, requests) for way in dict.fromkeys(map(_way, requests))}
    for request in requests:
        recordings = {way: next(outcomes[_way(request)]) for way in directions(history, request.revisions)}
        try:
            scripts = _scripts(project, request, recordings)
        except RevisionError as error:
            yield error
            continue
        manifest = build_manifest(
            ManifestInput(
                project=project,
                revisions=request.revisions,
                ticket=request.ticket,
                dialect=_dialect_of(recordings.values()),
                no_env=request.no_env,
                engine=request.engine,
                applied=_revisions(history, request.revisions),
                scripts=scripts,
            )
        )
        yield seal({f"{script.direction.value}.sql": script.content for script in scripts}, manifest)


def generate_override(project: Project, history: History, step: Step) -> tuple[Path, str]:
    """Return the file that would stand for a revision in one direction, and what to start it with.

    Raises UsageError when it is there already.
    """
    (outcome,) = record(project, history, [[step]])
    dialect = get_dialect(outcome.dialect)
    file = override_file(project, step, dialect.name)
    if file.exists():
        raise UsageError(f"{shown_path(file, project.root)} is there already", hint="edit it, or remove it")
    return file, start_of_override(outcome, step)


def _of_target(project: Project, request: Request) -> Request:
    """Return the request for the database that the settings name now, if they name one."""
    return replace(request, engine=project.engine) if project.target else request


def _way(request: Request) -> tuple[str, bool, str | None]:
    """Return what decides how the revisions of a request are run: dialect, whether without env.py, and engine."""
    return request.dialect, request.no_env, request.engine


def _record(
    project: Project, history: History, way: tuple[str, bool, str | None], requests: Sequence[Request]
) -> Iterator[Recording | RevisionError]:
    """Yield both directions of each request for a dialect; env.py runs once for all of them."""
    dialect, no_env, engine = way
    ranges = [request.revisions for request in requests if _way(request) == way]
    plans = [plan(history, range_, direction) for range_ in ranges for direction in directions(history, range_)]
    asked = replace(project, dialect=dialect or project.dialect, engine=engine)
    return record(asked, history, plans, no_env=no_env)


def generate_script(project: Project, history: History, request: Request, *, rollback: bool) -> Content:
    """Return one script; raises RevisionError when it can't be rendered exactly.

    It is the rollback script when that is asked for, or when a range that starts half-way has no other.
    """
    ways = directions(history, request.revisions)
    way = Direction.ROLLBACK if rollback else ways[0]
    if way not in ways:
        raise UsageError(f"{request.revisions} has no rollback script", hint="what starts half-way goes one way")
    outcomes = record(project, history, [plan(history, request.revisions, way)], no_env=request.no_env)
    (script,) = _scripts(project, request, dict(zip([way], outcomes, strict=True)))
    return script.content


def _scripts(
    project: Project, request: Request, outcomes: Mapping[Direction, Recording | RevisionError]
) -> list[Script]:
    """Return the script of each recording; raises RevisionError with all that can't be rendered."""
    errors = [outcome for outcome in outcomes.values() if isinstance(outcome, RevisionError)]
    scripts = []
    recordings = {way: outcome for way, outcome in outcomes.items() if isinstance(outcome, Recording)}
    back = recordings.get(Direction.ROLLBACK)
    for way, recording in recordings.items():
        given = ScriptInput(request, way, project.settings, project.target, project.x, back.stop if back else None)
        try:
            scripts.append(build_script(given, recording))
        except RevisionError as error:
            errors.append(error)
    if errors:
        raise all_of(errors)
    return scripts


def directions(history: History, revisions: Range) -> tuple[Direction, ...]:
    """Return which scripts a range has."""
    return (direction_of(history, revisions),) if is_halfway(revisions) else tuple(Direction)


def _revisions(history: History, revisions: Range) -> list[Revision]:
    """Return the revisions of a range, lowest first."""
    (way, *_) = directions(history, revisions)
    steps = plan(history, revisions, way)
    return [step.revision for step in (steps if way is Direction.UPGRADE else reversed(steps))]


def _dialect_of(recordings: Iterable[Recording | RevisionError]) -> str:
    return next(recording.dialect for recording in recordings if isinstance(recording, Recording))
