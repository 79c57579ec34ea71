"""Scripts of throw-away histories, rendered in this process for any dialect; nothing here knows pytest."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.generate import generate_bundles, generate_script
from changescript.halfway import resolve
from changescript.history import load_history
from changescript.model import Request
from changescript.project import find_project
from tests.projects import OFFLINE_ENV, make_project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from changescript.model import TransactionMode
    from tests.projects import Rev


@dataclass(frozen=True, slots=True)
class Rendered:
    """The scripts of a range; from a half-done state there is only one way."""

    upgrade: str
    rollback: str


def env_for(url: str, before: str = "") -> str:
    """Return an env.py that needs no database, for a URL."""
    return before + OFFLINE_ENV.replace("postgresql://", url)


def render(
    revisions: str | Sequence[Rev],
    dialect: str = "",
    range_: str = "base:head",
    env_py: str = OFFLINE_ENV,
    **options: str | TransactionMode,
) -> Rendered:
    """Return the scripts of a range as `changescript sql` writes them; raises what it would report."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "project"
        root.mkdir()
        make_project(root, revisions, env_py)
        project = find_project(root)
        values: dict[str, Any] = {**options}
        project = replace(project, dialect=dialect, settings=replace(project.settings, **values))
        with contextlib.chdir(root):
            history = load_history(project)
            (files,) = generate_bundles(project, history, [Request(resolve(history, range_))])
            if isinstance(files, Exception):
                raise files
            texts = [files[name].read().decode() if name in files else "" for name in ("upgrade.sql", "rollback.sql")]
            return Rendered(*texts)


def render_one(
    revisions: str | Sequence[Rev],
    dialect: str,
    range_: str,
    *,
    rollback: bool = False,
    written: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the one script of a range that starts half-way, or the upgrade or rollback of any other.

    `written` are files of hand-written SQL by their names.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "project"
        root.mkdir()
        made = make_project(root, revisions)
        for name, text in written.items():
            (made.root / "migrations" / "versions" / name).write_text(text)
        project = find_project(root, dialect=dialect)
        with contextlib.chdir(root):
            history = load_history(project)
            request = Request(resolve(history, range_))
            return generate_script(project, history, request, rollback=rollback).read().decode()
