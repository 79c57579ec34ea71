"""Own the division of SQL text into tokens by a dialect's rules; know nothing of layout."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from changescript.formatting.lexicon import DOLLAR_QUOTE, Lexicon, Quoted

BLANKS = " \t\r\n\f"
"""White space in every dialect; anything rarer is a token, so that it is never touched."""

INSIGNIFICANT = frozenset({"blank", "comment", "hint"})
"""The kinds of tokens that a server reads as white space."""

_NUMBER = (
    r"0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+"
    r"|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?"
)
_CONTINUATION = r"(?:[ \t\f\v]|--[^\r\n]*)*+[\r\n](?:[ \t\r\n\f\v]|--[^\r\n]*[\r\n])*+"
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_OPENINGS = frozenset({"open_comment", "open_q", "open_dollar", "open_quote"})
"""What the expression finds only the beginning of; for a quote that means that it never closes."""
_Q_BRACKETS = {"[": "]", "{": "}", "(": ")", "<": ">"}


class Token(NamedTuple):
    """One token, or one run of white space, of a statement."""

    kind: str
    """blank, comment, hint, executable, string, name, number, word, operator, colon, punctuation
    or unfinished (an opening that nothing closes, or not all servers alike: the rest of the text)."""
    text: str
    start: int


def scan(sql: str, lexicon: Lexicon, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of `sql` from `start` on; their texts, joined, are the text."""
    pattern = _pattern(lexicon)
    length = len(sql)
    while start < length:
        for found in pattern.finditer(sql, start):
            kind = found.lastgroup or ""
            if kind not in _OPENINGS:
                yield Token(kind, found[0], found.start())
                continue
            opening, end = found.start(), _close(sql, found, lexicon)
            kind = _closed_kind(kind, sql, opening, lexicon) if end else "unfinished"
            start = end or length
            yield Token(kind, sql[opening:start], opening)
            break
        else:
            return


def texts_of(sql: str, lexicon: Lexicon) -> list[str]:
    """Return the texts of the tokens at the speed of a single call.

    Where `kind_of` knows no kind for one of them, the texts behind it are no tokens: `scan` finds those.
    """
    found: list[str] = _bare_pattern(lexicon).findall(sql)
    return found


def kind_of(text: str, lexicon: Lexicon) -> str:
    """Return the kind of a token that `texts_of` found, or "" where only what stands around it tells."""
    found = _pattern(lexicon).fullmatch(text)
    kind = (found and found.lastgroup) or ""
    # MySQL's `--` is a comment at the end of a line, and two signs before anything else
    unclear = kind in _OPENINGS or (text == "--" and lexicon.dash_comment_needs_blank)
    return "" if unclear else kind


@lru_cache
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _groups(lexicon)))


@lru_cache
def _bare_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the same without groups: a list of strings is made in a third of the time that matches take.

    A quote that never closes takes the rest with it, or each quote behind it would look for its end in vain.
    """
    rest = {"open_quote": r"[\s\S]*+"}
    return re.compile("|".join(f"(?:{pattern}){rest.get(name, '')}" for name, pattern in _groups(lexicon)))


def _groups(lexicon: Lexicon) -> list[tuple[str, str]]:
    """Return the kinds of tokens and their expressions, in the order in which they are tried."""
    strings = "|".join(map(_quoted, lexicon.strings))
    names = "|".join(map(_quoted, lexicon.names))
    quotes = lexicon.strings + lexicon.names
    openings = "|".join(quoted.prefix + re.escape(quoted.opening) for quoted in quotes)
    # PostgreSQL 14 reads 1E'...' as a number and an escape string, 15 as junk and a plain one.
    unclear = [rf"(?:{_NUMBER}|\$\d+)[eE]'"] if lexicon.dollar_quotes else []
    return [
        ("blank", rf"[{BLANKS}]++"),
        ("comment", _line_comment(lexicon)),
        ("open_comment", r"/\*"),
        *([("open_q", r"[nN]?[qQ]'")] if lexicon.q_quotes else []),
        ("string", strings),
        ("name", names),
        # before words: the E of an E'...' that never closes is no word, nor is the rest a literal
        ("open_quote", "|".join([*unclear, openings])),
        *([("open_dollar", DOLLAR_QUOTE)] if lexicon.dollar_quotes else []),
        ("number", _NUMBER),
        ("word", rf"{lexicon.word_start}{lexicon.word_rest}*+|\$\d+"),
        # psqlscan.l reads colons in this order, and a single one may start a variable.
        ("colon", "::|:=|:(?![:=])"),
        ("operator", _operators(lexicon)),
        ("punctuation", r"[\s\S]"),
    ]


def _quoted(quoted: Quoted) -> str:
    """Return the regular expression of a complete literal or quoted name."""
    closing = re.escape(quoted.closing)
    plain = rf"[^{closing}\\]*+" if quoted.backslash else f"[^{closing}]*+"
    escapes = [closing * 2] * quoted.doubled + [r"\\[\s\S]"] * quoted.backslash
    inside = f"{plain}(?:(?:{'|'.join(escapes)}){plain})*+" if escapes else plain
    body = f"{re.escape(quoted.opening)}{inside}{closing}"
    more = f"(?:{_CONTINUATION}{body})*+" if quoted.continued else ""
    return quoted.prefix + body + more


def _line_comment(lexicon: Lexicon) -> str:
    """Return the regular expression of a line comment."""
    # MySQL reads `5--1` as 5 - (-1): its comment needs a blank or a control character.
    dashes = r"--(?=[\s\x00-\x1f]|\Z)" if lexicon.dash_comment_needs_blank else "--"
    starts = f"(?:{dashes}|#)" if lexicon.hash_comments else dashes
    return f"{starts}[^{lexicon.comment_ends}]*+"


def _operators(lexicon: Lexicon) -> str:
    """Return the regular expression of a run of operator characters, up to a comment."""
    dashes = r"--(?=[\s\x00-\x1f]|\Z)" if lexicon.dash_comment_needs_blank else "--"
    return rf"(?:(?!{dashes}|/\*)[{lexicon.operators}])++"


def _close(sql: str, found: re.Match[str], lexicon: Lexicon) -> int:
    """Return where the construct that opens here ends, or 0 where nothing closes it."""
    kind, inside = found.lastgroup, found.end()
    if kind == "open_dollar":
        return _after(sql, found[0], inside)
    if kind == "open_q":
        delimiter = sql[inside : inside + 1]
        return _after(sql, _Q_BRACKETS.get(delimiter, delimiter) + "'", inside + 1)
    if kind == "open_comment" and lexicon.nested_comments:
        return _nested_comment_end(sql, found.start())
    return _after(sql, "*/", inside) if kind == "open_comment" else 0


def _after(sql: str, closing: str, start: int) -> int:
    found = sql.find(closing, start)
    return found + len(closing) if found >= 0 else 0


def _nested_comment_end(sql: str, start: int) -> int:
    depth = 0
    for edge in _COMMENT_EDGE.finditer(sql, start):
        depth += 1 if edge.group() == "/*" else -1
        if depth == 0:
            return edge.end()
    return 0


def _closed_kind(kind: str, sql: str, start: int, lexicon: Lexicon) -> str:
    if kind != "open_comment":
        return "string"
    if lexicon.executable_comments and sql.startswith(("/*!", "/*M!"), start):
        return "executable"
    return "hint" if sql.startswith("/*+", start) else "comment"
