"""Runs other people's code so that it can't change this process or a script; must not import anything of ours."""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STDOUT, _STDERR = 1, 2

_CONNECTING = "asks the network"
_WRITING = "changes files"
_STARTING = "starts another program"
OPENING = "opens a connection of its own"
_ACTS = {
    "socket.bind": _CONNECTING,
    "socket.connect": _CONNECTING,
    "socket.sendto": _CONNECTING,
    "socket.sendmsg": _CONNECTING,
    "socket.getaddrinfo": _CONNECTING,
    "socket.gethostbyname": _CONNECTING,
    "open": _WRITING,
    "os.chmod": _WRITING,
    "os.chown": _WRITING,
    "os.link": _WRITING,
    "os.mkdir": _WRITING,
    "os.remove": _WRITING,
    "os.rename": _WRITING,
    "os.rmdir": _WRITING,
    "os.symlink": _WRITING,
    "os.truncate": _WRITING,
    "os.exec": _STARTING,
    "os.fork": _STARTING,
    "os.forkpty": _STARTING,
    "os.posix_spawn": _STARTING,
    "os.system": _STARTING,
    "subprocess.Popen": _STARTING,
    "sqlite3.connect": OPENING,
    "changescript.connect": OPENING,
}
"""What Python tells of before it is done, and what that means."""
_WRITING_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_HARMLESS = ("importlib.", "logging", "tempfile", "changescript.recording.recorder")
"""Modules that write files which are nobody's: compiled code, a log, a file that goes away, and our own."""


class ConnectionRefusedOffline(ConnectionRefusedError):
    """Code that has to give the same every time asks the network."""


class ChangeRefusedOffline(PermissionError):
    """Code that only has to say what it would do does it."""


@dataclass(frozen=True, slots=True)
class RefusedAct:
    """What code wanted to do, and where."""

    what: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Watch:
    """What is kept from code that is run."""

    is_own: Callable[[str], bool] | None
    """Knows the files whose code may change nothing at all; None: only the network is refused."""
    refused: list[RefusedAct] = field(default_factory=list)


_watches: list[Watch] = []
_hooks: list[str] = []


@dataclass(slots=True)
class _Imports:
    """A project, and what had been imported before its code was run."""

    root: Path
    modules: frozenset[str]
    path: frozenset[str]


_imports: list[_Imports] = []


def forget_other_projects(root: Path) -> None:
    """Forget the modules of the project before, if that was another: two may have modules of the same name."""
    if _imports and _imports[-1].root != root:
        before = _imports.pop()
        for name in set(sys.modules) - before.modules:
            if _is_of(sys.modules[name], before.root):
                del sys.modules[name]
        sys.path[:] = [each for each in sys.path if each in before.path or not Path(each).is_relative_to(before.root)]
    if not _imports:
        _imports.append(_Imports(root, frozenset(sys.modules), frozenset(sys.path)))


def _is_of(module: object, root: Path) -> bool:
    """Tell whether a module, or a package without a file of its own, lies in a project, and is not installed there."""
    file = Path(getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), ""))
    return file.is_relative_to(root) and {"site-packages", "dist-packages"}.isdisjoint(file.parts)


@contextlib.contextmanager
def contained(is_own: Callable[[str], bool] | None = None) -> Iterator[Watch]:
    """Keep what code prints off stdout, refuse connections, and come back to the folder that it may have left.

    Code of the files that `is_own` knows may neither change files nor start programs. What was refused stands in the
    result, even if the code goes on as if nothing were.
    """
    folder = os.getcwd()  # noqa: PTH109 - a string is all that is needed, for each of thousands of files
    try:
        with stdout_to_stderr(), _watched(Watch(is_own)) as watch:
            yield watch
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
def _watched(watch: Watch) -> Iterator[Watch]:
    """Refuse what the watch is for, in every thread; nobody answers, and nobody ends this process."""
    if not _hooks:
        sys.addaudithook(_refuse)
        _hooks.append("installed")
    _watches.append(watch)
    stdin = sys.stdin
    sys.stdin = io.StringIO()
    try:
        with outlived():
            yield watch
    finally:
        sys.stdin = stdin
        _watches.pop()


@contextlib.contextmanager
def outlived() -> Iterator[None]:
    """Let os._exit() raise SystemExit, so that no code ends this process as if all were well."""
    end = os._exit
    os._exit = _in_place_of(end)  # type: ignore[assignment]
    try:
        yield
    finally:
        os._exit = end


def _in_place_of(end: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
    """Return what does as sys.exit(), so that no script is left half made; processes forked off end as they want."""
    process = os.getpid()

    def end_or_raise(code: int) -> NoReturn:
        if os.getpid() != process:
            end(code)
        raise SystemExit(code)

    return end_or_raise


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _ACTS or not _watches:
        return
    watch, what = _watches[-1], _ACTS[event]
    if _is_harmless(event, arguments):
        return
    place = _asker(watch.is_own) if watch.is_own else None
    if place:
        watch.refused.append(RefusedAct(what, *place))
    if what == _CONNECTING:
        raise ConnectionRefusedOffline(event)
    if place and event != "changescript.connect":  # that fails by itself
        raise ChangeRefusedOffline(event)


def _is_harmless(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "open":
        path, _mode, flags = arguments
        return not flags & _WRITING_FLAGS or isinstance(path, int) or path == os.devnull
    return event == "sqlite3.connect" and arguments[0] == ":memory:"


def _asker(is_own: Callable[[str], bool]) -> tuple[str, int] | None:
    """Return file and line of the project's own code that is behind what happens now; None where that is harmless."""
    frame = sys._getframe(2)  # noqa: SLF001 - the only way to know
    while frame.f_back:
        if is_own(frame.f_code.co_filename):
            return frame.f_code.co_filename, frame.f_lineno
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(_HARMLESS):
            break
        frame = frame.f_back
    return None


@contextlib.contextmanager
def untouched_outputs(is_own: Callable[[str], bool]) -> Iterator[None]:
    """Let what the project's own code opens for writing be nowhere, while `is_own` knows its file.

    The env.py of Alembic's template "multidb" opens NAME.sql for each database, and so does Flask-Migrate's: it would
    be left empty, because nothing is written there.
    """
    real: Any = io.open

    def open_(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the real one
        if set("wxa") & set(mode) and is_own(_opener()):
            file, mode = os.devnull, mode.replace("x", "w")
        return real(file, mode, *arguments, **named)

    builtins.open = io.open = open_
    try:
        yield
    finally:
        builtins.open = io.open = real


def _opener() -> str:
    """Return the file whose code opens one: behind Path.open(), the file that calls that."""
    frame = sys._getframe(2)  # noqa: SLF001 - the only way to know
    while frame.f_back and str(frame.f_globals.get("__name__", "")).startswith("pathlib"):
        frame = frame.f_back
    return frame.f_code.co_filename
