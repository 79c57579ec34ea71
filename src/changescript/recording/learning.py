"""Lets a revision run that stands in no script, only to learn what it does to the schema: no table holds a row."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import event
from sqlalchemy.orm import Session

from changescript.recording.empty import result_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Dialect
    from sqlalchemy.orm import ORMExecuteState
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.formatting.lexicon import Lexicon


@contextlib.contextmanager
def without_rows(lexicon: Lexicon, dialect: Dialect) -> Iterator[None]:
    """Let ORM sessions find nothing and store nothing meanwhile, and nobody be heard."""

    def _find_nothing(state: ORMExecuteState) -> Any:
        """Answer what is about mapped classes; all else reaches the connection."""
        if not state.is_orm_statement:
            return None
        return result_of(str(cast("ClauseElement", state.statement).compile(dialect=dialect)), lexicon)

    flush = Session.flush
    event.listen(Session, "do_orm_execute", _find_nothing)
    Session.flush = _forget  # type: ignore[method-assign, assignment]
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        Session.flush = flush  # type: ignore[method-assign]
        event.remove(Session, "do_orm_execute", _find_nothing)


def _forget(session: Session, objects: object = None) -> None:  # noqa: ARG001 - as Session.flush()
    """Let a session hold nothing more that waits to be stored."""
    session.expunge_all()
