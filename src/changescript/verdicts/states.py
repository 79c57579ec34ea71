"""What a file, a folder or a name is now, as bytes to compare; must not know who looks at it, or why."""

# Paths are text here; there are thousands, and each is asked for no more than is needed.
# ruff: noqa: PTH110, PTH115, PTH116, PTH208

from __future__ import annotations

import errno
import functools
import hashlib
import os
import stat
import time
from importlib.machinery import all_suffixes
from importlib.util import cache_from_source
from os import stat as _stat  # before anybody hears of it
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

FILE, SOURCE, INSTALLED = "file", "source", "installed"
FOLDER, MODULES, NAMES = "folder", "modules", "names"
KIND, LINK, EXACT = "kind", "link", "exact"
Look = tuple[str, str]
"""How a path was looked at, and the path, which is absolute."""

_PIECE = 1 << 20
_SECOND = 10**9
_COMPILED = "__pycache__"
_MODULES = tuple(all_suffixes())
_DISTRIBUTIONS = (".dist-info", ".egg-info", ".egg", ".egg-link", ".pth")
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
"""Without O_NONBLOCK, a pipe that nobody writes to would never be opened."""


def state_of(look: Look) -> bytes:
    """Return what is there now; also what is missing, or can't be read, is a state."""
    how, path = look
    try:
        return _STATES[how](path)
    except OSError as error:
        return f"{errno.errorcode.get(error.errno or 0)}".encode()


def digest_of(parts: Iterable[bytes]) -> str:
    """Return one digest over all parts, which can't be cut in another way."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def variables_in(names: Iterable[str] | None, environment: Mapping[str, str]) -> Iterator[bytes]:
    """Yield what the environment has for the names, or for all that are in it."""
    for name in sorted(environment if names is None else names):
        value = environment.get(name)
        yield os.fsencode(name)
        yield b"unset" if value is None else b"=" + os.fsencode(value)


def hour() -> str:
    """Return which hour it is, here and in UTC."""
    return f"{time.gmtime()[:4]} {time.localtime()[:4]}"


def kind_of(mode: int) -> bytes:
    """Return what a path names: a folder, a file, or something else."""
    return b"folder" if stat.S_ISDIR(mode) else b"file" if stat.S_ISREG(mode) else b"other"


def _file(path: str) -> bytes:
    """Return the digest of the content."""
    return _read(path)[0]


def _read(path: str) -> tuple[bytes, os.stat_result]:
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return kind_of(status.st_mode), status
        length = min(status.st_size + 1, _PIECE)  # a longer buffer costs more than the file
        data = os.read(descriptor, length)
        digest = hashlib.sha256(data)
        while len(data) == length:
            data = os.read(descriptor, length)
            digest.update(data)
        return digest.digest(), status
    finally:
        os.close(descriptor)


def _source(path: str) -> bytes:
    """Return the same for a module's source; with its compiled file where that may decide in the source's place.

    Python takes a compiled file for current when it names the second in which the source was written. One that was
    compiled in that same second may be of another text.
    """
    compiled = _compiled_of(path)
    content, status = _read(path)
    try:
        written = _stat(compiled).st_mtime_ns
    except OSError:
        return content
    second = status.st_mtime_ns // _SECOND
    return content if written >= (second + 1) * _SECOND else content + str(second).encode() + _file(compiled)


def _compiled_of(source: str) -> str:
    """Return where Python keeps the compiled file of a source."""
    folder, _, name = source.rpartition("/")
    before, after = _compiled_in(folder)
    return before + name.rpartition(".")[0] + after


@functools.cache
def _compiled_in(folder: str) -> tuple[str, str]:
    before, _, after = cache_from_source(f"{folder}/?.py").rpartition("?")
    return before, after


def _installed(path: str) -> bytes:
    """Return what changes whenever a file is written, for the thousands that a package manager looks after."""
    return signature_of(_stat(path))


def signature_of(found: os.stat_result) -> bytes:
    """Return what changes whenever a file is written, of its state."""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}".encode()


def _folder(path: str) -> bytes:
    """Return all names and what each is; of what Python compiles, only what no source stands beside."""
    with os.scandir(path) as found:
        entries = {entry.name: _entry(entry) for entry in found}
    if _COMPILED in entries:
        del entries[_COMPILED]
        stems = {name.partition(".")[0] for name in entries}
        alone = (name for name in os.listdir(f"{path}/{_COMPILED}") if name.partition(".")[0] not in stems)
        entries |= {f"{_COMPILED}/{name}": "compiled" for name in alone}
    return _joined(f"{name}/{kind}" for name, kind in entries.items())


def _entry(entry: os.DirEntry[str]) -> str:
    kind = "folder" if entry.is_dir() else "file" if entry.is_file() else "other"
    return f"link {kind} {os.readlink(entry.path)}" if entry.is_symlink() else kind


def _modules(path: str) -> bytes:
    """Return what an import may find there: modules, packages, folders that may become one, distributions."""
    with os.scandir(path) as found:
        return _joined(filter(None, map(_importable, found)))


def _importable(entry: os.DirEntry[str]) -> str | None:
    if entry.name.endswith(_MODULES) or entry.name.endswith(_DISTRIBUTIONS):
        return entry.name
    if "." in entry.name or entry.name == _COMPILED or not entry.is_dir():
        return None
    return f"{entry.name}/{[suffix for suffix in _MODULES if os.path.exists(f'{entry.path}/__init__{suffix}')]}"


def _names(path: str) -> bytes:
    """Return the names alone: where packages are installed, they have name and version of each."""
    return _joined(name for name in os.listdir(path) if name != _COMPILED)


def _joined(lines: Iterable[str]) -> bytes:
    return os.fsencode("\0".join(sorted(lines)))


def _kind(path: str) -> bytes:
    return kind_of(_stat(path).st_mode)


def _link(path: str) -> bytes:
    mode = os.lstat(path).st_mode
    return b"link " + os.fsencode(os.readlink(path)) if stat.S_ISLNK(mode) else kind_of(mode)


def _exact(path: str) -> bytes:
    found = _stat(path)
    return f"{found.st_mode} {found.st_size} {found.st_mtime_ns}".encode()


_STATES: dict[str, Callable[[str], bytes]] = {
    FILE: _file,
    SOURCE: _source,
    INSTALLED: _installed,
    FOLDER: _folder,
    MODULES: _modules,
    NAMES: _names,
    KIND: _kind,
    LINK: _link,
    EXACT: _exact,
}
