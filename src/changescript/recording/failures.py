"""What it means that a revision raises: it has no way back, asks a database, or fails; must not run anything."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.util import CommandError
from sqlalchemy.exc import NoSuchTableError

from changescript.dialects.drivers import NoConnection
from changescript.errors import Asks, RevisionError
from changescript.isolation import OPENING
from changescript.model import Direction, SourceLine, Step, Stop
from changescript.sources import describe_failure, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.isolation import RefusedAct


class IrreversibleError(Exception):
    """A revision says of itself that it can't be taken back."""

    def __init__(self, step: Step, line: int, reason: str) -> None:
        super().__init__(reason)
        self.stop = Stop(step.revision, SourceLine(step.revision.path, line), reason)


def name_of(step: Step) -> str:
    """Return the name of the function that a step runs."""
    return "upgrade" if step.direction is Direction.UPGRADE else "downgrade"


def failure_of(step: Step, error: BaseException, root: Path) -> RevisionError | IrreversibleError:
    """Return what to raise in place of what a revision's function has raised.

    There is no way back where a downgrade() holds a `raise` of its own, as in `raise NotImplementedError`.
    """
    where = traceback.extract_tb(error.__traceback__)[-1]
    raises = where.filename == str(step.revision.file) and (where.line or "").startswith("raise")
    if raises and step.direction is Direction.ROLLBACK:
        return IrreversibleError(step, where.lineno or 1, f"its downgrade() raises {type(error).__name__}")
    place = _place(step, error)
    if isinstance(error, NoSuchTableError):
        return _unknown_table(step, place, error)
    why = describe_failure(error, root).removeprefix(f"{place}: ")
    failure = RevisionError(
        f"revision {step.revision.id} ({place}): {name_of(step)}() failed offline: {why}",
        hint="mend what fails there, or write its SQL by hand",
    )
    failure.asks = _asked_by(error)
    return failure


def _unknown_table(step: Step, place: SourceLine, error: NoSuchTableError) -> RevisionError:
    failure = RevisionError(
        f"revision {step.revision.id} ({place}): it reads what {error} looks like, which no revision before it makes",
        hint="state what was made outside of the history in a file, which the setting `baseline` names",
    )
    failure.asks = Asks.SCHEMA
    return failure


def refusal_of(step: Step, act: RefusedAct, root: Path) -> RevisionError:
    """Return the error for what a revision must not do while a script is made from it."""
    place = SourceLine(shown_path(Path(act.file), root), act.line)
    error = RevisionError(
        f"revision {step.revision.id} ({place}): {name_of(step)}() {act.what}",
        hint="a script changes one database and is the same every time: leave that out, or write its SQL by hand",
    )
    error.asks = Asks.DATABASE if act.what == OPENING else None
    return error


def lines_in(step: Step, error: BaseException) -> tuple[int, ...]:
    """Return the lines of the revision's file that an error has come through, from the outermost on."""
    file = str(step.revision.file)
    return tuple(line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file)


def _place(step: Step, error: BaseException) -> SourceLine:
    """Return the innermost line of the revision's file."""
    return SourceLine(step.revision.path, (lines_in(step, error) or (1,))[-1])


def _asked_by(error: BaseException) -> Asks | None:
    """Tell what is missing where others refuse a question: our dialects a connection, Alembic to look at a table."""
    if any(isinstance(cause, NoConnection) for cause in _causes(error)):
        return Asks.DATABASE
    *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
    # A batch operation that has to copy a table needs to know it; its other refusals are about how it is called.
    copies = frame.f_globals.get("__name__") == "alembic.operations.batch" and frame.f_code.co_name == "flush"
    return Asks.SCHEMA if copies and isinstance(error, CommandError) else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, and what it was raised from; SQLAlchemy wraps what a driver raises."""
    while error:
        yield error
        error = error.__cause__
