"""Makes outside text safe for one line of a comment or of a terminal."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"}
"""Unicode categories that would end a comment line, or make it look like something else (bidi controls)."""


def safe_comment(text: str) -> str:
    r"""Return the text on one line: hidden characters stand as `\\uXXXX`.

    So does the parenthesis of `$(`, for which sqlcmd would put a variable in comments too.
    """
    text = text.replace("$(", r"$\u0028")
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{ord(char):04x}" if unicodedata.category(char) in _HIDDEN else char for char in text)
