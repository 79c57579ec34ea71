"""Own how a line that is too long goes on in the next; the places where lines begin are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from changescript.formatting.pieces import LITERAL, Pieces, words

INDENT = 4

_STARTS = words(
    "BEGIN CHECK COMMENT CONSTRAINT DEFAULT ELSE EXECUTE FOREIGN FROM GENERATED INCLUDE JOIN LANGUAGE ON ORDER"
    " PARTITION REFERENCES RETURNS SET TABLESPACE TO USING VALUES WHEN WHERE WITH"
)
"""Words that begin a part of a statement, so that a line may well begin with them."""
_GLUED = frozenset({".", "::", "[", "]", ")", ",", ";"})
_HOLDING = frozenset({".", "[", "::", "-", "/"})
"""What stays with the token behind it; SQL*Plus takes a hyphen at a line's end, and a slash alone, for its own."""
_SIGNS = frozenset({"||", "+", "-"})
_TOGETHER = frozenset(
    pair
    for listed in (
        "BY DEFAULT,CHARACTER SET,DEFAULT ON,DELETE SET,DISTINCT FROM,FOR VALUES,SET DEFAULT,START WITH,UPDATE SET",
        "CROSS JOIN,FULL JOIN,INNER JOIN,LEFT JOIN,NATURAL JOIN,OUTER JOIN,RIGHT JOIN,WITH CHECK",
    )
    for pair in (tuple(words.split()) for words in listed.split(","))
)
"""Pairs that mean one thing, though elsewhere a line may begin with the second word."""
_BEGINS_PAIR = frozenset({("FOR", "VALUES"), *(pair for pair in _TOGETHER if pair[1] == "JOIN")})
_PARTS_PAIR = frozenset({("WITH", "TIME")})
"""Pairs behind a type's name, which belong to it."""

# What a break costs: the cheapest one that still fits is taken, of several the last.
_BEFORE_STATEMENT, _BEFORE_PART, _BEFORE_ITEM, _BEFORE_SIGN, _ANYWHERE, _PER_DEPTH = -3, 0, 1, 3, 6, 2
_BEHIND_BRACKET = 1_000_000


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
            if first:
                result[first] = _indent_that_fits(pieces, first, behind, indent, width)
            result |= _wrap_line(pieces, first, behind, indent, width)
    return result


def _length(pieces: Pieces, first: int, behind: int) -> int:
    # the terminator, which comes later, takes a column too
    return pieces.width(first, behind - 1) + (behind == len(pieces.texts))


def _wrap_line(pieces: Pieces, first: int, behind: int, indent: int, width: int) -> dict[int, int]:
    breaks: dict[int, int] = {}
    column, best, index = indent, _Best(), first
    start = first
    room = width - indent - INDENT
    while index < behind:
        if index > start:
            # on a line of its own a token must stand further left, or fit only there
            gains = column > indent + INDENT or room < _run(pieces, index, behind) <= width
            if gains and _may_break(pieces, index, width):
                best.offer(index, _cost(pieces, index, room))
            column += pieces.gaps[index]
        head, line_end, tail = pieces.texts[index].partition("\n")
        column += len(head) + (index == len(pieces.texts) - 1)
        if column > width and best.index:
            start = index = best.index
            breaks[start] = column = _indent_that_fits(pieces, start, behind, indent + INDENT, width)
            best = _Best()
            continue
        if line_end:
            column = len(tail) - tail.rfind("\n") - 1
        index += 1
    return breaks


def _indent_that_fits(pieces: Pieces, start: int, behind: int, indent: int, width: int) -> int:
    """Return a smaller indent if only that keeps what can't be parted within the width."""
    length = _run(pieces, start, behind)
    return indent if length > width else min(indent, width - length)


def _run(pieces: Pieces, start: int, behind: int) -> int:
    """Return the columns up to the next place where a line may break."""
    index = start + 1
    while index < behind and not _may_break(pieces, index, width=0):
        index += 1
    return _length(pieces, start, index)


def _may_break(pieces: Pieces, index: int, width: int) -> bool:
    before, mark = pieces.marks[index - 1], pieces.marks[index]
    if before == "(":  # only where nothing else helps, and this does
        return mark == LITERAL and len(pieces.texts[index].partition("\n")[0]) < width
    if not pieces.gaps[index] or mark in _GLUED or before in _HOLDING:
        return False
    # PostgreSQL joins two literals with a line break between them, and only those
    return not before == mark == LITERAL


def _cost(pieces: Pieces, index: int, room: int) -> int:
    before, mark = pieces.marks[index - 1], pieces.marks[index]
    behind = pieces.marks[index + 1] if index + 1 < len(pieces.marks) else ""
    if before == "(":
        kind = _BEHIND_BRACKET
    elif before in {",", ";"}:
        kind = _BEFORE_ITEM if before == "," else _BEFORE_STATEMENT
    elif "IS" in (before, mark) and LITERAL in (mark, behind):  # COMMENT ON ... IS '...'
        kind = _BEFORE_PART if (mark == "IS") is _comment_fits(pieces, index, room) else _ANYWHERE
    elif (before, mark) in _TOGETHER or (mark, behind) in _PARTS_PAIR:
        kind = _ANYWHERE
    elif mark in _STARTS or (mark, behind) in _BEGINS_PAIR:
        kind = _BEFORE_PART
    elif mark in _SIGNS and before not in _SIGNS:
        kind = _BEFORE_SIGN
    else:
        kind = _BEFORE_ITEM if mark in {"AND", "OR"} else _ANYWHERE
    return kind + _PER_DEPTH * pieces.depths[index]


def _comment_fits(pieces: Pieces, index: int, room: int) -> bool:
    """Say whether IS and the literal behind it fit on one line."""
    literal = index + (pieces.marks[index] == "IS")
    return len("IS ") + len(pieces.texts[literal]) + 1 <= room
