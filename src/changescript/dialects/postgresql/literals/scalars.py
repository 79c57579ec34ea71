"""PostgreSQL literals of numbers, text, bytes and addresses. Each function takes what its name says.

Measured against asyncpg 0.32 and psycopg 3 on PostgreSQL 18; what the two store differently is
refused. Assumes standard_conforming_strings = on.
"""

from __future__ import annotations

import decimal
import math
import re
import struct
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import types as sat

from changescript.literals.rules import Handler, Inexact, Rendered, Target
from changescript.literals.text import UNPRINTABLE, check_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.types import TypeEngine

_SHORT_ESCAPES = MappingProxyType({"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_PLAIN_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_BASIC_PLANE = 0xFFFF
_INT4 = 2**31
_INT8 = 2**63
_NUMERIC_WHOLE, _NUMERIC_PLACES = 131072, 16383
FLOAT_DIGITS = 15
"""Significant digits of a double that survive the way through decimal ones."""
_SINGLE_BITS = 24


def quote(text: str) -> str:
    """Return text as one constant: COMMENT, DEFAULT and enum labels take no expression."""
    check_characters(text)
    if not UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if "\0" in text:
        raise Inexact("PostgreSQL text can't hold a NUL character")
    return "E'" + UNPRINTABLE.sub(_escape, text.replace("\\", "\\\\").replace("'", "''")) + "'"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT_ESCAPES.get(character) or (f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}")


# Numbers. Without quotes they have a type of their own: 5 is an integer, 5.0 a numeric.


def render_whole(value: int) -> Rendered:
    """Render a whole number, with the type that it has by its size."""
    # PostgreSQL's parser takes the minus into the constant: -2147483648 is an integer.
    if -_INT4 <= value < _INT4:
        return str(value), "INTEGER"
    return str(value), "BIGINT" if -_INT8 <= value < _INT8 else "NUMERIC"


def render_double(value: float, target: Target) -> Rendered:
    """Render a number for FLOAT or REAL as the double that Python makes of it."""
    try:
        number = float(value)
    except OverflowError:
        number = None
    if number is None:
        raise Inexact("it is too large for a double")
    if not math.isfinite(number):
        return {"nan": "'NaN'", "inf": "'Infinity'", "-inf": "'-Infinity'"}[repr(number)], None
    text = repr(number)
    if text == "-0.0":
        return "'-0.0'", None  # a numeric has no negative zero
    # A float4 must be rounded from the double, not from its decimal digits; and a numeric column
    # that is declared as Float gets 15 digits of the double (PostgreSQL's float8 -> numeric cast).
    rounds = is_single(target.impl) and not _fits_single(number)
    if rounds or (len(text) > FLOAT_DIGITS and _digits(text) > FLOAT_DIGITS):
        return f"CAST({text} AS FLOAT)", "FLOAT"
    return text, "NUMERIC"


def is_single(impl: TypeEngine[Any]) -> bool:
    """Tell whether the server keeps numbers of this type in 4 bytes."""
    return isinstance(impl, sat.REAL) or (isinstance(impl, sat.Float) and (impl.precision or 53) <= _SINGLE_BITS)


def _fits_single(value: float) -> bool:
    try:
        single: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        single = 0.0
    if value and not single:
        raise Inexact("it is out of the range of a REAL")
    return single == value


def _digits(number: str) -> int:
    return len(number.partition("e")[0].replace(".", "").strip("-0"))


def render_decimal(value: decimal.Decimal, target: Target) -> Rendered:
    """Render a decimal with all its digits and never in E-notation."""
    if not value.is_finite():
        if value.is_snan():
            raise Inexact("it is a signaling NaN")
        return ("'NaN'" if value.is_nan() else "'Infinity'" if value > 0 else "'-Infinity'"), None
    if not -_NUMERIC_PLACES <= value.adjusted() < _NUMERIC_WHOLE:
        raise Inexact("it has more digits than a numeric")
    text = format(value, "f")
    whole, _, places = text.partition(".")
    if len(places) > _NUMERIC_PLACES:
        raise Inexact("it has more digits than a numeric")
    rounded_to = _lossy_cast(value, len(whole.lstrip("-0")), len(places), target)
    if rounded_to:
        return f"CAST({text} AS {rounded_to})", rounded_to
    return (text, "NUMERIC") if places else render_whole(int(text))


def _lossy_cast(value: decimal.Decimal, whole: int, places: int, target: Target) -> str | None:
    """Return the NUMERIC(p, s) that the driver casts to, if that changes the value."""
    precision, scale = precision_and_scale(target.impl)
    if precision is None:
        return None
    if places <= scale and whole <= precision - scale:
        return None
    rounded = _rounded(value, scale)
    if rounded and rounded.adjusted() >= precision - scale:
        raise Inexact(f"it does not fit NUMERIC({precision}, {scale})")
    return target.cast if rounded != value else None


def _rounded(value: decimal.Decimal, scale: int) -> decimal.Decimal:
    """Round half away from zero, as PostgreSQL does."""
    with decimal.localcontext(prec=abs(value.adjusted()) + abs(scale) + len(value.as_tuple().digits) + 2):
        return value.quantize(decimal.Decimal(1).scaleb(-scale), decimal.ROUND_HALF_UP)


def render_int_as_decimal(value: int, target: Target) -> Rendered:
    """Render a whole number for NUMERIC."""
    return render_decimal(decimal.Decimal(int(value)), target)


def render_float_as_decimal(value: float, target: Target) -> Rendered:
    """Take a float for a numeric only where all drivers store the same.

    asyncpg stores every binary digit (0.1 becomes 0.1000000000000000055…), psycopg 15 digits.
    """
    if math.isnan(value):
        return "'NaN'", None
    exact, short = decimal.Decimal(value), decimal.Decimal(f"{value:.15g}")
    if exact == short:
        return render_decimal(exact, target)
    precision, scale = precision_and_scale(target.impl)
    if precision is None or _rounded(exact, scale) != _rounded(short, scale):
        raise Inexact(
            "asyncpg stores all binary digits of a float, psycopg 15 decimal ones",
            "pass a decimal.Decimal",
        )
    return render_decimal(_rounded(short, scale), target)


def render_text_as_decimal(value: str, target: Target) -> Rendered:
    """Render a decimal written as text, which both drivers read as a decimal."""
    if not _PLAIN_DECIMAL.fullmatch(value):
        raise Inexact("it is not written as a plain decimal number", "pass a decimal.Decimal")
    return render_decimal(decimal.Decimal(value), target)


def precision_and_scale(impl: Any) -> tuple[int | None, int]:  # noqa: ANN401 - any numeric type
    """Return the digits of a NUMERIC in all, None if it has no limit, and those behind the point."""
    # NUMERIC(10) is NUMERIC(10, 0).
    return impl.precision, impl.scale or 0


# Text and what is written like it: untyped until a column or a cast gives it a type.


def render_text(value: str, _: Target) -> Rendered:
    """Render text as an untyped constant."""
    return quote(value), None


def render_char(value: str, target: Target) -> Rendered:
    """Render text for CHAR."""
    # CHAR without a length is char(1), and the driver's cast cuts off the rest.
    if target.cast == "CHAR" and len(value) > 1:
        return f"CAST({quote(value)} AS CHAR)", "CHAR"
    return quote(value), None


def render_boolean(value: bool, _: Target) -> Rendered:  # noqa: FBT001 - the value
    """Render a truth value."""
    return ("true" if value else "false"), "BOOLEAN"


def render_bytes(value: bytes | bytearray | memoryview, _: Target) -> Rendered:
    """Render bytes for a BYTEA column."""
    return f"'\\x{bytes(value).hex()}'", None


def render_bytes_alone(value: bytes | bytearray | memoryview, target: Target) -> Rendered:
    """Render bytes where nothing else says that they are bytes."""
    return f"CAST({render_bytes(value, target)[0]} AS BYTEA)", "BYTEA"


def render_uuid(value: uuid.UUID | str, target: Target) -> Rendered:
    """Render a UUID, or text that is one, as an untyped constant."""
    if target.cast is None:  # native_uuid=False: the bind processor made CHAR(32) of it
        return quote(str(value)), None
    if isinstance(value, uuid.UUID):
        return f"'{value}'", None
    try:
        return f"'{uuid.UUID(value)}'", None
    except ValueError:
        pass
    raise Inexact("it is not a UUID")


def render_uuid_alone(value: uuid.UUID, _: Target) -> Rendered:
    """Render a UUID where nothing else says that it is one."""
    return f"CAST('{value}' AS UUID)", "UUID"


def render_bits(value: object, target: Target) -> Rendered:
    """Render a bit string with the length that the driver's cast gives it."""
    bits = str(value)
    if not set(bits) <= {"0", "1"}:
        raise Inexact("it holds something else than 0 and 1")
    length = getattr(target.impl, "length", None)
    fits = length is None or len(bits) == length or (target.impl.varying and len(bits) < length)  # type: ignore[attr-defined] # BIT
    # The driver's cast pads or cuts the bits; an assignment to the column would fail instead.
    return (f"'{bits}'", None) if fits else (f"CAST('{bits}' AS {target.cast})", target.cast)


def render_address_as(parse: Iterable[Callable[[str], object]]) -> Handler:
    """Return a handler for addresses that one of these readers takes."""

    def address(value: object, _: Target) -> Rendered:
        text = str(value)
        for read in parse:
            try:
                return f"'{read(text)}'", None
            except ValueError:
                continue
        raise Inexact("it is not an address of this type")

    def unscoped(value: object, target: Target) -> Rendered:
        if "%" in str(value):
            raise Inexact("PostgreSQL addresses have no scope id; asyncpg drops it, psycopg fails")
        return address(value, target)

    return unscoped
