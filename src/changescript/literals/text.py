"""Which characters of a text can stand in a script, and be seen there; knows no dialect."""

from __future__ import annotations

import re

from changescript.literals.rules import Inexact

UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control, bidirectional and invisible characters: a reviewer could not see what they do."""


def check_characters(text: str) -> None:
    """Raise Inexact for text that no encoding can hold."""
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return
    raise Inexact("it holds a lone surrogate, which is no character")
