"""Oracle literals of numbers. Each function takes what its name says.

A constant is a NUMBER, as what drivers bind; with `d` it is a BINARY_DOUBLE.
Read from python-oracledb, SQLAlchemy's dialect and Oracle's references.
"""

from __future__ import annotations

import decimal
import math
import sys
from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from changescript.literals.rules import Rendered, Target

_DIGITS = 38
_LOWEST, _HIGHEST = -130, 125
_WRITTEN_OUT = 60
_EXACT = decimal.Context(prec=1000)


def render_integer(value: int, _: Target) -> Rendered:
    """Render a whole number; Oracle's INTEGER has 38 digits."""
    if len(str(abs(int(value)))) > _DIGITS:
        raise Inexact("it has more digits than a NUMBER")
    return str(int(value)), "NUMBER"


def render_truth(value: bool, _: Target) -> Rendered:  # noqa: FBT001 - as all handlers
    """Render a truth value for BOOLEAN; before 23, SQLAlchemy's bind processor makes 0 and 1 of it."""
    return ("TRUE" if value else "FALSE"), "BOOLEAN"


def render_decimal(value: decimal.Decimal, _: Target) -> Rendered:
    """Render a decimal with all its digits; SQLAlchemy's bind processor makes one of other numbers."""
    if not value.is_finite():
        raise Inexact("NUMBER has neither NaN nor infinity", "store NULL, or use a BINARY_DOUBLE column")
    number = value.normalize(_EXACT)
    if len(number.as_tuple().digits) > _DIGITS:
        raise Inexact("it has more digits than a NUMBER")
    if number and not _LOWEST <= number.adjusted() <= _HIGHEST:
        raise Inexact("it is out of the range of a NUMBER")
    text = format(value or abs(value), "f")
    return (text if len(text) <= _WRITTEN_OUT else f"{number:E}"), "NUMBER"


def render_float(value: float, target: Target) -> Rendered:
    """Render a float for NUMBER by its shortest decimal, which is what drivers send."""
    return render_decimal(decimal.Decimal(repr(value)), target)


def render_double(value: float, _: Target) -> Rendered:
    """Render a number for BINARY_DOUBLE or BINARY_FLOAT as the double that Python makes of it."""
    try:
        number = float(value)
    except OverflowError:
        number = None
    if number is None:
        raise Inexact("it is too large for a BINARY_DOUBLE")
    if math.isnan(number):
        return "BINARY_DOUBLE_NAN", "BINARY_DOUBLE"
    if math.isinf(number):
        return ("-" * (number < 0) + "BINARY_DOUBLE_INFINITY"), "BINARY_DOUBLE"
    if number and abs(number) < sys.float_info.min:
        raise Inexact("it is too small for a BINARY_DOUBLE", "store 0.0")
    # Oracle knows no negative zero.
    return f"{number or 0.0!r}d", "BINARY_DOUBLE"
