"""Times whole processes: CPU seconds of user and system, which other work on the machine disturbs least."""

from __future__ import annotations

import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROUNDS = 7
ALEMBIC = (sys.executable, "-m", "alembic")
CHANGESCRIPT = (sys.executable, "-m", "changescript")


class MeasurementFailed(Exception):
    """A measured command did not end with 0; the text holds what it said."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much CPU time one command takes of another's: medians over alternating rounds."""

    what: str
    ours: float
    theirs: float
    limit: str

    def __str__(self) -> str:
        return f"{self.what}: {self.ours / self.theirs:.3f} times (aim: {self.limit})"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took."""

    seconds: float
    """Of CPU, user and system."""
    megabytes: float
    """Of memory, at its peak."""


def cpu_seconds(command: Sequence[str], folder: Path) -> float:
    """Run the command in the folder and return its CPU seconds; raises MeasurementFailed when it fails."""
    return measure(command, folder).seconds


_RUN = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def measure(command: Sequence[str], folder: Path) -> Usage:
    """Run the command in the folder; raises MeasurementFailed when it fails.

    A small process starts it, because the peak of a process is at least what its parent held.
    """
    runner = (sys.executable, "-S", "-c", _RUN, *command)
    finished = subprocess.run(runner, cwd=folder, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise MeasurementFailed(finished.stderr)
    return Usage(*map(float, finished.stdout.split()))


def alternate(ours: Sequence[str], theirs: Sequence[str], folder: Path, rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the medians of both commands' CPU seconds, run in turns after one warm-up each."""
    cpu_seconds(ours, folder)
    cpu_seconds(theirs, folder)
    pairs = [(cpu_seconds(ours, folder), cpu_seconds(theirs, folder)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
