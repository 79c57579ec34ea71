"""PostgreSQL literals: what each SQLAlchemy type takes, and the SQL of each Python value.

Measured against asyncpg 0.32 and psycopg 3 on PostgreSQL 18. A pair that is not in the table is
refused; so is one on which the two drivers disagree. Assumes standard_conforming_strings = on.
"""

from __future__ import annotations

import datetime as dt
import decimal
import ipaddress
import re
import struct
import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import types as sat
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.dialects.postgresql import ranges as pg_ranges
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeEngine

from changescript.literal_rules import Handler, Inexact, LiteralRules, Rendered, Target, parenthesized

UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control, bidirectional and invisible characters: a reviewer could not see what they do."""

_SHORT_ESCAPES = MappingProxyType({"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_INT4 = 2**31
_UTC = dt.timezone.utc


def quote(text: str) -> str:
    """Return text as one constant: COMMENT, DEFAULT and enum labels take no expression."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = ""
        if not text:
            raise Inexact("it holds a lone surrogate, which is no character")
    if not UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if "\0" in text:
        raise Inexact("PostgreSQL text can't hold a NUL character")
    return "E'" + UNPRINTABLE.sub(_escape, text.replace("\\", "\\\\").replace("'", "''")) + "'"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT_ESCAPES.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


# Numbers. Without quotes they have a type of their own: 5 is an integer, 5.0 a numeric.


def _integer(bits: int) -> Handler:
    low, high = -(2 ** (bits - 1)), 2 ** (bits - 1)

    def integer(value: int, _: Target) -> Rendered:
        if not low <= value < high:
            raise Inexact(f"it is outside the {bits} bits of its type")
        return _whole_number(int(value))

    return integer


def _whole_number(value: int) -> Rendered:
    # -2147483648 is the negation of 2147483648, which is a bigint.
    size = abs(value)
    return str(value), "INTEGER" if size < _INT4 else "BIGINT" if size < 2**63 else "NUMERIC"


def _double(value: float, target: Target) -> Rendered:
    try:
        number = float(value)
    except OverflowError:
        number = None
    if number is None:
        raise Inexact("it is too large for a double")
    if number != number or number in {float("inf"), float("-inf")}:
        return {"nan": "'NaN'", "inf": "'Infinity'", "-inf": "'-Infinity'"}[repr(number)], None
    text = repr(number)
    if text == "-0.0":
        return "'-0.0'", None  # a numeric has no negative zero
    # A float4 must be rounded from the double, not from its decimal digits; and a numeric column
    # that is declared as Float gets 15 digits of the double (PostgreSQL's float8 -> numeric cast).
    if (_is_single(target.impl) and not _fits_single(number)) or (len(text) > 15 and _digits(text) > 15):
        return f"CAST({text} AS FLOAT)", "FLOAT"
    return text, "NUMERIC"


def _is_single(impl: TypeEngine[Any]) -> bool:
    return isinstance(impl, sat.REAL) or (isinstance(impl, sat.Float) and (impl.precision or 53) <= 24)


def _fits_single(value: float) -> bool:
    try:
        return struct.unpack("f", struct.pack("f", value))[0] == value
    except OverflowError:
        return False


def _digits(number: str) -> int:
    return len(decimal.Decimal(number).normalize().as_tuple().digits)


def _decimal(value: decimal.Decimal, target: Target) -> Rendered:
    if not value.is_finite():
        if value.is_snan():
            raise Inexact("it is a signaling NaN")
        return ("'NaN'" if value.is_nan() else "'Infinity'" if value > 0 else "'-Infinity'"), None
    if not -16383 <= value.as_tuple().exponent <= 131071 or value.adjusted() > 131071:  # type: ignore[operator] # finite
        raise Inexact("it has more digits than a numeric")
    text = format(value, "f")
    rounded_to = _lossy_cast(value, target)
    if rounded_to:
        return f"CAST({text} AS {rounded_to})", rounded_to
    return (text, "NUMERIC") if "." in text else _whole_number(int(text))


def _lossy_cast(value: decimal.Decimal, target: Target) -> str | None:
    """Return the NUMERIC(p, s) that the driver casts to, if that changes the value."""
    precision, scale = _precision_and_scale(target.impl)
    if precision is None:
        return None
    places = max(-int(value.as_tuple().exponent), 0)
    if places <= scale and value.adjusted() < precision - scale:
        return None
    rounded = _rounded(value, scale)
    if rounded and rounded.adjusted() >= precision - scale:
        raise Inexact(f"it does not fit NUMERIC({precision}, {scale})")
    return target.cast if rounded != value else None


def _rounded(value: decimal.Decimal, scale: int) -> decimal.Decimal:
    """Round half away from zero, as PostgreSQL does."""
    with decimal.localcontext(prec=abs(value.adjusted()) + abs(scale) + len(value.as_tuple().digits) + 2):
        return value.quantize(decimal.Decimal(1).scaleb(-scale), decimal.ROUND_HALF_UP)


def _int_as_decimal(value: int, target: Target) -> Rendered:
    return _decimal(decimal.Decimal(int(value)), target)


def _float_as_decimal(value: float, target: Target) -> Rendered:
    """Take a float for a numeric only where all drivers store the same.

    asyncpg stores every binary digit (0.1 becomes 0.1000000000000000055…), psycopg 15 digits.
    """
    if value != value:
        return "'NaN'", None
    exact, short = decimal.Decimal(value), decimal.Decimal(f"{value:.15g}")
    if exact == short:
        return _decimal(exact, target)
    precision, scale = _precision_and_scale(target.impl)
    if precision is None or _rounded(exact, scale) != _rounded(short, scale):
        raise Inexact(
            "asyncpg stores all binary digits of a float, psycopg 15 decimal ones",
            "pass a decimal.Decimal",
        )
    return _decimal(_rounded(short, scale), target)


def _precision_and_scale(impl: Any) -> tuple[int | None, int]:  # noqa: ANN401 - any numeric type
    # NUMERIC(10) is NUMERIC(10, 0).
    return impl.precision, impl.scale or 0


# Text and what is written like it: untyped until a column or a cast gives it a type.


def _text(value: str, _: Target) -> Rendered:
    return quote(value), None


def _char(value: str, target: Target) -> Rendered:
    # CHAR without a length is char(1), and the driver's cast cuts off the rest.
    if target.cast == "CHAR" and len(value) > 1:
        return f"CAST({quote(value)} AS CHAR)", "CHAR"
    return quote(value), None


def _boolean(value: bool, _: Target) -> Rendered:  # noqa: FBT001 - the value
    return ("true" if value else "false"), "BOOLEAN"


def _bytes(value: bytes | bytearray | memoryview, _: Target) -> Rendered:
    return f"'\\x{bytes(value).hex()}'", None


def _bytes_alone(value: bytes | bytearray | memoryview, target: Target) -> Rendered:
    return f"CAST({_bytes(value, target)[0]} AS BYTEA)", "BYTEA"


def _uuid(value: uuid.UUID | str, target: Target) -> Rendered:
    if target.cast is None:  # native_uuid=False: the bind processor made CHAR(32) of it
        return quote(str(value)), None
    try:
        return f"'{uuid.UUID(str(value))}'", None
    except ValueError:
        pass
    raise Inexact("it is not a UUID")


def _uuid_alone(value: uuid.UUID, _: Target) -> Rendered:
    return f"CAST('{value}' AS UUID)", "UUID"


def _bits(value: object, target: Target) -> Rendered:
    bits = str(value)
    if set(bits) - {"0", "1"}:
        raise Inexact("it holds something else than 0 and 1")
    length = getattr(target.impl, "length", None)
    fits = length is None or len(bits) == length or (target.impl.varying and len(bits) < length)  # type: ignore[attr-defined] # BIT
    # The driver's cast pads or cuts the bits; an assignment to the column would fail instead.
    return (f"'{bits}'", None) if fits else (f"CAST('{bits}' AS {target.cast})", target.cast)


def _address(parse: Iterable[Callable[[str], object]]) -> Handler:
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


# Dates and times carry their type: a column of another type must not read them differently.


def _date(value: dt.date, target: Target) -> Rendered:
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None:
            raise Inexact("drivers disagree on the day that an aware datetime falls on", "pass its .date()")
        value = value.date()
    return f"DATE '{_finite(value)}'", "DATE"


def _datetime(value: dt.date, target: Target) -> Rendered:
    aware = target.impl.timezone  # type: ignore[attr-defined] # DateTime
    if not isinstance(value, dt.datetime):
        if aware:
            raise Inexact("a date has no time zone; drivers take the client's or the session's")
        value = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as both drivers do
    offset = value.utcoffset()
    if aware and offset is None:
        raise Inexact(
            "it has no time zone: asyncpg takes the client's, psycopg the session's",
            "pass an aware datetime, such as datetime(..., tzinfo=datetime.timezone.utc)",
        )
    if not aware and value.tzinfo is not None:
        raise Inexact("its time zone would be lost: the column has none", "sa.DateTime(timezone=True), or a naive datetime")
    if offset is None:
        return f"TIMESTAMP '{_finite(value)}'", "TIMESTAMP WITHOUT TIME ZONE"
    if value.year in {1, 9999}:
        _finite(_in_utc(value))
    if offset.microseconds:
        value = _in_utc(value)
    return f"TIMESTAMP WITH TIME ZONE '{value.isoformat(' ')}'", "TIMESTAMP WITH TIME ZONE"


def _in_utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(_UTC)
    except OverflowError:
        pass
    raise Inexact("in UTC it is outside the years 1 to 9999")


def _finite(value: dt.date) -> str:
    naive = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    if naive in {type(naive).min, type(naive).max}:
        raise Inexact(
            f"asyncpg stores infinity for {'the first' if naive == type(naive).min else 'the last'} "
            "that Python has, psycopg the date itself",
            "write it in SQL: sa.text(\"'infinity'\") or sa.text(\"DATE '9999-12-31'\")",
        )
    return value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()


def _time(value: dt.time, target: Target) -> Rendered:
    offset = value.utcoffset()
    if target.impl.timezone:  # type: ignore[attr-defined] # Time
        if offset is None or offset.microseconds:
            raise Inexact("it has no offset in whole seconds", "pass a time with a fixed offset")
        return f"TIME WITH TIME ZONE '{value.isoformat()}'", "TIME WITH TIME ZONE"
    if value.tzinfo is not None:
        raise Inexact("its time zone would be lost: the column has none")
    return f"TIME '{value.isoformat()}'", "TIME WITHOUT TIME ZONE"


def _interval(value: dt.timedelta, _: Target) -> Rendered:
    # Days stay days: PostgreSQL keeps them apart from hours. The sign of the seconds is written
    # out, as IntervalStyle sql_standard would let a leading minus rule all fields.
    return f"INTERVAL '{value.days} days +{value.seconds}.{value.microseconds:06d} secs'", "INTERVAL"


# Containers


@lru_cache(maxsize=512)
def _item_target(rules: LiteralRules, sqltype: TypeEngine[Any], dialect: Dialect) -> Target:
    return rules.target(sqltype, dialect)


def _array(value: Iterable[Any], target: Target) -> Rendered:
    if target.cast is None:
        raise Inexact("the type of the array's items is unknown")
    items = list(value)
    _shape(items)
    if _is_empty(items):
        return f"CAST('{{}}' AS {target.cast})", target.cast
    item = _item_target(target.rules, target.impl.item_type, target.dialect)  # type: ignore[attr-defined] # ARRAY
    return f"CAST({_array_items(items, item)} AS {target.cast})", target.cast


def _array_items(items: Iterable[Any], target: Target) -> str:
    return "ARRAY[" + ", ".join(_array_item(item, target) for item in items) + "]"


def _array_item(value: object, target: Target) -> str:
    if isinstance(value, list | tuple):
        return _array_items(value, target)
    return _element(value, target)[0]


def _element(value: object, target: Target) -> Rendered:
    """Render a value inside another; the outer type's bind processor has been run already."""
    if value is None:
        return "NULL", None
    handler = target.handlers.get(type(value))
    if handler is None:
        raise Inexact(f"it holds a Python {type(value).__name__}")
    return handler(value, target)


def _is_empty(items: list[Any]) -> bool:
    return all(isinstance(item, list | tuple) and _is_empty(list(item)) for item in items)


def _shape(items: Iterable[Any]) -> tuple[int, ...]:
    shapes = [_shape(item) if isinstance(item, list | tuple) else () for item in items]
    if len(set(shapes)) > 1:
        raise Inexact("its nested lists differ in length or depth")
    return (len(shapes), *(shapes[0] if shapes else ()))


_RANGE_OF: Mapping[type[TypeEngine[Any]], TypeEngine[Any]] = MappingProxyType({
    pg.INT4RANGE: sat.Integer(),
    pg.INT8RANGE: sat.BigInteger(),
    pg.NUMRANGE: sat.Numeric(),
    pg.DATERANGE: sat.Date(),
    pg.TSRANGE: sat.DateTime(),
    pg.TSTZRANGE: sat.DateTime(timezone=True),
    pg.INT4MULTIRANGE: sat.Integer(),
    pg.INT8MULTIRANGE: sat.BigInteger(),
    pg.NUMMULTIRANGE: sat.Numeric(),
    pg.DATEMULTIRANGE: sat.Date(),
    pg.TSMULTIRANGE: sat.DateTime(),
    pg.TSTZMULTIRANGE: sat.DateTime(timezone=True),
})


def _range(value: pg.Range[Any], target: Target) -> Rendered:
    return f"'{_range_text(value, target)}'", None


def _multirange(value: Iterable[Any], target: Target) -> Rendered:
    ranges = list(value)
    if not all(isinstance(item, pg.Range) for item in ranges):
        raise Inexact("it holds something else than ranges")
    return "'{" + ",".join(_range_text(item, target) for item in ranges) + "}'", None


def _range_text(value: pg.Range[Any], target: Target) -> str:
    if value.is_empty:
        return "empty"
    bound = next((bound for kind, bound in _RANGE_OF.items() if isinstance(target.sqltype, kind)), None)
    if bound is None:
        raise Inexact("the type of its bounds is unknown")
    inner = _item_target(target.rules, bound, target.dialect)
    lower, upper = (_bound_text(value.lower, inner), _bound_text(value.upper, inner))
    return f"{value.bounds[0]}{lower},{upper}{value.bounds[1]}"


def _bound_text(value: object, target: Target) -> str:
    if value is None:
        return ""
    # `TIMESTAMP '2024-01-01 00:00:00'` -> "2024-01-01 00:00:00": a bound is text without a type.
    sql = _element(value, target)[0]
    _, quoted, rest = sql.partition("'")
    return f'"{rest.removesuffix(quoted)}"' if quoted else sql


def _domain(value: object, target: Target) -> Rendered:
    """Render for the domain's own type; its bind processor is not run online either."""
    inner = _item_target(target.rules, target.impl.data_type, target.dialect)  # type: ignore[attr-defined] # DOMAIN
    if inner.process is not None:
        raise Inexact("the drivers do not know the type behind the domain")
    return _element(value, inner)


# The table

_NUMBER_AS_DOUBLE: Mapping[type, Handler] = {float: _double, int: _double, bool: _double, decimal.Decimal: _double}
_NUMBER_AS_DECIMAL: Mapping[type, Handler] = {
    decimal.Decimal: _decimal,
    int: _int_as_decimal,
    bool: _int_as_decimal,
    float: _float_as_decimal,
}
_BINARY: Mapping[type, Handler] = {bytes: _bytes, bytearray: _bytes, memoryview: _bytes}
_TEXT: Mapping[type, Handler] = {str: _text}
_UNTYPED: Mapping[type, Handler] = {
    bool: _boolean,
    int: _integer(64),
    str: _text,
    bytes: _bytes_alone,
    uuid.UUID: _uuid_alone,
}
_INET = _address([ipaddress.ip_address, ipaddress.ip_interface])
_CIDR = _address([ipaddress.ip_network])
_ANY_SCALAR = (bool, int, float, decimal.Decimal, str, bytes, uuid.UUID, dt.date, dt.datetime, dt.time, dt.timedelta)

FAMILIES: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = MappingProxyType({
    sat.SmallInteger: {int: _integer(16), bool: _integer(16)},
    sat.BigInteger: {int: _integer(64), bool: _integer(64)},
    sat.Integer: {int: _integer(32), bool: _integer(32)},
    sat.Boolean: {bool: _boolean},
    sat.Float: _NUMBER_AS_DOUBLE,
    sat.Numeric: _NUMBER_AS_DECIMAL,
    sat.CHAR: {str: _char},
    sat.String: _TEXT,
    sat.LargeBinary: _BINARY,
    sat.BINARY: _BINARY,
    sat.VARBINARY: _BINARY,
    sat.Uuid: {uuid.UUID: _uuid, str: _uuid},
    sat.Date: {dt.date: _date, dt.datetime: _date},
    sat.DateTime: {dt.datetime: _datetime, dt.date: _datetime},
    sat.Time: {dt.time: _time},
    sat.Interval: {dt.timedelta: _interval},
    pg.INTERVAL: {dt.timedelta: _interval},
    sat.JSON: _TEXT,
    sat.JSON.JSONElementType: {int: _integer(32), str: _text},
    sat.JSON.JSONPathType: _TEXT,
    sat.ARRAY: {list: _array, tuple: _array},
    pg_ranges.AbstractSingleRange: {pg.Range: _range},
    pg_ranges.AbstractMultiRange: {pg.MultiRange: _multirange, list: _multirange},
    pg.HSTORE: _TEXT,
    pg.INET: dict.fromkeys(
        (str, ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Interface,
         ipaddress.IPv6Interface, ipaddress.IPv4Network, ipaddress.IPv6Network),
        _INET,
    ),
    pg.CIDR: dict.fromkeys(
        (str, ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Network, ipaddress.IPv6Network), _CIDR
    ),
    pg.MACADDR: _TEXT,
    pg.MACADDR8: _TEXT,
    pg.BIT: {str: _bits, pg.BitString: _bits},
    pg.MONEY: _TEXT,
    pg.OID: {int: _integer(33)},
    pg.REGCLASS: _TEXT,
    pg.REGCONFIG: _TEXT,
    pg.TSVECTOR: _TEXT,
    pg.TSQUERY: _TEXT,
    pg.JSONPATH: _TEXT,
    pg.DOMAIN: dict.fromkeys(_ANY_SCALAR, _domain),
    sat.UserDefinedType: _TEXT,
    sat.NullType: _UNTYPED,
})


# Places

_ONLINE = asyncpg.dialect()
_ONLINE_COMPILER = _ONLINE.statement_compiler(_ONLINE, None)
_CONSTANTS = frozenset({"INTEGER", "BIGINT", "NUMERIC", "BOOLEAN"})


def parameter_type(sqltype: TypeEngine[Any], _: Dialect) -> str | None:
    """Return what SQLAlchemy's asyncpg dialect casts such a parameter to: `$1::VARCHAR`."""
    impl = sqltype._unwrapped_dialect_impl(_ONLINE)  # noqa: SLF001 - as SQLAlchemy's compiler does
    if not impl.render_bind_cast:
        return None
    cast: str = _ONLINE_COMPILER.render_bind_cast(sqltype, impl, "")
    return cast.removeprefix("::")


def in_expression(rendered: Rendered, target: Target) -> str:
    """Give a literal the type that the online parameter has; `10*(:a/4)` depends on it."""
    sql, own_type = rendered
    if target.cast == own_type:
        return parenthesized(sql)
    if target.cast is not None:
        return f"CAST({sql} AS {target.cast})"
    # Online the server infers the type of this parameter, as it does for a quoted constant.
    return f"'{sql}'" if own_type in _CONSTANTS else sql


POSTGRESQL_LITERALS = LiteralRules(
    dialect="postgresql",
    quote=quote,
    families=FAMILIES,
    parameter_type=parameter_type,
    in_expression=in_expression,
    compares_as_column=frozenset({sat.String, sat.Uuid, sat.Integer, sat.LargeBinary}),
)
