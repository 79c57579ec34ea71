"""MySQL's and MariaDB's literals of numbers, text, bytes and addresses. Each function takes what its name says.

Drivers write parameters into the statement as text, so a literal is what PyMySQL 1.2, aiomysql 0.3,
asyncmy 0.2 and mysqlclient write; what they write differently is refused. Seen on MariaDB 10.11.
Assumes SET NAMES utf8mb4 and a sql_mode without NO_BACKSLASH_ESCAPES.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact, Rendered, Target
from changescript.literals.text import UNPRINTABLE, check_characters

if TYPE_CHECKING:
    import decimal

BYTES = "BINARY"
"""Marks the literal of bytes: alone, MySQL would take it for a number where it needs one."""

_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        "'": "''",
        "\0": "\\0",
        "\b": "\\b",
        "\t": "\\t",
        "\n": "\\n",
        "\r": "\\r",
        "\x1a": "\\Z",
    }
)
_HIDDEN = re.compile(r"((?:(?![\0\b\t\n\r\x1a])" + UNPRINTABLE.pattern + ")+)")
"""Characters that a reviewer can't see and that have no escape."""
_MOST_DIGITS = 400
"""Well beyond a DOUBLE; Python itself does not write numbers of 4,301 digits."""


# Text


def quote(text: str) -> str:
    """Return text as one constant: COMMENT, DEFAULT and ENUM take no expression.

    There is no escape for bidirectional and invisible characters, so that they stay as they are.
    """
    check_characters(text)
    return f"'{text.translate(_ESCAPES)}'"


def visible(text: str) -> str:
    """Return text as an expression in which nothing is hidden.

    An introducer makes a literal of the hexadecimal digits: CONCAT() of literals has the collation
    and the coercibility of one literal.
    """
    if not UNPRINTABLE.search(text):
        return quote(text)
    pieces = [_hexadecimal(piece) if index % 2 else quote(piece) for index, piece in enumerate(_HIDDEN.split(text))]
    pieces = [piece for piece in pieces if piece != "''"] or pieces
    return pieces[0] if len(pieces) == 1 else f"CONCAT({', '.join(pieces)})"


def _hexadecimal(text: str) -> str:
    return f"_utf8mb4 x'{text.encode().hex()}'"


def render_text(value: str, _: Target) -> Rendered:
    """Render text as an expression."""
    return visible(value), None


def render_text_constant(value: str, _: Target) -> Rendered:
    """Render text as one constant."""
    return quote(value), None


def render_as_text(value: object, _: Target) -> Rendered:
    """Render an address or a UUID as the text that Python writes for it, which is plain."""
    return quote(str(value)), None


def render_bytes(value: bytes | bytearray | memoryview, _: Target) -> Rendered:
    """Render bytes."""
    return f"x'{bytes(value).hex()}'", BYTES


# Numbers


def render_int(value: int, _: Target) -> Rendered:
    """Render a whole number, or a truth value as 1 or 0."""
    if abs(value) >= 10**_MOST_DIGITS:
        raise Inexact("it has more digits than any number of the server")
    return str(int(value)), None


def render_decimal(value: decimal.Decimal, _: Target) -> Rendered:
    """Render a decimal with all its digits, and never in E-notation, which the server reads as a DOUBLE."""
    if not value.is_finite():
        raise Inexact("the server has no such number")
    if abs(value.adjusted()) >= _MOST_DIGITS or abs(int(value.as_tuple().exponent)) >= _MOST_DIGITS:
        raise Inexact("it has more digits than any number of the server")
    return format(value, "f"), None


def render_float(value: float, _: Target) -> Rendered:
    """Render a float as a DOUBLE: without an exponent the server would read a DECIMAL."""
    if not math.isfinite(value):
        raise Inexact("the server has no such number")
    text = repr(value)
    return (text if "e" in text else f"{text}e0"), None


def render_float_as_int(value: float, target: Target) -> Rendered:
    """Render a float for a column of whole numbers, if it is one.

    Drivers that write 2.5e0 store 2, those that write 2.5 store 3.
    """
    if not value.is_integer():
        raise Inexact("it is no whole number, and drivers disagree on how it is rounded", "pass an int")
    return render_float(value, target)
