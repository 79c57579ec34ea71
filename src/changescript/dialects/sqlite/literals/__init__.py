"""SQLite literals: which Python types each SQLAlchemy type takes.

A column takes a value of any storage class and converts it by its own affinity, a bound value as well as
a literal; so the class is all that matters. Affinity decides comparisons too, and a bound value has
none: nothing here may have one, which rules out CAST. Seen on SQLite 3.40 to 3.54 through sqlite3 and the shell.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import types as sat
from sqlalchemy.types import TypeEngine

from changescript.dialects.sqlite.literals.dates import render_adapted_date
from changescript.dialects.sqlite.literals.numbers import render_float, render_integer
from changescript.dialects.sqlite.literals.texts import quote, render_blob, render_text, render_text_as_constant
from changescript.literals.rules import Handler, LiteralRules, Rendered, Target, parenthesized

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy.engine import Dialect

_BLOB: Mapping[type, Handler] = {bytes: render_blob, bytearray: render_blob, memoryview: render_blob}
_WHAT_THE_DRIVER_TAKES: Mapping[type, Handler] = {
    bool: render_integer,
    int: render_integer,
    float: render_float,
    str: render_text,
    dt.date: render_adapted_date,
    dt.datetime: render_adapted_date,
    **_BLOB,
}
"""What sqlite3 binds, in whatever column: a text to INTEGER as well."""

FAMILIES: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = MappingProxyType(
    {
        # Their bind processors leave a text to the driver's Binary(), which fails.
        sat.LargeBinary: _BLOB,
        sat.BINARY: _BLOB,
        sat.VARBINARY: _BLOB,
        sat.NullType: _WHAT_THE_DRIVER_TAKES,
        TypeEngine: _WHAT_THE_DRIVER_TAKES,
    }
)


def parameter_type(_sqltype: TypeEngine[Any], _dialect: Dialect) -> None:
    """Return that no driver casts a parameter."""


def in_expression(rendered: Rendered, _: Target) -> str:
    """Return the same: a literal has no more affinity than a bound value."""
    return parenthesized(rendered[0])


SQLITE_LITERALS = LiteralRules(
    dialect="sqlite",
    quote=quote,
    families=FAMILIES,
    parameter_type=parameter_type,
    in_expression=in_expression,
    compares_as_column=frozenset(),
)

SQLITE_CONSTANTS = replace(
    SQLITE_LITERALS,
    families={kind: {**row, str: render_text_as_constant} for kind, row in FAMILIES.items() if str in row},
)
"""For the default of a column that is added to a table with rows: SQLite takes no operators there."""
