"""Lets a revision run that stands in no script, only to learn what it does to the schema: no table holds a row."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from changescript.schema_model import no_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import ORMExecuteState


@contextlib.contextmanager
def without_rows() -> Iterator[None]:
    """Let ORM sessions find nothing and store nothing meanwhile, and nobody be heard."""
    flush = Session.flush
    event.listen(Session, "do_orm_execute", _find_nothing)
    Session.flush = _forget  # type: ignore[method-assign, assignment]
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        Session.flush = flush  # type: ignore[method-assign]
        event.remove(Session, "do_orm_execute", _find_nothing)


def _find_nothing(state: ORMExecuteState) -> Any:
    """Answer what is about mapped classes; all else reaches the connection."""
    return no_rows() if state.is_orm_statement else None


def _forget(session: Session, objects: object = None) -> None:  # noqa: ARG001 - as Session.flush()
    """Let a session hold nothing more that waits to be stored."""
    session.expunge_all()
