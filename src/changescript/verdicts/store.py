"""Where verdicts lie: in the user's own cache, never among a project's files; what can't be read is not there."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changescript.verdicts.states import signature_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEPT = 4
"""Verdicts of one question: of several branches, or of terminals whose environments differ."""
_DAYS = 90
CI = ("CI", "BUILD_NUMBER", "CODEBUILD_BUILD_ID", "JENKINS_URL", "TEAMCITY_VERSION", "TF_BUILD")
"""Variables that are set where CI runs: the first by most, the others by those that don't."""
_WRITTEN_BY_CLONE = (".git/description", ".git", ".hg/requires")
"""Files that version control writes with a clone, and not again; `.git` is one in a worktree."""
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def cache_folder(root: Path) -> Path | None:
    """Return the folder for all verdicts; None where there may be none.

    Not in CI, which has to prove what is committed; and not inside the project, whose files anybody can commit.
    """
    if any(os.environ.get(name, "").lower() not in {"", "0", "false"} for name in CI):
        return None
    named = os.environ.get("XDG_CACHE_HOME", "")
    home = os.environ.get("HOME", "")
    if not named.startswith("/") and not home.startswith("/"):
        return None
    folder = Path(named if named.startswith("/") else f"{home}/.cache", "changescript").resolve()
    return None if folder.is_relative_to(_repository(root.resolve())) else folder


def _repository(root: Path) -> Path:
    """Return the folder that version control keeps, which may lie above the project; the project's where none does."""
    home = Path(os.environ.get("HOME", "/")).resolve()
    for folder in (root, *root.parents):
        if folder == home:  # somebody keeps their home in version control
            break
        if (folder / ".git").exists() or (folder / ".hg").exists():
            return folder
    return root


def clone_of(root: Path) -> str:
    """Return what another clone at the same place would not have; nothing where version control is not known."""
    for file in (_repository(root.resolve()) / name for name in _WRITTEN_BY_CLONE):
        with contextlib.suppress(OSError):
            if file.is_file():
                return signature_of(file.stat()).decode()
    return ""


def verdicts(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the verdicts in a folder, those that were right last first; what is not ours alone is none."""
    for path in _latest(folder):
        with contextlib.suppress(OSError, ValueError, RecursionError):
            found = path.stat()
            if found.st_uid != os.getuid() or found.st_mode & _OTHERS:
                continue
            verdict = json.loads(path.read_bytes())
            if isinstance(verdict, dict):
                yield path, verdict


def confirm(path: Path) -> None:
    """Note that a verdict was right again."""
    with contextlib.suppress(OSError):
        os.utime(path)


def write(folder: Path, name: str, verdict: Mapping[str, Any]) -> None:
    """Write a verdict, whole or not at all; where that can't be had, there is none."""
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".", dir=folder)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                json.dump(verdict, file, separators=(",", ":"))
            Path(temporary).replace(folder / name)
        except BaseException:
            Path(temporary).unlink()
            raise
        _clear(folder)


def _latest(folder: Path) -> list[Path]:
    try:
        found = [(entry.stat().st_mtime_ns, entry.name) for entry in os.scandir(folder) if entry.name[0] != "."]
    except OSError:
        return []
    return [folder / name for _, name in sorted(found, reverse=True)]


def _clear(folder: Path) -> None:
    """Remove what is too much here, and what nobody has asked for in a long time."""
    old = time.time() - _DAYS * 86_400
    stale = [path for other in folder.parent.iterdir() for path in other.iterdir() if path.stat().st_mtime < old]
    for path in (*_latest(folder)[_KEPT:], *stale):
        path.unlink(missing_ok=True)
    for other in {path.parent for path in stale}:
        with contextlib.suppress(OSError):  # others are in it
            other.rmdir()
