"""Own the layout of statements of a megabyte and more: row by row, in the memory of one row.

The result is the one that the layout of the whole statement would give.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from changescript.formatting.layout import lay_out
from changescript.formatting.lexicon import Lexicon, Quoted
from changescript.formatting.pieces import LITERAL, NAME, NUMBER, gather
from changescript.formatting.procedural import is_procedural
from changescript.formatting.scanner import BLANKS, Token, scan

_MARKS = {"blank": " ", "string": LITERAL, "name": NAME, "number": NUMBER}
_INDENT = "    "
_BEFORE_ROW = (("INSERT", "INSERT"), (" ", " "), ("VALUES", "VALUES"))
_BEFORE_PIECES = 2
_SHORT_ROW = (("(", "("), (NUMBER, "0"), (")", ")"))

_CONTINUED = "\n" + _INDENT * 2
_BLANKS = "[ \\t\\r\\n\\f]*+"

_Marked = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Expressions of rows that need no second look: each line of them is one that layout makes."""

    line: re.Pattern[str]
    """A row with its comma; it may hold calls, and stays on a line if it fits."""
    flat: re.Pattern[str]
    """A row with its comma, and blanks only behind commas; it may be parted at each."""
    unit: re.Pattern[str]
    """What a flat row is parted into."""


class _Verbatim(Exception):
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
    """Return the offset of the first row of an INSERT, or None for any other statement."""
    first, blank, depth, found = "", False, 0, False
    for token in scan(sql, lexicon):
        mark = token.text.upper() if token.kind == "word" else token.text
        first = first or mark
        if found and token.kind != "blank":
            return token.start
        if first not in {"INSERT", "REPLACE"}:
            return None
        if depth == 0 and mark in {"SELECT", "WITH", "DEFAULT", "SET"}:
            return None
        found = found or (depth == 0 and mark == "VALUES" and blank)
        blank = token.kind == "blank"
        depth += (mark == "(") - (mark == ")")
    return None


def _insert(sql: str, position: int, lexicon: Lexicon, width: int) -> Iterator[str]:
    head = _marked(scan(sql[:position].rstrip(BLANKS), lexicon))
    yield _laid_out([*head, *_SHORT_ROW], width, drop_last=len(_SHORT_ROW))
    while True:
        plain, position = _plain_row(sql, position, lexicon, width)
        if plain:
            yield plain
            continue
        row, position = _row(sql, position, lexicon)
        if row[-1][0] != ",":
            yield _laid_out([*_BEFORE_ROW, *row], width, drop=_BEFORE_PIECES)
            return
        both = [*_BEFORE_ROW, *row, *_SHORT_ROW]
        yield _laid_out(both, width, drop=_BEFORE_PIECES, drop_last=len(_SHORT_ROW))


def _plain_row(sql: str, position: int, lexicon: Lexicon, width: int) -> tuple[str, int]:
    """Return a row that follows, laid out, and where the next begins; nothing if it isn't plain."""
    rows = _rows(lexicon)
    found = rows.line.match(sql, position)
    if found and found.end(1) - found.start(1) + len(_INDENT) + 1 <= width:
        return f"\n{_INDENT}{found[1]},", found.end()
    found = found and rows.flat.match(sql, position)
    if found:
        return _filled(rows.unit.findall(found[1]), width), found.end()
    return "", position


@lru_cache
def _rows(lexicon: Lexicon) -> _Rows:
    literals = "|".join(map(_one_line_literal, lexicon.strings))
    word = r"[\w.:+@=<>|]++(?![\"'&$#])|-(?!-)"
    atom = f"(?:{word}|{literals})"
    inner = rf"{atom}++(?:,? {atom}++)*+"
    call = rf"\((?:{inner})?\)"
    item = f"(?:{atom}|{call})++"
    behind = f"{_BLANKS},{_BLANKS}"
    return _Rows(
        line=re.compile(rf"(\({item}(?:,? {item})*+\)){behind}"),
        flat=re.compile(rf"(\({atom}++(?:, {atom}++)*+\)){behind}"),
        unit=re.compile(rf"\(?{atom}++(?:\)|,)"),
    )


def _one_line_literal(quoted: Quoted) -> str:
    stops = rf"{quoted.closing}\n" + (r"\\" if quoted.backslash else "")
    escapes = f"{quoted.closing * 2}|" + (r"\\[^\n]" if quoted.backslash else "(?!)")
    return f"{quoted.prefix}{quoted.opening}[^{stops}]*+(?:(?:{escapes})[^{stops}]*+)*+{quoted.closing}"


def _filled(units: list[str], width: int) -> str:
    """Part a flat row at its commas, as wrapping would."""
    units[-1] += ","
    parts = [f"\n{_INDENT}{units[0]}"]
    column = len(parts[0]) - 1
    for unit in units[1:]:
        if column + 1 + len(unit) > width:
            parts.append(_CONTINUED + unit)
            column = len(_CONTINUED) - 1 + len(unit)
        else:
            parts.append(" " + unit)
            column += 1 + len(unit)
    return "".join(parts)


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


def _laid_out(marked: Iterable[tuple[str, str]], width: int, *, drop: int = 0, drop_last: int = 0) -> str:
    """Lay out a statement, and leave out tokens at its ends that only stood in for others."""
    pieces = gather(marked)
    if pieces is None or is_procedural(pieces):
        raise _Verbatim
    spaces = lay_out(pieces, width, part=drop > 0)
    behind = len(spaces) - drop_last
    return "".join(space + text for space, text in zip(spaces[drop:behind], pieces.texts[drop:behind], strict=True))
