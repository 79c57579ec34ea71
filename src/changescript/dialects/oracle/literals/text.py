"""Oracle literals of text, bytes and UUIDs. Each function takes what its name says.

SQL*Plus takes lines of up to 2499 characters, the server constants of up to 4000 bytes; SQL*Plus asks for a
value where it finds `&`. Read from python-oracledb, SQLAlchemy's dialect and Oracle's references.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import types as sat
from sqlalchemy.dialects import oracle

from changescript.literals.rules import Handler, Inexact
from changescript.literals.text import LINE, OPERANDS, UNPRINTABLE, check_characters, in_lines, joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sqlalchemy.types import TypeEngine

    from changescript.literals.rules import Rendered, Target

_PARTS = re.compile(f"({UNPRINTABLE.pattern}|&)")
_NATIONAL_PARTS = re.compile(f"({UNPRINTABLE.pattern}|&|[^\x00-\x7f]+)")
_PIECE = LINE
_BYTES, _NATIONAL_UNITS = 4000, 2000
"""What an expression of VARCHAR2 or of NVARCHAR2 holds."""
_RAW_BYTES = 2000
_HEX_PIECE = 1000
_NATIONAL = (sat.NVARCHAR, sat.NCHAR, oracle.NCLOB)


def quote(text: str) -> str:
    """Return text as a constant, or as a concatenation of short ones with CHR() between them."""
    return _in_lines(pieces_of(text))


def _in_lines(pieces: list[str]) -> str:
    """Concatenate, on lines that SQL*Plus can take, whoever lays them out."""
    return joined(in_lines(pieces, "CHR(10)"), " || ")


def pieces_of(text: str) -> list[str]:
    """Return the expressions that make up a text."""
    _check(text)
    if "&" not in text and len(text) <= _PIECE // 4 and not UNPRINTABLE.search(text):
        return [_constant(text)]
    parts = [part for part in _PARTS.split(text) if part]
    return [piece for part in parts for piece in _pieces(part)] or ["''"]


def national_pieces_of(text: str) -> list[str]:
    """Return the same for NVARCHAR2, NCHAR and NCLOB, whatever the character set of the database is."""
    _check(text)
    parts = [part for part in _NATIONAL_PARTS.split(text) if part]
    return [piece for part in parts for piece in _national_pieces(part)] or ["''"]


def _check(text: str) -> None:
    check_characters(text)
    if "\0" in text:
        raise Inexact("Oracle's clients don't well hold a NUL character in text", "take it out of the text")


def _pieces(part: str) -> Iterator[str]:
    if not _PARTS.fullmatch(part):
        yield from _constants(part)
    elif part.isascii():
        yield f"CHR({ord(part)})"
    else:
        # CHR() of what is not ASCII depends on the character set.
        yield f"TO_CHAR({_unistr(part)})"


def _national_pieces(part: str) -> Iterator[str]:
    if part.isascii():
        yield from _pieces(part)
        return
    for start in range(0, len(part), _PIECE // 10):
        yield _unistr(part[start : start + _PIECE // 10])


def _constants(text: str) -> Iterator[str]:
    """Cut text into constants of at most 1000 bytes."""
    start = size = 0
    for index, character in enumerate(text):
        size += len(character.encode())
        if size > _PIECE:
            yield _constant(text[start:index])
            start, size = index, len(character.encode())
    yield _constant(text[start:])


def _constant(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _unistr(text: str) -> str:
    units = text.encode("utf-16-be")
    return "UNISTR('" + "".join(f"\\{units[at : at + 2].hex().upper()}" for at in range(0, len(units), 2)) + "')"


def is_national(target: Target) -> bool:
    """Tell whether a type holds text in the national character set."""
    return isinstance(target.impl, _NATIONAL)


def render_text(value: str, target: Target) -> Rendered:
    """Render text; longer than a VARCHAR2 holds, it becomes a CLOB."""
    is_long = len(value.encode(errors="replace")) > _BYTES
    if is_national(target):
        is_long = is_long or len(value.encode("utf-16-be", "replace")) // 2 > _NATIONAL_UNITS
        return _concatenated(national_pieces_of(value), "NVARCHAR2", "TO_NCLOB" if is_long else None)
    return _concatenated(pieces_of(value), "VARCHAR2", "TO_CLOB" if is_long else None)


def _concatenated(pieces: list[str], own_type: str, convert: str | None) -> Rendered:
    if convert is None:
        return _in_lines(pieces), own_type
    # What is concatenated with a CLOB is one; what comes before it is too short to pass the limit of a VARCHAR2.
    clobs = [
        piece if index % OPERANDS and piece.startswith(("CHR(", "TO_CHAR(")) else f"{convert}({piece})"
        for index, piece in enumerate(pieces)
    ]
    return _in_lines(clobs), None


def render_long(value: str, target: Target) -> Rendered:
    """Render text for LONG, into which no CLOB can be stored."""
    if len(value.encode(errors="replace")) > _BYTES:
        raise Inexact("it is too long for a constant, and a LONG takes no CLOB", "change the column to a CLOB first")
    return render_text(value, target)


def declared_type(target: Target) -> TypeEngine[Any]:
    """Return the type as it was declared: SQLAlchemy's adapted ones forget what they don't need."""
    declared = target.sqltype
    while isinstance(declared, sat.TypeDecorator):
        declared = declared.impl_instance
    return declared


def render_json_path(value: str, _: Target) -> Rendered:
    """Render a path into JSON, which Oracle takes only as one constant."""
    pieces = pieces_of(value)
    if len(pieces) > 1:
        raise Inexact("Oracle takes a JSON path only as one constant", "write the expression in SQL")
    return pieces[0], None


def render_char(value: str, target: Target) -> Rendered:
    """Render text for CHAR, which the driver binds as CHAR: compared without blanks at its end."""
    sql, own_type = render_text(value, target)
    return sql, f"CHAR({len(value) or 1} CHAR)" if own_type == "VARCHAR2" else own_type


def render_bytes(value: bytes | bytearray | memoryview, target: Target) -> Rendered:
    """Render bytes as a RAW; no expression of SQL makes a longer one."""
    if isinstance(declared_type(target), oracle.BFILE):
        raise Inexact("a BFILE names a file on the server", "write BFILENAME(...) in SQL")
    content = bytes(value)
    if len(content) > _RAW_BYTES:
        raise Inexact("SQL has no literal of more than 2000 bytes", "load it with another tool, or with DBMS_LOB")
    digits = content.hex().upper()
    pieces = [f"'{digits[start : start + _HEX_PIECE]}'" for start in range(0, len(digits), _HEX_PIECE)]
    return f"HEXTORAW({_in_lines(pieces or [chr(39) * 2])})", "RAW"


def refuse_because(reason: str, hint: str | None = None) -> Handler:
    """Return a handler that refuses whatever it gets."""

    def refused(_value: object, _target: Target) -> Rendered:
        raise Inexact(reason, hint)

    return refused
