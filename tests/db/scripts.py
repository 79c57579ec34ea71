"""Scripts of this repository's history and of a branching one, made once; how tests change and run them.

Nothing here knows pytest.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import re
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from changescript.generate import generate_bundles
from changescript.history import load_history, resolve_range
from changescript.model import Project, Request, TransactionMode
from changescript.project import find_project
from tests.db.postgres import ROOT
from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from changescript.content import Content
    from tests.db.postgres import Database, Finished

FIRST, RULES, LINKS, SEVERITY, TRIGGER = REVISIONS = (
    "4c8e1f0a9d27",
    "b7d2056ce318",
    "0f93ad4e7b61",
    "e5a1c47082fb",
    "92d60b3fe84c",
)
SINGLES = tuple(f"{low}:{high}" for low, high in zip(("base", *REVISIONS), REVISIONS, strict=False))
WHOLE = f"base:{TRIGGER}"
TO_LINKS = f"base:{LINKS}"
MIDDLE = f"{RULES}:{SEVERITY}"
LAST_TWO = f"{LINKS}:{TRIGGER}"
RANGES = (*SINGLES, WHOLE, TO_LINKS, MIDDLE, LAST_TWO)
MANY = (WHOLE, TO_LINKS, MIDDLE, LAST_TWO)
"""Ranges of several revisions: the only ones that `transaction = "revision"` changes."""

REFUSED_EXIT = 3
"""What psql -f ends with when a statement fails and ON_ERROR_STOP is set."""

_CLIENT_COMMAND = re.compile(r"^\\(?:set|unset|encoding|pset|gset|if|elif|else|endif)\b.*\n", re.MULTILINE)
_SET_COMMAND = re.compile(r"^\\set\b.*\n", re.MULTILINE)
_TOKEN = re.compile(
    r"""
    [Ee]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*"
    | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$
    | --[^\n]* | /\*.*?\*/ | ^\\[^\n]*
    | (?P<end>;)
    | \w+ | .
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_COMMENTS = re.compile(r"\s+|--[^\n]*\n|\\(?:if|endif|set|unset|pset|encoding|gset)\b[^\n]*\n|;")
_STAMPED = re.compile(r"CALL pg_temp\.require_heads\('\{(?P<heads>[^}]*)\}', 'FAILED'\);")


@dataclass(frozen=True, slots=True)
class Piece:
    """A top-level statement of a script, the frame's own included."""

    start: int
    """Where it begins in the script's text, behind the comments above it."""
    sql: str
    number: int | None
    """Its number if the script has given it one."""
    heads: tuple[str, ...]
    """The rows of alembic_version that are committed before it runs, if all before it has worked."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A numbered statement as manifest.json lists it."""

    number: int
    line: int
    outside: bool


@dataclass(frozen=True, slots=True)
class Script:
    """One script, and what its manifest says of it."""

    name: str
    text: str
    lower: tuple[str, ...]
    """The rows of alembic_version that it needs."""
    upper: tuple[str, ...]
    """The rows that it leaves."""
    listed: tuple[Listed, ...]

    @property
    def outside(self) -> bool:
        """Tell whether some of it runs outside a transaction."""
        return any(statement.outside for statement in self.listed)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its top-level statements from the first check on."""
        return _pieces(self)

    @property
    def states(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows of alembic_version that are committed on its way, the first and last included."""
        return tuple(dict.fromkeys([*(piece.heads for piece in self.pieces), self.upper]))

    @property
    def markers(self) -> tuple[tuple[str, ...], ...]:
        """Return those states in which a revision is half applied."""
        return tuple(heads for heads in self.states if any(":" in head for head in heads))

    def broken_at(self, piece: Piece, sql: str = "SELECT 1/0;") -> str:
        """Return the text with `sql` put before a piece; by default it fails there."""
        return f"{self.text[: piece.start]}{sql}\n{self.text[piece.start :]}"

    def statement(self, number: int) -> str:
        """Return the SQL of a numbered statement without what the frame has put around it."""
        listed = self.listed[number - 1]
        start = _line_start(self.text, listed.line)
        found = [sql for at, sql in _split(self.text) if at >= start]
        if not listed.outside:
            return found[0]
        # Before it the frame sets timeouts and takes away what is left of a failed run.
        end = next(at for at, sql in enumerate(found) if sql.startswith("SET lock_timeout = '"))
        return [sql for sql in found[:end] if " INDEX CONCURRENTLY " in sql][-1]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Both scripts of a range."""

    upgrade: Script
    rollback: Script

    @property
    def both(self) -> tuple[Script, Script]:
        """Return the scripts, upgrade first."""
        return self.upgrade, self.rollback


def _line_start(text: str, line: int) -> int:
    return sum(len(each) for each in text.splitlines(keepends=True)[: line - 1])


@functools.cache
def _split(text: str) -> tuple[tuple[int, str], ...]:
    """Return the top-level statements with their places; comments and psql's own commands are no part of them."""
    found = []
    start = 0
    for token in _TOKEN.finditer(text):
        if not token["end"]:
            continue
        while skipped := _COMMENTS.match(text, start):
            start = skipped.end()
        if start < token.end():
            found.append((start, text[start : token.end()]))
            start = token.end()
    return tuple(found)


@functools.cache
def _pieces(script: Script) -> tuple[Piece, ...]:
    numbers = {_line_start(script.text, listed.line): listed.number for listed in script.listed}
    found: list[Piece] = []
    committed = pending = script.lower
    checked = False
    for start, sql in _split(script.text):
        checked = checked or sql.startswith("CALL ")
        if not checked:
            continue
        found.append(Piece(start, sql, numbers.get(start), committed))
        stamped = _STAMPED.fullmatch(sql)
        if stamped:
            pending = tuple(filter(None, stamped["heads"].split(",")))
        committed = pending if sql == "COMMIT;" else committed
    assert {piece.number for piece in found} >= {listed.number for listed in script.listed}, script.name
    return tuple(found)


def _bundle(name: str, files: Mapping[str, Content]) -> Bundle:
    manifest = json.loads(files["manifest.json"].read())
    ends = tuple(manifest["from"]), tuple(manifest["to"])
    scripts = []
    for file, (lower, upper) in {"upgrade.sql": ends, "rollback.sql": ends[::-1]}.items():
        listed = tuple(
            Listed(entry["number"], entry["line"], entry["outside_transaction"])
            for entry in manifest["scripts"][file]["statements"]
        )
        scripts.append(Script(f"{name}/{file}", files[file].read().decode(), lower, upper, listed))
    return Bundle(*scripts)


def _make_bundles(project: Project, ranges: Sequence[str]) -> Iterator[tuple[str, Bundle]]:
    """Render the ranges as `changescript sql` does."""
    gc.collect()  # models of an earlier rendering in this process would still be known to SQLModel
    with contextlib.chdir(project.root):
        history = load_history(project)
        requests = [Request(resolve_range(history, text)) for text in ranges]
        for text, files in zip(ranges, generate_bundles(project, history, requests), strict=True):
            if isinstance(files, Exception):
                raise files
            yield text, _bundle(text, files)


@functools.cache
def bundles(mode: TransactionMode = TransactionMode.SCRIPT) -> Mapping[str, Bundle]:
    """Return this repository's bundles by their range."""
    found = find_project(ROOT)
    project = replace(found, settings=replace(found.settings, transaction=mode))
    ranges = RANGES if mode is TransactionMode.SCRIPT else MANY
    return dict(_make_bundles(project, ranges))


@functools.cache
def bundle(range_: str, mode: TransactionMode = TransactionMode.SCRIPT) -> Bundle:
    """Return the bundle of any range of this repository."""
    if range_ in bundles(mode):
        return bundles(mode)[range_]
    found = find_project(ROOT)
    project = replace(found, settings=replace(found.settings, transaction=mode))
    return dict(_make_bundles(project, [range_]))[range_]


_DUPLICATES = "op.execute('CREATE TABLE t_q (id int, n int)')"
_UNIQUE = """\
op.execute("ALTER TABLE t_q ADD COLUMN note text")
with op.get_context().autocommit_block():
    op.create_index("ix_t_q_n", "t_q", ["n"], unique=True, postgresql_concurrently=True)
op.execute("ALTER TABLE t_q ADD COLUMN done text")"""
_NOT_UNIQUE = """\
op.execute("ALTER TABLE t_q DROP COLUMN done")
with op.get_context().autocommit_block():
    op.drop_index("ix_t_q_n", "t_q", postgresql_concurrently=True)
op.execute("ALTER TABLE t_q DROP COLUMN note")"""

_BRANCHING = (
    Rev("trunk"),
    Rev("left", ("trunk",)),
    Rev("right", ("trunk",)),
    Rev("merged", ("left", "right")),
    Rev("q", ("merged",), upgrade=_DUPLICATES, downgrade="op.execute('DROP TABLE t_q')"),
    Rev("unique", ("q",), upgrade=_UNIQUE, downgrade=_NOT_UNIQUE),
)
TO_HEADS, MERGE, TO_QUEUE, UNIQUE = "base:left,right", "left,right:merged", "merged:q", "q:unique"


@functools.cache
def branching_bundles() -> Mapping[str, Bundle]:
    """Return bundles of a small history: two branches, their merge, and a unique index made concurrently."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "project"
        root.mkdir()
        make_project(root, _BRANCHING)
        return dict(_make_bundles(find_project(root), [TO_HEADS, MERGE, TO_QUEUE, UNIQUE]))


@dataclass(frozen=True, slots=True)
class Client:
    """A way in which a script reaches the server."""

    name: str
    removed: re.Pattern[str] | None = None
    """What of the script this client never sees."""
    psqlrc: str | None = None

    @property
    def is_psql(self) -> bool:
        """Tell whether the script's own client settings count."""
        return self.removed is None

    @property
    def autocommits(self) -> bool:
        """Tell whether each statement outside BEGIN and COMMIT is a transaction of its own."""
        return "AUTOCOMMIT off" not in (self.psqlrc or "")

    def run(self, database: Database, text: str) -> Finished:
        """Run a script's text."""
        seen = self.removed.sub("", text) if self.removed else text
        return run_text(database, seen, psqlrc=self.psqlrc)


LOOSE_PSQLRC = "\\set AUTOCOMMIT off\n\\set ON_ERROR_ROLLBACK on\n"
PSQL = Client("psql")
NO_COMMANDS = Client("no client commands", _CLIENT_COMMAND)
NO_SET = Client("no set", _SET_COMMAND)
CLIENTS = (
    PSQL,
    Client("psqlrc", None, LOOSE_PSQLRC),
    NO_COMMANDS,
    NO_SET,
    Client("no client commands, psqlrc", _CLIENT_COMMAND, LOOSE_PSQLRC),
    Client("no client commands, rollback on error", _CLIENT_COMMAND, "\\set ON_ERROR_ROLLBACK on\n"),
)


# A script waits for the session of one that has just ended; where a test waits it out, it need not take long.
IN_NO_HURRY, IN_A_HURRY = "pg_sleep(0.1)", "pg_sleep(0.005)"
PATIENCE_SECONDS = 30
SESSIONS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'psql' AND pid <> pg_backend_pid()
"""


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.04)  # asking takes a client of its own


def write_script(database: Database, text: str, name: str = "script") -> Path:
    """Put a script's text into a file that a client can be given."""
    file = database.server.folder / f"{database.name}_{name}.sql"
    file.write_text(text, encoding="utf-8", newline="")
    return file


def run_text(
    database: Database,
    text: str,
    *arguments: str,
    psqlrc: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Run a script's text as its header says, with further arguments; -X unless a psqlrc is given."""
    ours = [] if psqlrc is not None else ["-X"]
    file = write_script(database, text)
    return database.psql(*ours, *arguments, "-f", file, psqlrc=psqlrc, environment=environment)


def ok_line(database: Database, heads: Sequence[str]) -> str:
    """Return the line that a script may only end with when the database is at `heads`."""
    return f"OK: database {database.name} is at {', '.join(heads) or 'base'}"


def succeeded(database: Database, script: Script, finished: Finished) -> bool:
    """Tell whether a run ended as the header's Expect line says."""
    last = finished.stdout.splitlines()[-1:]
    return (finished.exit_code, last) == (0, [ok_line(database, script.upper)])


def apply(database: Database, script: Script) -> None:
    """Run a script that has to succeed."""
    finished = run_text(database, script.text)
    assert succeeded(database, script, finished), f"{script.name}\n{finished.output}"


def version_rows(database: Database) -> tuple[str, ...]:
    """Return what alembic_version, which has to be there, holds."""
    found = database.query("SELECT version_num FROM alembic_version ORDER BY version_num")
    return tuple(found.split("\n")) if found else ()


def set_heads(database: Database, heads: Sequence[str]) -> None:
    """Make alembic_version hold exactly these rows."""
    values = ", ".join(f"('{head}')" for head in heads)
    inserted = f"INSERT INTO alembic_version VALUES {values};" if heads else ""
    database.execute(f"DELETE FROM alembic_version; {inserted}")
