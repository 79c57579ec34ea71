"""Outside text in a comment: it stays on its line, and looks like what it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changescript.comments import safe_comment

LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\x00\x07\x08\x1b\x7f\x9b\u200b\u200d\u2060\ufeff\U000e0041"


@pytest.mark.parametrize("char", LINE_ENDS + BIDI + UNSEEN)
def test_hidden_character_stands_as_its_number(char: str) -> None:
    """Nothing ends the line, turns it around or writes over it; a reader sees that it was there."""
    assert safe_comment(f"a{char}DROP TABLE t;") == f"a\\u{ord(char):04x}DROP TABLE t;"


@pytest.mark.parametrize("text", ["", "add index", "zażółć 表 🔥", "it's 100 % -- /* done */; \\"])
def test_visible_text_stays_as_it_is(text: str) -> None:
    """In any script; a comment may hold quotes and dashes."""
    assert safe_comment(text) == text


def test_half_of_a_surrogate_pair_can_be_written() -> None:
    """A script is UTF-8, which has no room for it."""
    assert safe_comment("a\ud83d").encode() == b"a\\ud83d"


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_text_becomes_one_visible_line(text: str) -> None:
    """No line break in anybody's sense, no control, no format character; and again it stays so."""
    shown = safe_comment(text)
    assert len(shown.splitlines()) <= 1
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Zl", "Zp"} for char in shown)
    assert safe_comment(shown) == shown
    assert shown.encode().decode() == shown
