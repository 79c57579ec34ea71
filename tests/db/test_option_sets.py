"""Random values are stored the same whatever options the client is started with, or the script refuses to run."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.db import mariadb_scripts, sqlite
from tests.db.fuzzed_rows import Fuzz
from tests.db.mariadb_histories import ENV_PY as MARIADB_ENV
from tests.db.sqlite import ENV_PY as SQLITE_ENV
from tests.db.sqlite import SHELL, File
from tests.projects import make_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.db.mariadb import MariaDBDatabase, MariaDBServer
    from tests.db.postgres import Finished

SEED = int(os.environ.get("CHANGESCRIPT_FUZZ_SEED", "1"))
ROWS = int(os.environ.get("CHANGESCRIPT_FUZZ_ROWS", "40"))

HOSTILE = """
[client]
default-character-set=latin1
[mysql]
safe-updates
skip-comments
init-command="SET autocommit=0, sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES', time_zone='+05:30'"
"""


def as_documented(database: MariaDBDatabase, text: str) -> Finished:
    """Run as the header says."""
    return mariadb_scripts.run(database, text)


def in_a_hostile_environment(database: MariaDBDatabase, text: str) -> Finished:
    """Run as the header says where a my.cnf and the environment ask for other quotes, escapes and characters."""
    return database.client(
        *mariadb_scripts.RUN, stdin=text, my_cnf=HOSTILE, environment={"LC_ALL": "C", "LANG": "C", "TZ": "Asia/Kolkata"}
    )


def without_options(database: MariaDBDatabase, text: str) -> Finished:
    """Run with none of the options in the header, so that the client looks for commands and converts line ends."""
    return database.client(stdin=text, my_cnf="[client]\ndefault-character-set=latin1\n", environment={"LC_ALL": "C"})


@pytest.mark.usefixtures("stock_mysql_drivers")
def test_mariadb_stores_the_same_with_any_options(mariadb_server: MariaDBServer, tmp_path: Path) -> None:
    """What an online run with bound parameters stores, in tables, defaults and comments."""
    root = make_project(tmp_path / "p", [Fuzz(SEED, ROWS).revision()], MARIADB_ENV.format(options="{}")).root
    script = mariadb_scripts.render(root, ["base:a"])["base:a"].upgrade
    first, *databases = (mariadb_server.create_database() for _ in range(4))
    dumps, said = mariadb_scripts.online((root, first, ["a"]))
    assert dumps, said
    (expected,) = dumps
    assert expected.count("INSERT INTO") > 1.9 * ROWS
    ways: tuple[Callable[[MariaDBDatabase, str], Finished], ...] = (
        as_documented,
        in_a_hostile_environment,
        without_options,
    )
    for way, database in zip(ways, databases, strict=True):
        finished = way(database, script.text)
        assert mariadb_scripts.ok_line(database, script.upper) in finished.stdout, (
            way.__name__,
            finished.output[-500:],
        )
        assert database.dump() == expected, way.__name__
    for database in (first, *databases):
        database.drop()


RC_FILE = """\
.mode column
.headers on
.nullvalue NULL
.separator | ;
.echo on
.bail off
.changes on
.timer on
.eqp on
.prompt "? " "> "
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA case_sensitive_like = ON;
"""
SHELLS = {
    "as documented": (sqlite.RUN, ""),
    "interactive, with a start-up file": (("-interactive",), RC_FILE),
    "without options, in UTF-16": ((), ""),
    "read by a command": (("-batch",), ""),
}


def said_by_shell(file: File, text: str, *options: str) -> str:
    """Return what the shell says; an interactive one shows the script, of which it may cut characters in two."""
    assert SHELL
    finished = subprocess.run(
        [SHELL, *options, f"file:{file.path}?mode=rw"],
        input=text.encode(),
        check=False,
        capture_output=True,
        timeout=60,
        env={"HOME": str(file.path.parent), "LC_ALL": "C"},
    )
    return (finished.stdout + finished.stderr).decode(errors="replace")


COLUMNS = ("id", "text", "word", "bytes", "whole", "price", "ratio", "moment", "day", "flag", "doc")


def rows_of(file: File) -> list[tuple[object, ...]]:
    """Return all rows with every bit, and one more that shows the default; a default may be spelled in many ways."""
    file.execute("INSERT INTO t (id) VALUES (1000000)")
    return file.query(f"SELECT {', '.join(f'typeof({name}), quote({name})' for name in COLUMNS)} FROM t")


@pytest.mark.skipif(SHELL is None, reason="no sqlite3 shell: the package sqlite3 brings it")
def test_sqlite_stores_the_same_with_any_options(tmp_path: Path) -> None:
    """The encoding of the database and the modes of the shell make no difference; a control character may refuse it."""
    fuzz = Fuzz(SEED, ROWS, without="\0")
    root = make_project(tmp_path / "p", [fuzz.revision()], SQLITE_ENV.format(options="{}")).root
    script = sqlite.render(root, ["base:a"])["base:a"].upgrade
    online, copy = File(tmp_path / "online.db"), File(tmp_path / "copy.db")
    sqlite.run_online([(root, online, [(["a"], copy)])])
    expected = rows_of(copy)
    assert len(expected) > 1.9 * ROWS
    for number, (name, (options, rc_file)) in enumerate(SHELLS.items()):
        file = File(tmp_path / f"{number}.db")
        file.execute(
            f"PRAGMA encoding = '{'UTF-16le' if 'UTF-16' in name else 'UTF-8'}'; CREATE TABLE x (a); DROP TABLE x"
        )
        (tmp_path / ".sqliterc").write_text(rc_file, encoding="utf-8")
        text = script.text
        if name == "read by a command":
            (tmp_path / "script.sql").write_text(text, encoding="utf-8", newline="")
            text = f".read {tmp_path / 'script.sql'}\n"
        said = said_by_shell(file, text, *options)
        if sqlite.ok_line(file, script.upper) in said:
            assert rows_of(file) == expected, name
        else:
            assert "UTF-16" in name
            assert "in UTF-16" in said
            assert file.query("SELECT name FROM sqlite_master") == []
