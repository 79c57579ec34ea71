"""Own what is left of a text when all that no client or server could take for more than it is has been left out.

One expression reads the text, so most statements need no look at their tokens.
"""

import re
from functools import lru_cache

from changescript.formatting.lexicon import Lexicon, Quoted

_DEPTH = 8


def signs_of(sql: str, lexicon: Lexicon) -> str | None:
    """Return the brackets and semicolons of a text, and the colons that touch what may be a variable's name.

    Return None where comments, backslashes, dollar signs and the like make it a matter of tokens.
    """
    text, harmless = _expressions(lexicon)
    return harmless.sub("", sql) if text.fullmatch(sql) else None


def pairs_up(signs: str) -> bool:
    """Say whether these brackets pair up for certain: a few may stand in each other."""
    for _ in range(_DEPTH):
        if not signs:
            return True
        signs = signs.replace("()", "")
    return not signs


@lru_cache
def _expressions(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the expression of a whole text in which nothing else stands, and of a run of what is harmless."""
    harmless = _harmless(lexicon)
    return re.compile(f"(?:{harmless}|[();:])*+"), re.compile(f"(?:{harmless})++")


def _harmless(lexicon: Lexicon) -> str:
    openings = {quoted.opening for quoted in lexicon.strings + lexicon.names}
    closings = {quoted.closing for quoted in lexicon.strings + lexicon.names}
    others = "#" * lexicon.hash_comments + "$" * lexicon.dollar_quotes
    apart = re.escape("".join(sorted(openings | closings)) + others + "();:-/\\\0")
    parts = [
        f"[^{apart}]++",
        *(part for quoted in lexicon.strings for part in _literals(quoted, lexicon)),
        *(_quoted(quoted) for quoted in lexicon.names),
        r"-(?!-)|/(?!\*)",
        # psqlscan.l: what may follow the colon of a variable
        "::|:=|:(?![\\w'\"{:=]|[^\\x00-\\x7f])",
    ]
    return "|".join(parts)


def _literals(quoted: Quoted, lexicon: Lexicon) -> list[str]:
    """Return the expressions of a literal, which say no more of its prefix than its end depends on."""
    if not quoted.continued:
        before = "(?<![qQ])" if lexicon.q_quotes else ""
        return [before + _quoted(quoted)]
    if quoted.backslash:
        return [rf"(?<=[\s,(=][eE]){_quoted(quoted)}"]
    # A backslash may be plain only where no E'...' goes on; 1E'...' is for the server's version to say.
    return [rf"(?:(?<=[(,=])|(?<=[,=] )){_quoted(quoted)}", r"(?<![eE])'[^'\\]*+'"]


def _quoted(quoted: Quoted) -> str:
    opening, closing = re.escape(quoted.opening), re.escape(quoted.closing)
    stops = closing + (r"\\" if quoted.backslash else "")
    escapes = [closing * 2] * quoted.doubled + [r"\\[\s\S]"] * quoted.backslash
    rest = f"(?:(?:{'|'.join(escapes)})[^{stops}]*+)*+" if escapes else ""
    return f"{opening}[^{stops}]*+{rest}{closing}"
