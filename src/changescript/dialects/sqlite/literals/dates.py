"""SQLite literals of dates that reach the driver as they are: from columns without a type, or with another."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING

from changescript.dialects.sqlite.literals.texts import quote
from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from changescript.literals.rules import Rendered, Target


def render_adapted_date(value: dt.date, _: Target) -> Rendered:
    """Render a date or datetime as sqlite3's own adapter does, unless the project has registered another."""
    adapter = sqlite3.adapters.get((type(value), sqlite3.PrepareProtocol))
    if getattr(adapter, "__module__", None) != "sqlite3.dbapi2":
        raise Inexact(
            "sqlite3 stores it through an adapter that is not its own",
            "give the column its type, such as sa.Date or sa.DateTime, or pass text",
        )
    return quote(value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()), None
