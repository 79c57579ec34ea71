"""A private MariaDB server: started, its databases made, and reached through the server's own client.

Nothing here knows pytest; conftest.py makes fixtures of it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.db.postgres import CommandFailed, Finished
from tests.db.server import START_SECONDS, STOP_SECONDS, Account, ServerError, server_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMMAND_SECONDS = 120
PROGRAMS = ("mariadbd", "mariadb", "mariadb-install-db", "mariadb-dump")
CLIENT_OPTIONS = ("--batch", "--binary-mode", "--comments", "--default-character-set=utf8mb4")
"""The options of the command in a script's header."""
SERVER_OPTIONS = (
    "--no-defaults",
    "--skip-networking",
    "--skip-log-bin",
    "--character-set-server=utf8mb4",
    "--innodb-flush-method=nosync",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=OFF",
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=8M",
    "--innodb-fast-shutdown=2",
    "--sync-frm=OFF",
    "--performance-schema=OFF",
    "--max-connections=30",
)


def _program(name: str) -> str | None:
    # Debian keeps the server where only root looks.
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/libexec")))


def missing_program() -> str | None:
    """Return a program that is needed and not installed, or None."""
    return next((name for name in PROGRAMS if _program(name) is None), None)


def _installed(name: str) -> str:
    found = _program(name)
    if found is None:
        raise ServerError(f"{name} is not installed")
    return found


@contextlib.contextmanager
def running_mariadb(*options: str) -> Iterator[MariaDBServer]:
    """Start a private server in a folder, which is also where its socket is, and yield it.

    `options` are for the server, such as `--sql-mode=ANSI_QUOTES`. At the end, also on failure, the
    server is stopped and the folder removed.
    """
    where = "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108  # mkdtemp makes it private
    folder = Path(tempfile.mkdtemp(prefix="changescript-", dir=where))
    try:
        account = server_account()
        if account.uid is not None and account.gid is not None:
            os.chown(folder, account.uid, account.gid)
        _initialise(folder, account)
        process = _start(folder, account, options)
        try:
            _wait_until_ready(process, folder)
            yield MariaDBServer(folder)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(folder: Path, account: Account) -> None:
    options = (
        f"--datadir={folder}/data",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
        "--skip-name-resolve",
    )
    made = subprocess.run(
        [_installed("mariadb-install-db"), "--no-defaults", *options],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=_server_environment(folder),
        timeout=START_SECONDS,
        user=account.uid,
        group=account.gid,
        extra_groups=account.groups,
    )
    if made.returncode != 0:
        raise ServerError(f"mariadb-install-db ended with {made.returncode}\n{made.stdout}{made.stderr}")


def _server_environment(folder: Path) -> dict[str, str]:
    path = os.pathsep.join((os.defpath, "/usr/sbin", "/sbin"))
    return {"PATH": path, "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder), "TMPDIR": str(folder)}


def _start(folder: Path, account: Account, options: tuple[str, ...]) -> subprocess.Popen[bytes]:
    own = (f"--datadir={folder}/data", f"--socket={folder}/socket", f"--pid-file={folder}/pid", f"--tmpdir={folder}")
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [_installed("mariadbd"), *SERVER_OPTIONS, *own, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=_server_environment(folder),
            user=account.uid,
            group=account.gid,
            extra_groups=account.groups,
        )


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server says in its log that it takes connections."""
    log = folder / "log"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if b"ready for connections" in log.read_bytes():
            return
        time.sleep(0.02)
    raise ServerError(f"the server did not start\n{log.read_text(encoding='utf-8', errors='replace')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop by process id: first politely, then at once."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return


@dataclass(frozen=True, slots=True)
class MariaDBServer:
    """A running server. Databases of it are made with create_database()."""

    folder: Path
    _serial: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    @property
    def socket(self) -> Path:
        """Return where the server listens."""
        return self.folder / "socket"

    @property
    def maintenance(self) -> MariaDBDatabase:
        """Return the database from which others are made and dropped."""
        return MariaDBDatabase(self, "mysql")

    def create_database(self) -> MariaDBDatabase:
        """Make an empty database."""
        name = f"test_{next(self._serial)}"
        self.maintenance.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return MariaDBDatabase(self, name)


@dataclass(frozen=True, slots=True)
class MariaDBDatabase:
    """One database of a server, reached through the server's own client."""

    server: MariaDBServer
    name: str

    @property
    def url(self) -> str:
        """Return the SQLAlchemy URL for aiomysql."""
        return self.url_of("mariadb+aiomysql")

    def url_of(self, dialect_and_driver: str) -> str:
        """Return the SQLAlchemy URL for a driver, such as `mysql+pymysql`."""
        return f"{dialect_and_driver}://root@localhost/{self.name}?unix_socket={self.server.socket}&charset=utf8mb4"

    def drop(self) -> None:
        """Drop the database."""
        self.server.maintenance.execute(f"DROP DATABASE {self.name}")

    def client(
        self,
        *options: str,
        stdin: str | bytes = "",
        my_cnf: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> Finished:
        """Run the client on this database with these options, and return what it left.

        `my_cnf` is the text of its start-up file.
        """
        start_up = self.server.folder / f"my_{self.name}.cnf"
        start_up.write_text(my_cnf, encoding="utf-8")
        connection = (f"--defaults-file={start_up}", f"--socket={self.server.socket}", "--user=root")
        ended = subprocess.run(
            [_installed("mariadb"), *connection, *options, self.name],
            check=False,
            capture_output=True,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            env=self._client_environment() | dict(environment or {}),
            timeout=COMMAND_SECONDS,
        )
        return Finished(ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))

    def _client_environment(self) -> dict[str, str]:
        """Return our environment without what would steer the client."""
        steers = ("MYSQL", "MARIADB")
        ours = {name: value for name, value in os.environ.items() if not name.startswith(steers)}
        return ours | {"HOME": str(self.server.folder), "MYSQL_HISTFILE": os.devnull}

    def run_script(self, script: Path, *, my_cnf: str = "", environment: Mapping[str, str] | None = None) -> Finished:
        """Run a script as its header says: `mariadb --batch … DATABASE < SCRIPT`."""
        return self.client(*CLIENT_OPTIONS, stdin=script.read_bytes(), my_cnf=my_cnf, environment=environment)

    def execute(self, sql: str) -> None:
        """Run SQL that has to succeed."""
        self._succeeded(self.client(*CLIENT_OPTIONS, stdin=sql))

    def query(self, sql: str) -> str:
        """Return what a query finds: columns by tabs, rows by line breaks, backslashes in front of both in values."""
        found = self.client(*CLIENT_OPTIONS, "--skip-column-names", stdin=sql)
        return self._succeeded(found).stdout.removesuffix("\n")

    def heads(self) -> list[str]:
        """Return what alembic_version holds, sorted; empty also where the table is missing."""
        if not self.query("SHOW TABLES LIKE 'alembic\\_version'"):
            return []
        return sorted(self.query("SELECT version_num FROM alembic_version").split())

    def dump(self) -> str:
        """Return schema and rows as mariadb-dump writes them, in a form that can be compared."""
        options = ("--no-defaults", "--compact", "--hex-blob", "--order-by-primary", "--skip-extended-insert")
        connection = (f"--socket={self.server.socket}", "--user=root", "--routines", "--triggers", "--events")
        dumped = subprocess.run(
            [_installed("mariadb-dump"), *options, *connection, self.name],
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=COMMAND_SECONDS,
        )
        return self._succeeded(Finished(dumped.returncode, dumped.stdout, dumped.stderr)).stdout

    @staticmethod
    def _succeeded(finished: Finished) -> Finished:
        if finished.exit_code != 0:
            raise CommandFailed(f"the client ended with {finished.exit_code}\n{finished.output}")
        return finished
