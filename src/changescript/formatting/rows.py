"""Own INSERTs of many plain rows: most of the text of a script that fills tables, so no token of theirs is looked at.

They are laid out from the SQL of their values, and known again by one expression over their text.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from changescript.formatting.layout import WIDTH
from changescript.formatting.lexicon import Lexicon
from changescript.formatting.lines import on_one_line
from changescript.formatting.statement import format_statement

_VALUES = "\nVALUES"
_ROW, _CONTINUED = 4, 8
"""Columns by which a row, and what it goes on with, are indented where they fit so."""
_ONE_ROW = f"{_VALUES}\n    (0)"


def insert_of_rows(head: str, rows: Iterable[Sequence[str]], lexicon: Lexicon) -> str:
    """Return the INSERT with a line for each row; `head` is what stands before VALUES.

    A row is its values, the first with the bracket before it and the last with the one behind. One that is too long
    for a line goes on in the next ones, and breaks only between values.
    """
    return _laid_out(head, lexicon) + _VALUES + ",".join(map(_row, rows))


def _row(values: Sequence[str]) -> str:
    text = ", ".join(values)
    return f"\n    {text}" if len(text) < WIDTH - _ROW else _filled(values)


def _filled(values: Sequence[str]) -> str:
    line = _indented(values[0], _ROW)
    lines = []
    for value in values[1:]:
        # the line end counts as the comma
        if len(line) + len(value) + len(", ") > WIDTH:
            lines.append(line)
            line = _indented(value, _CONTINUED)
        else:
            line += ", " + value
    return ",".join([*lines, line])


def _indented(value: str, columns: int) -> str:
    """Return the beginning of a line; a value that fits only further left stands there."""
    left = WIDTH - 1 - len(value)
    return "\n" + " " * (left if 0 <= left < columns else columns) + value


@lru_cache(maxsize=64)
def _laid_out(head: str, lexicon: Lexicon) -> str:
    return format_statement(f"{head} VALUES (0)", lexicon).text.removesuffix(_ONE_ROW)


def head_of_rows(sql: str, lexicon: Lexicon) -> str | None:
    """Return what stands before VALUES in a statement of insert_of_rows(); None for any other.

    Its rows hold nothing but numbers, words, literals on one line, calls and arrays: nothing that a client could take
    for its own, and nothing that a layout would change.
    """
    at = sql.find(f"{_VALUES}\n")
    if at < 0 or not sql.startswith("INSERT "):
        return None
    head, start = sql[:at], at + len(_VALUES)
    pattern = _rows(lexicon)
    if not pattern.fullmatch(sql, start) or _laid_out(head, lexicon) != head:
        return None
    if not all(map(_value_alone(lexicon).fullmatch, _too_long(sql, start))):
        return None
    return None if lexicon.client_line and _client_line(lexicon).search(sql, start) else head


def _too_long(sql: str, start: int) -> list[str]:
    return [line for line in sql[start:].split("\n") if len(line) > WIDTH]


@lru_cache
def _rows(lexicon: Lexicon) -> re.Pattern[str]:
    value = _value(lexicon)
    row = rf"\n {{0,{_ROW}}}\({value}(?:,(?: |\n {{0,{_CONTINUED}}}){value})*+\)"
    return re.compile(f"{row}(?:,{row})*+")


@lru_cache
def _value_alone(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf" {{0,{_CONTINUED}}}\(?{_value(lexicon)}\)?,?")


@lru_cache
def _client_line(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\n(?:{lexicon.client_line})(?=\n|\Z)")


def _value(lexicon: Lexicon) -> str:
    """Return the expression of a value: it ends at a comma, and has every bracket that it opens."""
    literals = "|".join(map(on_one_line, lexicon.strings))
    # The prefix of a literal belongs to it.
    plain = rf"""\w++(?:\.\w++)*+(?!["'&])|[.+=<>|*]++|-(?!-)|{literals}"""
    # Where it stands for itself, and is no name.
    square = not any(name.opening == "[" for name in lexicon.names)
    unit = f"(?:{plain})"
    for _ in range(2):
        within = rf"(?:{unit}++(?:(?: |, ){unit}++)*+)?"
        unit = rf"(?:{plain}|\({within}\)|\[{within}\])" if square else rf"(?:{plain}|\({within}\))"
    return f"{unit}++(?: {unit}++)*+"
