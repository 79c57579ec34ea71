"""SQL Server literals of dates and times. Each function takes what its name says.

They name their type, because a DATETIME reads '2024-02-29' by the session's language. pyodbc binds a
datetime as DATETIME2, and the column rounds that; pymssql cuts off microseconds, which is not followed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from changescript.literals.rules import Rendered, Target

_FARTHEST = dt.timedelta(hours=14)


def render_date(value: dt.date, _: Target) -> Rendered:
    """Render a date, or a datetime, whose day the column takes."""
    if not isinstance(value, dt.datetime):
        return f"CAST('{value}' AS DATE)", "DATE"
    if value.tzinfo is not None:
        raise Inexact("its time zone would be lost", "pass its .date()")
    if value.time() == dt.time():
        return f"CAST('{value.date()}' AS DATE)", "DATE"
    return _datetime2(value), "DATETIME2"


def render_datetime(value: dt.datetime, target: Target) -> Rendered:
    """Render a datetime; an aware one only for a type that has an offset."""
    if type(value) is dt.date:
        value = dt.datetime.combine(value, dt.time())
    if has_offset(target):
        return _with_offset(value)
    if value.tzinfo is not None:
        raise Inexact(
            "its time zone would be lost: the column has none", "sa.DateTime(timezone=True), or a naive datetime"
        )
    return _datetime2(value), "DATETIME2"


def has_offset(target: Target) -> bool:
    """Tell whether a type keeps an offset: DATETIMEOFFSET has no `timezone`."""
    return bool(getattr(target.impl, "timezone", False)) or type(target.impl).__visit_name__ == "DATETIMEOFFSET"


def _datetime2(value: dt.datetime) -> str:
    return f"CAST('{value.isoformat()}' AS DATETIME2)"


def _with_offset(value: dt.datetime) -> Rendered:
    # Text, as pyodbc sends it; a naive datetime becomes one at +00:00, whatever the session.
    offset = value.utcoffset()
    if offset is None:
        value = value.replace(tzinfo=dt.UTC)
    elif offset % dt.timedelta(minutes=1) or abs(offset) > _FARTHEST:
        raise Inexact("SQL Server has offsets in whole minutes up to 14 hours", "convert it to UTC with .astimezone()")
    _check_utc(value)
    return f"'{value.isoformat()}'", "DATETIMEOFFSET"


def _check_utc(value: dt.datetime) -> None:
    try:
        value.astimezone(dt.UTC)
    except OverflowError:
        pass
    else:
        return
    raise Inexact("in UTC it is outside the years 1 to 9999")


def render_time(value: dt.time | str, _: Target) -> Rendered:
    """Render a time as the text that SQLAlchemy hands to the driver."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = dt.time.fromisoformat(value)
    if isinstance(value, str):
        raise Inexact("it is not written as a time", "pass a datetime.time")
    if value.tzinfo is not None:
        raise Inexact("its time zone would be lost: the column has none")
    return f"'{value}'", None


def render_datetime_as_time(value: dt.datetime, target: Target) -> Rendered:
    """Render the time of a datetime."""
    return render_time(value.timetz(), target)
