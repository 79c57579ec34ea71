"""What the model can't know, and the refusal of questions about it."""

from __future__ import annotations

from dataclasses import dataclass

from changescript.errors import ChangescriptError

MARK = "\ue000unknown\ue000"
"""Stands in a text that only the server could have written."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why something isn't known, and the place in the project that made it so."""

    reason: str
    place: str = ""


class UnknownAnswer(ChangescriptError):
    """The model is asked what it can't know."""


class Unfollowed(Exception):
    """A statement does what the model can't follow."""


class Exists(Unfollowed):
    """A statement makes what is there already: it fails, and changes nothing; who emits it goes on all the same."""


class Outside(Unfollowed):
    """A statement needs what was never seen made."""

    @classmethod
    def of(cls, name: str) -> Outside:
        """Return the error about something that has this name."""
        return cls(f"{name} was made outside of what was read, so more may have been")


def refusal(what: str, unknown: Unknown) -> UnknownAnswer:
    """Return the refusal of a question about `what`."""
    since = f" ({unknown.place})" if unknown.place else ""
    return UnknownAnswer(
        f"{what} isn't known offline: {unknown.reason}{since}",
        hint="write the change without asking the database, or state the schema in a baseline file",
    )
