"""Own the expressions of text that layout leaves as it is, where it fits on a line: they save a look at each token.

What they match is written with single blanks, and holds nothing but words, numbers, literals, names and signs in
plain brackets. So whoever uses them may copy it, and leaves everything else to the layout of tokens.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from changescript.formatting.lexicon import Lexicon, Quoted

BLANKS = "[ \\t\\r\\n\\f]*+"

_NEVER = "(?!)"
# the prefix of a literal is part of it, and decides what a backslash does
_WORD = r"\w++(?:\.\w++)*+(?![\"'&])"
_SIGN = r"[.:+=<>|*]++|-(?!-)"


@dataclass(frozen=True, slots=True)
class Lines:
    """The expressions of one dialect, as text to build others from."""

    value: str
    """What layout never parts: words, literals and signs without a blank."""
    brackets: str
    """A pair of brackets with items in it, which may hold brackets themselves."""
    unit: str
    """The same with brackets, which may hold brackets and blanks."""
    item: str
    """What stands between two commas."""
    name: str
    """A table's, with its schema, or a column's."""


@lru_cache
def lines_of(lexicon: Lexicon) -> Lines:
    """Return the expressions of a dialect."""
    quoted = "|".join(map(on_one_line, lexicon.strings + lexicon.names))
    arrays = _NEVER if any(name.opening == "[" for name in lexicon.names) else r"\[\]"
    value = f"(?:{_WORD}|{_SIGN}|{quoted})++"
    simple = f"(?:{_WORD}|{_SIGN}|{quoted}|{arrays})"
    inner = _in_brackets(f"{simple}++")
    brackets = _in_brackets(f"(?:{simple}|{inner})++")
    unit = f"(?:{simple}|{brackets})++"
    part = "|".join(["[A-Za-z_][A-Za-z0-9_]*+", *map(on_one_line, lexicon.names)])
    name = rf"(?:{part})(?:\.(?:{part}))*+"
    return Lines(rf"(?![.:]){value}", brackets, unit, f"{unit}(?: {unit})*+", name)


def _in_brackets(unit: str) -> str:
    return rf"\((?:{unit}(?:,? {unit})*+)?\)"


def on_one_line(quoted: Quoted) -> str:
    """Return the expression of a literal or name that ends on the line on which it begins."""
    opening, closing = re.escape(quoted.opening), re.escape(quoted.closing)
    stops = rf"{closing}\n" + (r"\\" if quoted.backslash else "")
    escapes = [closing * 2] * quoted.doubled + [r"\\[^\n]"] * quoted.backslash
    rest = f"(?:(?:{'|'.join(escapes)})[^{stops}]*+)*+" if escapes else ""
    return f"{quoted.prefix}{opening}[^{stops}]*+{rest}{closing}"
