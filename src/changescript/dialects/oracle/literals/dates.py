"""Oracle literals of dates, times and intervals. Each function takes what its name says.

Drivers drop what is smaller than a second for a DATE, and a datetime's offset for any type.
Read from python-oracledb, SQLAlchemy's dialect and Oracle's references.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from changescript.dialects.oracle.literals.text import declared_type
from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from changescript.literals.rules import Rendered, Target

_DAY_DIGITS = 999_999_999


def render_date(value: dt.date, _: Target) -> Rendered:
    """Render a date or a naive datetime for DATE, which has seconds."""
    if not isinstance(value, dt.datetime):
        return f"DATE '{value}'", "DATE"
    _check_naive(value)
    if value.time().replace(microsecond=0) == dt.time():
        return f"DATE '{value.date()}'", "DATE"
    text = value.replace(microsecond=0).isoformat(sep=" ")
    return f"TO_DATE('{text}', 'YYYY-MM-DD HH24:MI:SS')", "DATE"


def render_timestamp(value: dt.date, target: Target) -> Rendered:
    """Render a naive datetime for a TIMESTAMP without a time zone."""
    declared = declared_type(target)
    if getattr(declared, "timezone", False) or getattr(declared, "local_timezone", False):
        raise Inexact(
            "drivers drop its offset, and the server takes the session's time zone instead",
            "write it in SQL, as in sa.text(\"TIMESTAMP '2024-02-29 12:00:00 +02:00'\")",
        )
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    _check_naive(value)
    return f"TIMESTAMP '{value.isoformat(sep=' ')}'", "TIMESTAMP"


def _check_naive(value: dt.datetime) -> None:
    if value.tzinfo is not None:
        raise Inexact("its time zone would be lost: drivers drop it", "pass a naive datetime")


def render_interval(value: dt.timedelta, _: Target) -> Rendered:
    """Render a timedelta as an interval; its sign holds for all its fields."""
    if value.days < 0 and (value.seconds or value.microseconds):
        raise Inexact(
            "drivers send negative days with positive seconds, which is no interval",
            "write it in SQL, as in sa.text(\"INTERVAL '-1 12:00:00' DAY TO SECOND\")",
        )
    if abs(value.days) > _DAY_DIGITS:
        raise Inexact("it is out of the range of an interval")
    hours, seconds = divmod(value.seconds, 3600)
    time = dt.time(hours, seconds // 60, seconds % 60, value.microseconds)
    return f"INTERVAL '{value.days} {time}' DAY(9) TO SECOND(6)", "INTERVAL"
