"""PostgreSQL literals of dates, times and intervals.

They carry their type, so that a column of another type does not read them differently.
Measured against asyncpg 0.32 and psycopg 3 on PostgreSQL 18; what the two store differently is
refused.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from changescript.literals.rules import Rendered, Target

_UTC = dt.UTC


def render_date(value: dt.date, _: Target) -> Rendered:
    """Render a date, or the day of a naive datetime, as both drivers do."""
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None:
            raise Inexact("drivers disagree on the day that an aware datetime falls on", "pass its .date()")
        value = value.date()
    return f"DATE '{_finite(value)}'", "DATE"


def render_datetime(value: dt.date, target: Target) -> Rendered:
    """Render a datetime that has a time zone if and only if its type has one."""
    aware = target.impl.timezone  # type: ignore[attr-defined] # DateTime
    if not isinstance(value, dt.datetime):
        if aware:
            raise Inexact("a date has no time zone; drivers take the client's or the session's")
        value = dt.datetime.combine(value, dt.time())  # as both drivers do
    offset = value.utcoffset()
    if aware and offset is None:
        raise Inexact(
            "it has no time zone: asyncpg takes the client's, psycopg the session's",
            "pass an aware datetime, such as datetime(..., tzinfo=datetime.timezone.utc)",
        )
    if not aware and value.tzinfo is not None:
        raise Inexact(
            "its time zone would be lost: the column has none", "sa.DateTime(timezone=True), or a naive datetime"
        )
    if offset is None:
        return f"TIMESTAMP '{_finite(value)}'", "TIMESTAMP WITHOUT TIME ZONE"
    if value.year in {1, dt.MAXYEAR}:
        _finite(_in_utc(value))
    if offset.microseconds:
        value = _in_utc(value)
    return f"TIMESTAMP WITH TIME ZONE '{value}'", "TIMESTAMP WITH TIME ZONE"


def _in_utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(_UTC)
    except OverflowError:
        pass
    raise Inexact("in UTC it is outside the years 1 to 9999")


def _finite(value: dt.date) -> str:
    if 1 < value.year < dt.MAXYEAR:
        return str(value)
    naive = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    if naive in {type(naive).min, type(naive).max}:
        raise Inexact(
            f"asyncpg stores infinity for {'the first' if naive == type(naive).min else 'the last'} "
            "that Python has, psycopg the date itself",
            "write it in SQL: sa.text(\"'infinity'\") or sa.text(\"DATE '9999-12-31'\")",
        )
    return str(value)


def render_time(value: dt.time, target: Target) -> Rendered:
    """Render a time that has an offset if and only if its type has one."""
    offset = value.utcoffset()
    if target.impl.timezone:  # type: ignore[attr-defined] # Time
        if offset is None or offset.microseconds:
            raise Inexact("it has no offset in whole seconds", "pass a time with a fixed offset")
        return f"TIME WITH TIME ZONE '{value}'", "TIME WITH TIME ZONE"
    if value.tzinfo is not None:
        raise Inexact("its time zone would be lost: the column has none")
    return f"TIME '{value}'", "TIME WITHOUT TIME ZONE"


def render_interval(value: dt.timedelta, _: Target) -> Rendered:
    """Render a timedelta as days, seconds and microseconds."""
    # Days stay days: PostgreSQL keeps them apart from hours. The sign of the seconds is written
    # out, as IntervalStyle sql_standard would let a leading minus rule all fields.
    return f"INTERVAL '{value.days} days +{value.seconds}.{value.microseconds:06d} secs'", "INTERVAL"
