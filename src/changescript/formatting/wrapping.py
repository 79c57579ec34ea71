"""Own how a line that is too long goes on in the next; the places where lines begin are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from changescript.formatting.pieces import LITERAL, Pieces, words

INDENT = 4

_STARTS = words(
    "CHECK COMMENT CONSTRAINT DEFAULT ELSE FOREIGN FROM GENERATED INCLUDE JOIN ON ORDER PARTITION"
    " REFERENCES SET TABLESPACE TO USING VALUES WHEN WHERE WITH"
)
"""Words that begin a part of a statement, so that a line may well begin with them."""
_GLUED = frozenset({".", "::", "[", "]", ")", ",", ";"})

# What a break costs: the cheapest one that still fits is taken, of several the last.
_BEFORE_PART, _BEFORE_ITEM, _ANYWHERE, _PER_DEPTH = 0, 1, 6, 2


@dataclass(slots=True)
class _Best:
    """The best place to break so far."""

    index: int = 0
    cost: int = 0

    def offer(self, index: int, cost: int) -> None:
        if not self.index or cost <= self.cost:
            self.index, self.cost = index, cost


def wrap(pieces: Pieces, breaks: Mapping[int, int], width: int) -> dict[int, int]:
    """Return the breaks (token index to indent) and those that keep every line within `width`.

    Only a literal or name that is too long by itself, and what touches it, may be wider.
    """
    starts = [0, *sorted(breaks), len(pieces.texts)]
    result = dict(breaks)
    for first, behind in pairwise(starts):
        indent = breaks.get(first, 0)
        if first < behind and indent + _length(pieces, first, behind) > width:
            result |= _wrap_line(pieces, first, behind, indent, width)
    return result


def _length(pieces: Pieces, first: int, behind: int) -> int:
    # the terminator, which comes later, takes a column too
    return pieces.width(first, behind - 1) + (behind == len(pieces.texts))


def _wrap_line(pieces: Pieces, first: int, behind: int, indent: int, width: int) -> dict[int, int]:
    breaks: dict[int, int] = {}
    column, best, index = indent, _Best(), first
    start = first
    while index < behind:
        if index > start:
            if _may_break(pieces, index):
                best.offer(index, _cost(pieces, index))
            column += pieces.gaps[index]
        head, line_end, tail = pieces.texts[index].partition("\n")
        column += len(head) + (index == len(pieces.texts) - 1)
        if column > width and best.index:
            start = index = best.index
            breaks[start] = column = indent + INDENT
            best = _Best()
            continue
        if line_end:
            column = len(tail) - tail.rfind("\n") - 1
        index += 1
    return breaks


def _may_break(pieces: Pieces, index: int) -> bool:
    before, mark = pieces.marks[index - 1], pieces.marks[index]
    if not pieces.gaps[index] or mark in _GLUED or before in {".", "[", "::"}:
        return False
    # PostgreSQL joins two literals with a line break between them, and only those
    return not before == mark == LITERAL


def _cost(pieces: Pieces, index: int) -> int:
    before, mark = pieces.marks[index - 1], pieces.marks[index]
    if before == ",":
        kind = _BEFORE_ITEM
    elif mark == "WITH" and pieces.marks[index + 1 : index + 2] == ["TIME"]:
        kind = _ANYWHERE  # TIMESTAMP WITH TIME ZONE '...' is one value
    elif mark in _STARTS or (mark == "IS" and pieces.marks[index + 1 : index + 2] == [LITERAL]):
        kind = _BEFORE_PART
    else:
        kind = _BEFORE_ITEM if mark in {"AND", "OR"} else _ANYWHERE
    return kind + _PER_DEPTH * pieces.depths[index]
