"""SQLite literals of text and bytes.

No escapes exist. Characters that a file may lose or a reviewer can't see are made by char(), which,
like || and replace(), has no affinity, is the same in a database of any encoding, and may stand in every
part of a schema but one: see render_text_as_constant(). Seen on SQLite 3.40 to 3.54.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise

from changescript.literals.rules import Inexact, Rendered, Target
from changescript.literals.text import UNPRINTABLE, check_characters, joined

_RUN = re.compile(f"(?:{UNPRINTABLE.pattern})+")
_SHORT_NAMES = {"\0": "0", "\t": "t", "\n": "n", "\r": "r"}
_FEW_RUNS = 4
_FEW_CHARACTERS = 4
"""SQLite 3.40 reads no more than 26 calls inside one another, and this one stands inside others."""
_ARGUMENTS = 100
"""SQLite takes 100 to 127 arguments, by version."""


def quote(text: str) -> str:
    """Return text as one expression without affinity."""
    check_characters(text)
    runs = _RUN.findall(text)
    if not runs:
        return _quoted(text)
    if len(runs) > _FEW_RUNS and len(set(chain.from_iterable(runs))) <= _FEW_CHARACTERS:
        return _replacing(text)
    return f"({joined(_pieces(text), ' || ')})"


def render_text(value: str, _: Target) -> Rendered:
    """Render text."""
    return quote(value), None


def render_text_as_constant(value: str, _: Target) -> Rendered:
    """Render text for ALTER TABLE ADD COLUMN … DEFAULT, which takes constants and casts of them only.

    The cast reads UTF-8 bytes in the encoding of the database: it is wrong where that is UTF-16.
    """
    check_characters(value)
    if not UNPRINTABLE.search(value):
        return _quoted(value), None
    return f"(CAST(x'{value.encode().hex()}' AS TEXT))", None


def render_blob(value: bytes | bytearray | memoryview, _: Target) -> Rendered:
    """Render bytes."""
    return f"x'{bytes(value).hex()}'", None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _pieces(text: str) -> list[str]:
    """Return what || joins to the text: quoted text and calls of char() in turn."""
    ends = chain.from_iterable(match.span() for match in _RUN.finditer(text))
    parts = [text[start:end] for start, end in pairwise([0, *ends, len(text)])]
    pieces = (_characters(part) if index % 2 else [_quoted(part)] for index, part in enumerate(parts) if part)
    return list(chain.from_iterable(pieces))


def _characters(run: str) -> list[str]:
    codes = [str(ord(character)) for character in run]
    groups = [codes[start : start + _ARGUMENTS] for start in range(0, len(codes), _ARGUMENTS)]
    return [f"char({', '.join(group)})" for group in groups]


def _replacing(text: str) -> str:
    r"""Return replace('a\nb', '\n', char(10)), which reads better than a row of || for text of many lines."""
    mark = _unused_mark(text)
    sql = _quoted(UNPRINTABLE.sub(lambda match: mark + _name(match[0]), text))
    for character in sorted(set(UNPRINTABLE.findall(text))):
        sql = f"replace({sql}, {_quoted(mark + _name(character))}, char({ord(character)}))"
    return sql


def _unused_mark(text: str) -> str:
    """Return a character that the text does not hold, so that nothing in it can be taken for a name."""
    used = set(text)
    candidates = chain(
        "\\~^`|#@", (character for character in map(chr, range(0xA1, 0xD800)) if character.isprintable())
    )
    mark = next((character for character in candidates if character not in used), None)
    if mark is None:
        raise Inexact("it holds every character there is")
    return mark


def _name(character: str) -> str:
    """Return a name of which none begins another: a letter says how many digits follow."""
    if character in _SHORT_NAMES:
        return _SHORT_NAMES[character]
    return f"x{ord(character):06x}"
