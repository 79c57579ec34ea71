"""The one command after which `check` finds nothing; must not run it."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changescript.drift import MENDABLE, Finding, Status
from changescript.errors import UsageError
from changescript.history import range_below, range_of_uncovered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from changescript.bundle import Bundle
    from changescript.history import History


@dataclass(frozen=True, slots=True)
class Place:
    """Where `check` was called, and how, so that the command works there."""

    program: str
    options: tuple[str, ...]
    """`-c` and `-o` as they were given."""
    folder: Path
    start: Path


def engine_options(bundles: Sequence[Bundle]) -> tuple[str, ...]:
    """Return how to name the database that all bundles are for, where env.py migrates several."""
    names = {bundle.manifest.get("engine") for bundle in bundles if bundle.manifest}
    (name,) = names if len(names) == 1 else (None,)
    return ("--engine", name) if isinstance(name, str) else ()


def mending_command(place: Place, findings: Sequence[Finding], uncovered: Sequence[str], history: History) -> str:
    """Return the shell command, and before it what only a person can do, as far as there is such a thing."""
    by_hand = _by_hand(findings)
    commands = [*_removals(place, findings), *_writings(place, findings, uncovered, history)]
    return " then ".join(filter(None, [by_hand, " && ".join(commands)]))


def _by_hand(findings: Sequence[Finding]) -> str:
    asked = {
        Status.BROKEN: "mend the revisions named above",
        Status.STRANGERS: "move away the files named above",
    }
    statuses = {finding.status for finding in findings}
    return " and ".join(text for status, text in asked.items() if status in statuses)


def _removals(place: Place, findings: Sequence[Finding]) -> Iterator[str]:
    orphans = [finding.name for finding in findings if finding.status is Status.ORPHAN]
    if orphans:
        yield shlex.join(["rm", "-r", *(os.path.relpath(place.folder / name, place.start) for name in orphans)])


def _writings(place: Place, findings: Sequence[Finding], uncovered: Sequence[str], history: History) -> Iterator[str]:
    # Files that somebody moved away leave a bundle that may have to be written again.
    if any(finding.status in {*MENDABLE, Status.STRANGERS, Status.BROKEN} for finding in findings):
        yield _sql(place, "--drifted")
    if not uncovered:
        return
    try:
        range_of_uncovered(history, tuple(uncovered))
    except UsageError:
        yield from (_sql(place, str(range_below(history, id_))) for id_ in uncovered)
    else:
        yield _sql(place)


def _sql(place: Place, *arguments: str) -> str:
    return f"{place.program} {shlex.join(['sql', *place.options, *arguments])}"
