"""Two versions of one bundle, for tests of writing it; processes import this, so it imports little."""

from __future__ import annotations

from changescript.bundle import seal

NAME = "a__b"


def version(word: str, size: int = 2000) -> dict[str, bytes]:
    """Return the files of one version of a bundle; every file tells which."""
    scripts = {f"{name}.sql": f"-- {word}\n" * size for name in ("upgrade", "rollback")}
    return seal(scripts, {"format": 1, "from": ["a"], "to": ["b"], "word": word})


OLD, NEW = version("old"), version("new")
