"""The databases that scripts of whole histories are tried on, each with its own client, behind one interface.

Nothing here knows pytest.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from tests.db import mariadb_scripts, scripts, sqlite
from tests.db.postgres import ROOT, CommandFailed
from tests.projects import IMPORT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.db.mariadb import MariaDBDatabase, MariaDBServer
    from tests.db.postgres import Database, Finished, Server

# One process for all runs, because SQLAlchemy takes longer to import than a history to run.
# PyMySQL 1.2 has renamed a function that aiomysql 0.3.2 escapes bytes with: no bytes could be bound otherwise.
_WORKER = """
import argparse, json, os, sys, traceback
from alembic import command
from alembic.config import Config
from aiomysql import connection
from pymysql.converters import escape_bytes
connection.escape_bytes_prefixed = escape_bytes
answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    ini, os.environ["DATABASE_URL"], words = json.loads(line)
    said = ""
    try:
        for word in words:
            config = Config(ini, cmd_opts=argparse.Namespace(x=["online=true"]))
            if word == "base":
                command.ensure_version(config)
            else:
                (command.downgrade if word.startswith("-") else command.upgrade)(config, word.lstrip("-"))
    except BaseException:
        said = traceback.format_exc()
    # The next project may have a module of the same name; packages may be installed inside of this one.
    for name, module in list(sys.modules.items()):
        file = str(getattr(module, "__file__", None))
        if file.startswith(os.path.dirname(ini) + os.sep) and "site-packages" not in file:
            del sys.modules[name]
    print(json.dumps(said), file=answers, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Online:
    """A process that upgrades and downgrades databases as a developer would: online, with bound parameters."""

    process: subprocess.Popen[str]

    def run(self, root: Path, url: str, words: Sequence[str]) -> None:
        """Upgrade to each revision; `-id` is a downgrade, `base` makes an empty version table."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([str(root / "alembic.ini"), url, list(words)]) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        if said:
            raise CommandFailed(said)


@contextlib.contextmanager
def online() -> Iterator[Online]:
    """Start the process, and end it."""
    path = os.pathsep.join((IMPORT_FOLDER, str(ROOT)))
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    ) as process:
        yield Online(process)
        assert process.stdin
        process.stdin.close()


class Place(Protocol):
    """One database."""

    @property
    def url(self) -> str:
        """Return the URL for an asynchronous driver."""

    def execute(self, sql: str) -> None:
        """Run SQL that has to succeed."""

    def run(self, text: str) -> Finished | sqlite.Finished:
        """Run a script's text as its header says."""

    def ok_line(self, heads: Sequence[str]) -> str:
        """Return the line that a script may only end with when the database is at `heads`."""

    def state(self) -> object:
        """Return schema and rows in a form that can be compared."""

    def shape(self) -> object:
        """Return the same, but for how the text of the schema happens to be spelled."""

    def drop(self) -> None:
        """Take the database away."""


Made_co = TypeVar("Made_co", bound=Place, covariant=True)


class Engine(Protocol[Made_co]):
    """Makes databases."""

    def create(self) -> Made_co:
        """Make an empty one."""


def apply(place: Place, text: str, heads: Sequence[str]) -> None:
    """Run a script that has to succeed."""
    finished = place.run(text)
    last = finished.stdout.splitlines()[-1:]
    assert (finished.exit_code, last) == (0, [place.ok_line(heads)]), finished.output


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    """A database of PostgreSQL."""

    database: Database

    @property
    def url(self) -> str:
        """Return the URL for asyncpg."""
        return self.database.url

    def execute(self, sql: str) -> None:
        """Run SQL that has to succeed."""
        self.database.execute(sql)

    def run(self, text: str) -> Finished:
        """Run a script's text through psql."""
        return scripts.run_text(self.database, text)

    def ok_line(self, heads: Sequence[str]) -> str:
        """Return the last line of a good run."""
        return scripts.ok_line(self.database, heads)

    def state(self) -> str:
        """Return what pg_dump writes."""
        return self.database.dump()

    def shape(self) -> str:
        """Return the same, without the next keys: a rollback does not give back those that it has taken."""
        return re.sub(r"(?m)^SELECT pg_catalog\.setval\(.*$", "", self.database.dump())

    def drop(self) -> None:
        """Drop the database."""
        self.database.drop()


@dataclass(frozen=True, slots=True)
class PostgresEngine:
    """A server of PostgreSQL."""

    server: Server

    def create(self) -> PostgresPlace:
        """Make an empty database."""
        return PostgresPlace(self.server.create_database())


_EMPTY_AGAIN = """
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
END
$$;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema';
"""


@dataclass(frozen=True, slots=True)
class RecycledPlace(PostgresPlace):
    """A database of PostgreSQL that is emptied, and used again: making and dropping one takes far longer."""

    free: list[Database]

    def drop(self) -> None:
        """Empty the database."""
        self.database.execute(_EMPTY_AGAIN)
        self.free.append(self.database)


@dataclass(frozen=True, slots=True)
class RecyclingEngine:
    """A server of PostgreSQL with a few databases that are used over and over."""

    server: Server
    free: list[Database] = field(default_factory=list)

    def create(self) -> RecycledPlace:
        """Return an empty database."""
        return RecycledPlace(self.free.pop() if self.free else self.server.create_database(), self.free)


@dataclass(frozen=True, slots=True)
class MariadbPlace:
    """A database of MariaDB."""

    database: MariaDBDatabase

    @property
    def url(self) -> str:
        """Return the URL for aiomysql."""
        return self.database.url

    def execute(self, sql: str) -> None:
        """Run SQL that has to succeed."""
        self.database.execute(sql)

    def run(self, text: str) -> Finished:
        """Run a script's text through the mariadb client."""
        return mariadb_scripts.run(self.database, text)

    def ok_line(self, heads: Sequence[str]) -> str:
        """Return the last line of a good run."""
        return mariadb_scripts.ok_line(self.database, heads)

    def state(self) -> str:
        """Return what mariadb-dump writes."""
        return self.database.dump()

    def shape(self) -> str:
        """Return the same, without the next keys: a rollback does not give back those that it has taken."""
        return mariadb_scripts.without_counters(self.database.dump())

    def drop(self) -> None:
        """Drop the database."""
        self.database.drop()


@dataclass(frozen=True, slots=True)
class MariadbEngine:
    """A server of MariaDB."""

    server: MariaDBServer

    def create(self) -> MariadbPlace:
        """Make an empty database."""
        return MariadbPlace(self.server.create_database())


@dataclass(frozen=True, slots=True)
class SqlitePlace:
    """A database of SQLite."""

    file: sqlite.File

    @property
    def url(self) -> str:
        """Return the URL for aiosqlite."""
        return f"sqlite+aiosqlite:///{self.file.path}"

    def execute(self, sql: str) -> None:
        """Run SQL that has to succeed."""
        self.file.execute(sql)

    def run(self, text: str) -> sqlite.Finished:
        """Run a script's text through the sqlite3 shell."""
        return sqlite.shell(self.file, text)

    def ok_line(self, heads: Sequence[str]) -> str:
        """Return the last line of a good run."""
        return sqlite.ok_line(self.file, heads)

    def state(self) -> object:
        """Return schema, to the word, and rows."""
        return self.file.state()

    def shape(self) -> object:
        """Return what the schema means, and rows: a table that was made anew is spelled in another way."""
        return self.file.shape()

    def drop(self) -> None:
        """Take the file away."""
        self.file.path.unlink()


@dataclass(frozen=True, slots=True)
class SqliteEngine:
    """A folder of files."""

    folder: Path

    def create(self) -> SqlitePlace:
        """Make an empty file, which SQLite takes for an empty database."""
        file = self.folder / f"{len(list(self.folder.iterdir()))}.db"
        file.touch()
        return SqlitePlace(sqlite.File(file))
