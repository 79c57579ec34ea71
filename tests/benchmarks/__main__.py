"""Print how changescript compares: with plain Alembic on a history of 1,000 revisions, in formatting with sqlparse."""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from changescript.bundle import write_bundle
from changescript.generate import generate_bundles
from changescript.history import load_history, make_range
from changescript.model import Request
from changescript.project import find_project
from tests.benchmarks.checks import unchanged
from tests.benchmarks.dialects import measurements as dialects
from tests.benchmarks.doctor import measurements as doctor
from tests.benchmarks.formatting import formatting
from tests.benchmarks.histories import make_project, revision_id
from tests.benchmarks.histories import measurements as histories
from tests.benchmarks.measure import ALEMBIC, CHANGESCRIPT, Ratio, cpu_seconds
from tests.benchmarks.rows import measurements as rows

if TYPE_CHECKING:
    from collections.abc import Iterator

REVISIONS = 1_000


def check_all(project: Path) -> Ratio:
    """Compare checking every revision's bundle with one Alembic process for each script."""
    make_bundles(project)
    ours = min(cpu_seconds((*CHANGESCRIPT, "check", "--no-cache"), project) for _ in range(3))
    one = min(cpu_seconds(command, project) for command in sampled_scripts())
    what = f"checking {REVISIONS} bundles against one process a script"
    return Ratio(what, ours, one * 2 * REVISIONS, "at most 0.01")


def make_bundles(project: Path) -> None:
    """Write one bundle for each revision, in one process."""
    found = find_project(project)
    history = load_history(found)
    ids = [(), *((revision_id(number),) for number in range(1, REVISIONS + 1))]
    requests = [Request(make_range(history, *pair)) for pair in pairwise(ids)]
    for request, files in zip(requests, generate_bundles(found, history, requests), strict=True):
        assert isinstance(files, dict)
        write_bundle(project / "sql_out", request.revisions.name, files)


def sampled_scripts() -> Iterator[tuple[str, ...]]:
    """Yield the Alembic command of some scripts from the beginning, the middle and the end."""
    for number in (1, REVISIONS // 2, REVISIONS):
        lower = revision_id(number - 1) if number > 1 else "base"
        yield (*ALEMBIC, "upgrade", f"{lower}:{revision_id(number)}", "--sql")


def main() -> None:
    """Make the history, measure and print."""
    sys.stdout.write("formatting, least CPU time of some rounds in this process\n")
    for line in formatting():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    sys.stdout.write("op.bulk_insert(), least CPU time of some rounds, whole processes\n")
    for ratio in rows():
        sys.stdout.write(f"{ratio}\n")
        sys.stdout.flush()
    sys.stdout.write("other dialects, medians of some rounds in turns, CPU time of whole processes\n")
    for ratio in dialects():
        sys.stdout.write(f"{ratio}\n")
        sys.stdout.flush()
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), REVISIONS)
        sys.stdout.write(f"{REVISIONS} revisions, CPU time of whole processes\n")
        for ratio in (check_all(project), *unchanged(project, REVISIONS)):
            sys.stdout.write(f"{ratio}\n")
            sys.stdout.flush()
    sys.stdout.write("whole histories, CPU time of whole processes\n")
    for ratio in histories():
        sys.stdout.write(f"{ratio}\n")
        sys.stdout.flush()
    sys.stdout.write("doctor, CPU time of whole processes\n")
    for ratio in doctor():
        sys.stdout.write(f"{ratio}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
