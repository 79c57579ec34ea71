"""Text goes through revision, script and psql into every place of a database as an online upgrade puts it there."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.db import places
from tests.db.both_ways import (
    dump_after_online,
    dump_after_script,
    first_differences,
    project_of,
    psql_clients,
    script_of,
)
from tests.projects import Rev

if TYPE_CHECKING:
    from tests.db.postgres import Server

MODULES = {"places": Path(places.__file__).read_text(encoding="utf-8")}
_EXPECTED: dict[Path, str] = {}


def revisions() -> list[Rev]:
    """Return a history with a revision for each place."""
    names = [place.__name__ for place in places.PLACES]
    return [
        Rev(name, (before,) if before else (), upgrade=f"import places\n\nplaces.{name}()", downgrade="pass")
        for name, before in zip(names, ("", *names), strict=False)
    ]


@functools.cache
def script() -> str:
    """Return the script of all places."""
    with project_of(revisions(), **MODULES) as project:
        return script_of(project)


def expected_of(server: Server) -> str:
    """Return what an online upgrade leaves on a server."""
    if server.folder not in _EXPECTED:
        with project_of(revisions(), **MODULES) as project:
            _EXPECTED[server.folder] = dump_after_online(server, project)
    return _EXPECTED[server.folder]


@pytest.mark.slow
@pytest.mark.parametrize("client", psql_clients())
def test_text_is_stored_as_online(server: Server, client: str) -> None:
    """Rows and catalog are the same through each psql as after an online upgrade, for every text and place."""
    expected = expected_of(server)
    found = dump_after_script(server, psql_clients()[client], script())
    assert first_differences(expected, found) == []
    assert expected.count("\n") > 100 * len(places.PLACES)
