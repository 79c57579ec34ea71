"""What a check costs where nothing has changed, against hashing the same files."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import CHANGESCRIPT, Ratio, alternate, cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

HASHING = """\
import hashlib, sys
for path in sys.stdin.read().splitlines():
    with open(path, "rb") as file:
        print(hashlib.sha256(file.read()).hexdigest(), path)
"""
CHECK = (*CHANGESCRIPT, "check")
ROUNDS = 5


def unchanged(project: Path, count: int) -> Iterator[Ratio]:
    """Compare checking a project of which all is current, once remembered and once for the first time."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        os.environ.pop("CI", None)
        first, rendered = [], []
        for _ in range(ROUNDS):
            shutil.rmtree(Path(cache, "changescript"), ignore_errors=True)
            first.append(cpu_seconds(CHECK, project))
            rendered.append(cpu_seconds((*CHECK, "--no-cache"), project))
        (verdict,) = Path(cache).rglob("*.json")
        paths = Path(cache, "paths")
        paths.write_text("\n".join(_files(json.loads(verdict.read_text())["looks"])))
        hashing = ("/bin/sh", "-c", f"exec {sys.executable} -c '{HASHING}' < {paths}")
        remembered, hashed = alternate(CHECK, hashing, project)
    what = f"checking {count} bundles of {count} revisions"
    yield Ratio(f"{what} where nothing has changed, against hashing the same files", remembered, hashed, "at most 3")
    yield Ratio(f"{what} for the first time, against --no-cache", min(first), min(rendered), "about 1")


def _files(looks: dict[str, list[str]]) -> list[str]:
    """Return the files that the verdict stands on."""
    named = [path for how in ("file", "source", "installed") for path in looks[how]]
    return [path for path in named if Path(path).is_file()]
