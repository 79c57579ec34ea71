"""Two versions of one bundle, for tests of writing it; processes import this, so it imports little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.bundle import seal
from changescript.content import Content, content

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "a__b"


def version(word: str, size: int = 2000) -> dict[str, Content]:
    """Return the files of one version of a bundle; every file tells which."""
    scripts = {f"{name}.sql": content(f"-- {word}\n" * size) for name in ("upgrade", "rollback")}
    return seal(scripts, {"format": 1, "from": ["a"], "to": ["b"], "word": word})


OLD, NEW = version("old"), version("new")


def plain(files: Mapping[str, Content]) -> dict[str, bytes]:
    """Return the files as their bytes."""
    return {name: data.read() for name, data in files.items()}
