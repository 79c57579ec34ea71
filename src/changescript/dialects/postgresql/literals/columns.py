"""PostgreSQL literals of many values of one Python type at once: what op.bulk_insert() spends its time on.

Each function gives what the function for one value gives, or None where that has to look at each of them.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.dialects.postgresql.literals.dates import render_date, render_datetime
from changescript.dialects.postgresql.literals.scalars import (
    FLOAT_DIGITS,
    is_single,
    precision_and_scale,
    render_boolean,
    render_decimal,
    render_double,
    render_text,
)
from changescript.literals.text import UNPRINTABLE, check_characters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from changescript.literals.rules import ColumnHandler, Handler, Target

_DIGITS = 100
_NOT_PLAIN = frozenset({"nan", "inf", "-inf", "-0.0"})


def _texts(values: Sequence[str], _: Target) -> list[str] | None:
    together = "".join(values)
    if UNPRINTABLE.search(together):
        return None
    check_characters(together)
    if "'" in together:
        return ["'" + value.replace("'", "''") + "'" for value in values]
    return [f"'{value}'" for value in values]


def integers_between(low: int, high: int) -> ColumnHandler:
    """Return a function for whole numbers from `low` up to, not including, `high`."""

    def integers(values: Sequence[int], _: Target) -> list[str] | None:
        return list(map(str, values)) if low <= min(values) and max(values) < high else None

    return integers


def _booleans(values: Sequence[bool], _: Target) -> list[str]:
    return ["true" if value else "false" for value in values]


def _dates(values: Sequence[dt.date], _: Target) -> list[str] | None:
    return [f"DATE '{value}'" for value in values] if _ordinary(values) else None


def _datetimes(values: Sequence[dt.datetime], target: Target) -> list[str] | None:
    aware = target.impl.timezone  # type: ignore[attr-defined] # DateTime
    if {value.tzinfo for value in values} != {dt.UTC if aware else None} or not _ordinary(values):
        return None
    name = "TIMESTAMP WITH TIME ZONE" if aware else "TIMESTAMP"
    return [f"{name} '{value}'" for value in values]


def _ordinary(values: Sequence[dt.date]) -> bool:
    return min(values).year > 1 and max(values).year < dt.MAXYEAR


def _doubles(values: Sequence[float], target: Target) -> list[str] | None:
    if is_single(target.impl):
        return None
    return [
        text if len(text) <= FLOAT_DIGITS and text not in _NOT_PLAIN else render_double(value, target)[0]
        for value, text in zip(values, map(repr, values), strict=True)
    ]


def _decimals(values: Sequence[decimal.Decimal], target: Target) -> list[str]:
    # 1E+1000000000 would be a gigabyte of text.
    texts = [format(value, "f") for value in values if -_DIGITS < value.adjusted() < _DIGITS]
    if len(texts) == len(values) and _fitting(*precision_and_scale(target.impl)).fullmatch(",".join(texts)):
        return texts
    return [render_decimal(value, target)[0] for value in values]


@lru_cache
def _fitting(precision: int | None, scale: int) -> re.Pattern[str]:
    """Return the expression of decimals that fit a NUMERIC and have a point, so that they are no whole numbers."""
    if precision is None or not 0 < scale < precision:
        return re.compile("(?!)")
    one = rf"-?\d{{1,{precision - scale}}}\.\d{{1,{scale}}}"
    return re.compile(f"{one}(?:,{one})*+", re.ASCII)


COLUMNS: Mapping[tuple[type, Handler], ColumnHandler] = MappingProxyType(
    {
        (str, render_text): _texts,
        (bool, render_boolean): _booleans,
        (dt.date, render_date): _dates,
        (dt.datetime, render_datetime): _datetimes,
        (float, render_double): _doubles,
        (decimal.Decimal, render_decimal): _decimals,
    }
)
"""By the type of the values and the function for one of them."""
