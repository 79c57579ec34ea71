"""The histories of tests/golden: what each asks for, and its scripts as `changescript sql` makes them now.

A case is a folder with an alembic.ini and its versions/. Beside them stand the scripts for each dialect or, where
there is none, the refusal. In alembic.ini `[configure]` is what env.py hands to context.configure(), and `[golden]`
is ours:

    range     what is rendered, as for `changescript sql`; default base:heads
    online    "no" where no asynchronous driver can run the history, so that there is nothing to compare with

`<dialect>.before.sql` is what a database needs first, `<dialect>.after.sql` what it leaves outside of itself.
"""

from __future__ import annotations

import configparser
import contextlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changescript.errors import ChangescriptError, RevisionError
from changescript.generate import generate_bundles
from changescript.history import load_history, resolve_range
from changescript.model import Request
from changescript.project import find_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER = Path(__file__).parent / "golden"
DIALECTS = ("mariadb", "postgresql", "sqlite")
SCRIPTS = ("upgrade.sql", "rollback.sql")
REFUSED = "refused.txt"


@dataclass(frozen=True)
class Case:
    """One history."""

    name: str

    @property
    def root(self) -> Path:
        """Return its folder."""
        return FOLDER / self.name

    @cached_property
    def range_(self) -> str:
        """Return the range that is rendered."""
        return self._ini.get("golden", "range", fallback="base:heads")

    @cached_property
    def runs_online(self) -> bool:
        """Tell whether an asynchronous driver can run it."""
        return self._ini.getboolean("golden", "online", fallback=True)

    @cached_property
    def version_table(self) -> tuple[str, ...]:
        """Return the name of its version table, with the schema in front if it has one."""
        table = self._ini.get("configure", "version_table", fallback='"alembic_version"')
        schema = self._ini.get("configure", "version_table_schema", fallback="null")
        return tuple(name for name in (json.loads(schema), json.loads(table)) if name)

    @cached_property
    def _ini(self) -> configparser.RawConfigParser:
        parser = configparser.RawConfigParser()
        parser.read(self.root / "alembic.ini", encoding="utf-8")
        return parser

    def expected(self, dialect: str) -> dict[str, str]:
        """Return what stands beside the revisions for a dialect."""
        files = {name: self.file(dialect, name) for name in (*SCRIPTS, REFUSED)}
        return {name: file.read_text(encoding="utf-8") for name, file in files.items() if file.is_file()}

    def file(self, dialect: str, name: str) -> Path:
        """Return where a script or the refusal stands."""
        return self.root / f"{dialect}.{name}"

    def sql(self, dialect: str, when: str) -> str:
        """Return what has to run `before` or `after`, if anything."""
        file = self.file(dialect, f"{when}.sql")
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    def __str__(self) -> str:
        return self.name


CASES = tuple(Case(ini.parent.name) for ini in sorted(FOLDER.glob("*/alembic.ini")))


@dataclass(frozen=True, slots=True)
class Rendered:
    """Both scripts of a range, and the rows that each starts from and leaves."""

    upgrade: str
    rollback: str
    lower: tuple[str, ...]
    upper: tuple[str, ...]
    manifest: Mapping[str, Any]

    @property
    def files(self) -> dict[str, str]:
        """Return the scripts by file name."""
        return {"upgrade.sql": self.upgrade, "rollback.sql": self.rollback}


def refusal(error: ChangescriptError) -> str:
    """Return an error as the command line shows it."""
    return f"changescript: {error}\n" + (f"  {error.hint}\n" if error.hint else "")


def render(root: Path, dialect: str, ranges: Iterable[str]) -> Mapping[str, Rendered]:
    """Render ranges of a project as `changescript sql` does; raises ChangescriptError where it is refused."""
    project = find_project(root, dialect=dialect)
    with contextlib.chdir(root):
        history = load_history(project)
        asked = {text: Request(resolve_range(history, text)) for text in ranges}
        made = {}
        for text, files in zip(asked, generate_bundles(project, history, list(asked.values())), strict=True):
            if isinstance(files, RevisionError):
                raise files
            manifest = json.loads(files["manifest.json"].read())
            upgrade, rollback = (files[name].read().decode() for name in SCRIPTS)
            made[text] = Rendered(upgrade, rollback, tuple(manifest["from"]), tuple(manifest["to"]), manifest)
    return made


def found(case: Case, dialect: str) -> dict[str, str]:
    """Return what a dialect's files should say now."""
    try:
        (outcome,) = render(case.root, dialect, [case.range_]).values()
    except ChangescriptError as error:
        return {REFUSED: refusal(error)}
    return outcome.files
