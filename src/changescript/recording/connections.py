"""What env.py gets where it connects although it runs offline, as one does that knows no other mode."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Engine

from changescript.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class NoDatabase:
    """A connection that can be configured, opened and closed, and asked nothing."""

    closed = False

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.dialect = engine.dialect

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Go on: there is nothing to close."""

    def close(self) -> None:
        """Go on: there is nothing to close."""

    commit = rollback = close

    def begin(self) -> Self:
        """Return what can be a transaction too."""
        return self

    def in_transaction(self) -> bool:
        """Tell that none is open."""
        return False

    def execution_options(self, **_: Any) -> Self:
        """Return the connection: what env.py sets for its own is not for the script."""
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise ProjectError(
            f"env.py asks its connection for .{name} although it runs offline",
            hint="leave that out where context.is_offline_mode() is true; a script holds what revisions emit",
        )


@contextlib.contextmanager
def no_database(is_wanted: Callable[[], bool]) -> Iterator[None]:
    """Let every engine that connects while `is_wanted` says so give a connection to no database."""
    connect, begin = Engine.connect, Engine.begin

    def connect_or_not(engine: Engine) -> Any:
        return NoDatabase(engine) if is_wanted() and not _is_ours(engine) else connect(engine)

    def begin_or_not(engine: Engine) -> Any:
        return NoDatabase(engine) if is_wanted() and not _is_ours(engine) else begin(engine)

    class_: Any = Engine
    class_.connect, class_.begin = connect_or_not, begin_or_not
    try:
        yield
    finally:
        class_.connect, class_.begin = connect, begin


def _is_ours(engine: Engine) -> bool:
    """Tell whether the engine answers for the schema that earlier revisions make."""
    return type(engine.dialect).__module__.startswith("changescript.schema_model")
