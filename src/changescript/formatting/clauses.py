"""Own which words begin a clause of a query, and where the same words are columns or functions."""

from changescript.formatting.pieces import Pieces, words

JOINS = words("CROSS FULL INNER JOIN LEFT NATURAL RIGHT")
CHANGES = words("DELETE INSERT MERGE UPDATE")
LISTS = words("SELECT SET")
CONDITIONS = words("HAVING ON WHERE WHEN") | JOINS

_CLAUSES = words(
    "CROSS DELETE EXCEPT FETCH FROM FULL GROUP HAVING INNER INSERT INTERSECT JOIN LEFT LIMIT MERGE"
    " MINUS NATURAL OFFSET ON ORDER RETURNING RIGHT SELECT SET UNION UPDATE USING VALUES WHEN WHERE"
    " WINDOW WITH"
)
_AFTER_AS = words("SELECT VALUES WITH")
_NOT_AFTER = words("( , . = < > <= >= <> != + - * / || AS AND OR NOT BY DISTINCT ::")
_NOT_BEFORE = words(") , . = < > <= >= <> != :: ;")
_SETTING = words("INSERT MERGE UPDATE WITH")
_USING = words("DELETE MERGE")


def is_clause(pieces: Pieces, index: int, kind: str, clause: str) -> bool:
    """Say whether a word begins a clause, in a statement of a kind, behind the clause before it."""
    marks = pieces.marks
    mark = marks[index]
    if mark not in _CLAUSES:
        return False
    before = marks[index - 1] if index else ""
    behind = marks[index + 1] if index + 1 < len(marks) else ""
    if not behind or behind in _NOT_BEFORE:
        return False
    opens = index == 0 or index - 1 in pieces.closes
    fits = pieces.gaps[index] and (before not in _NOT_AFTER or (before == "AS" and mark in _AFTER_AS))
    return (opens or fits) and _means_clause(mark, before, behind, kind, clause)


def _means_clause(mark: str, before: str, behind: str, kind: str, clause: str) -> bool:
    match mark:
        case "DELETE" | "INSERT" | "MERGE" | "UPDATE":
            means = clause == "WITH" and before == ")"
        case "LEFT" | "RIGHT":
            means = behind != "("
        case "SET":
            means = kind in _SETTING and clause != "SET"
        case "ON":
            means = behind in {"CONFLICT", "DUPLICATE"} or kind == "MERGE"
        case "USING" | "WHEN":
            means = kind in _USING and clause not in JOINS
        case "WITH":
            means = kind == "CREATE AS" and before == "AS"
        case "GROUP":
            means = before != "WITHIN" and behind in {"BY", "("}
        case "FROM":
            means = before != "DELETE"
        case "VALUES":
            means = before != "DEFAULT" and clause not in LISTS and kind != "MERGE"
        case _:
            means = True
    return means
