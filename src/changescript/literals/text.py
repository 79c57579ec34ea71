"""Which characters of a text can stand in a script, and be seen there; knows no dialect."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from collections.abc import Sequence

UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control, bidirectional and invisible characters: a reviewer could not see what they do."""


def check_characters(text: str) -> None:
    """Raise Inexact for text that no encoding can hold."""
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return
    raise Inexact("it holds a lone surrogate, which is no character")


LINE = 1000
"""How many bytes of a long text stand on one line of a script."""
OPERANDS = 100
"""How many expressions one group holds."""


def joined(pieces: Sequence[str], operator: str, start: Sequence[str] = ()) -> str:
    """Join SQL expressions with an operator, in groups where they are many; each group begins with `start`.

    A parser goes one level deeper for each operator of a chain: SQL Server gives up after some thousand of them.
    """
    if len(pieces) <= OPERANDS:
        return operator.join([*start, *pieces])
    groups = [pieces[first : first + OPERANDS] for first in range(0, len(pieces), OPERANDS)]
    return joined([f"({operator.join([*start, *group])})" for group in groups], operator)


def in_lines(pieces: list[str], newline: str) -> list[str]:
    """Let a line of the script end where one of a long text does, and where it would become too long.

    `newline` is the expression for a line feed. Lines begin with an operator, which no client takes for a command.
    """
    if sum(map(_size, pieces)) + 4 * len(pieces) <= LINE:
        return pieces
    broken, length = [], 0
    for piece, following in pairwise(pieces):
        length += _size(piece) + 4
        ends_line = piece == newline or length + _size(following) > LINE
        broken.append(f"{piece}\n" if ends_line else piece)
        length = 0 if ends_line else length
    return [*broken, pieces[-1]]


def _size(sql: str) -> int:
    """Count bytes, as some clients do."""
    return len(sql) if sql.isascii() else len(sql.encode())
