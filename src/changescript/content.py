"""Files that memory should not hold whole: written once, read in pieces; must not know what they say."""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IN_MEMORY = 1 << 20
"""Bytes up to which a spool needs no file."""
_PIECE = 1 << 18


class Spool:
    """Collects text, in memory while there is little of it, else in a file without a name that the system removes."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the spool
        weakref.finalize(self, self._file.close)
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, text: str) -> Stretch:
        """Add text at the end, and return where it stands."""
        data = text.encode()
        self._file.seek(self._size)
        self._file.write(data)
        self._digest.update(data)
        stretch = Stretch(self, self._size, len(data))
        self._size += len(data)
        return stretch

    def read(self, offset: int, length: int) -> bytes:
        """Return some of what was written."""
        self._file.seek(offset)
        return self._file.read(length)

    def pieces(self) -> Iterator[bytes]:
        """Yield all that was written."""
        for offset in range(0, self._size, _PIECE):
            yield self.read(offset, _PIECE)

    @property
    def sha256(self) -> str:
        """The digest of all that was written, as `sha256sum` prints it."""
        return self._digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text in a spool; str() reads it."""

    spool: Spool
    offset: int
    length: int
    """Both in bytes."""

    def __str__(self) -> str:
        return self.spool.read(self.offset, self.length).decode()


@dataclass(frozen=True)
class Content:
    """The bytes of one file, part after part; a path is read when it is asked for."""

    parts: tuple[bytes | Spool | Path, ...]

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes, some at a time."""
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            elif isinstance(part, Spool):
                yield from part.pieces()
            else:
                with part.open("rb") as file:
                    while data := file.read(_PIECE):
                        yield data

    def read(self) -> bytes:
        """Return all bytes."""
        return b"".join(self.pieces())

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, as `sha256sum` prints it."""
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)


EMPTY = Content(())


def sha256(data: bytes) -> str:
    """Return the digest as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


def content(data: bytes | str | Path) -> Content:
    """Return bytes, a text or a file as content."""
    return Content((data.encode() if isinstance(data, str) else data,))
