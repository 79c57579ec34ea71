"""A script for a stated release runs on a server of that release, and changes nothing on any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.db import mariadb_scripts, sqlite
from tests.db.mariadb_histories import ENV_PY as MARIADB_ENV
from tests.db.sqlite import ENV_PY as SQLITE_ENV
from tests.db.sqlite import RUN, SHELL, File
from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.mariadb import MariaDBDatabase

TABLE = Rev("a", upgrade='op.create_table("t", sa.Column("a", sa.Integer()))', downgrade='op.drop_table("t")')


def project(folder: Path, env_py: str, release: str) -> Path:
    """Return the folder of a project that is for one release."""
    made = make_project(folder / release, [TABLE], env_py.format(options="{}"))
    made.set_options(f'server_version = "{release}"')
    return made.root


def test_a_script_for_another_mariadb_changes_nothing(mariadb: MariaDBDatabase, tmp_path: Path) -> None:
    """Its name for the routine that is missing says which release it is for."""
    server = ".".join(mariadb.query("SELECT VERSION()").split("-")[0].split(".")[:2])
    for release in sorted({"10.6", "11", "11.4", "12"} - {server, server.split(".")[0]}):
        script = mariadb_scripts.render(project(tmp_path, MARIADB_ENV, release), ["base:a"])["base:a"].upgrade
        finished = mariadb_scripts.run(mariadb, script.text)
        assert finished.exit_code == mariadb_scripts.FAILED_EXIT
        assert f"REFUSED: this server is not MariaDB {release}" in finished.output
        assert mariadb.query("SHOW TABLES") == ""
    script = mariadb_scripts.render(project(tmp_path, MARIADB_ENV, server), ["base:a"])["base:a"].upgrade
    mariadb_scripts.apply(mariadb, script)


@pytest.mark.skipif(SHELL is None, reason="no sqlite3 shell: the package sqlite3 brings it")
@pytest.mark.parametrize("options", [RUN, ("-batch",)])
def test_a_script_for_another_sqlite_changes_nothing(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Not even in a shell that goes on after errors; 3.4 would not be 3.40."""
    file = File(tmp_path / "a.db")
    file.execute("CREATE TABLE kept (a)")
    ((version,),) = file.query("SELECT sqlite_version()")
    shell_version = sqlite.shell(file, "SELECT sqlite_version();", *options).stdout.strip() or str(version)
    right = ".".join(shell_version.split(".")[:2])
    for release in sorted({"3.28", "3.30", "3.54"} - {right}):
        script = sqlite.render(project(tmp_path, SQLITE_ENV, release), ["base:a"])["base:a"].upgrade
        finished = sqlite.shell(file, script.text, *options)
        assert f"REFUSED: this script is for the sqlite3 shell {release}" in finished.output
        assert file.query("SELECT name FROM sqlite_master") == [("kept",)]
    script = sqlite.render(project(tmp_path, SQLITE_ENV, right), ["base:a"])["base:a"].upgrade
    assert sqlite.succeeded(file, script.upper, sqlite.shell(file, script.text, *options))
