"""Foreign keys are off in a script, so what an online run has them do is refused.

PRAGMA foreign_keys does nothing in a transaction, and a script is one. So it may stand in it: off they are, and the
checks before each COMMIT find every reference that has broken. But where a revision has switched them on, DELETE,
UPDATE and DROP TABLE change rows of other tables online (https://www.sqlite.org/foreignkeys.html#fk_actions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.dialects.sqlite.statements import changes_rows, loses_data, set_foreign_keys
from changescript.errors import RevisionError
from changescript.segments import Heading, Planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from changescript.segments import Segment


def refuse_enforced(segments: Sequence[Segment]) -> None:
    """Raise RevisionError for the first statement that foreign keys, switched on before it, may act on online."""
    switched_on, in_transaction, revision = False, False, ""
    for item in (item for segment in segments for item in segment.items):
        if isinstance(item, Heading):
            # Alembic commits each revision: its row in alembic_version has begun a transaction at the latest.
            revision, in_transaction = item.step.step.revision.id, False
        elif isinstance(item, Planned):
            sql = item.statement.sql
            set_to = set_foreign_keys(sql)
            if set_to is not None and not in_transaction:
                switched_on = set_to
            elif switched_on and loses_data(sql):
                raise RevisionError(
                    f"revision {revision} ({item.statement.source}): foreign keys may be on here since "
                    "PRAGMA foreign_keys, and online change rows of other tables; the script has them off",
                    hint="switch them off before, or leave the PRAGMA out; the script looks for broken references",
                )
            # The driver begins a transaction before a change of rows, in which the PRAGMA does nothing.
            in_transaction = in_transaction or changes_rows(sql)
