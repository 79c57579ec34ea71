"""SQLite literals of numbers.

SQLite's way from decimal digits to a double was another in 3.40, 3.43, 3.47 and 3.52, depends on the long double
of the machine before that, and rounds correctly in none but the last. No literal here relies on more than all
of them have in common.
"""

from __future__ import annotations

import decimal
import math

from changescript.literals.rules import Inexact, Rendered, Target

_INTEGER = 2**63
_MANTISSA_BITS = 53
_EXACT_INTEGER = 2**_MANTISSA_BITS
"""Below it every whole number is a double."""
_EXACT_POWER = 22
"""10**22 is the highest power of ten that is a double."""
_MARGIN_BITS = 59
"""Twenty roundings to the 64 bits of a long double, what 3.43 needs at most, err by less than 2**-59."""
_FACTOR_BITS = 62


def render_integer(value: int, _: Target) -> Rendered:
    """Render a whole number; True is 1, as for the driver."""
    if not -_INTEGER <= value < _INTEGER:
        raise Inexact("SQLite's integers have 64 bits")
    return str(int(value)), None


def render_float(value: float, _: Target) -> Rendered:
    """Render a double by its shortest decimal digits where every SQLite reads them exactly, else as a product."""
    if math.isnan(value):
        return "NULL", None  # as the driver's sqlite3_bind_double() stores it
    if math.isinf(value):
        return ("9e999" if value > 0 else "-9e999"), None
    if value == 0 or reads_exactly(value):
        return repr(value), None
    return f"({_product(value)})", None


def reads_exactly(value: float) -> bool:
    """Tell whether every way of reading the decimal digits of a double leads back to it.

    With digits and a power of ten that are doubles themselves it takes one operation, which IEEE 754
    rounds correctly; a long double rounds twice, which goes wrong only close to the middle between two doubles.
    """
    _, digits, exponent = decimal.Decimal(repr(value)).normalize().as_tuple()
    number, exponent = int("".join(map(str, digits))), int(exponent)
    if exponent >= 0:
        return exponent <= _EXACT_POWER and number * 5**exponent < _EXACT_INTEGER
    return number < _EXACT_INTEGER and -exponent <= _EXACT_POWER and not _nears_a_middle(abs(value), number, -exponent)


def _nears_a_middle(value: float, number: int, places: int) -> bool:
    """Tell whether number / 10**places lies close to where one double ends and the next begins."""
    for neighbour in (math.nextafter(value, 0), math.nextafter(value, math.inf)):
        # The middle is (a/b + c/d) / 2; both sides are multiplied by all denominators.
        (a, b), (c, d) = value.as_integer_ratio(), neighbour.as_integer_ratio()
        middle = (a * d + c * b) * 10**places
        if abs(2 * b * d * number - middle) << _MARGIN_BITS <= middle:
            return True
    return False


def _product(value: float) -> str:
    """Write a double as a whole number times or by powers of two: each step is exact.

    The 1.0 makes it a calculation with doubles; whole numbers become doubles by C's conversion.
    """
    fraction, exponent = math.frexp(value)
    number, exponent = int(fraction * _EXACT_INTEGER), exponent - _MANTISSA_BITS
    # Without its even part a number stays exact down to the smallest doubles.
    even = (number & -number).bit_length() - 1
    number, exponent = number >> even, exponent + even
    sign, rest = ("*" if exponent > 0 else "/"), abs(exponent)
    powers = [_FACTOR_BITS] * (rest // _FACTOR_BITS) + [rest % _FACTOR_BITS] * bool(rest % _FACTOR_BITS)
    return f"1.0 * {number}" + "".join(f" {sign} {2**power}" for power in powers)
