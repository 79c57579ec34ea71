"""SQL Server literals of numbers. Each function takes what its name says.

Without quotes they have a type of their own: 5 is an INT, 5000000000 a NUMERIC, 5.0 a NUMERIC(2, 1), 5E0 a FLOAT.
Rows in one VALUES list get one type a column, so no literal may need more digits beside another than alone.
Read from pyodbc 5, pymssql 2.4, mssql-python 1.16 and Microsoft's reference of Transact-SQL.
"""

from __future__ import annotations

import decimal
import math
import re
import sys
from typing import TYPE_CHECKING

from changescript.literals.rules import Inexact

if TYPE_CHECKING:
    from changescript.literals.rules import Rendered, Target

_INT = 2**31
_BIGINT = 2**63
_DIGITS = 38
_HALF = 19
_INT_DIGITS = 10
_FLOAT_DIGITS, _FLOAT_EXPONENT = 15, 22
_MONEY_WHOLE, _MONEY_PLACES = 15, 4
_PLAIN_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def render_whole(value: int) -> Rendered:
    """Render a whole number, with the type that it has by its size."""
    # The parser takes the minus for an operator: -2147483648 is a NUMERIC.
    if -_INT < value < _INT:
        return str(value), "INT"
    return str(value), "INT AS NUMERIC" if value == -_INT else "BIGINT AS NUMERIC"


def render_float(value: float, _: Target) -> Rendered:
    """Render a float with an exponent, which makes it a FLOAT and not a NUMERIC."""
    if not math.isfinite(value):
        raise Inexact("SQL Server has neither NaN nor infinity", "store NULL, or change the value")
    if value == 0 and math.copysign(1, value) < 0:
        raise Inexact("pyodbc sends negative zero, pymssql a zero without a sign", "pass 0.0")
    if value and abs(value) < sys.float_info.min:
        raise Inexact("it is too small for FLOAT", "store 0.0")
    return exponent_form(value), "FLOAT"


def exponent_form(value: float) -> str:
    """Return the shortest decimal that is this float, as `1.5E0`."""
    digits, _, exponent = repr(value).partition("e")
    return f"{digits.removesuffix('.0')}E{int(exponent or 0)}"


def render_int_as_float(value: int, target: Target) -> Rendered:
    """Render a whole number for FLOAT, where FLOAT can hold it."""
    if abs(value) > 2**53:
        raise Inexact("FLOAT can't hold all its digits", "pass a float")
    return render_float(float(value), target)


def render_decimal_as_float(value: decimal.Decimal, target: Target) -> Rendered:
    """Render a decimal for FLOAT, where the server's own conversion can't differ from Python's."""
    _check_finite(value)
    if len(value.as_tuple().digits) > _FLOAT_DIGITS or abs(int(value.as_tuple().exponent)) > _FLOAT_EXPONENT:
        raise Inexact("FLOAT can't hold all its digits", "pass a float")
    return render_float(float(value) + 0.0, target)


def render_decimal(value: decimal.Decimal, target: Target) -> Rendered:
    """Render a decimal with all its digits and never in E-notation."""
    _check_finite(value)
    precision, scale = _limits(target)
    if precision is None:
        _check_digits(value, _HALF, _HALF, "give the column a precision and a scale, as in sa.Numeric(38, 20)")
        return _decimal_literal(value)
    places = -int(value.as_tuple().exponent)
    rounded = value if places <= scale else _rounded(value, scale)
    if rounded and rounded.adjusted() >= precision - scale:
        raise Inexact(f"it does not fit NUMERIC({precision}, {scale})")
    if rounded == value:
        return _decimal_literal(rounded, at_most=scale)
    # The server rounds it, alone as well as beside others.
    return f"CAST({value:f} AS NUMERIC({precision}, {scale}))", "NUMERIC"


def _limits(target: Target) -> tuple[int | None, int]:
    # NUMERIC(10) is NUMERIC(10, 0).
    return getattr(target.impl, "precision", None), getattr(target.impl, "scale", None) or 0


def _check_finite(value: decimal.Decimal) -> None:
    if not value.is_finite():
        raise Inexact("SQL Server has neither NaN nor infinity", "store NULL, or change the value")


def _check_digits(value: decimal.Decimal, whole: int, places: int, hint: str) -> None:
    if value and (value.adjusted() >= whole or -int(value.as_tuple().exponent) > places):
        raise Inexact(f"it has more than {whole} digits before the point or {places} behind it", hint)


def _decimal_literal(value: decimal.Decimal, at_most: int = 0) -> Rendered:
    text = format(value or abs(value), "f")
    if "." not in text and at_most > _DIGITS - _INT_DIGITS:
        # An INT counts as NUMERIC(10, 0) beside others, which leaves them too few places.
        text += ".0"
    if len(text.replace(".", "").lstrip("-0")) > _DIGITS:
        raise Inexact("it has more digits than a NUMERIC")
    return text, "NUMERIC" if "." in text else f"NUMERIC({len(text.lstrip('-'))}, 0)"


def _rounded(value: decimal.Decimal, scale: int) -> decimal.Decimal:
    """Round half away from zero, as the server does."""
    with decimal.localcontext(prec=abs(value.adjusted()) + abs(scale) + len(value.as_tuple().digits) + 2):
        return value.quantize(decimal.Decimal(1).scaleb(-scale), decimal.ROUND_HALF_UP)


def render_int_as_decimal(value: int, target: Target) -> Rendered:
    """Render a whole number for NUMERIC."""
    if not -_BIGINT <= value < _BIGINT:
        raise Inexact("drivers bind an int only up to a BIGINT", "pass a decimal.Decimal")
    sql, _ = render_decimal(decimal.Decimal(int(value)), target)
    return sql, render_whole(int(value))[1]


def render_float_as_decimal(value: float, target: Target) -> Rendered:
    """Take a float for a NUMERIC only where its binary and its decimal digits are stored the same."""
    if not math.isfinite(value):
        raise Inexact("SQL Server has neither NaN nor infinity", "store NULL, or change the value")
    exact, short = decimal.Decimal(value), decimal.Decimal(repr(value))
    precision, scale = _limits(target)
    if exact != short and (precision is None or _rounded(exact, scale) != _rounded(short, scale)):
        raise Inexact("pyodbc sends a float's binary digits, pymssql its decimal ones", "pass a decimal.Decimal")
    sql, _ = render_decimal(short if precision is None else _rounded(short, scale), target)
    return sql, "FLOAT AS NUMERIC"


def render_text_as_decimal(value: str, target: Target) -> Rendered:
    """Render a decimal written as text."""
    if not _PLAIN_DECIMAL.fullmatch(value):
        raise Inexact("it is not written as a plain decimal number", "pass a decimal.Decimal")
    sql, _ = rendered = render_decimal(decimal.Decimal(value), target)
    if sql.startswith("CAST"):
        raise Inexact("it has more digits than its column", "pass a decimal.Decimal")
    return rendered


def render_money(value: decimal.Decimal | int, _: Target) -> Rendered:
    """Render an amount of MONEY, which has four places."""
    number = decimal.Decimal(int(value)) if isinstance(value, int) else value
    _check_finite(number)
    _check_digits(number, _MONEY_WHOLE, _MONEY_PLACES, "round it to four places")
    return _decimal_literal(number)
