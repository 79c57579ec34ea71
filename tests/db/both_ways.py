"""Throw-away projects that run both ways: as a script through psql, and online with bound parameters.

Nothing here knows pytest.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.db.postgres import COMMAND_SECONDS, Finished, normalise_dump
from tests.db.server import embedded_installation, system_installation
from tests.projects import ThrowAway, make_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.db.postgres import Database, Server
    from tests.projects import Rev

ENV_PY = '''\
import asyncio
import os

import sqlalchemy as sa
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import await_only


def send_whole(cursor, statement, parameters, execution):
    """Send raw SQL as one query, as psycopg does; asyncpg would take one statement only."""
    if not isinstance(getattr(execution.compiled, "statement", None), sa.TextClause) or parameters:
        return False
    await_only(cursor._connection.execute(statement))
    return True


def run_on(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def run_online():
    engine = create_async_engine(os.environ["DATABASE_URL"])
    sa.event.listen(engine.sync_engine, "do_execute", send_whole)
    async with engine.connect() as connection:
        await connection.run_sync(run_on)
    await engine.dispose()


if context.is_offline_mode():
    context.configure(url="postgresql+asyncpg://", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(run_online())
'''


@contextmanager
def project_of(revisions: Sequence[Rev], **modules: str) -> Iterator[ThrowAway]:
    """Make a project of these revisions, with modules that they can import."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder).resolve() / "project", revisions, ENV_PY)
        for name, text in modules.items():
            (project.root / f"{name}.py").write_text(text, encoding="utf-8")
        yield project


def script_of(project: ThrowAway, *arguments: str) -> str:
    """Return the script of all revisions as `changescript sql` prints it."""
    outcome = project.run("sql", "base:heads", "--stdout", *arguments)
    assert outcome.code == 0, outcome.err
    return outcome.out


def psql_clients() -> dict[str, str]:
    """Return every psql there is by the name of its installation: they differ in version."""
    found = (embedded_installation(), system_installation())
    clients = {installation.name: installation.program("psql") for installation in found if installation}
    alone = shutil.which("psql")
    return clients if "system" in clients or alone is None else clients | {"system": alone}


def run_client(
    client: str,
    database: Database,
    script: bytes,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    start_up: bool = False,
) -> Finished:
    """Run a script's bytes through one psql, as its header says, or with its start-up file."""
    file = database.server.folder / f"{database.name}_client.sql"
    file.write_bytes(script)
    done = subprocess.run(
        [client, *([] if start_up else ["-X"]), *arguments, "-f", str(file)],
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=database.client_environment() | dict(environment or {}),
        timeout=COMMAND_SECONDS,
    )
    return Finished(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def dump_after_script(server: Server, client: str, script: str) -> str:
    """Return what a script, which has to succeed, leaves of an empty database."""
    database = server.create_database()
    finished = run_client(client, database, script.encode())
    assert finished.exit_code == 0, finished.output
    assert finished.stdout.splitlines()[-1].startswith("OK: "), finished.output
    left = exact_dump(database)
    database.drop()
    return left


def dump_after_online(server: Server, project: ThrowAway) -> str:
    """Return what an online upgrade leaves of an empty database."""
    database = server.create_database()
    database.online_upgrade("heads", project=project.root)
    left = exact_dump(database)
    database.drop()
    return left


def exact_dump(database: Database) -> str:
    """Return schema and rows with every carriage return, which reading as text would take for a line end."""
    dumped = subprocess.run(
        [database.server.installation.program("pg_dump")],
        check=True,
        capture_output=True,
        env=database.client_environment(),
        timeout=COMMAND_SECONDS,
    )
    return normalise_dump(dumped.stdout.decode())


def first_differences(expected: str, found: str) -> list[tuple[str, str]]:
    """Return the first lines that differ; a whole comparison of long dumps takes minutes."""
    pairs = itertools.zip_longest(expected.split("\n"), found.split("\n"), fillvalue="")
    return list(itertools.islice((pair for pair in pairs if pair[0] != pair[1]), 5))
