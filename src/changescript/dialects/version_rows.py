"""The change of the version rows as SQL that every database takes; must not prove anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from changescript.model import Heads


def version_changes(table: str, before: Heads, after: Heads) -> list[str]:
    """Return the statements that bring the rows of `table`, quoted where that is needed, from one state to another."""
    gone, new = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    paired = min(len(gone), len(new))
    return [
        *(
            f"UPDATE {table} SET version_num = '{to}' WHERE version_num = '{from_}';"
            for from_, to in zip(gone, new, strict=False)
        ),
        *(f"INSERT INTO {table} (version_num) VALUES ('{to}');" for to in new[paired:]),
        *(f"DELETE FROM {table} WHERE version_num = '{from_}';" for from_ in gone[paired:]),
    ]
