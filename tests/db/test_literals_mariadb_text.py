"""Text of any characters goes through the mariadb client unchanged, whatever steers the client and the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changescript.literals import compile_literal, render_rows
from tests.db.mariadb import CLIENT_OPTIONS
from tests.db.mariadb_values import DIALECTS, PROLOGUE, nasty_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.db.mariadb import MariaDBDatabase

DIALECT = DIALECTS["mariadb"]
NASTY = sa.table("nasty", sa.column("v", sa.Text))


def nasty_script(texts: Sequence[str]) -> str:
    """Return a script that stores each text twice: from raw SQL with a colon behind it, and as a row."""
    raw = [sa.text(r"INSERT INTO nasty (v) SELECT CONCAT(:v, '\:v')").bindparams(v=text) for text in texts]
    pairs = zip(
        (compile_literal(statement, DIALECT) for statement in raw),
        (sql for text in texts for sql in render_rows(NASTY, [{"v": text}], DIALECT)),
        strict=True,
    )
    create = "CREATE OR REPLACE TABLE nasty (v LONGTEXT, position INT AUTO_INCREMENT PRIMARY KEY)"
    return PROLOGUE + "".join(f"{sql};\n" for sql in (create, *(sql for pair in pairs for sql in pair)))


def stored_texts(database: MariaDBDatabase) -> list[str]:
    """Return what nasty_script() stored."""
    rows = database.query("SELECT CONCAT('=', HEX(v)) FROM nasty ORDER BY position").split("\n")
    return [bytes.fromhex(row[1:]).decode() for row in rows if row]


CLIENTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "C locale": {"environment": {"LANG": "C", "LC_ALL": "C"}},
    "latin1 start-up file": {"my_cnf": "[client]\ndefault-character-set=latin1\n"},
    "setting before": {"my_cnf": "[client]\ninit-command=\"SET sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES'\"\n"},
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("client", CLIENTS)
def test_nasty_text_arrives_whole(mariadb: MariaDBDatabase, client: str, newline: str) -> None:
    """Control, bidirectional and quoting characters go through any client unchanged, in a CRLF file too."""
    script = nasty_script(nasty_texts()).replace("\n", newline)
    finished = mariadb.client(*CLIENT_OPTIONS, stdin=script, **CLIENTS[client])
    assert finished.exit_code == 0, finished.output
    assert stored_texts(mariadb) == [written for text in nasty_texts() for written in (f"{text}:v", text)]


@pytest.mark.parametrize("mode", ["NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "ORACLE"])
def test_a_server_of_another_sql_mode_stores_the_same(mariadb: MariaDBDatabase, mode: str) -> None:
    """The prologue overrides the mode that sessions of a server begin with."""
    mariadb.execute(f"SET @@global.sql_mode = '{mode}'")
    try:
        finished = mariadb.client(*CLIENT_OPTIONS, stdin=nasty_script(nasty_texts(100)))
    finally:
        mariadb.execute("SET @@global.sql_mode = DEFAULT")
    assert finished.exit_code == 0, finished.output
    assert stored_texts(mariadb) == [written for text in nasty_texts(100) for written in (f"{text}:v", text)]


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=20))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_arrives_whole(mariadb: MariaDBDatabase, texts: list[str]) -> None:
    """Whatever characters a text is made of, the client stores them."""
    finished = mariadb.client(*CLIENT_OPTIONS, stdin=nasty_script(texts))
    assert finished.exit_code == 0, finished.output
    assert stored_texts(mariadb) == [written for text in texts for written in (f"{text}:v", text)]
