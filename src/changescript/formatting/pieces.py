"""Own what the layout rules see of a statement: its tokens without white space, and how they nest."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LITERAL = "'"
NAME = '"'
NUMBER = "0"
OPAQUE = frozenset({LITERAL, NAME, NUMBER})
"""Marks of what is neither a word nor a sign."""

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


def gather(tokens: Iterable[tuple[str, str]]) -> Pieces | None:
    """Build the pieces from (mark, text) pairs, white space marked by a blank.

    Return None where brackets don't pair up: nothing is known of such a statement.
    """
    texts: list[str] = []
    marks: list[str] = []
    gaps: list[bool] = []
    blank = False
    for mark, text in tokens:
        if mark == " ":
            blank = True
            continue
        if mark == "." and marks and marks[-1].isidentifier():
            marks[-1] = NAME  # whatever word stands beside a full stop is a name
        elif marks and marks[-1] == "." and mark.isidentifier():
            mark = NAME  # noqa: PLW2901
        gaps.append(blank)
        marks.append(mark)
        texts.append(text)
        blank = False
    nesting = _nesting(marks)
    if nesting is None:
        return None
    gaps = list(_settled(marks, gaps))
    return Pieces(texts, marks, gaps, list(_ends(texts, gaps)), *nesting)


def _settled(marks: list[str], gaps: list[bool]) -> Iterator[bool]:
    """Yield where blanks stand: as in the source, but for brackets and commas, which part any tokens.

    Line breaks come and go at these places, so they need one rule, or a second run would see others.
    """
    before, earlier = "(", ""
    for mark, gap in zip(marks, gaps, strict=True):
        if mark in {",", ")"} or before == "(":
            yield False
        elif before == "," or (before == "VALUES" and earlier not in _NOT_BEFORE_ROWS):
            yield True
        else:
            yield gap
        earlier, before = before, mark


def _ends(texts: list[str], gaps: list[bool]) -> Iterator[int]:
    return itertools.accumulate(len(text) + gap for text, gap in zip(texts, gaps, strict=True))


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
