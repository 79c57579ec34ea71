"""Scripts for the mariadb client: rendered, taken apart, broken and run; nothing here knows pytest."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from changescript.generate import generate_bundles
from changescript.history import load_history, resolve_range
from changescript.model import Request, TransactionMode
from changescript.project import find_project
from tests.db.postgres import ROOT
from tests.projects import IMPORT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tests.db.mariadb import MariaDBDatabase
    from tests.db.postgres import Finished

RUN = (
    "--batch",
    "--binary-mode",
    "--comments",
    "--skip-reconnect",
    "--show-warnings",
    "--skip-column-names",
    "--default-character-set=utf8mb4",
)
"""The options in a script's header."""
FAILED_EXIT = 1
SECONDS = 60
BROKEN = "SELECT * FROM there_is_no_such_table;\n"
BROKEN_MESSAGE = "there_is_no_such_table"

# In one process for all, because SQLAlchemy takes longer to import than a history to run.
_ONLINE = """
import json, os, sys
from pathlib import Path
from alembic import command
from alembic.config import Config
from tests.db.mariadb import MariaDBDatabase, MariaDBServer
server = MariaDBServer(Path(sys.argv[1]))
dumps = []
for ini, name, revisions in json.loads(sys.argv[2]):
    database = MariaDBDatabase(server, name)
    os.environ["DATABASE_URL"] = database.url_of("mariadb+pymysql")
    for revision in revisions:
        for each in revision.lstrip("-").split(","):
            (command.downgrade if revision.startswith("-") else command.upgrade)(Config(ini), each)
        dumps.append(database.dump())
print(json.dumps(dumps))
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement of a script, the frame's own included, and what alembic_version says before it runs."""

    start: int
    sql: str
    state: tuple[str, ...]
    in_transaction: bool


@dataclass(frozen=True, slots=True)
class Script:
    """One script, and the rows that it starts from and leaves."""

    text: str
    lower: tuple[str, ...]
    upper: tuple[str, ...]

    @property
    def pieces(self) -> list[Piece]:
        """Return the statements behind the line `-- start`."""
        return list(_pieces(self))

    def broken_at(self, start: int, sql: str = BROKEN) -> str:
        """Return the text with something before a place, by default something that fails."""
        return f"{self.text[:start]}{sql}{self.text[start:]}"

    def from_line(self, line: str) -> str:
        """Return what sed leaves of the text, as the script's own comment says."""
        found = subprocess.run(
            ["sed", f"/^-- start$/,/^-- {line}$/d"],  # noqa: S607
            input=self.text,
            check=True,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
        return found.stdout


@dataclass(frozen=True, slots=True)
class Bundle:
    """Both scripts of a range."""

    upgrade: Script
    rollback: Script

    @property
    def both(self) -> tuple[Script, Script]:
        """Return the scripts, upgrade first."""
        return self.upgrade, self.rollback


_NEEDS = re.compile(r"SET @changescript_needs = '(?P<heads>[^']*)';")
_STAMP = re.compile(r"(UPDATE|INSERT INTO|DELETE FROM) \S+ .*@changescript_errors = 0;", re.DOTALL)


def _units(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the statements, each in whole lines, with their places."""
    delimiter, first, position = ";", None, start
    for line in text[start:].splitlines(keepends=True):
        if line.startswith("DELIMITER "):
            delimiter = line.split()[1]
        if first is None and line.strip() and not line.startswith("-- "):
            first = position
        position += len(line)
        if (
            first is not None
            and line.rstrip().endswith(delimiter)
            and (delimiter == ";" or not line.startswith("DELIMITER "))
        ):
            yield first, text[first:position]
            first = None


def _pieces(script: Script) -> Iterator[Piece]:
    units = list(_units(script.text, script.text.index("\n-- start\n") + len("\n-- start\n")))
    state, pending, open_ = script.lower, script.lower, False
    for at, (start, sql) in enumerate(units):
        needs = _NEEDS.search(sql)
        if needs:
            pending = tuple(filter(None, needs["heads"].split(", ")))
        yield Piece(start, sql, state, open_)
        open_ = (open_ or sql == "START TRANSACTION;\n") and "EXECUTE changescript_end;" not in sql
        if "EXECUTE changescript_end;" in sql:
            state = pending
        elif _STAMP.match(sql) and not open_:
            following = (found for _, later in units[at:] if (found := _NEEDS.search(later)))
            state = tuple(filter(None, next(following)["heads"].split(", ")))


def render(
    root: Path, ranges: Iterable[str], mode: TransactionMode | None = None, dialect: str = ""
) -> dict[str, Bundle]:
    """Render ranges of a project as `changescript sql` does."""
    project = find_project(root, dialect=dialect)
    project = replace(project, settings=replace(project.settings, transaction=mode))
    with contextlib.chdir(root):
        history = load_history(project)
        asked = {text: Request(resolve_range(history, text)) for text in ranges}
        made = {}
        for text, files in zip(asked, generate_bundles(project, history, list(asked.values())), strict=True):
            if isinstance(files, Exception):
                raise files
            manifest = json.loads(files["manifest.json"].read())
            lower, upper = tuple(manifest["from"]), tuple(manifest["to"])
            texts = [files[name].read().decode() for name in ("upgrade.sql", "rollback.sql")]
            made[text] = Bundle(Script(texts[0], lower, upper), Script(texts[1], upper, lower))
    return made


def online(*runs: tuple[Path, MariaDBDatabase, Sequence[str]]) -> tuple[list[str], str]:
    """Upgrade as a developer would, to each revision (`-id` is a downgrade); return each dump, and what was said."""
    asked = [(str(root / "alembic.ini"), database.name, revisions) for root, database, revisions in runs]
    finished = subprocess.run(
        [sys.executable, "-c", _ONLINE, str(runs[0][1].server.folder), json.dumps(asked)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": f"{IMPORT_FOLDER}{os.pathsep}{ROOT}"},
    )
    return json.loads(finished.stdout) if finished.returncode == 0 else [], finished.stderr


def run(database: MariaDBDatabase, text: str | bytes, *options: str, my_cnf: str = "") -> Finished:
    """Run a script's text as its header says, with further options."""
    return database.client(*RUN, *options, stdin=text, my_cnf=my_cnf)


def run_by_source(database: MariaDBDatabase, text: str) -> Finished:
    """Let an interactive client read the script with its command `source`, which goes on after errors."""
    file = database.server.folder / f"{database.name}_source.sql"
    file.write_text(text, encoding="utf-8", newline="")
    return database.client("--default-character-set=utf8mb4", "--comments", stdin=f"source {file}\n")


def ok_line(database: MariaDBDatabase, heads: Sequence[str]) -> str:
    """Return the line that a script may only end with when the database is at `heads`."""
    return f"OK: database {database.name} is at {', '.join(heads) or 'base'}"


def succeeded(database: MariaDBDatabase, heads: Sequence[str], finished: Finished) -> bool:
    """Tell whether a run ended as the header's Expect line says."""
    return finished.exit_code == 0 and finished.stdout.splitlines()[-1:] == [ok_line(database, heads)]


def apply(database: MariaDBDatabase, script: Script) -> None:
    """Run a script that has to succeed."""
    finished = run(database, script.text)
    assert succeeded(database, script.upper, finished), finished.output


def set_heads(database: MariaDBDatabase, heads: Sequence[str]) -> None:
    """Make alembic_version hold exactly these rows."""
    values = ", ".join(f"('{head}')" for head in heads)
    database.execute(f"DELETE FROM alembic_version; {f'INSERT INTO alembic_version VALUES {values};' if heads else ''}")


def without_counters(dump: str) -> str:
    """Return a dump without the next keys: a rollback does not give back those that it has taken."""
    return re.sub(r" AUTO_INCREMENT=\d+", "", dump)
