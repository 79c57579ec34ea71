"""Measures what it costs to render each revision of a history alone, in both directions."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.histories import growth, make_project
from tests.benchmarks.measure import ALEMBIC, CHANGESCRIPT, Ratio, alternate

if TYPE_CHECKING:
    from collections.abc import Iterator

REVISIONS = 1_000
ROUNDS = 5
COMMAND = (*CHANGESCRIPT, "doctor")


def measurements() -> Iterator[Ratio]:
    """Yield the CPU time against one direction of plain Alembic, and how time and memory grow with the history."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), REVISIONS)
        ours, theirs = alternate(COMMAND, (*ALEMBIC, "upgrade", "base:head", "--sql"), project, ROUNDS)
    yield Ratio(f"doctor on {REVISIONS} revisions against `alembic upgrade base:head --sql`", ours, theirs, "at most 5")
    yield from growth("doctor on", COMMAND, rounds=1)
