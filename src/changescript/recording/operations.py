"""What `from alembic import op` is while revisions run."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from alembic.operations import Operations

from changescript.recording.bind import AsyncBind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from alembic.runtime.migration import MigrationContext

    from changescript.recording.bind import RecordingBind


class RecordingOperations(Operations):
    """Alembic's directives; those that need an event loop do without one."""

    @classmethod
    @contextlib.contextmanager
    def context(cls, migration_context: MigrationContext) -> Iterator[RecordingOperations]:
        """Be `op` while revisions run; Alembic's own makes one of its own class."""
        op = cls(migration_context)
        op._install_proxy()
        yield op
        op._remove_proxy()

    def run_async(self, async_function: Callable[..., Awaitable[Any]], *args: Any, **kw_args: Any) -> Any:
        """Run an asynchronous function to its end, which it reaches at once as long as it awaits statements alone."""
        bind: RecordingBind = self.get_bind()  # type: ignore[assignment] # ours, by recorder.take_over()
        running = async_function(AsyncBind(bind), *args, **kw_args).__await__()
        try:
            next(running)
        except StopIteration as done:
            return done.value
        raise bind.refuse_question("op.run_async() awaits something else than a statement")


# The names that `from alembic import op` offers are bound to the class that made them.
Operations._setups[RecordingOperations] = Operations._setups[Operations]
