"""MySQL's and MariaDB's literals of dates and times: text, as every driver sends it.

The server rounds or cuts off what the column has no room for, of a literal as of a parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    import datetime as dt

    from changescript.literals.rules import Rendered, Target


def render_date(value: dt.date, _: Target) -> Rendered:
    """Render a date."""
    return f"'{value.isoformat()}'", None


def render_datetime(value: dt.datetime, _: Target) -> Rendered:
    """Render a datetime without a time zone."""
    if value.tzinfo is not None:
        raise Inexact(
            "its time zone would be lost: drivers drop it",
            "pass a naive datetime in the time zone that the column is meant to hold",
        )
    return f"'{value.isoformat(sep=' ')}'", None


def render_time(value: dt.time, _: Target) -> Rendered:
    """Render a time of day without an offset."""
    if value.tzinfo is not None:
        raise Inexact("its time zone would be lost: drivers drop it")
    return f"'{value.isoformat()}'", None


def render_timedelta(value: dt.timedelta, _: Target) -> Rendered:
    """Render a span of whole seconds for TIME.

    For the others mysqlclient and PyMySQL before 1.2 store something else: the one drops
    microseconds, both get the minutes of negative spans wrong.
    """
    if value.days < 0 or value.microseconds:
        raise Inexact(
            "drivers disagree on spans that are negative or hold microseconds",
            "pass text such as '-00:00:05.5'",
        )
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"'{value.days * 24 + hours:02}:{minutes:02}:{seconds:02}'", None
