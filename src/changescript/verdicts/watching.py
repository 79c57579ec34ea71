"""Hears what this process looks at, whoever does: files, folders, variables; must not keep anybody from it."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

from changescript.verdicts.looks import STEADY, Looks, absolute, is_ours
from changescript.verdicts.states import EXACT, FILE, INSTALLED, KIND, LINK, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from types import FrameType

_ONLY_WRITTEN = os.O_WRONLY | os.O_TRUNC | os.O_EXCL
_IMPORTING = ("_frozen_importlib", "importlib", "pkgutil")
"""Modules that look for what could be imported."""
_ASKING_WHETHER = {"exists", "lexists", "isfile", "isdir", "islink", "is_file", "is_dir", "is_symlink", "realpath"}
"""Functions of Python's library that make no more of a file's state than their name says."""
_PATHS_OWN = {"stat", "lstat"}
"""Functions of pathlib that its others call."""
_ACTS = (
    "builtins.input",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.system",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendmsg",
    "socket.sendto",
    "subprocess.Popen",
    "sqlite3.connect",
)
"""What has answers that nobody can compare later, whoever does it."""
_OWN_ACTS = ("ctypes.dlopen", "os.getxattr", "os.listxattr", "socket.gethostname", "socket.gethostbyaddr")
"""The same of the project's own code; libraries do it for no script."""

_watching: list[Looks] = []
_hooks: list[str] = []
_here = threading.local()
"""Whether this thread is noting something, and what it opens meanwhile is nobody's look."""


@contextlib.contextmanager
def noted(root: str) -> Iterator[Looks]:
    """Note what this process looks at, in every thread."""
    if not _hooks:
        sys.addaudithook(_hear)
        _hooks.append("installed")
    with unheard():
        looks = Looks(root)
    with _noting_variables(), _noting_states():
        _watching.append(looks)
        try:
            yield looks
        finally:
            _watching.remove(looks)


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Let what this thread looks at be nobody's look."""
    _here.is_noting = True
    try:
        yield
    finally:
        _here.is_noting = False


def settle(looks: Looks, apart: Collection[str]) -> list[Look] | None:
    """Return what has been looked at, as Looks.settled()."""
    with unheard():
        return looks.settled(apart)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what Python tells of; called for hundreds of thousands of events that are none of ours."""
    if event not in _NOTED or not _watching or getattr(_here, "is_noting", False):
        return
    _here.is_noting = True
    try:
        for looks in _watching:
            _NOTED[event](looks, event, arguments)
    finally:
        _here.is_noting = False


def _note_open(looks: Looks, _event: str, arguments: tuple[Any, ...]) -> None:
    path, _mode, flags = arguments
    if isinstance(path, int) or flags & _ONLY_WRITTEN:
        return
    looks.note_file(os.fsdecode(path))


def _note_listing(looks: Looks, _event: str, arguments: tuple[Any, ...]) -> None:
    path = arguments[0]
    if isinstance(path, int):
        looks.untold = looks.untold or "a folder is listed by its number"
        return
    asker = _frame()
    is_import = _module(asker).startswith(_IMPORTING)
    looks.note_folder(os.fsdecode(path if path is not None else "."), is_import=is_import)


def _note_act(looks: Looks, event: str, arguments: tuple[Any, ...]) -> None:
    if (event == "sqlite3.connect" and arguments[0] == ":memory:") or _module(_frame()).startswith("changescript."):
        return
    looks.untold = looks.untold or event


def _note_own_act(looks: Looks, event: str, _arguments: tuple[Any, ...]) -> None:
    if _is_own(looks, _frame()):
        looks.untold = looks.untold or event


_NOTED: dict[str, Callable[[Looks, str, tuple[Any, ...]], None]] = {
    "open": _note_open,
    "os.listdir": _note_listing,
    "os.scandir": _note_listing,
    **dict.fromkeys(_ACTS, _note_act),
    **dict.fromkeys(_OWN_ACTS, _note_own_act),
}


def _frame() -> FrameType:
    """Return who asked, out of the functions of this module."""
    frame = sys._getframe(1)  # noqa: SLF001 - the only way to know
    while frame.f_code.co_filename == __file__ and frame.f_back:
        frame = frame.f_back
    return frame


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _is_own(looks: Looks, frame: FrameType | None) -> bool:
    """Tell whether the project's own code is what asks, through Python's library or by itself."""
    while frame:
        if not _is_of_library(looks, frame):
            file = frame.f_code.co_filename
            return looks.place_of(file) == FILE and not is_ours(file)
        frame = frame.f_back
    return False


def _is_of_library(looks: Looks, frame: FrameType) -> bool:
    """Tell whether it is Python's own library that runs there."""
    file = frame.f_code.co_filename
    return file.startswith("<frozen") or looks.place_of(file) == STEADY


# Python tells of no look at a file's state: whether it is there, how long it is, when it was written ---------------


@contextlib.contextmanager
def _noting_states() -> Iterator[None]:
    wrappers = {"stat": KIND, "lstat": LINK, "access": KIND, "readlink": LINK, "uname": ""}
    real = {name: getattr(os, name) for name in wrappers}
    for name, how in wrappers.items():
        noting = _noting(real[name], how)
        for abilities in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
            if real[name] in abilities:
                abilities.add(noting)
        setattr(os, name, noting)
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def _noting(real: Callable[..., Any], how: str) -> Callable[..., Any]:
    def noting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the real one takes and gives
        if _watching and not getattr(_here, "is_noting", False):
            _here.is_noting = True
            try:
                asker = sys._getframe(1)  # noqa: SLF001 - the only way to know
                for looks in _watching:
                    _note_state(looks, how, asker, *arguments, **named)
            finally:
                _here.is_noting = False
        return real(*arguments, **named)

    return noting


def _note_state(looks: Looks, how: str, asker: FrameType, path: object = None, *_rest: object, **named: object) -> None:
    if not how:
        if _is_own(looks, asker):
            looks.untold = looks.untold or "the machine's name is asked for"
        return
    if isinstance(path, int) or named.get("dir_fd") is not None or _module(asker).startswith(_IMPORTING):
        return
    try:
        file = absolute(os.fsdecode(os.fspath(path)))  # type: ignore[call-overload] # what it is not is refused
    except TypeError:
        return
    if looks.place_of(file) not in {FILE, INSTALLED}:
        return
    if named.get("follow_symlinks") is False:
        how = LINK
    while asker.f_code.co_name in _PATHS_OWN and asker.f_back and _module(asker).startswith("pathlib"):
        asker = asker.f_back
    is_whether = asker.f_code.co_name in _ASKING_WHETHER and _is_of_library(looks, asker)
    if not (is_whether and looks.is_listed(file)):
        looks.note(how, file)
    if not is_whether and _is_own(looks, asker):
        looks.note(EXACT, file)


# The environment ---------------------------------------------------------------------------------------------------


class _NotingEnvironment(os._Environ):  # type: ignore[type-arg]  # noqa: SLF001 - os.environ's own class
    """os.environ, which tells who is asked for."""

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - text, or bytes in os.environb
        _note_variables([key] if isinstance(key, str | bytes) else None)
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        _note_variables(None)
        return super().__iter__()

    def __len__(self) -> int:
        _note_variables(None)
        return super().__len__()

    def __repr__(self) -> str:
        _note_variables(None)
        return super().__repr__()


def _note_variables(keys: Iterable[str | bytes] | None) -> None:
    for looks in _watching:
        if keys is None:
            looks.names = None
        elif looks.names is not None:
            looks.names.update(map(os.fsdecode, keys))


@contextlib.contextmanager
def _noting_variables() -> Iterator[None]:
    kinds = [(environment, environment.__class__) for environment in (os.environ, os.environb)]
    for environment, _ in kinds:
        environment.__class__ = _NotingEnvironment
    try:
        yield
    finally:
        for environment, kind in kinds:
            environment.__class__ = kind
