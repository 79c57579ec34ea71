"""A range's folder: its files, manifest and hashes, written whole or not at all, and read back; must not render."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changescript.content import EMPTY, Content, content
from changescript.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
FORMAT = 1
"""Version of the manifest's own format; docs/script-format.md describes it."""

_UNFINISHED = ".unfinished-"
_ASIDE = ".previous-"
_SIGNATURES = (".asc", ".sig")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A committed folder: its files by name, and what its manifest says."""

    folder: Path
    files: Mapping[str, Content]
    manifest: Mapping[str, Any] | None
    """None when the manifest is missing or isn't one of ours."""

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name


def seal(scripts: Mapping[str, Content], manifest: Mapping[str, Any]) -> dict[str, Content]:
    """Return the files of a bundle by name: the scripts, the manifest, and SHA256SUMS over both."""
    files = dict(scripts)
    files[MANIFEST] = content(json.dumps(manifest, indent=2, ensure_ascii=True, sort_keys=False) + "\n")
    files[SUMS] = content("".join(f"{files[name].sha256}  {name}\n" for name in sorted(files)))
    return files


def read_sums(data: bytes) -> dict[str, str]:
    """Return the digests of SHA256SUMS by file name; lines that are none are left out."""
    pairs = (line.split("  ", 1) for line in data.decode(errors="replace").splitlines() if "  " in line)
    return {name: digest for digest, name in pairs}


def read_bundles(output: Path) -> list[Bundle]:
    """Return every folder under `output`, sorted by name; a missing `output` holds none."""
    if not output.is_dir():
        return []
    folders = sorted(path for path in output.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [read_bundle(folder) for folder in folders]


def read_bundle(folder: Path) -> Bundle:
    """Return the folder's files; what is no plain file stands as an empty one, so that it is seen."""
    files = {
        path.name: content(path) if path.is_file() and not path.is_symlink() else EMPTY
        for path in sorted(folder.iterdir())
        if not path.name.endswith(_SIGNATURES)
    }
    return Bundle(folder, files, _read_manifest(files.get(MANIFEST, EMPTY).read()))


def _read_manifest(data: bytes) -> Mapping[str, Any] | None:
    try:
        manifest = json.loads(data)
    except ValueError:
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("format") == FORMAT else None


def write_bundle(output: Path, name: str, files: Mapping[str, Content]) -> Path:
    """Put the folder `name` with exactly these files under `output`, in one step, and return it.

    A run that is killed, or a disk that is full, leaves the folder as it was. Two runs at once come one after the
    other. Raises WriteError when that can't be had; nothing has changed then.
    """
    folder = output / name
    try:
        _refuse_misplaced(output, folder)
        output.mkdir(parents=True, exist_ok=True)
        with _locked(output):
            _recover(output)
            _refuse_strangers(folder, files)
            _replace(folder, files)
    except OSError as error:
        raise WriteError(
            f"{output / name} can't be written: {error.strerror or error}",
            hint="what was there before is still there; make room or mend the rights",
        ) from error
    return folder


def _refuse_misplaced(output: Path, folder: Path) -> None:
    for path in (output, folder):
        if path.is_symlink():
            raise WriteError(
                f"{path.name} is a symbolic link; a bundle is written only where it is named",
                hint="replace the link by a folder, or name the real folder with -o",
            )
        if path.exists() and not path.is_dir():
            raise WriteError(f"{path.name} is a file where a folder belongs", hint="move it away")


def _refuse_strangers(folder: Path, files: Mapping[str, Content]) -> None:
    """Refuse to replace a folder that holds what is not ours: it would be lost."""
    found = sorted(folder.iterdir()) if folder.exists() else []
    strangers = [path.name for path in found if path.name not in files or (path.is_dir() and not path.is_symlink())]
    if strangers and all(name.endswith(_SIGNATURES) for name in strangers):
        raise WriteError(
            f"{folder.name} is signed: {', '.join(strangers)}",
            hint="a new script needs a new signature; remove these first",
        )
    if strangers:
        raise WriteError(
            f"{folder.name} holds what changescript did not write: {', '.join(strangers)}",
            hint="move it away; the folder is replaced as a whole",
        )


@contextlib.contextmanager
def _locked(output: Path) -> Iterator[None]:
    descriptor = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _recover(output: Path) -> None:
    """Clear away what a killed run left, and put back what it had moved aside."""
    for path in output.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(path)
    for path in output.glob(f"{_ASIDE}*"):
        folder = output / path.name.removeprefix(_ASIDE)
        if folder.exists():
            shutil.rmtree(path)
        else:
            path.rename(folder)


def _replace(folder: Path, files: Mapping[str, Content]) -> None:
    """Write the files beside `folder`, then put them in its place."""
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    try:
        fresh.chmod(0o777 & ~_umask())
        for name, data in files.items():
            _write_through(fresh / name, data)
        _sync(fresh)
        if folder.exists():
            _exchange(fresh, folder)
        else:
            fresh.rename(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_through(path: Path, data: Content) -> None:
    with path.open("xb") as file:
        file.writelines(data.pieces())
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(fresh: Path, folder: Path) -> None:
    """Swap two folders at once where the system can (Linux renameat2); else move the old one aside first."""
    import ctypes  # noqa: PLC0415 - only a folder that is replaced needs it

    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        if renameat2(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(folder), _RENAME_EXCHANGE) == 0:
            return
        if ctypes.get_errno() not in _NOT_SUPPORTED:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    aside = folder.with_name(f"{_ASIDE}{folder.name}")
    folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    shutil.rmtree(aside)
