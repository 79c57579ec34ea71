"""SQLite files, the sqlite3 shell and other clients, and histories rendered for them; nothing here knows pytest."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from changescript.formatting.lexemes import lexemes
from changescript.formatting.lexicon import SQLITE as LEXICON
from changescript.generate import generate_bundles
from changescript.history import load_history, resolve_range
from changescript.model import Request, TransactionMode
from changescript.project import find_project
from tests.projects import IMPORT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

SHELL = shutil.which("sqlite3")
RUN = ("-batch", "-bail", "-init", os.devnull)
"""The options that a script's header asks for."""
FAILED_EXIT = 1
SECONDS = 60
BROKEN = "SELECT abs(-9223372036854775808);\n"
BROKEN_MESSAGE = "integer overflow"

ENV_PY = """\
from alembic import context
from sqlalchemy import create_engine, pool

options = {options}
if context.is_offline_mode():
    context.configure(url="sqlite://", literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    url = context.config.get_main_option("sqlalchemy.url")
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
"""
ASYNC_ENV_PY = """\
import asyncio

from alembic import context
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import create_async_engine


def run(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def online():
    url = context.config.get_main_option("sqlalchemy.url").replace("sqlite:", "sqlite+aiosqlite:")
    async with create_async_engine(url, poolclass=pool.NullPool).connect() as connection:
        await connection.run_sync(run)
        await connection.commit()


if context.is_offline_mode():
    context.configure(url="sqlite+aiosqlite://", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(online())
"""

# In one process for all, because SQLAlchemy takes longer to import than a history to run.
_ONLINE = """
import json, shutil, sys
from alembic import command
from alembic.config import Config
for ini, path, stops in json.loads(sys.argv[1]):
    for revisions, copy in stops:
        for revision in revisions:
            config = Config(ini)
            config.set_main_option("sqlalchemy.url", "sqlite:///" + path)
            (command.downgrade if revision.startswith("-") else command.upgrade)(config, revision.lstrip("-"))
        shutil.copyfile(path, copy)
"""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a client left."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Return everything that a terminal would show."""
        return self.stdout + self.stderr


@dataclass(frozen=True, slots=True)
class File:
    """A database in a file."""

    path: Path

    def copy(self, name: str) -> File:
        """Return another database with the same contents."""
        other = self.path.with_name(name)
        shutil.copyfile(self.path, other)
        return File(other)

    def execute(self, sql: str) -> None:
        """Run SQL that has to succeed; makes the file where it is missing."""
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            connection.executescript(sql)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Return what a query finds."""
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            return connection.execute(sql).fetchall()

    def heads(self) -> list[str]:
        """Return what alembic_version holds."""
        return sorted(str(row[0]) for row in self.query("SELECT version_num FROM alembic_version"))

    def state(self) -> list[object]:
        """Return schema and rows as they can be compared: neither white space nor the order of constraints counts."""
        master = self.query("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
        found: list[object] = [(*row[:3], row[3] and _said(str(row[3]))) for row in master]
        for kind, name, *_ in master:
            if kind == "table":
                asked = f"SELECT name FROM pragma_table_xinfo({_literal(str(name))})"
                columns = [str(row[0]) for row in self.query(asked)]
                values = ", ".join(f'typeof("{column}"), quote("{column}")' for column in columns)
                found.append((name, columns, sorted(self.query(f'SELECT {values} FROM "{name}"'))))
        return [*found, *self.query("PRAGMA user_version")]

    def shape(self) -> list[object]:
        """Return columns, keys, indexes, triggers, views and rows: what stays of a table that is made anew."""
        master = self.query("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
        found: list[object] = [
            (*row[:3], tuple(word.strip('"') for word in lexemes(str(row[3]), LEXICON)))
            for row in master
            if row[0] != "table" and row[3]
        ]
        for name in (str(row[1]) for row in master if row[0] == "table"):
            found += [
                (name, pragma, sorted(self.query(f"SELECT {asked} FROM pragma_{pragma}({_literal(name)})"), key=repr))
                for pragma, asked in _ABOUT_TABLES.items()
            ]
        return [*found, *(item for item in self.state() if isinstance(item, tuple) and isinstance(item[-1], list))]


def _said(sql: str) -> tuple[object, ...]:
    """Return the words of a statement; a table's constraints sorted, because Alembic copies them out of a set."""
    words = list(lexemes(sql, LEXICON))
    if [word.upper() for word in words[:2]] != ["CREATE", "TABLE"]:
        return tuple(words)
    items: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += word == "("
        if depth == 1 and word in {",", ")"}:
            items.append([])
        items[-1].append(word)
        depth -= word == ")"
    return tuple(tuple(item) for item in sorted(items, key=lambda item: item if _constrains(item) else []))


def _constrains(item: list[str]) -> bool:
    return item[:1] == [","] and item[1].upper() in {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}


# Not the order in which indexes and keys were made.
_ABOUT_TABLES = {
    "table_xinfo": "*",
    "foreign_key_list": 'seq, "table", "from", "to", on_update, on_delete, match',
    "index_list": 'name, "unique", origin, partial',
}


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def shell(file: File, text: str | bytes, *options: str, mode: str = "?mode=rw") -> Finished:
    """Run a script's text as its header says, unless other options are given."""
    assert SHELL
    finished = subprocess.run(
        [SHELL, *(options or RUN), f"file:{file.path}{mode}"],
        input=text if isinstance(text, bytes) else text.encode(),
        check=False,
        capture_output=True,
        timeout=SECONDS,
        env={"HOME": str(file.path.parent), "LC_ALL": "C"},
    )
    return Finished(finished.returncode, finished.stdout.decode(), finished.stderr.decode())


def ok_line(file: File, heads: Sequence[str]) -> str:
    """Return the line that a script may only end with when the database is at `heads`."""
    return f"OK: database {file.path} is at {', '.join(heads) or 'base'}"


def succeeded(file: File, heads: Sequence[str], finished: Finished) -> bool:
    """Tell whether a run ended as the header's Expect line says."""
    return finished.exit_code == 0 and finished.stdout.splitlines()[-1:] == [ok_line(file, heads)]


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a script's statements, the frame's own included, with their places, as the shell finds them."""
    start = position = 0
    for line in text.splitlines(keepends=True):
        position += len(line)
        blank = not text[start : position - len(line)].strip()
        if blank and line.startswith((".", "--", "\n")):
            start = position
        elif sqlite3.complete_statement(text[start:position]):
            yield start, text[start:position]
            start = position


@dataclass(frozen=True, slots=True)
class Script:
    """One script, and the rows that it starts from and leaves."""

    text: str
    lower: tuple[str, ...]
    upper: tuple[str, ...]

    @property
    def places(self) -> list[tuple[int, str]]:
        """Return the statements from the first BEGIN to the last COMMIT, with their places."""
        found = list(pieces(self.text))
        begin = next(at for at, (_, sql) in enumerate(found) if sql.startswith("BEGIN IMMEDIATE"))
        end = max(at for at, (_, sql) in enumerate(found) if sql.endswith(" COMMIT;\n"))
        return found[begin : end + 1]

    def broken_at(self, start: int) -> str:
        """Return the text with something before a place that fails."""
        return f"{self.text[:start]}{BROKEN}{self.text[start:]}"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Both scripts of a range."""

    upgrade: Script
    rollback: Script

    @property
    def both(self) -> tuple[Script, Script]:
        """Return the scripts, upgrade first."""
        return self.upgrade, self.rollback


def render(root: Path, ranges: Iterable[str], mode: TransactionMode | None = None) -> dict[str, Bundle]:
    """Render ranges of a project as `changescript sql` does."""
    project = find_project(root)
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


def run_online(runs: Iterable[tuple[Path, File, Sequence[tuple[Sequence[str], File]]]]) -> None:
    """Migrate databases as a developer would, and copy each at every stop; `-id` is a downgrade."""
    asked = [
        (str(root / "alembic.ini"), str(file.path), [(revisions, str(copy.path)) for revisions, copy in stops])
        for root, file, stops in runs
    ]
    finished = subprocess.run(
        [sys.executable, "-c", _ONLINE, json.dumps(asked)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": IMPORT_FOLDER, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert finished.returncode == 0, finished.stderr


# Clients other than the shell


def _without_commands(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("."))


def _execute_all(connection: sqlite3.Connection, text: str) -> str:
    """Run every statement, whatever became of the one before, as a client that knows no commands finds them."""
    shown, statement = [], ""
    for part in text.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            try:
                shown += [str(row[0]) for row in connection.execute(statement).fetchall()]
            except sqlite3.Error as error:
                shown.append(str(error))
            statement = ""
    return "\n".join(shown)


def _executescript(connection: sqlite3.Connection, text: str) -> str:
    try:
        connection.executescript(text)
    except sqlite3.Error as error:
        return str(error)
    return ""


def _client(run: Callable[[sqlite3.Connection, str], str], *, strips: bool, begins: bool) -> Callable[[File, str], str]:
    def client(file: File, text: str) -> str:
        with contextlib.closing(sqlite3.connect(file.path, isolation_level=None)) as connection:
            if begins:
                connection.execute("BEGIN")
            shown = run(connection, _without_commands(text) if strips else text)
            with contextlib.suppress(sqlite3.OperationalError):
                connection.execute("COMMIT")
        return shown

    return client


OTHER_CLIENTS: Mapping[str, Callable[[File, str], str]] = {
    f"{name}, {'drops' if strips else 'keeps'} commands{', begins by itself' * begins}": _client(
        run, strips=strips, begins=begins
    )
    for name, run in {"executescript": _executescript, "goes on after errors": _execute_all}.items()
    for strips in (True, False)
    for begins in (True, False)
    # executescript() ends a transaction that is open.
    if not (begins and run is _executescript)
}
"""By what they make of the shell's commands and of errors; each commits at its end, whatever has happened."""

SHELL_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "as the header says": RUN,
    "without -bail": ("-batch",),
    "interactive": ("-interactive",),
    "other output": ("-batch", "-echo", "-header", "-box", "-stats"),
    "a start-up file": ("-batch", "-init", "sqliterc"),
}
"""Ways to start the shell."""
