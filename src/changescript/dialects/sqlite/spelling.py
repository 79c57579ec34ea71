"""How SQLite spells constants."""

from __future__ import annotations


def literal(text: str) -> str:
    """Return text as a constant."""
    return "'" + text.replace("'", "''") + "'"
