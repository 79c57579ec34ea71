"""PostgreSQL literals in DDL, where nothing can be bound: an online run writes SQLAlchemy's own literal there.

What differs from that one is refused, and so is what it can't write. Seen with SQLAlchemy 2.1's dialects for asyncpg,
psycopg, psycopg2 and pg8000, which write the same, on PostgreSQL 15 and 18.
"""

from __future__ import annotations

import datetime as dt
import decimal
import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import types as sat
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import ranges as pg_ranges

from changescript.dialects.postgresql.literals.containers import render_array
from changescript.dialects.postgresql.literals.dates import render_date, render_datetime, render_time
from changescript.dialects.postgresql.literals.scalars import quote, render_text
from changescript.literals.rules import Handler, Inexact, Rendered, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.types import TypeEngine

_AS_SQL = "write it as SQL, such as sa.text(...)"


def _number(value: float | decimal.Decimal, _: Target) -> Rendered:
    """Render a number as Python writes it: `0.1`, `1E+5`."""
    if not math.isfinite(value):
        raise Inexact("in DDL an online run writes it without quotes, as the name of a column", _AS_SQL)
    if not value and math.copysign(1, value) < 0 and isinstance(value, float):
        raise Inexact("in DDL an online run makes 0 of a negative zero", _AS_SQL)
    return str(value), "NUMERIC"


def _untyped(render: Handler) -> Handler:
    """Return a handler that leaves out the name of the type before the quotes."""

    def untyped(value: object, target: Target) -> Rendered:
        sql, _ = render(value, target)
        return sql[sql.index("'") :], None

    return untyped


def _interval(value: dt.timedelta, _: Target) -> Rendered:
    if value.days:
        raise Inexact("in DDL an online run makes seconds of its days", "sa.text(\"INTERVAL '1 day'\")")
    return f"make_interval(secs=>{value.total_seconds()})", "INTERVAL"


def _bytes(value: bytes | bytearray | memoryview, _: Target) -> Rendered:
    """Render bytes as the text that bytea reads them from."""
    content = bytes(value)
    if b"\\" in content or not content.isascii():
        raise Inexact("in DDL an online run writes it as text, which bytea reads as other bytes", _AS_SQL)
    return quote(content.decode("ascii")), None


def _array(value: Any, target: Target) -> Rendered:  # noqa: ANN401 - a list, nested or not
    item = target.impl.item_type  # type: ignore[attr-defined] # ARRAY
    plain = isinstance(item, sat.String | sat.Integer | sat.Boolean) and not isinstance(item, sat.Enum)
    if not (plain and _is_full(value)):
        _nothing(value, target)
    return render_array(value, target)


def _is_full(value: object) -> bool:
    if not isinstance(value, list | tuple):
        return value is not None
    return bool(value) and all(map(_is_full, value))


def _nothing(_value: object, _target: Target) -> NoReturn:
    raise Inexact("in DDL an online run has no literal for it", _AS_SQL)


_DECIMALS: Mapping[type, Handler] = {float: _number, int: _number, decimal.Decimal: _number}
_DATES: Mapping[type, Handler] = {dt.date: _untyped(render_date), dt.datetime: _untyped(render_date)}
_TIMESTAMPS: Mapping[type, Handler] = {dt.date: _untyped(render_datetime), dt.datetime: _untyped(render_datetime)}
_BINARY: Mapping[type, Handler] = {bytes: _bytes, bytearray: _bytes, memoryview: _bytes}
_REFUSED: Mapping[type, Handler] = dict.fromkeys((object, str, float, decimal.Decimal, bytes), _nothing)

CONSTANTS: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = MappingProxyType(
    {
        sat.Float: _DECIMALS,
        sat.Numeric: _DECIMALS,
        sat.CHAR: {str: render_text},
        sat.LargeBinary: _BINARY,
        sat.BINARY: _BINARY,
        sat.VARBINARY: _BINARY,
        sat.Date: _DATES,
        sat.DateTime: _TIMESTAMPS,
        sat.Time: {dt.time: _untyped(render_time)},
        sat.Interval: {dt.timedelta: _interval},
        pg.INTERVAL: {dt.timedelta: _interval},
        sat.ARRAY: {list: _array, tuple: _array},
        **dict.fromkeys(
            (
                sat.JSON,
                pg_ranges.AbstractSingleRange,
                pg_ranges.AbstractMultiRange,
                pg.HSTORE,
                pg.INET,
                pg.CIDR,
                pg.MACADDR,
                pg.MACADDR8,
                pg.BIT,
                pg.MONEY,
                pg.OID,
                pg.REGCLASS,
                pg.REGCONFIG,
                pg.TSVECTOR,
                pg.TSQUERY,
                pg.DOMAIN,
            ),
            _REFUSED,
        ),
    }
)
"""Handlers that stand in place of those for rows."""
