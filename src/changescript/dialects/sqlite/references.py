"""Foreign keys are off in a script, so what an online run has them do is refused.

PRAGMA foreign_keys does nothing in a transaction, and a script is one. So it may stand in it: off they are, and the
checks before each COMMIT find every reference that has broken. But where a revision has switched them on, changes of
rows and of tables do more online (https://www.sqlite.org/foreignkeys.html#fk_actions), or fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.sqlite.statements import begins_transaction, leaves_rows, set_foreign_keys
from changescript.errors import RevisionError
from changescript.segments import Heading, Planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from changescript.segments import Segment


def refuse_enforced(segments: Sequence[Segment]) -> None:
    """Raise RevisionError for the first statement that foreign keys, switched on before it, may act on online.

    Switching them on does nothing where the driver has certainly begun a transaction: behind a change of rows in the
    same revision. Whether switching them off again does something is never certain: Alembic may not have committed
    the revision before, or there is a savepoint.
    """
    switched_on, in_transaction, revision = False, False, ""
    for item in (item for segment in segments for item in segment.items):
        if isinstance(item, Heading):
            revision, in_transaction = item.step.step.revision.id, False
        elif isinstance(item, Planned):
            statement = item.statement
            sql = statement.sql  # read once: a long one is kept out of memory
            if set_foreign_keys(sql) and (statement.autocommit or not in_transaction):
                switched_on = True
            elif switched_on and not leaves_rows(sql):
                raise RevisionError(
                    f"revision {revision} ({statement.source}): foreign keys may be on here since "
                    "PRAGMA foreign_keys, and online do more, or refuse it; the script has them off",
                    hint="leave the PRAGMA out, or render this revision alone; the script looks for broken references",
                )
            # An autocommit block commits what is before it, and itself.
            in_transaction = not statement.autocommit and (in_transaction or begins_transaction(sql))
