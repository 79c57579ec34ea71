"""What `check` has found, remembered until something that it has looked at changes; must not know what it checks."""

from __future__ import annotations

import contextlib
import locale
import os
import sys
from typing import TYPE_CHECKING, Any

from changescript.verdicts.states import digest_of, hour, state_of, variables_in
from changescript.verdicts.store import cache_folder, clone_of, confirm, verdicts, write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from changescript.verdicts.looks import Looks
    from changescript.verdicts.states import Look

_FORMAT = 1
_STARTING = ("PYTHON", "LC_", "LANG", "TZ")
"""Variables that Python or the C library reads by itself."""


class Memory:
    """Remembers texts by the question that they answer, and by all that was looked at for the answer."""

    def __init__(self, root: Path, *, is_on: bool = True) -> None:
        """Take the project's folder; with `is_on` unset, nothing is ever known, and nothing noted."""
        self._root = root
        self._folder = cache_folder(root) if is_on else None
        self._looks: Looks | None = None
        self._started = (clone_of(root), *_as_started())

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Note what is looked at from here on; it is what the next verdict stands on."""
        if self._folder is None:
            yield
            return
        from changescript.verdicts.watching import noted  # noqa: PLC0415 - not where the verdict is known

        with noted(str(self._root)) as self._looks:
            yield

    def recall(self, question: str) -> str | None:
        """Return the answer that is known; None where there is none, or anything may differ from then."""
        if self._folder is None:
            return None
        if self._looks is None:
            return self._recalled(self._folder, self._key(question))
        from changescript.verdicts.watching import unheard  # noqa: PLC0415 - as below

        with unheard():
            return self._recalled(self._folder, self._key(question))

    @staticmethod
    def _recalled(folder: Path, key: str) -> str | None:
        states: dict[Look, bytes] = {}
        for path, verdict in verdicts(folder / key):
            try:
                is_in_time = verdict["hour"] in {"", hour()}
                holds = is_in_time and verdict["digest"] == _digest(key, verdict, os.environ, states)
            except (AttributeError, KeyError, TypeError, ValueError):  # it is not what was written
                continue
            if holds:
                confirm(path)
                return str(verdict["answer"])
        return None

    def remember(self, question: str, answer: str, apart: Collection[str]) -> None:
        """Keep the answer, unless nobody could tell later whether it still holds.

        `apart`: files that have been found to be independent of the time.
        """
        if self._folder is None or self._looks is None:
            return
        from changescript.verdicts.watching import settle  # noqa: PLC0415 - as above

        looks = settle(self._looks, apart)
        if looks is None:
            return
        names = self._looks.names
        verdict: dict[str, Any] = {
            "answer": answer,
            "looks": _grouped(looks),
            "variables": None if names is None else sorted(names),
            "hour": self._looks.hour,
        }
        key = self._key(question)
        verdict["digest"] = _digest(key, verdict, self._looks.environment, self._looks.states)
        write(self._folder / key, f"{verdict['digest']}.json", verdict)

    def _key(self, question: str) -> str:
        """Return the name for a question to this Python as it was started; what it was told stands in no file."""
        return digest_of(part.encode(errors="surrogateescape") for part in (question, *self._started))


def _as_started() -> Iterator[str]:
    yield from (str(_FORMAT), sys.version, sys.executable, sys.prefix, repr(sys.flags), repr(sys.warnoptions))
    yield from (repr(sys._xoptions), repr(sys.argv), repr(sys.path))  # noqa: SLF001
    yield from (os.uname().sysname, os.uname().machine, str(os.getuid()))
    yield from (locale.getpreferredencoding(do_setlocale=False), sys.getfilesystemencoding())
    for name in sorted(os.environ):
        if name.startswith(_STARTING):
            yield f"{name}={os.environ[name]}"


def _grouped(looks: Iterable[Look]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for how, path in looks:
        found.setdefault(how, []).append(path)
    return found


def _digest(key: str, verdict: Mapping[str, Any], environment: Mapping[str, str], states: dict[Look, bytes]) -> str:
    """Return what a verdict stands on, as it is now; `states` holds what is known of that."""
    return digest_of(_parts(key, verdict, environment, states))


def _parts(
    key: str, verdict: Mapping[str, Any], environment: Mapping[str, str], states: dict[Look, bytes]
) -> Iterator[bytes]:
    yield key.encode()
    yield verdict["answer"].encode(errors="surrogatepass")
    yield b"all" if verdict["variables"] is None else b"some"
    yield from variables_in(verdict["variables"], environment)
    yield verdict["hour"].encode()
    for how, paths in verdict["looks"].items():
        yield how.encode()
        for path in paths:
            look = (how, path)
            if look not in states:
                states[look] = state_of(look)
            yield os.fsencode(path)
            yield states[look]
