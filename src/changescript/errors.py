"""The exceptions that the core raises; nothing here prints, exits or imports anything of ours."""

from __future__ import annotations


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


class RevisionError(ChangescriptError):
    """A revision can't be rendered without a guess; the message starts with its id and file:line."""


class WriteError(ChangescriptError):
    """A bundle can't be written where it belongs; whatever stood there before still stands there."""
