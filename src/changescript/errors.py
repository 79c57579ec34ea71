"""The exceptions that the core raises; nothing here prints, exits or imports anything of ours."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class ChangescriptError(Exception):
    """An error we can explain: what is wrong and where, and in `hint` what to do next.

    Messages name types, files, lines and revisions; never a value that a statement carries and never
    a password, because both can end up in a CI log.
    """

    hint: str = ""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint or self.hint


class UsageError(ChangescriptError):
    """What the user asked for can't be meant: a range, a ticket, an option."""


class ProjectError(ChangescriptError):
    """The project's configuration can't be found, read or understood."""


class HistoryError(ChangescriptError):
    """The revision files can't be loaded, or don't form the graph that was asked for."""


class Asks(enum.Enum):
    """What a revision would have to be told by a database."""

    ROWS = "rows"
    """What a statement returns."""
    SCHEMA = "schema"
    """Which tables, columns and the like there are."""
    DATABASE = "database"
    """Anything else that only a connection knows."""


_PLACED = re.compile(r"revision \S+ \((?P<place>.+?)\): (?P<why>.*)", re.DOTALL)


class RevisionError(ChangescriptError):
    """A revision can't be rendered without a guess; the message starts with its id and file:line."""

    asks: Asks | None = None
    """None: it asks nothing, and can't be rendered for another reason."""
    parts: tuple[RevisionError, ...] = ()
    """What it is made of, where several revisions can't be rendered."""
    rendered: tuple[Any, ...] = ()
    """The statements that the revision had emitted before."""
    told: tuple[str, ...] = ()
    """What the revision had been told about the schema before, with the lines that asked."""
    dialect: str = ""
    """For which it was run; empty where no revision was."""
    stopped_at: tuple[int, ...] = ()
    """Lines of its file that were running when its function ended, where it had done all as online until then."""

    @property
    def place(self) -> str:
        """The file, with the line where there is one, that the message starts with; empty where it names none."""
        found = _PLACED.fullmatch(str(self))
        return found["place"] if found else ""

    @property
    def why(self) -> str:
        """The message without its beginning, which names the revision and the place."""
        found = _PLACED.fullmatch(str(self))
        return found["why"] if found else str(self)


def all_of(errors: Sequence[RevisionError]) -> RevisionError:
    """Return one error that tells of all, each once, with its hint."""
    parts = {str(part): part for error in errors for part in (error.parts or (error,))}
    if len(parts) == 1:
        return next(iter(parts.values()))
    told = (f"  {part}" + (f"\n    {part.hint}" if part.hint else "") for part in parts.values())
    whole = RevisionError("\n".join([f"{len(parts)} things can't be rendered", *told]))
    whole.parts = tuple(parts.values())
    return whole


class WriteError(ChangescriptError):
    """A bundle can't be written where it belongs; whatever stood there before still stands there."""
