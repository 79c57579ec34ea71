"""Raw SQL of revisions leaves through psql what it leaves where a driver hands it to the server whole."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest

from tests.db.both_ways import (
    dump_after_online,
    dump_after_script,
    first_differences,
    project_of,
    psql_clients,
    script_of,
)
from tests.projects import Rev
from tests.raw_sql import ACCEPTED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.postgres import Server

_EXPECTED: dict[Path, str] = {}


def revisions() -> list[Rev]:
    """Return a history with a revision for each text that holds a statement; an empty one fails online."""
    texts = [text for text in ACCEPTED if text.count]
    return [
        Rev(text.name, (before,) if before else (), upgrade=f"op.execute({text.sql!r})", downgrade="pass")
        for text, before in zip(texts, ["", *(text.name for text in texts)], strict=False)
    ]


@functools.cache
def script() -> str:
    """Return the script of all texts."""
    with project_of(revisions()) as project:
        return script_of(project)


def expected_of(server: Server) -> str:
    """Return what an online upgrade leaves on a server."""
    if server.folder not in _EXPECTED:
        with project_of(revisions()) as project:
            _EXPECTED[server.folder] = dump_after_online(server, project)
    return _EXPECTED[server.folder]


@pytest.mark.parametrize("client", psql_clients())
def test_statements_leave_the_same_catalog_and_rows(server: Server, client: str) -> None:
    """Bodies of functions byte for byte, and everything else, are what an online upgrade makes."""
    expected = expected_of(server)
    found = dump_after_script(server, psql_clients()[client], script())
    assert first_differences(expected, found) == []
    assert "\tRETURN 'a\r\n" in expected
