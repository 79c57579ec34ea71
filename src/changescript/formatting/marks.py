"""Own what each token is to the layout rules; the only module that imports sqlparse.

sqlparse 0.6.1 lends its token types. Its own layout, splitting and grouping are never called: they change statements,
and take quadratic time. Nor are its Token objects made: they alone take longer than all that happens here.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlparse import tokens as T  # noqa: N812 - sqlparse's own name for it

from changescript.formatting.lexicon import Lexicon
from changescript.formatting.pieces import LITERAL, NAME, NUMBER
from changescript.formatting.scanner import Token, kind_of, scan, texts_of

_TYPES: Mapping[str, Any] = MappingProxyType(
    {
        "blank": T.Whitespace,
        "comment": T.Comment,
        "hint": T.Comment.Multiline.Hint,
        "executable": T.Comment,
        "string": T.String.Single,
        "name": T.String.Symbol,
        "number": T.Number,
        "word": T.Name,
        "operator": T.Operator,
        "colon": T.Punctuation,
        "punctuation": T.Punctuation,
        "unfinished": T.Error,
    }
)
_UNTOUCHABLE = ""
_MARKS: Mapping[Any, str] = MappingProxyType(
    {
        T.Whitespace: " ",
        T.String.Single: LITERAL,
        T.String.Symbol: NAME,
        T.Number: NUMBER,
        T.Comment: _UNTOUCHABLE,
        T.Error: _UNTOUCHABLE,
    }
)
_LONGEST, _MOST = 40, 20_000


class _Opening(Exception):
    """The end of a token has yet to be looked for."""


class _Remembered(dict[str, str]):
    """The marks of tokens by their text; most texts of a script come again and again."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, text: str) -> str:
        kind = kind_of(text, self._lexicon)
        if not kind:
            raise _Opening
        mark = _mark(kind, text)
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[text] = mark
        return mark


_remembered = lru_cache(_Remembered)


def read_marks(sql: str, lexicon: Lexicon) -> tuple[list[str], list[str]] | None:
    """Return the marks and the texts of the tokens, or None where no layout may touch one of them."""
    texts = texts_of(sql, lexicon)
    try:
        marks = list(map(_remembered(lexicon).__getitem__, texts))
    except _Opening:
        tokens = list(scan(sql, lexicon))
        texts, marks = [token.text for token in tokens], list(map(mark_of, tokens))
    return None if _UNTOUCHABLE in marks else (marks, texts)


def mark_of(token: Token) -> str:
    """Return a blank, the upper-cased word, the sign, one of OPAQUE, or nothing where no layout may touch it."""
    return _mark(token.kind, token.text)


def _mark(kind: str, text: str) -> str:
    mark = _MARKS.get(_TYPES[kind])
    return text.upper() if mark is None else mark
