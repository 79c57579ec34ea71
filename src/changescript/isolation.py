"""Runs other people's code so that it can't change this process or a script; must not import anything of ours."""

from __future__ import annotations

import contextlib
import os
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
_STDOUT, _STDERR = 1, 2

_is_offline: ContextVar[bool] = ContextVar("is_offline", default=False)
_hooks: list[str] = []


class ConnectionRefusedOffline(ConnectionRefusedError):
    """Code that has to give the same every time asks the network."""


@contextlib.contextmanager
def contained() -> Iterator[None]:
    """Keep what code prints off stdout, refuse connections, and come back to the folder that it may have left."""
    folder = os.getcwd()  # noqa: PTH109 - a string is all that is needed, for each of thousands of files
    try:
        with stdout_to_stderr(), offline():
            yield
    finally:
        with contextlib.suppress(OSError):
            os.chdir(folder)


@contextlib.contextmanager
def stdout_to_stderr() -> Iterator[None]:
    """Send to stderr what is written to stdout: by Python, and by programs that are started meanwhile."""
    stdout = sys.stdout
    stdout.flush()
    with _descriptor_to_stderr(), contextlib.redirect_stdout(sys.stderr):
        try:
            yield
        finally:
            with contextlib.suppress(ValueError):  # somebody closed it
                stdout.flush()


@contextlib.contextmanager
def _descriptor_to_stderr() -> Iterator[None]:
    try:
        kept = os.dup(_STDOUT)
    except OSError:  # this process was started without one
        yield
        return
    try:
        os.dup2(_STDERR, _STDOUT)
        yield
    finally:
        os.dup2(kept, _STDOUT)
        os.close(kept)


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Refuse every connection and every look-up of a name."""
    if not _hooks:
        sys.addaudithook(_refuse_connection)
        _hooks.append("installed")
    token = _is_offline.set(True)
    try:
        yield
    finally:
        _is_offline.reset(token)


def _refuse_connection(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _CONNECTING and _is_offline.get():
        raise ConnectionRefusedOffline(event)
