"""ORM sessions while revisions run: they hold no object of a database, because nobody can read one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import ORMExecuteState


@contextlib.contextmanager
def without_objects(refuse: Callable[[str, str], Exception]) -> Iterator[None]:
    """Let sessions hand on UPDATE and DELETE of mapped classes as they are, meanwhile.

    Online a session may read back, by RETURNING or a SELECT before, which of its own objects a statement changes.
    One that was given objects as if they came from the database is refused.
    """

    # A function for each context, because one may lie in another, and its end takes its own away.
    def keep_nothing_in_step(state: ORMExecuteState) -> None:
        if not (state.is_update or state.is_delete):
            return
        if state.session.identity_map:
            raise refuse(
                "a session changes rows of a mapped class, and its own objects with them",
                "hand the statement to the connection: op.get_bind().execute(...)",
            )
        if state.execution_options.get("synchronize_session") == "evaluate":
            # It fails where Python can't evaluate the condition.
            return
        state.update_execution_options(synchronize_session=False)

    event.listen(Session, "do_orm_execute", keep_nothing_in_step)
    try:
        yield
    finally:
        event.remove(Session, "do_orm_execute", keep_nothing_in_step)
