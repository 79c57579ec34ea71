"""Own the layout of statements of a megabyte and more: row by row, in the memory of one row.

The result is the one that the layout of the whole statement would give.
"""

import re
from collections.abc import Iterable, Iterator

from changescript.layout import is_procedural, lay_out
from changescript.lexicon import Lexicon
from changescript.pieces import LITERAL, NAME, NUMBER, gather
from changescript.scanner import Token, scan

_MARKS = {"blank": " ", "string": LITERAL, "name": NAME, "number": NUMBER}
_ATOM = r"(?:[\w.:+@=<>|]|-(?!-)|'[^'\\\n]*+(?:''[^'\\\n]*+)*+')++"
_PLAIN_ROW = re.compile(rf"(\({_ATOM}(?:,? {_ATOM})*+\))[ \t\r\n\f]*,[ \t\r\n\f]*")
"""A row that needs no second look: plain literals, one blank behind each comma, no bracket inside."""
_INDENT = "    "
_BEFORE_ROW = (("INSERT", "INSERT"), (" ", " "), ("VALUES", "VALUES"))
_BEFORE_PIECES = 2
_SHORT_ROW = (("(", "("), (NUMBER, "0"), (")", ")"))

_Marked = list[tuple[str, str]]


class _Verbatim(Exception):  # noqa: N818 - not an error: the statement keeps its own layout
    """The statement holds something that no layout may touch."""


def lay_out_bulk(sql: str, lexicon: Lexicon, width: int) -> str | None:
    """Return the statement laid out, or None where it keeps its own layout."""
    try:
        rows = _rows_start(sql, lexicon)
        if rows is None:
            return _laid_out(_marked(scan(sql, lexicon)), width)
        return "".join(_insert(sql, rows, lexicon, width))
    except _Verbatim:
        return None


def _rows_start(sql: str, lexicon: Lexicon) -> int | None:
    """Return the offset behind the VALUES of an INSERT, or None for any other statement."""
    first, blank, depth = "", False, 0
    for token in scan(sql, lexicon):
        mark = token.text.upper() if token.kind == "word" else token.text
        first = first or mark
        if first not in {"INSERT", "REPLACE"}:
            return None
        if depth == 0 and mark in {"SELECT", "WITH", "DEFAULT", "SET"}:
            return None
        if depth == 0 and mark == "VALUES":
            return token.start + len(token.text) if blank else None
        blank = token.kind == "blank"
        depth += (mark == "(") - (mark == ")")
    return None


def _insert(sql: str, rows: int, lexicon: Lexicon, width: int) -> Iterator[str]:
    head = _marked(scan(sql[:rows], lexicon))
    yield _laid_out([*head, *_SHORT_ROW], width, drop_last=len(_SHORT_ROW))
    position = rows
    plain_width = width - len(_INDENT) - len(",")
    match = None if lexicon.q_quotes else _PLAIN_ROW.match
    position += len(sql[rows : rows + 100]) - len(sql[rows : rows + 100].lstrip(" \t\r\n\f"))
    while True:
        found = match(sql, position) if match else None
        if found and found.end(1) - found.start(1) <= plain_width:
            yield f"\n{_INDENT}{found[1]},"
            position = found.end()
            continue
        row, position = _row(sql, position, lexicon)
        if row[-1][0] != ",":
            yield _laid_out([*_BEFORE_ROW, *row], width, drop=_BEFORE_PIECES)
            return
        both = [*_BEFORE_ROW, *row, *_SHORT_ROW]
        yield _laid_out(both, width, drop=_BEFORE_PIECES, drop_last=len(_SHORT_ROW))


def _row(sql: str, position: int, lexicon: Lexicon) -> tuple[_Marked, int]:
    """Return one row with its comma, or the last one with all that follows it."""
    row: _Marked = []
    depth = 0
    for mark, text in _marked(scan(sql, lexicon, position)):
        row.append((mark, text))
        position += len(text)
        depth += (mark == "(") - (mark == ")")
        if mark == "," and depth == 0:
            break
    return row, position


def _marked(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    for kind, text, _ in tokens:
        if kind == "word":
            yield text.upper(), text
        elif kind in _MARKS:
            yield _MARKS[kind], text
        elif kind in {"comment", "executable", "unfinished"}:
            raise _Verbatim
        else:
            yield text, text


def _laid_out(
    marked: Iterable[tuple[str, str]], width: int, *, drop: int = 0, drop_last: int = 0
) -> str:
    """Lay out a statement, and leave out tokens at its ends that only stood in for others."""
    pieces = gather(marked)
    if pieces is None or is_procedural(pieces):
        raise _Verbatim
    spaces = lay_out(pieces, width)
    behind = len(spaces) - drop_last
    return "".join(
        space + text for space, text in zip(spaces[drop:behind], pieces.texts[drop:behind], strict=True)
    )
