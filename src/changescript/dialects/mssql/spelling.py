"""How SQL Server spells what stands between quotes."""

from __future__ import annotations


def in_quotes(text: str) -> str:
    """Return text as it stands between the quotes of a constant."""
    return text.replace("'", "''")
