"""Own where a statement's lines begin; see tokens, change nothing but the white space between them."""

from dataclasses import dataclass, field
from itertools import pairwise

from changescript.formatting.clauses import CHANGES, CONDITIONS, JOINS, LISTS, is_clause
from changescript.formatting.pieces import Pieces, words
from changescript.formatting.procedural import kind_of
from changescript.formatting.wrapping import INDENT, wrap

WIDTH = 100

_QUERIES = words("SELECT WITH UPDATE DELETE MERGE INSERT REPLACE VALUES")
_ACTIONS = words(
    "ADD ALTER ATTACH CHANGE CLUSTER CONVERT DETACH DISABLE DROP ENABLE FORCE INHERIT MODIFY NO"
    " OWNER RENAME REPLICA RESET SET VALIDATE"
)
_NOT_BODY = words("AS FOR LIKE CLONE PARTITION USING")
_QUERY_BEHIND_AS = words("SELECT WITH VALUES TABLE EXECUTE (")
_PARTED_ITEMS = words("PARTITION SUBPARTITION")
_HANGING = LISTS | CONDITIONS


def lay_out(pieces: Pieces, width: int = WIDTH, *, part: bool = False) -> list[str]:
    """Return the white space before each token of one statement that is not procedural.

    A `part` of a statement is laid out as one that is longer than a line.
    """
    breaks = wrap(pieces, _Structure(pieces, width, part).breaks(), width)
    return ["\n" + " " * breaks[index] if index in breaks else " " * gap for index, gap in enumerate(pieces.gaps)]


@dataclass(slots=True)
class _Frame:
    """What surrounds the token at hand: the statement, a bracket or a CASE."""

    rules: str
    """query, items, condition, case, alter or plain"""
    indent: int
    close: int
    parts: bool = True
    """Whether the closing token stands on a line of its own."""
    clause: str = ""
    listed: bool = False
    """Whether each item of the clause takes a line."""
    betweens: int = 0

    @property
    def inner(self) -> int:
        """The indent from which brackets inside a clause are indented further."""
        hangs = self.rules == "alter" or (self.rules == "query" and (self.listed or self.clause in _HANGING))
        return self.indent + INDENT * hangs


@dataclass(frozen=True, slots=True)
class _Within:
    """What brackets hold, found in one pass, so that deep nesting costs no more."""

    conditions: set[int]
    """Brackets with an AND or OR right inside."""
    queries: set[int]
    """Brackets with a query anywhere inside."""


def _look_within(pieces: Pieces) -> _Within:
    within = _Within(set(), set())
    opened: list[int] = []
    for index, mark in enumerate(pieces.marks):
        while opened and pieces.closes[opened[-1]] <= index:
            closed = opened.pop()
            if opened and closed in within.queries:
                within.queries.add(opened[-1])
        if opened and mark in {"AND", "OR"}:
            within.conditions.add(opened[-1])
        elif opened and mark == "SELECT":
            within.queries.add(opened[-1])
        if index in pieces.closes:
            opened.append(index)
    return within


@dataclass(slots=True)
class _Structure:
    """One pass over a statement that decides where its parts begin, without recursion."""

    pieces: Pieces
    width: int
    part: bool
    found: dict[int, int] = field(default_factory=dict)
    column: int = 0
    kind: str = ""
    body: int | None = None
    """The bracket that holds a new table's columns."""
    within: _Within = field(init=False)

    def __post_init__(self) -> None:
        self.within = _look_within(self.pieces)

    def breaks(self) -> dict[int, int]:
        """Return the indent of each token that begins a line."""
        marks, count = self.pieces.marks, len(self.pieces.marks)
        frames = [self._outermost()]
        index = 0
        while index < count:
            frame = frames[-1]
            if index == frame.close:
                frames.pop()
                if frame.parts:
                    self._break(index, frame.indent - INDENT)
            else:
                self._before(frame, index)
            self._advance(index)
            close = self.pieces.closes.get(index)
            if close is not None:
                inside = self._inside(frames[-1], index, close)
                if inside is None:
                    self.column += self._span(index, close)
                    index = close + 1
                    continue
                frames.append(inside)
                if inside.rules in {"query", "items", "condition"} and inside.parts:
                    self._break(index + 1, inside.indent)
            elif marks[index] == ",":
                self._after_comma(frames[-1], index)
            index += 1
        return self.found

    def _outermost(self) -> _Frame:
        """Return the frame of the statement, chosen by its first words."""
        marks = self.pieces.marks
        count = len(marks)
        self.kind = kind_of(marks)
        if marks[0] in _QUERIES:
            self.kind = marks[0]
            return _Frame("query", 0, count, clause="WITH" if marks[0] == "WITH" else "")
        if self.kind in {"CREATE TABLE", "CREATE VIEW", "ALTER VIEW"} and self._has_query():
            self.kind = "CREATE AS"
            return _Frame("query", 0, count)
        if self.kind == "CREATE TABLE":
            self.body = self._table_body()
        if self.kind == "ALTER TABLE" and self._is_long():
            return _Frame("alter", 0, count)
        return _Frame("plain", 0, count)

    def _is_long(self) -> bool:
        return self.part or self.pieces.ends[-1] + 1 > self.width

    def _has_query(self) -> bool:
        """Say whether the columns, if any are named, come from a query."""
        depths = self.pieces.depths
        return any(
            mark == "AS" and behind in _QUERY_BEHIND_AS and not depths[index]
            for index, (mark, behind) in enumerate(pairwise(self.pieces.marks))
        )

    def _table_body(self) -> int | None:
        """Return the bracket that holds a new table's columns."""
        for index, mark in enumerate(self.pieces.marks):
            if mark == "(":
                return index
            if mark in _NOT_BODY:
                return None
        return None

    def _break(self, index: int, indent: int) -> None:
        if 0 < index < len(self.pieces.marks):
            self.found[index] = indent

    def _advance(self, index: int) -> None:
        indent = self.found.get(index)
        if indent is None:
            self.column += self.pieces.gaps[index]
        else:
            self.column = indent
        text = self.pieces.texts[index]
        self.column = len(text) - text.rfind("\n") - 1 if "\n" in text else self.column + len(text)

    # --- what a bracket or a CASE opens ---------------------------------------------------------

    def _inside(self, frame: _Frame, index: int, close: int) -> _Frame | None:
        """Return the rules inside a bracket or a CASE, or None where it stays on one line."""
        if index == self.body:
            return _Frame("items", frame.indent + INDENT, close)
        if frame.indent > self.width // 2:  # or the blanks alone would grow with the square of depth
            return None
        fits = self.column + self._span(index, close) + 1 <= self.width
        if self.pieces.marks[index] == "CASE":
            keeps = fits and not (frame.rules in {"query", "items"} and self._is_long())
            return None if keeps else _Frame("case", frame.inner + INDENT, close)
        return None if fits else self._parted(frame, index, close)

    def _parted(self, frame: _Frame, index: int, close: int) -> _Frame | None:
        """Return the rules inside a bracket that doesn't fit behind what stands on its line."""
        first = self.pieces.marks[index + 1]
        indent = frame.inner + INDENT
        if first in _QUERIES:
            return _Frame("query", indent, close, clause="WITH" if first == "WITH" else "")
        if self._lists_items(frame, first):
            return _Frame("items", frame.indent + INDENT, close)
        fits_alone = indent + self._span(index, close) + 1 <= self.width
        if index in self.within.conditions and not fits_alone:
            return _Frame("condition", indent, close)
        if index in self.within.queries or not fits_alone:
            return _Frame("plain", frame.inner, close, parts=False)
        return None

    def _lists_items(self, frame: _Frame, first: str) -> bool:
        """Say whether each item of a bracket takes a line: columns of an INSERT, labels of an enum, partitions."""
        if frame.rules == "plain":
            return self.kind == "CREATE TYPE" or first in _PARTED_ITEMS
        return self.kind in {"INSERT", "REPLACE"} and not frame.clause and frame.rules == "query"

    def _span(self, index: int, close: int) -> int:
        return self.pieces.ends[close] - self.pieces.ends[index]

    # --- what a token means to the frame it stands in -------------------------------------------

    def _before(self, frame: _Frame, index: int) -> None:
        match frame.rules:
            case "query":
                self._in_query(frame, index)
            case "condition":
                self._in_condition(frame, index)
            case "case":
                self._in_case(frame, index)
            case "alter":
                self._in_alter(frame, index)
            case _:
                pass  # wrapping decides

    def _in_case(self, frame: _Frame, index: int) -> None:
        if self.pieces.marks[index] in {"WHEN", "ELSE"}:
            self._break(index, frame.indent)

    def _in_condition(self, frame: _Frame, index: int) -> None:
        if self._is_connective(frame, index):
            self._break(index, frame.indent)

    def _in_alter(self, frame: _Frame, index: int) -> None:
        name_behind = 3
        if not frame.clause and index >= name_behind and self._is_action(index):
            frame.clause = self.pieces.marks[index]
            self._break(index, INDENT)

    def _is_action(self, index: int) -> bool:
        return self.pieces.gaps[index] and self.pieces.marks[index] in _ACTIONS

    def _in_query(self, frame: _Frame, index: int) -> None:
        mark = self.pieces.marks[index]
        if is_clause(self.pieces, index, self.kind, frame.clause):
            self._begin_clause(frame, index, mark)
        elif mark == "UPDATE" and self.pieces.marks[index - 1] == "KEY":  # ON DUPLICATE KEY UPDATE
            frame.clause, frame.listed = "SET", True
        elif frame.clause in CONDITIONS and self._is_connective(frame, index):
            self._break(index, frame.indent + 2)

    def _is_connective(self, frame: _Frame, index: int) -> bool:
        """Say whether the token is an AND or OR between conditions, not the AND of a BETWEEN."""
        mark = self.pieces.marks[index]
        if mark == "BETWEEN":
            frame.betweens += 1
        elif mark == "AND" and frame.betweens:
            frame.betweens -= 1
            return False
        return mark in {"AND", "OR"} and self.pieces.gaps[index]

    def _begin_clause(self, frame: _Frame, index: int, mark: str) -> None:
        before = self.pieces.marks[index - 1] if index else ""
        frame.betweens = 0
        frame.clause = mark
        frame.listed = mark == "SET"
        if mark not in JOINS or not (before in JOINS or before == "OUTER"):
            self._break(index, frame.indent)
        if mark in CHANGES and self.kind != "MERGE":
            self.kind, frame.clause = mark, ""
        elif mark == "VALUES":
            frame.listed = True
            self._break(index + 1, frame.indent + INDENT)
        elif mark == "SELECT" and self._list_is_long(frame, index):
            frame.listed = True
            distinct = self.pieces.marks[index + 1] in {"DISTINCT", "ALL"}
            self._break(index + 1 + distinct, frame.indent + INDENT)

    def _list_is_long(self, frame: _Frame, index: int) -> bool:
        """Say whether what SELECT lists doesn't fit behind it; brackets are skipped, so it's linear."""
        closes = self.pieces.closes
        behind = index + 1
        while behind < frame.close and not is_clause(self.pieces, behind, self.kind, frame.clause):
            behind = closes.get(behind, behind) + 1
        last = max(index, behind - 1)
        return frame.indent + self.pieces.width(index, last) + 1 > self.width

    def _after_comma(self, frame: _Frame, index: int) -> None:
        if frame.rules == "items":
            self._break(index + 1, frame.indent)
        elif frame.rules == "alter":
            self._break(index + 1, INDENT)
        elif frame.rules == "query" and frame.listed:
            self._break(index + 1, frame.indent + INDENT)
        elif frame.rules == "query" and frame.clause == "WITH":
            self._break(index + 1, frame.indent)
