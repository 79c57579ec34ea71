"""Nothing connects: scripts are made where no socket may be opened and no driver is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import IMPORT_FOLDER, START, cli_environment, run_cli

REPOSITORY = Path(__file__).parents[1]
ARGUMENTS = ("sql", "base:head", "--stdout")
DRIVERS = ("asyncpg", "psycopg", "psycopg2", "aiosqlite", "pg8000", "pymysql", "MySQLdb", "oracledb")

NO_SOCKETS = """\
import sys

FORBIDDEN = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")


def forbid(event, args):
    # Making one is allowed only to asyncio, which wakes itself up by a pair of them.
    if event.startswith(FORBIDDEN) and event != "socket.__new__":
        raise RuntimeError(f"FORBIDDEN {event}")


sys.addaudithook(forbid)

import socket


class NoSocket(socket.socket):
    def __init__(self, *args, **kwargs):
        raise RuntimeError("FORBIDDEN socket.socket()")


socket.socket = NoSocket
"""

NO_DRIVERS = f"""\
import sys


class NoDrivers:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {DRIVERS!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)


sys.meta_path.insert(0, NoDrivers)
"""


def _environment(folder: Path, text: str) -> dict[str, str]:
    """Return an environment in which Python runs `text` before anything else."""
    (folder / "sitecustomize.py").write_text(text)
    return {
        "PYTHONPATH": os.pathsep.join([str(folder), IMPORT_FOLDER]),
        "DATABASE_URL": "postgresql+asyncpg://deploy:hunter2@192.0.2.1:1/threats",
    }


def _run_python(code: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    environment = cli_environment(env)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def expected() -> str:
    """Return the script that is made where everything is allowed."""
    return run_cli(REPOSITORY, *ARGUMENTS).out


def test_script_is_made_where_sockets_are_forbidden(tmp_path: Path, expected: str) -> None:
    """Neither a connection, nor a socket, nor a look-up of a name."""
    environment = _environment(tmp_path, NO_SOCKETS)
    for forbidden in ("socket.socket()", "socket.getaddrinfo('localhost', 1)"):
        proof = _run_python(f"import socket; {forbidden}", environment)
        assert "FORBIDDEN" in proof.stderr
    outcome = run_cli(REPOSITORY, *ARGUMENTS, env=environment)
    assert outcome.code == 0, outcome.err
    assert outcome.out == expected


def test_script_is_made_where_no_driver_is_installed(tmp_path: Path, expected: str) -> None:
    """The dialect is enough."""
    environment = _environment(tmp_path, NO_DRIVERS)
    proof = _run_python("import asyncpg", environment)
    assert "ModuleNotFoundError" in proof.stderr
    outcome = run_cli(REPOSITORY, *ARGUMENTS, env=environment)
    assert outcome.code == 0, outcome.err
    assert outcome.out == expected


def test_checking_and_listing_need_neither(tmp_path: Path) -> None:
    """CI proves that scripts are current without a database, too."""
    environment = _environment(tmp_path, NO_SOCKETS + NO_DRIVERS)
    output = str(tmp_path / "out")
    assert run_cli(REPOSITORY, "sql", "base:head", "-o", output, env=environment).code == 0
    assert run_cli(REPOSITORY, "check", "-o", output, env=environment).code == 0
    assert run_cli(REPOSITORY, "list", "-o", output, env=environment).code == 0


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs Linux' unshare")
def test_script_is_made_on_a_machine_without_a_network(expected: str) -> None:
    """In a network namespace of its own, with not even a loopback device that is up."""
    isolated = ("unshare", "--net", "--map-root-user")
    if subprocess.run([*isolated, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespace can be made here")
    outcome = run_cli(REPOSITORY, *ARGUMENTS, start=(*isolated, *START))
    assert outcome.code == 0, outcome.err
    assert outcome.out == expected
