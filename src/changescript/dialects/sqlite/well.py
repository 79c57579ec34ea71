"""Statements that the shell runs only if all before them has worked."""

from __future__ import annotations

from changescript.formatting.lexicon import SQLITE as LEXICON
from changescript.formatting.scanner import INSIGNIFICANT, scan


def if_well(statement: str) -> str:
    """Return a statement so that the shell runs it only if all before it has worked.

    A comment before it stays in front: behind the first semicolon it would end the line for the shell.
    """
    start = 0
    if statement.startswith(("-", "/")):
        start = next(token.start for token in scan(statement, LEXICON) if token.kind not in INSIGNIFICANT)
    return f"{statement[:start]}RELEASE all_well; {statement[start:]} SAVEPOINT all_well;"
