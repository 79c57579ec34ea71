"""Literals for a database whose own are not known: those of standard SQL that no database reads otherwise.

Everything else is refused. A record of its own may take more: see redshift.py.
"""

from __future__ import annotations

import datetime as dt
import decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import types as sat
from sqlalchemy.types import TypeEngine

from changescript.literals.numbers import integer_between
from changescript.literals.rules import Handler, Inexact, LiteralRules, Rendered, Target, parenthesized
from changescript.literals.text import UNPRINTABLE, check_characters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Dialect

_EXACT_DIGITS = 15
"""Decimal digits that come back from a double: some databases read 1.10 as one."""
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
"""What a date holds in every database; some put the nearest that they have in place of others."""
_OWN_RECORD = "give this database a record of its own, or write the value as SQL: sa.text(...)"
_SAMPLE = "it's"


def quote(text: str) -> str:
    """Return text as a constant of standard SQL."""
    check_characters(text)
    if UNPRINTABLE.search(text):
        raise Inexact("it holds a control or invisible character", _OWN_RECORD)
    if "\\" in text:
        raise Inexact("it holds a backslash, which some databases take for an escape", _OWN_RECORD)
    return "'" + text.replace("'", "''") + "'"


def render_text(value: str, target: Target) -> Rendered:
    """Render text; a quote in it only where SQLAlchemy's dialect doubles it as well."""
    if not value.isascii():
        # The guard has no portable way to see that the client has read the file as UTF-8.
        raise Inexact("it holds characters beyond ASCII, which depend on the client's encoding", _OWN_RECORD)
    if "'" in value and not _doubles_quotes(target.dialect):
        raise Inexact("it holds a quote, which this dialect does not double", _OWN_RECORD)
    if value.startswith("'") or value.endswith("'") or "''" in value:
        raise Inexact("three quotes in a row have a meaning of their own in some databases", _OWN_RECORD)
    if value == "":
        raise Inexact("some databases store NULL for an empty text", _OWN_RECORD)
    return quote(value), None


def _doubles_quotes(dialect: Dialect) -> bool:
    write = sat.String()._cached_literal_processor(dialect)  # noqa: SLF001 - as SQLAlchemy's compiler does
    return bool(write) and write(_SAMPLE) == "'it''s'"  # type: ignore[misc] # not None


def render_boolean(value: bool, target: Target) -> Rendered:  # noqa: FBT001 - the value
    """Render a truth value, as standard SQL has it where SQLAlchemy's dialect says that it is a type of its own."""
    if not target.dialect.supports_native_boolean:
        return str(int(value)), None
    return ("true" if value else "false"), None


def render_decimal(value: decimal.Decimal, target: Target) -> Rendered:
    """Render a decimal that is the same even where its literal is a double on its way."""
    if not value.is_finite():
        raise Inexact("it is no finite number", _OWN_RECORD)
    precision, scale = getattr(target.impl, "precision", None), getattr(target.impl, "scale", None) or 0
    text = format(value, "f")
    whole, _, places = text.lstrip("-").partition(".")
    digits = len((whole + places).strip("0"))
    if precision is None:
        raise Inexact("its column states no precision, which each database completes in its own way", _OWN_RECORD)
    if len(places.rstrip("0")) > scale or len(whole.lstrip("0")) > precision - scale:
        raise Inexact(f"it does not fit NUMERIC({precision}, {scale}) as it is")
    if digits > _EXACT_DIGITS:
        raise Inexact(f"more than {_EXACT_DIGITS} digits are not certain to pass", _OWN_RECORD)
    return text, "DECIMAL"


def render_int_as_decimal(value: int, target: Target) -> Rendered:
    """Render a whole number for NUMERIC."""
    return render_decimal(decimal.Decimal(int(value)), target)


def render_float(value: float, _: Target) -> Rendered:
    """Render a float whose decimal digits are exactly the double: every way to read them gives it back."""
    exact = decimal.Decimal(value) if value == value and abs(value) < 2**53 else None  # noqa: PLR0124 - no NaN
    if exact is None or str(value) == "-0.0" or len(format(exact, "f").strip("-0").replace(".", "")) > _EXACT_DIGITS:
        raise Inexact("its decimal digits are not exactly this double", "use sa.Numeric and pass a decimal.Decimal")
    return format(exact, "f"), "FLOAT"


def render_date(value: dt.date, _: Target) -> Rendered:
    """Render a date that every database has."""
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise Inexact(f"dates outside {_FIRST_YEAR} to {_LAST_YEAR} are not certain everywhere", _OWN_RECORD)
    return f"DATE '{value.isoformat()}'", None


def _whole(value: int) -> Rendered:
    return str(value), None


_INT2 = integer_between(-(2**15), 2**15, _whole)
_INT4 = integer_between(-(2**31), 2**31, _whole)
_INT8 = integer_between(-(2**63), 2**63, _whole)

FAMILIES: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = MappingProxyType(
    {
        sat.SmallInteger: {int: _INT2, bool: _INT2},
        sat.BigInteger: {int: _INT8, bool: _INT8},
        sat.Integer: {int: _INT4, bool: _INT4},
        sat.Boolean: {bool: render_boolean, int: _INT2},
        sat.Float: {float: render_float, int: render_float},
        sat.Numeric: {decimal.Decimal: render_decimal, int: render_int_as_decimal},
        sat.CHAR: {},
        sat.String: {str: render_text},
        sat.Date: {dt.date: render_date},
        sat.NullType: {bool: render_boolean, int: _INT8, str: render_text},
        TypeEngine: {},
    }
)


def parameter_type(sqltype: TypeEngine[Any], dialect: Dialect) -> str | None:
    """Return the type of a number as DDL writes it: what stands in an expression is cast to it."""
    if not isinstance(sqltype, sat.Numeric):
        return None
    return str(dialect.type_compiler_instance.process(sqltype))


def in_expression(rendered: Rendered, target: Target) -> str:
    """Return the literal; one that may be a decimal or a double by itself as what it is to be."""
    sql, own_type = rendered
    return f"CAST({sql} AS {target.cast})" if own_type and target.cast else parenthesized(sql)


def generic_literals(name: str) -> LiteralRules:
    """Return the rules of SQLAlchemy's dialect `name`."""
    return LiteralRules(
        dialect=name,
        quote=quote,
        families=FAMILIES,
        parameter_type=parameter_type,
        in_expression=in_expression,
        compares_as_column=frozenset({sat.String, sat.Integer}),
    )
