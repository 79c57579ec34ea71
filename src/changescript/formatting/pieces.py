"""Own what the layout rules see of a statement: its tokens without white space, and how they nest."""

import itertools
import operator
from collections.abc import Sequence
from dataclasses import dataclass

LITERAL = "'"
NAME = '"'
NUMBER = "0"
OPAQUE = frozenset({LITERAL, NAME, NUMBER})
"""Marks of what is neither a word nor a sign."""

_NO_GAP_BEFORE = frozenset({",", ")"})
_NOT_BEFORE_ROWS = frozenset({"", "(", ",", "=", ".", "DEFAULT"})


def words(listed: str) -> frozenset[str]:
    """Return words that are written side by side, as the rules list them."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokens of a statement, in parallel lists."""

    texts: list[str]
    marks: list[str]
    """The upper-cased word, the sign, or one of OPAQUE."""
    gaps: list[bool]
    """Whether a blank stands before the token, wherever lines break."""
    ends: list[int]
    """Column behind the token if the statement stood on one line."""
    closes: dict[int, int]
    """Where the bracket, or the CASE, that opens at an index closes."""
    depths: list[int]
    """How many brackets and CASEs are open around the token."""

    def width(self, first: int, last: int) -> int:
        """Return the columns that a range of tokens, both ends included, takes on one line."""
        return self.ends[last] - self.ends[first] + len(self.texts[first])


def gather(marks: Sequence[str], texts: Sequence[str]) -> Pieces | None:
    """Build the pieces from the marks and texts of tokens side by side, white space marked by a blank.

    Return None where brackets don't pair up: nothing is known of such a statement.
    """
    gaps = [before == " " for before, mark in zip(("", *marks), marks, strict=False) if mark != " "]
    texts = [text for text, mark in zip(texts, marks, strict=True) if mark != " "]
    marks = [mark for mark in marks if mark != " "]
    _mark_names(marks)
    nesting = _nesting(marks)
    if nesting is None:
        return None
    gaps = _settled(marks, gaps)
    return Pieces(texts, marks, gaps, _ends(texts, gaps), *nesting)


def _mark_names(marks: list[str]) -> None:
    """Mark whatever word stands beside a full stop as a name."""
    index = -1
    for _ in range(marks.count(".")):
        index = marks.index(".", index + 1)
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(marks) and marks[beside].isidentifier():
                marks[beside] = NAME


def _settled(marks: list[str], gaps: list[bool]) -> list[bool]:
    """Say where blanks stand: as in the source, but for brackets and commas, which part any tokens.

    Line breaks come and go at these places, so they need one rule, or a second run would see others.
    """
    return [
        mark not in _NO_GAP_BEFORE
        and before != "("
        and (gap or before == "," or (before == "VALUES" and earlier not in _NOT_BEFORE_ROWS))
        for earlier, before, mark, gap in zip(("", "(", *marks), ("(", *marks), marks, gaps, strict=False)
    ]


def _ends(texts: list[str], gaps: list[bool]) -> list[int]:
    return list(itertools.accumulate(map(operator.add, map(len, texts), gaps)))


def _nesting(marks: list[str]) -> tuple[dict[int, int], list[int]] | None:
    closes: dict[int, int] = {}
    depths: list[int] = []
    opened: list[int] = []
    for index, mark in enumerate(marks):
        if mark == ")":
            while opened and marks[opened[-1]] == "CASE":  # a column of that name
                opened.pop()
            if not opened:
                return None
            closes[opened.pop()] = index
        elif mark == "END" and opened and marks[opened[-1]] == "CASE":
            closes[opened.pop()] = index
        depths.append(len(opened))
        if mark in {"(", "CASE"}:
            opened.append(index)
    if any(marks[index] == "(" for index in opened):
        return None
    return closes, depths
