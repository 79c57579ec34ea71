"""One server's databases: made, reached through the server's own clients, and compared.

Nothing here knows pytest; conftest.py makes fixtures of it.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.db.server import SUPERUSER
from tests.warm_start import run_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.db.server import Installation

ROOT = Path(__file__).parents[2]
BASE = "base"
COMMAND_SECONDS = 120
_ALEMBIC = "import sys; sys.path.insert(0, ''); from alembic.config import main; main(prog='alembic')"
"""What `python -m alembic` does."""

# What pg_dump writes differently each time or for each version of itself.
VOLATILE_DUMP_LINE = re.compile(r"^(?:\\(?:un)?restrict .*|-- Dumped (?:from database|by pg_dump) version .*)$")


class CommandFailed(Exception):
    """A command that had to succeed did not; the message holds what it showed."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command that ended has left."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Return all that was shown, stdout first."""
        return self.stdout + self.stderr


def _plain_environment() -> dict[str, str]:
    """Return our environment without what would steer a PostgreSQL client or our settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "PSQL")) and name != "DATABASE_URL"
    }


def run_alembic(*arguments: str, url: str, project: Path = ROOT) -> Finished:
    """Run alembic on a project's alembic.ini with any DATABASE_URL, in a process of its own."""
    ended = run_code(
        _ALEMBIC,
        *("-c", str(project / "alembic.ini"), *arguments),
        folder=Path.cwd(),
        env=_plain_environment() | {"DATABASE_URL": url},
        timeout=COMMAND_SECONDS,
    )
    return Finished(ended.exit_code, ended.stdout.decode(), ended.stderr.decode())


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. Databases of it are made with create_database()."""

    installation: Installation
    folder: Path
    _serial: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)
    _templates: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def major(self) -> int:
        """Return the major version, such as 18."""
        version = self.maintenance.query("SHOW server_version_num")
        return int(version) // 10_000

    @property
    def maintenance(self) -> Database:
        """Return the database from which others are made and dropped."""
        return Database(self, "postgres")

    def create_database(self, at: str = BASE) -> Database:
        """Make a database that an online upgrade has brought to `at`, with rows as it left them.

        The upgrade itself runs once for each revision; later databases are copies.
        """
        template = "template0" if at == BASE else self._template(at)
        return self._copy_database(template, f"test_{next(self._serial)}")

    def _template(self, at: str) -> str:
        if at not in self._templates:
            database = self._copy_database("template0", f"template_{next(self._serial)}")
            database.online_upgrade(at)
            self._templates[at] = database.name
        return self._templates[at]

    def _copy_database(self, template: str, name: str) -> Database:
        self.maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return Database(self, name)


@dataclass(frozen=True, slots=True)
class Database:
    """One database of a server, reached through the server's own clients."""

    server: Server
    name: str

    @property
    def url(self) -> str:
        """Return the SQLAlchemy URL for asyncpg."""
        return f"postgresql+asyncpg://{SUPERUSER}@/{self.name}?host={self.server.folder}"

    def copy(self) -> Database:
        """Make another database with the same contents; nobody may be connected to this one."""
        return self.server._copy_database(self.name, f"test_{next(self.server._serial)}")  # noqa: SLF001  # of the same module

    def drop(self) -> None:
        """Drop the database, with whoever is connected to it."""
        self.server.maintenance.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def client_environment(self, psqlrc: str | None = None) -> dict[str, str]:
        """Return an environment in which psql and pg_dump reach this database without options.

        `psqlrc` is the text of a start-up file; without it psql reads none.
        """
        return _plain_environment() | {
            "PGHOST": str(self.server.folder),
            "PGUSER": SUPERUSER,
            "PGDATABASE": self.name,
            "PSQLRC": self._psqlrc_file(psqlrc),
            "PSQL_HISTORY": os.devnull,
        }

    def _psqlrc_file(self, text: str | None) -> str:
        if text is None:
            return os.devnull
        file = self.server.folder / f"psqlrc_{self.name}"
        file.write_text(text, encoding="utf-8")
        return str(file)

    def start_psql(
        self,
        *arguments: str | Path,
        psqlrc: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """Start psql with these arguments, for what has to run beside something else."""
        return subprocess.Popen(
            [self.server.installation.program("psql"), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.client_environment(psqlrc) | dict(environment or {}),
        )

    def psql(
        self,
        *arguments: str | Path,
        stdin: str = "",
        psqlrc: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Finished:
        """Run psql with these arguments and return what it left, whatever its exit code.

        As in a shell, a start-up file is read unless `-X` is among the arguments.
        """
        with self.start_psql(*arguments, psqlrc=psqlrc, environment=environment) as process:
            try:
                stdout, stderr = process.communicate(stdin, timeout=COMMAND_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Finished(process.returncode, stdout, stderr)

    def run_script(self, script: str | Path) -> Finished:
        """Run a script as its header says: `psql -X -d DATABASE -f SCRIPT`."""
        return self.psql("-X", "-d", self.name, "-f", script)

    def execute(self, sql: str) -> None:
        """Run SQL that has to succeed; several statements are one transaction."""
        self._checked_psql("-q", "-c", sql)

    def query(self, sql: str) -> str:
        """Return what a query finds: columns by `|`, rows by line breaks."""
        return self._checked_psql("-q", "-A", "-t", "-c", sql).stdout.removesuffix("\n")

    def _checked_psql(self, *arguments: str) -> Finished:
        return _succeeded(self.psql("-X", "-v", "ON_ERROR_STOP=1", *arguments), "psql")

    def heads(self) -> list[str]:
        """Return what alembic_version holds, sorted; empty also where the table is missing."""
        if not self.query("SELECT to_regclass('alembic_version')"):
            return []
        return sorted(self.query("SELECT version_num FROM alembic_version").split())

    def dump(self) -> str:
        """Return schema and rows as pg_dump writes them, in a form that can be compared.

        Left out is what pg_dump makes differently each time; rows of a table are sorted, because
        where they lie on disk is not part of what a script promises.
        """
        dumped = subprocess.run(
            [self.server.installation.program("pg_dump")],
            check=False,
            capture_output=True,
            encoding="utf-8",
            env=self.client_environment(),
            timeout=COMMAND_SECONDS,
        )
        finished = Finished(dumped.returncode, dumped.stdout, dumped.stderr)
        return normalise_dump(_succeeded(finished, "pg_dump").stdout)

    def alembic(self, *arguments: str, project: Path = ROOT) -> Finished:
        """Run alembic on a project's alembic.ini with this database as DATABASE_URL."""
        return run_alembic(*arguments, url=self.url, project=project)

    def online_upgrade(self, revision: str, project: Path = ROOT) -> None:
        """Upgrade as a developer would: online, with bound parameters."""
        arguments = ("-x", "online=true", "upgrade", revision)
        _succeeded(self.alembic(*arguments, project=project), "alembic upgrade")

    def online_downgrade(self, revision: str, project: Path = ROOT) -> None:
        """Downgrade as a developer would: online, with bound parameters."""
        arguments = ("-x", "online=true", "downgrade", revision)
        _succeeded(self.alembic(*arguments, project=project), "alembic downgrade")


def _succeeded(finished: Finished, command: str) -> Finished:
    if finished.exit_code != 0:
        raise CommandFailed(f"{command} ended with {finished.exit_code}\n{finished.output}")
    return finished


def normalise_dump(text: str) -> str:
    """Take out of a dump what differs between two dumps of equal databases."""
    lines: list[str] = []
    rows: list[str] | None = None
    for line in text.split("\n"):
        if rows is not None and line != "\\.":
            rows.append(line)
        elif rows is not None:
            lines += [*sorted(rows), line]
            rows = None
        elif not VOLATILE_DUMP_LINE.match(line):
            lines.append(line)
            rows = [] if line.startswith("COPY ") and line.endswith(" FROM stdin;") else None
    return "\n".join(lines)
