"""Loads graphs of throw-away projects, as we read them and as Alembic makes them."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.config import Config
from alembic.script import ScriptDirectory

from changescript.history import (
    History,
    load_history,
)
from changescript.project import find_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.projects import Rev, ThrowAway


def load(project: ThrowAway | Path) -> History:
    """Return a project's graph."""
    return load_history(find_project(project if isinstance(project, Path) else project.root))


def as_alembic_has_it(root: Path) -> dict[str, tuple[object, ...]]:
    """Return each revision as Alembic has it after it has run all files."""
    found = find_project(root)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an old separator, a file that two names lead to
        scripts = ScriptDirectory.from_config(Config(found.ini, toml_file=found.pyproject))
        seen = {script.revision: script for script in scripts.walk_revisions()}
    return {
        id_: (
            tuple(sorted(script._all_down_revisions)),  # noqa: SLF001 - with what depends_on names, in ids
            tuple(sorted(as_names(getattr(script.module, "branch_labels", None)))),
            " ".join(script.doc.split()),
            Path(script.path),
        )
        for id_, script in seen.items()
    }


def as_names(value: str | Sequence[str] | None) -> Sequence[str]:
    """Return one name, several or none as several."""
    return [value] if isinstance(value, str) else value or ()


def as_we_have_it(history: History) -> dict[str, tuple[object, ...]]:
    """Return the same of ours."""
    return {
        id_: (revision.down, revision.labels, revision.message, revision.file)
        for id_, revision in history.revisions.items()
    }


def put(project: ThrowAway, rev: Rev, folder: str, name: str = "") -> Path:
    """Write a revision into any folder of a project."""
    file = project.root / folder / (name or f"{rev.id}.py")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(rev.text(), encoding="utf-8")
    return file
