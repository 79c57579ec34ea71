"""Text as a literal of PL/SQL that shows it as it is, and in which SQL*Plus finds nothing of its own."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from changescript.dialects.oracle.literals.text import quote
from changescript.literals.text import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = ("[]", "{}", "<>", "()", *(2 * sign for sign in f"!^|%$?*+={string.ascii_letters}"))
"""What may stand around the text behind a q; none that SQL*Plus acts on at the start of a line."""

# SQL*Plus takes lines of up to 2499 bytes, and what stands around the text needs room too.
_LINE = 2000
_PIECE = 30_000
"""Bytes; a literal of PL/SQL holds 32767, and so does what is made of several unless it is a CLOB."""

# SQL*Plus acts on these wherever they stand, in literals and comments too: a line of only a slash or full stop, a line
# that starts with # (SQLPREFIX) or @, a hyphen at the end of a line. Nobody says what it does with blanks there.
# SET DEFINE OFF lets & be; without it a client would ask for a value.
_COMMAND = re.compile(r"[ \t]*(?:[/.]?[ \t]*$|[#@~])|.*[- \t]$|.*&", re.DOTALL)


def is_hazardous(line: str) -> bool:
    """Tell whether a client could change a line on its way, cut it off, or take it for a command."""
    if not line:
        return False
    return (
        len(line.encode()) > _LINE
        or _COMMAND.match(line) is not None
        or UNPRINTABLE.search(line.replace("\t", "")) is not None
    )


def safe_line(comment: str) -> str:
    r"""Return a comment line in which SQL*Plus sees neither a variable nor a line that goes on.

    The header stands before SET DEFINE OFF. Like hidden characters, these two stand as `\\uXXXX`.
    """
    safe = comment.replace("&", r"\u0026").rstrip()
    safe = safe if len(safe.encode()) <= _LINE else f"{safe[: _LINE // 4]}…"
    if not safe.endswith("-"):
        return safe
    return f"{safe[:-1]}\\u002d" if safe.strip("- ") else f"{safe} ."


def q_literal(text: str) -> str:
    """Return text, with a line end before and behind it, as an expression that shows its lines as they are.

    A line with which a client could do harm stands as a concatenation. What is too long for a VARCHAR2 is a CLOB.
    """
    opening, closing = _mark_for(text)
    pieces = ["".join(f"\n{line}" for line in piece) for piece in _pieces(_shown(text, opening, closing))]
    # Each piece begins with the line end before its first line.
    *others, last = (f"{opening}{piece}" for piece in pieces)
    literals = [*(f"{other}{closing}" for other in others), f"{last}\n{closing}"]
    return literals[0] if not others else "\n|| ".join(f"TO_CLOB({literal})" for literal in literals)


def _mark_for(text: str) -> tuple[str, str]:
    mark = next(mark for mark in _MARKS if f"{mark[1]}'" not in text)
    return f"q'{mark[0]}", f"{mark[1]}'"


def _shown(text: str, opening: str, closing: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield f"{closing} || {_concatenated(line)} || {opening}" if is_hazardous(line) else line


def _concatenated(line: str) -> str:
    if len(line) < _PIECE // 8:
        return quote(line)
    chunks = (line[start : start + _PIECE // 8] for start in range(0, len(line), _PIECE // 8))
    return "\n|| ".join(f"TO_CLOB({quote(chunk)})" for chunk in chunks)


def _pieces(lines: Iterator[str]) -> Iterator[list[str]]:
    """Yield lines in groups that a literal of PL/SQL can hold."""
    piece: list[str] = []
    size = 0
    for line in lines:
        length = len(line.encode()) + 1
        if piece and size + length > _PIECE:
            yield piece
            piece, size = [], 0
        piece.append(line)
        size += length
    yield piece
