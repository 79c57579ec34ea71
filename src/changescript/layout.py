"""Own where a statement's lines begin; see tokens, change nothing but the white space between them."""

from dataclasses import dataclass, field

from changescript.pieces import Pieces
from changescript.wrapping import INDENT, wrap

WIDTH = 100

_DECORATIONS = frozenset(
    "OR REPLACE TEMPORARY TEMP UNLOGGED UNIQUE MATERIALIZED GLOBAL LOCAL EDITIONABLE FORCE".split()
)
_ROUTINES = frozenset("FUNCTION PROCEDURE PROC TRIGGER PACKAGE RULE EVENT".split())
_BLOCKS = frozenset("DO BEGIN DECLARE IF WHILE LOOP FOR CASE EXEC EXECUTE".split())
_QUERIES = frozenset("SELECT WITH UPDATE DELETE MERGE INSERT REPLACE VALUES".split())
_ACTIONS = frozenset(
    "ADD ALTER ATTACH CHANGE CLUSTER COLUMN CONVERT DETACH DISABLE DROP ENABLE FORCE INHERIT MODIFY NO"
    " OWNER RENAME REPLICA RESET SET VALIDATE".split()
)
_CLAUSES = frozenset(
    "CROSS EXCEPT FETCH FROM FULL GROUP HAVING INNER INTERSECT JOIN LEFT LIMIT MINUS NATURAL OFFSET ON"
    " ORDER RETURNING RIGHT SELECT SET UNION USING VALUES WHEN WHERE WINDOW WITH"
    " DELETE INSERT MERGE UPDATE".split()
)
_JOINS = frozenset("CROSS FULL INNER JOIN LEFT NATURAL RIGHT".split())
_CONDITIONS = frozenset("HAVING ON WHERE WHEN".split()) | _JOINS
_CHANGES = frozenset({"DELETE", "INSERT", "MERGE", "UPDATE"})
_LISTS = frozenset({"SELECT", "SET"})
_HANGING = _LISTS | _CONDITIONS
_NOT_BODY = frozenset("AS FOR LIKE CLONE PARTITION USING".split())

# A word is a clause only where these don't make it a column, a function or a part of something else.
_NOT_AFTER = frozenset("( , . = < > <= >= <> != + - * / || AS AND OR NOT BY ::".split()) | {"DISTINCT"}
_NOT_BEFORE = frozenset(") , . = < > <= >= <> != :: ;".split())
_HEAD = 10


def is_procedural(pieces: Pieces) -> bool:
    """Say whether a statement holds a body, whose layout is its author's."""
    head = pieces.marks[:_HEAD]
    first = head[:1]
    if ";" in pieces.marks or "\\" in pieces.marks:
        return True
    if first in (["CREATE"], ["ALTER"]):
        kind = next((word for word in head[1:] if word not in _DECORATIONS), "")
        has_routine = not _ROUTINES.isdisjoint(_kind_words(head))
        return has_routine or (kind == "TYPE" and "BODY" in head)
    return len(pieces.marks) > 2 and bool(_BLOCKS.intersection(first))  # noqa: PLR2004 - BEGIN WORK


def _kind_words(head: list[str]) -> list[str]:
    """Return the words before the object's name, as far as one can tell: DEFINER=a@b may precede."""
    for index, word in enumerate(head):
        if word in {"TABLE", "INDEX", "VIEW", "SEQUENCE", "TYPE", "SCHEMA", "DOMAIN"}:
            return head[:index]
    return head


def lay_out(pieces: Pieces, width: int = WIDTH, *, part: bool = False) -> list[str]:
    """Return the white space before each token of one statement that is not procedural.

    A `part` of a statement is laid out as one that is longer than a line.
    """
    breaks = wrap(pieces, _Structure(pieces, width, part).breaks(), width)
    return [
        "\n" + " " * breaks[index] if index in breaks else " " * gap
        for index, gap in enumerate(pieces.gaps)
    ]


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
        hangs = self.rules == "query" and (self.listed or self.clause in _HANGING)
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
                    self.column += self.pieces.ends[close] - self.pieces.ends[index]
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
        head = [word for word in marks[:_HEAD] if word not in _DECORATIONS]
        count = len(marks)
        self.kind = " ".join(head[:2])
        if marks[0] in _QUERIES:
            self.kind = marks[0]
            return _Frame("query", 0, count, clause="WITH" if marks[0] == "WITH" else "")
        if self.kind in {"CREATE TABLE", "CREATE VIEW"} and self._has_query():
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
        depths, marks = self.pieces.depths, self.pieces.marks
        return any(mark == "AS" and not depths[i] for i, mark in enumerate(marks))

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
        self.column = (
            len(text) - text.rfind("\n") - 1 if "\n" in text else self.column + len(text)
        )

    # --- what a bracket or a CASE opens ---------------------------------------------------------

    def _inside(self, frame: _Frame, index: int, close: int) -> _Frame | None:
        """Return the rules inside a bracket or a CASE, or None where it stays on one line."""
        if index == self.body:
            return _Frame("items", frame.indent + INDENT, close)
        if frame.indent > self.width // 2:  # or the blanks alone would grow with the square of depth
            return None
        inside = self.pieces.ends[close] - self.pieces.ends[index]
        fits = self.column + inside + 1 <= self.width
        indent = frame.inner + INDENT
        if self.pieces.marks[index] == "CASE":
            keeps = fits and not (frame.rules in {"query", "items"} and self._is_long())
            return None if keeps else _Frame("case", indent, close)
        if self.pieces.marks[index + 1] in _QUERIES:
            clause = "WITH" if self.pieces.marks[index + 1] == "WITH" else ""
            return None if fits else _Frame("query", indent, close, clause=clause)
        if fits:
            return None
        if self.kind in {"INSERT", "REPLACE"} and not frame.clause and frame.rules == "query":
            return _Frame("items", frame.indent + INDENT, close)
        fits_alone = indent + inside + 1 <= self.width
        if index in self.within.conditions and not fits_alone:
            return _Frame("condition", indent, close)
        if index in self.within.queries or not fits_alone:
            return _Frame("plain", frame.inner, close, parts=False)
        return None

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
        if mark in _CLAUSES and self._is_clause(frame, index):
            self._begin_clause(frame, index, mark)
        elif mark == "UPDATE" and self.pieces.marks[index - 1] == "KEY":  # ON DUPLICATE KEY UPDATE
            frame.clause, frame.listed = "SET", True
        elif frame.clause in _CONDITIONS and self._is_connective(frame, index):
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
        joins = mark in _JOINS and (before in _JOINS or before == "OUTER")
        if not joins and (mark, before) != ("FROM", "DELETE"):
            self._break(index, frame.indent)
        if mark in _CHANGES:
            self.kind, frame.clause = mark, ""
        elif mark == "VALUES":
            frame.listed = True
            self._break(index + 1, frame.indent + INDENT)
        elif mark == "SELECT" and self._list_is_long(frame, index):
            frame.listed = True
            distinct = self.pieces.marks[index + 1] in {"DISTINCT", "ALL"}
            self._break(index + 1 + distinct, frame.indent + INDENT)

    def _is_clause(self, frame: _Frame, index: int) -> bool:
        """Say whether a word that may begin a clause does so here."""
        marks = self.pieces.marks
        before = marks[index - 1] if index > 0 else ""
        behind = marks[index + 1] if index + 1 < len(marks) else ""
        opened = index == 0 or index - 1 in self.pieces.closes
        starts_query = before == "AS" and marks[index] in {"SELECT", "VALUES", "WITH"}
        if not opened and (
            not self.pieces.gaps[index] or (before in _NOT_AFTER and not starts_query)
        ):
            return False
        if not behind or behind in _NOT_BEFORE:
            return False
        return self._means_clause(frame, marks[index], before, behind)

    def _means_clause(self, frame: _Frame, mark: str, before: str, behind: str) -> bool:
        if mark in _CHANGES:
            return frame.clause == "WITH" and before == ")"
        if mark in {"LEFT", "RIGHT"}:
            return behind != "("
        if mark == "SET":
            return self.kind in {"UPDATE", "MERGE", "WITH", "INSERT"} and frame.clause != "SET"
        if mark == "ON":
            return behind in {"CONFLICT", "DUPLICATE"} or self.kind == "MERGE"
        if mark in {"USING", "WHEN"}:
            return self.kind in {"DELETE", "MERGE"} and frame.clause not in _JOINS
        if mark == "WITH":
            return self.kind == "CREATE AS" and before == "AS"
        if mark == "GROUP":
            return before != "WITHIN" and behind in {"BY", "("}
        if mark == "VALUES":
            return before != "DEFAULT" and frame.clause not in _LISTS and self.kind != "MERGE"
        return True

    def _list_is_long(self, frame: _Frame, index: int) -> bool:
        """Say whether what SELECT lists doesn't fit behind it; brackets are skipped, so it's linear."""
        marks, closes = self.pieces.marks, self.pieces.closes
        behind = index + 1
        while behind < frame.close and not (
            marks[behind] in _CLAUSES and self._is_clause(frame, behind)
        ):
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

