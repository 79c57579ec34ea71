"""SQL Server literals of text, bytes and UUIDs. Each function takes what its name says.

Read from pyodbc 5, pymssql 2.4, mssql-python 1.16 and Microsoft's reference of Transact-SQL.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from sqlalchemy import types as sat

from changescript.literals.rules import Handler, Inexact
from changescript.literals.text import UNPRINTABLE, check_characters, in_lines, joined

if TYPE_CHECKING:
    from changescript.literals.rules import Rendered, Target

_PARTS = re.compile(f"({UNPRINTABLE.pattern})|(?<=[$])(?=[(])")
_CONCATENATED = 4000
"""UTF-16 units that a concatenation holds before it is cut off in silence."""
_MAX = "CAST(N'' AS NVARCHAR(MAX))"
_ENCODING = re.compile(r"\s*<\?xml\b[^>]*\bencoding\b")


def quote(text: str) -> str:
    """Return text as a Unicode constant, or as a concatenation of them where one alone would not be safe.

    sqlcmd puts its variables in for `$(name)`, inside constants too; the server joins lines that a
    backslash ends.
    """
    check_characters(text)
    if "\0" in text:
        raise Inexact("SQL Server text can't well hold a NUL character", "take it out of the text")
    if "$(" not in text and not UNPRINTABLE.search(text):
        return _constant(text)
    pieces = [piece for part in _PARTS.split(text) if part for piece in _pieces(part)]
    if _units(text) > _CONCATENATED:
        return joined(in_lines(pieces, "NCHAR(10)"), " + ", start=[_MAX])
    # NCHAR() gives the type NCHAR, and rows of different lengths would be filled up with blanks.
    return joined(in_lines(pieces if pieces[0].startswith("N'") else ["N''", *pieces], "NCHAR(10)"), " + ")


def _constant(text: str) -> str:
    return "N'" + text.replace("'", "''") + "'"


def _pieces(part: str) -> list[str]:
    if not UNPRINTABLE.fullmatch(part):
        return [_constant(part)]
    # Without a collation for supplementary characters NCHAR(917505) is NULL; in halves it works with any.
    units = part.encode("utf-16-be")
    return [f"NCHAR({int.from_bytes(units[at : at + 2], 'big')})" for at in range(0, len(units), 2)]


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def render_text(value: str, target: Target) -> Rendered:
    """Render text; every driver stores it the same where the column's code page is the database's."""
    if not value.isascii() and getattr(target.impl, "collation", None) and not _is_unicode(target):
        raise Inexact(
            "the column has a collation of its own: pyodbc sends text in the database's code page, pymssql in Unicode",
            "declare the column as sa.Unicode where the value is written",
        )
    return quote(value), "NVARCHAR"


def _is_unicode(target: Target) -> bool:
    return isinstance(target.impl, sat.Unicode | sat.UnicodeText | sat.NVARCHAR | sat.NCHAR)


def render_json_path(value: str, _: Target) -> Rendered:
    """Render a path into JSON, which SQL Server 2016 takes only as a constant."""
    return quote(value), None


def render_xml(value: str, _: Target) -> Rendered:
    """Render XML, unless it names an encoding that the type of the parameter would have to fit."""
    if _ENCODING.match(value):
        raise Inexact(
            "it names an encoding, which pyodbc's VARCHAR fits and pymssql's NVARCHAR does not",
            "leave out the XML declaration",
        )
    return quote(value), "NVARCHAR"


def render_bytes(value: bytes | bytearray | memoryview, _: Target) -> Rendered:
    """Render bytes; a constant of more than 8000 is a VARBINARY(MAX)."""
    return f"0x{bytes(value).hex().upper()}", "VARBINARY"


def render_uuid(value: uuid.UUID | str, target: Target) -> Rendered:
    """Render a UUID, or text that is one; the server cuts off what stands behind it."""
    if not getattr(target.impl, "native_uuid", False):
        return f"N'{uuid.UUID(str(value)).hex}'", "NVARCHAR"
    try:
        canonical = str(uuid.UUID(str(value)))
    except ValueError:
        canonical = ""
    if str(value).lower() != canonical:
        raise Inexact("it is not written as a UUID", "write it with its four hyphens, or pass a uuid.UUID")
    return f"'{canonical}'", "UNIQUEIDENTIFIER"


def refuse_because(reason: str, hint: str | None = None) -> Handler:
    """Return a handler that refuses whatever it gets."""

    def refused(_value: object, _target: Target) -> Rendered:
        raise Inexact(reason, hint)

    return refused
