"""Own which words begin a clause of a query, and where the same words are columns or functions."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from changescript.formatting.pieces import Pieces, words

JOINS = words("APPLY CROSS FULL INNER JOIN LEFT NATURAL RIGHT")
CHANGES = words("DELETE INSERT MERGE UPDATE")
LISTS = words("SELECT SET")
CONDITIONS = words("HAVING ON WHERE WHEN") | JOINS

CLAUSES = words(
    "CONNECT CROSS DELETE EXCEPT FETCH FROM FULL GROUP HAVING INNER INSERT INTERSECT INTO JOIN LEFT LIMIT MERGE"
    " MINUS NATURAL OFFSET ON OPTION ORDER OUTER OUTPUT RETURNING RIGHT SELECT SET START UNION UPDATE USING VALUES"
    " WHEN WHERE WINDOW WITH"
)
_AFTER_AS = words("SELECT VALUES WITH")
_NOT_AFTER = words("( , . = < > <= >= <> != + - * / || AS AND OR NOT BY DISTINCT ::")
_NOT_BEFORE = words(") , . = < > <= >= <> != :: ;")
_SETTING = words("INSERT MERGE UPDATE WITH")
_USING = words("DELETE MERGE")
_BEFORE_INTO = words(") ALL FIRST THEN ELSE")


def is_clause(pieces: Pieces, index: int, kind: str, clause: str) -> bool:
    """Say whether a word begins a clause, in a statement of a kind, behind the clause before it."""
    marks = pieces.marks
    mark = marks[index]
    if mark not in CLAUSES:
        return False
    before = marks[index - 1] if index else ""
    behind = marks[index + 1] if index + 1 < len(marks) else ""
    if not behind or behind in _NOT_BEFORE:
        return False
    opens = index == 0 or index - 1 in pieces.closes
    fits = pieces.gaps[index] and (before not in _NOT_AFTER or (before == "AS" and mark in _AFTER_AS))
    return (opens or fits) and _MEANINGS.get(mark, _always)(_Place(mark, before, behind, kind, clause))


class _Place(NamedTuple):
    """A word that could begin a clause, and what decides whether it does."""

    mark: str
    before: str
    behind: str
    kind: str
    clause: str


def _always(_: _Place) -> bool:
    return True


def _is_change(at: _Place) -> bool:
    return at.clause == "WITH" and at.before == ")"


def _is_delete(at: _Place) -> bool:
    return _is_change(at) or (at.kind == "MERGE" and at.clause == "SET")


def _is_merge_part(at: _Place) -> bool:
    return at.kind in _USING and at.clause not in JOINS


def _is_values(at: _Place) -> bool:
    return at.before != "DEFAULT" and at.clause not in LISTS and at.kind != "MERGE"


_MEANINGS: Mapping[str, Callable[[_Place], bool]] = {
    "CONNECT": lambda at: at.behind == "BY",
    "DELETE": _is_delete,
    "FROM": lambda at: at.before != "DELETE",
    "GROUP": lambda at: at.before != "WITHIN" and at.behind in {"BY", "("},
    "INSERT": _is_change,
    "INTO": lambda at: at.kind == "INSERT" and at.before in _BEFORE_INTO,  # INSERT ALL INTO ... INTO ...
    "LEFT": lambda at: at.behind != "(",
    "LIMIT": lambda at: at.before != "REJECT",
    "MERGE": _is_change,
    "ON": lambda at: at.behind in {"CONFLICT", "DUPLICATE"} or at.kind == "MERGE",
    "OPTION": lambda at: at.behind == "(",
    "OUTER": lambda at: at.behind == "APPLY",
    "OUTPUT": lambda at: at.kind in CHANGES,
    "RIGHT": lambda at: at.behind != "(",
    "SET": lambda at: at.kind in _SETTING and at.clause != "SET",
    "START": lambda at: at.behind == "WITH",
    "UPDATE": _is_change,
    "USING": _is_merge_part,
    "VALUES": _is_values,
    "WHEN": _is_merge_part,
    "WITH": lambda at: at.kind == "CREATE AS" and at.before == "AS",
}
"""Where a word means something else elsewhere: when it begins a clause."""
