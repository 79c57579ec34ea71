"""What a process has looked at, and whether it would see the same again; must not hear of looks by itself."""

# Paths are text here, as Python tells of them; there are thousands.
# ruff: noqa: PTH109, PTH110, PTH116, PTH119, PTH120, PTH123

from __future__ import annotations

import contextlib
import os
import sys
import time
from importlib.util import source_from_cache
from os import stat as _stat  # before anybody hears of it
from typing import TYPE_CHECKING, NamedTuple

from changescript.verdicts.clocks import Clock, clock_of
from changescript.verdicts.states import (
    FILE,
    FOLDER,
    INSTALLED,
    KIND,
    MODULES,
    NAMES,
    SOURCE,
    Look,
    hour,
    signature_of,
    state_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import ModuleType

_LIBRARY = f"{os.path.dirname(os.__file__)}/"
_PACKAGES = {"site-packages", "dist-packages"}
_OURS = f"{os.path.dirname(os.path.dirname(__file__))}/"
_ZONE = "/etc/localtime"
STEADY, _STRANGE = "steady", "strange"
"""Files that Python's own version stands for; those that never say the same again."""
_UNSTEADY = ("/proc/", "/sys/", "/dev/")
_UNCHECKED = 1
"""The flags of a compiled file that Python takes whatever its source says."""
_MOMENT = 2
"""Seconds in which a file may have been written twice at the same time, as its file system tells it."""


class _Written(NamedTuple):
    """A file at the first look."""

    signature: bytes
    """What changes whenever it is written, unless that is twice in the same moment."""
    content: bytes | None
    """Its state, where it had just been written; else reading it once is enough, in the end."""


def _first_of(how: str, path: str) -> bytes | _Written:
    """Return what is there now, as far as it is needed to know later whether it has changed."""
    if how not in {FILE, SOURCE}:
        return state_of((how, path))
    try:
        found = _stat(path)
    except OSError:
        return state_of((how, path))
    is_new = found.st_ctime > time.time() - _MOMENT
    return _Written(signature_of(found), state_of((how, path)) if is_new else None)


class Looks:
    """What has been looked at."""

    def __init__(self, root: str) -> None:
        """Take the project's folder; what is loaded by now has been looked at."""
        self.first: dict[Look, bytes | _Written] = {}
        """What was there at the first look."""
        self.states: dict[Look, bytes] = {}
        """What is there in the end, once that has been found to be the same."""
        self.names: set[str] | None = set()
        """Variables of the environment that were asked for; None: all."""
        self.untold = ""
        """Why nobody can tell later whether the same would be seen; empty where that can be told."""
        self.environment = dict(os.environ)
        self.hour = hour()
        self._root = f"{root}/"
        self._places: dict[str, str] = {}
        self._read: set[str] = set()
        self.note(FILE, _ZONE)
        self.note_imports()

    def note(self, how: str, path: str) -> None:
        """Remember a look, unless it has been noted before."""
        if (how, path) not in self.first:
            self.first[how, path] = _first_of(how, path)

    def note_imports(self) -> None:
        """Note what is imported by now, and where more would be looked for."""
        for module in list(sys.modules.values()):
            for path in _files_of(module):
                self.note_import(path)
            for folder in _folders_of(module):
                self.note_folder(folder, is_import=True)
        for folder in sys.path:
            self.note_folder(folder or os.getcwd(), is_import=True)

    def note_import(self, path: str) -> None:
        """Note a file that is loaded as a module."""
        if path.endswith(".py"):
            self._note_source(path)
        else:
            self.note_file(path)

    def note_file(self, path: str) -> None:
        """Note a file that is read."""
        path = absolute(path)
        if path in self._read:
            return
        self._read.add(path)
        place = self.place_of(path)
        is_compiled = path.endswith(".pyc") and "/__pycache__/" in path
        if place == STEADY:
            return
        if place == _STRANGE:
            self.untold = self.untold or f"{path} is read"
        elif is_compiled:
            self._note_compiled(path)
        elif place == INSTALLED:
            self.note(INSTALLED, path)
        elif (SOURCE, path) not in self.first:
            self.note(FILE, path)

    def _note_source(self, path: str) -> None:
        place = self.place_of(path)
        if place in {FILE, INSTALLED}:
            self.note(SOURCE if place == FILE else INSTALLED, path)

    def _note_compiled(self, path: str) -> None:
        """Note the source in its place; and the compiled file too where that is what Python takes."""
        try:
            source = source_from_cache(path)
        except ValueError:
            self.note(FILE, path)
            return
        self._note_source(source)
        if self.place_of(path) == FILE and _decides_alone(path, source):
            self.note(FILE, path)

    def note_folder(self, path: str, *, is_import: bool) -> None:
        """Note a folder whose names are looked at, all of them or those that can be imported."""
        path = absolute(path)
        place = self.place_of(f"{path}/")
        if place == INSTALLED:
            how = NAMES if os.path.basename(path) in _PACKAGES or not is_import else ""
        else:
            how = {FILE: MODULES if is_import else FOLDER}.get(place, "")
        if how:
            self.note(how, path)

    def place_of(self, path: str) -> str:
        """Return whose a file is, which says how it is looked at: FILE, INSTALLED, or one of the two below."""
        folder = path.rpartition("/")[0]
        if folder not in self._places:
            self._places[folder] = self._place_of(f"{folder}/")
        place = self._places[folder]
        return STEADY if path == os.devnull else place

    def _place_of(self, folder: str) -> str:
        inside = folder.removeprefix(self._root) if folder.startswith(self._root) else folder
        if _PACKAGES.intersection(inside.split("/")):
            return INSTALLED
        if folder.startswith(_LIBRARY):
            return STEADY
        return _STRANGE if folder.startswith(_UNSTEADY) else FILE

    def settled(self, apart: Collection[str]) -> list[Look] | None:
        """Return all looks, or None where the same might not be seen again, or has changed meanwhile.

        `apart`: files whose functions have been found to be independent of the time.
        """
        self.note_imports()
        clock = self._clock(apart)
        if self.untold or clock == Clock.AT_ONCE:
            return None
        if self.hour != hour() or not all(self._is_steady(look) for look in self.first):
            return None
        if clock == Clock.NEVER:
            self.hour = ""
        return [look for look in self.first if not self._is_implied(*look)]

    def _is_steady(self, look: Look) -> bool:
        """Tell whether there is still what was there at the first look, and keep its state."""
        first, self.states[look] = self.first[look], state_of(look)
        if look[0] == FILE and self.states[look] == b"folder":  # what is opened relative to it has no path
            return False
        if not isinstance(first, _Written):
            return self.states[look] == first
        return first.signature == state_of((INSTALLED, look[1])) and first.content in {None, self.states[look]}

    def is_listed(self, path: str) -> bool:
        """Tell whether the folder has been listed, which tells what each name in it is."""
        folder, _, name = path.rpartition("/")
        return (FOLDER, folder) in self.first and name != "__pycache__"

    def _clock(self, apart: Collection[str]) -> Clock:
        """Return how the project's own files ask for the time."""
        found = Clock.NEVER
        for how, path in self.first:
            if how not in {FILE, SOURCE} or not path.endswith(".py") or path in apart or is_ours(path):
                continue
            asks = clock_of(_content(path))
            # All that env.py defines is there to be called.
            found = max(found, Clock.AT_ONCE if asks and path.endswith("/env.py") else asks)
        return found

    def _is_implied(self, how: str, path: str) -> bool:
        """Tell whether another look says as much."""
        if how == FILE:
            return (SOURCE, path) in self.first
        return how == KIND and self.is_listed(path)


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def is_ours(path: str) -> bool:
    """Tell whether a file is one of this program's."""
    return path.startswith(_OURS)


def absolute(path: str) -> str:
    """Return the path as it is from the root; a link in it stays one."""
    return path if path.startswith("/") else f"{os.getcwd()}/{path}".removesuffix("/.")


def _files_of(module: ModuleType) -> Iterator[str]:
    file = getattr(module, "__dict__", {}).get("__file__")
    if isinstance(file, str):
        yield absolute(file)


def _folders_of(module: ModuleType) -> Iterator[str]:
    folders = getattr(module, "__dict__", {}).get("__path__")
    with contextlib.suppress(Exception):  # a stand-in for a module may hold anything
        yield from [folder for folder in folders or () if isinstance(folder, str)]


def _decides_alone(compiled: str, source: str) -> bool:
    """Tell whether Python runs a compiled file whatever its source says."""
    head = b""
    with contextlib.suppress(OSError), open(compiled, "rb") as file:
        head = file.read(8)
    return bool(head) and (head[4:5] == bytes([_UNCHECKED]) or not os.path.exists(source))
