"""Own the layout of the rows of an INSERT: row by row, in the memory of one row.

The result is the one that the layout of the whole statement would give.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from changescript.formatting.layout import lay_out
from changescript.formatting.lexicon import Lexicon
from changescript.formatting.lines import BLANKS as ANY_BLANKS
from changescript.formatting.lines import lines_of
from changescript.formatting.marks import mark_of, read_marks
from changescript.formatting.pieces import NUMBER, gather, words
from changescript.formatting.procedural import is_procedural
from changescript.formatting.scanner import BLANKS, Token, scan

_INDENT = "    "
_CONTINUED = "\n" + _INDENT * 2
_ROOM = 10
"""Columns that a part of a row must leave free; wrapping has ways of its own with one that hardly fits."""
_BEHIND_VERB = ((" ", " "), ("VALUES", "VALUES"))
_BEFORE_PIECES = 2
_SHORT_ROW = (("(", "("), (NUMBER, "0"), (")", ")"))
_NO_ROWS = words("SELECT WITH DEFAULT SET")
_NO_TABLE = _NO_ROWS | {"VALUES"}

_Marked = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Expressions of what needs no second look: each line of it is one that layout makes."""

    head: re.Pattern[str]
    """What stands before the rows."""
    line: re.Pattern[str]
    """A row and the comma, or the end of the text, behind it; it stays on a line if it fits."""
    flat: re.Pattern[str]
    """The same, with blanks only behind commas; it may be parted at each."""
    unit: re.Pattern[str]
    """What a flat row is parted into."""


class _Verbatim(Exception):
    """The statement holds something that no layout may touch."""


def lay_out_bulk(sql: str, lexicon: Lexicon, width: int) -> str | None:
    """Return the statement, which is longer than a line, laid out; None where it keeps its own layout."""
    try:
        rows = None if sql.endswith(",") else _rows_start(sql, lexicon)
        if rows is None:
            return _laid_out(_read(sql, lexicon), width)
        return "".join(_insert(sql, rows, lexicon, width))
    except _Verbatim:
        return None


def _rows_start(sql: str, lexicon: Lexicon) -> int | None:
    """Return the offset of the first row of an INSERT, or None for any other statement."""
    plain = _rows(lexicon).head.match(sql)
    if plain and _NO_TABLE.isdisjoint(plain[1].upper().split(".")):
        return plain.end()
    first, blank, depth, found = "", False, 0, False
    for token in scan(sql, lexicon):
        mark = token.text.upper() if token.kind == "word" else token.text
        first = first or mark
        if found and token.kind != "blank":
            return token.start if mark == "(" else None
        if first not in {"INSERT", "REPLACE"}:
            return None
        if depth == 0 and mark in _NO_ROWS:
            return None
        found = found or (depth == 0 and mark == "VALUES" and blank)
        blank = token.kind == "blank"
        depth += (mark == "(") - (mark == ")")
    return None


def _insert(sql: str, position: int, lexicon: Lexicon, width: int) -> Iterator[str]:
    head = sql[:position].rstrip(BLANKS)
    yield _head(head, lexicon, width)
    verb = re.split(f"[{BLANKS}]", head, maxsplit=1)[0]
    before = [(verb.upper(), verb), *_BEHIND_VERB]
    while position < len(sql):
        plain, position = _plain_row(sql, position, lexicon, width)
        if plain:
            yield plain
            continue
        row, position = _row(sql, position, lexicon)
        if row[-1][0] != ",":
            yield _laid_out([*before, *row], width, drop=_BEFORE_PIECES)
            return
        both = [*before, *row, *_SHORT_ROW]
        yield _laid_out(both, width, drop=_BEFORE_PIECES, drop_last=len(_SHORT_ROW))


@lru_cache(maxsize=64)
def _head(sql: str, lexicon: Lexicon, width: int) -> str:
    """Lay out what stands before the rows; most statements of a script have the one before's."""
    return _laid_out([*_read(sql, lexicon), *_SHORT_ROW], width, drop_last=len(_SHORT_ROW))


def _plain_row(sql: str, position: int, lexicon: Lexicon, width: int) -> tuple[str, int]:
    """Return a row that follows, laid out, and where the next begins; nothing if it isn't plain."""
    rows = _rows(lexicon)
    found = rows.line.match(sql, position)
    if found and found.end(1) - found.start(1) + len(_INDENT) + 1 <= width:
        return f"\n{_INDENT}{found[1]}{found[2] or ''}", found.end()
    found = found and rows.flat.match(sql, position)
    if found:
        units = rows.unit.findall(found[1])
        if max(map(len, units)) < width - _ROOM:
            return _filled(units, found[2] or "", width), found.end()
    return "", position


@lru_cache
def _rows(lexicon: Lexicon) -> _Rows:
    lines = lines_of(lexicon)
    behind = rf"{ANY_BLANKS}(?:(,){ANY_BLANKS}|\Z)"
    columns = rf"\({lines.name}(?:, {lines.name})*+\)"
    return _Rows(
        head=re.compile(rf"INSERT INTO ({lines.name})(?: {columns})? VALUES{ANY_BLANKS}(?=\()"),
        line=re.compile(f"({lines.brackets}){behind}"),
        flat=re.compile(rf"(\({lines.value}(?:, {lines.value})*+\)){behind}"),
        unit=re.compile(rf"\(?{lines.value}(?:\)|,)"),
    )


def _filled(units: list[str], comma: str, width: int) -> str:
    """Part a flat row at its commas, as wrapping would; the comma, or the terminator, takes a column too."""
    parts = [f"\n{_INDENT}{units[0]}"]
    column = len(parts[0]) - 1
    last = len(units) - 1
    for index, unit in enumerate(units[1:], 1):
        if column + 1 + len(unit) + (index == last) > width:
            parts.append(_CONTINUED + unit)
            column = len(_CONTINUED) - 1 + len(unit)
        else:
            parts.append(" " + unit)
            column += 1 + len(unit)
    return "".join(parts) + comma


def _row(sql: str, position: int, lexicon: Lexicon) -> tuple[_Marked, int]:
    """Return one row with its comma, or the last one with all that follows it."""
    row: _Marked = []
    depth, before = 0, ""
    last = False
    for mark, text in _marked(scan(sql, lexicon, position)):
        row.append((mark, text))
        position += len(text)
        depth += (mark == "(") - (mark == ")")
        if before == ")" and depth == 0 and mark == "," and not last:
            break
        last = last or (before == ")" and depth == 0 and mark not in {" ", ","})
        before = mark if mark != " " else before
    return row, position


def _read(sql: str, lexicon: Lexicon) -> _Marked:
    read = read_marks(sql, lexicon)
    if read is None:
        raise _Verbatim
    return list(zip(*read, strict=True))


def _marked(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        mark = mark_of(token)
        if not mark:
            raise _Verbatim
        yield mark, token.text


def _laid_out(marked: _Marked, width: int, *, drop: int = 0, drop_last: int = 0) -> str:
    """Lay out a statement, and leave out tokens at its ends that only stood in for others."""
    pieces = gather(*zip(*marked, strict=True))
    if pieces is None or is_procedural(pieces):
        raise _Verbatim
    spaces = lay_out(pieces, width, part=drop > 0)
    behind = len(spaces) - drop_last
    return "".join(space + text for space, text in zip(spaces[drop:behind], pieces.texts[drop:behind], strict=True))
