"""Python code run in a process of its own that need not start first: a fork of one that has imported already.

A new Python takes most of a second to import Alembic and SQLAlchemy; a fork takes none of it. Nothing else differs:
folder, environment, arguments, streams and the way it ends are its own. What Python itself reads when it
starts (PYTHON*, the locale) is not read again; a test of that starts a real one.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MODULES = (
    "alembic.command",
    "alembic.config",
    "asyncpg",
    "changescript.cli",
    "changescript.drift",
    "changescript.generate",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.ext.asyncio",
)
"""What is imported ahead where it is installed; no package that a manifest names only if a project imports it."""

_REQUEST_BYTES = 1 << 20
_STREAMS = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process has left."""

    exit_code: int
    stdout: bytes
    stderr: bytes


def run_code(code: str, *args: str, folder: Path, env: Mapping[str, str], timeout: float) -> Ended:
    """Run code as `python -P -c CODE ARGS` would in this folder and environment, without any input."""
    request = json.dumps([code, args, str(folder), dict(env), _umask()]).encode()
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        Path(os.devnull).open("rb") as nothing,
    ):
        exit_code = _asked(request, [nothing.fileno(), out.fileno(), err.fileno()], timeout)
        out.seek(0)
        err.seek(0)
        return Ended(exit_code, out.read(), err.read())


def _asked(request: bytes, streams: list[int], timeout: float) -> int:
    server, process = _server()
    server.settimeout(timeout)
    socket.send_fds(server, [request], streams)
    try:
        return int(server.recv(_REQUEST_BYTES))
    except TimeoutError:
        _server.cache_clear()
        os.killpg(process.pid, signal.SIGKILL)
        server.close()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@functools.cache
def _server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start the process that forks; it ends when its socket is closed, which is when ours ends."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _REQUEST_BYTES)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    spec = importlib.util.find_spec("changescript")
    assert spec is not None
    assert spec.origin is not None
    started = subprocess.Popen(
        [sys.executable, "-P", "-B", __file__, str(its.fileno())],
        env=kept | {"PYTHONPATH": str(Path(spec.origin).parents[1])},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[its.fileno()],
        start_new_session=True,
    )
    its.close()
    atexit.register(started.wait)
    atexit.register(ours.close)
    return ours, started


def _requests(server: socket.socket) -> Iterator[tuple[bytes, list[int]]]:
    while True:
        request, streams, _, _ = socket.recv_fds(server, _REQUEST_BYTES, _STREAMS)
        if not request:
            return
        yield request, streams


def _fork_for_each(server: socket.socket) -> str | None:
    """Return the code to run in each process forked off; None in the server itself, at its end."""
    for request, streams in _requests(server):
        child = os.fork()
        if not child:
            server.close()
            return _prepared(request, streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        server.send(str(os.waitstatus_to_exitcode(status)).encode())
    return None


def _prepared(request: bytes, streams: list[int]) -> str:
    """Make this process what the request asks for, and return the code that is to run."""
    code, args, folder, environment, umask = json.loads(request)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.umask(umask)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = ["-c", *args]
    return str(code)


def _serve() -> None:
    for module in MODULES:
        if importlib.util.find_spec(module.partition(".")[0]):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()  # or each fork's collector would copy every page
    code = _fork_for_each(socket.socket(fileno=int(sys.argv[1])))
    if code is not None:
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102  # a test's own code


if __name__ == "__main__":
    _serve()
