"""Amazon Redshift, through psql: the generic frame and literals, and what its manual says beyond them. Not run here."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import types as sat

from changescript.dialects.generic import generic_record
from changescript.dialects.generic.frame import GenericFrame
from changescript.dialects.generic.literals import FAMILIES, generic_literals, quote
from changescript.dialects.postgresql.guard import CLIENT
from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from changescript.literals.rules import Rendered, Target

# A client that goes on after an error is held back by nothing, so psql itself is told to stop.
_SERVER = """
SET client_encoding = 'UTF8';
SELECT CAST('REFUSED: this server is not Redshift, it is ' || version() AS INTEGER)
WHERE version() NOT LIKE '%Redshift%';
""".strip()


class RedshiftFrame(GenericFrame):
    """The frame of one script for psql."""

    def prologue(self) -> Iterator[str]:
        """Yield psql's settings and the check of the server."""
        yield CLIENT
        yield _SERVER


def render_text(value: str, _: Target) -> Rendered:
    """Render text: psql reads it as UTF-8, quotes are doubled, and an empty one stays empty."""
    return quote(value), None


def render_date(value: dt.date, _: Target) -> Rendered:
    """Render a date: all that Python has are in range."""
    return f"DATE '{value.isoformat()}'", None


def render_datetime(value: dt.datetime, target: Target) -> Rendered:
    """Render a timestamp, which like its column has no time zone."""
    if value.tzinfo is not None or getattr(target.impl, "timezone", False):
        raise Inexact("what a time zone does to it depends on the session", "store UTC in a column without a time zone")
    return f"TIMESTAMP '{value.isoformat(' ')}'", None


LITERALS = replace(
    generic_literals("redshift"),
    families={
        **FAMILIES,
        sat.String: {str: render_text},
        sat.Date: {dt.date: render_date},
        sat.DateTime: {dt.datetime: render_datetime},
    },
)

CONNECTED: Mapping[str, Any] = MappingProxyType(
    {
        "supports_smallserial": False,
        "supports_identity_columns": False,
        "supports_virtual_generated_columns": False,
        "_supports_drop_index_concurrently": False,
        "_supports_jsonb_subscripting": False,
    }
)
"""What PGDialect.initialize() makes of the version that Redshift states, PostgreSQL 8.0.2."""

RECORD = generic_record(
    "redshift",
    title="redshift",
    run_command="psql -X -d DATABASE -f {file}",
    client="psql 10 or later; never run on Redshift",
    make_frame=partial(RedshiftFrame, "redshift"),
    expect='exit 0, and the last line "OK: at {state}"',
)
