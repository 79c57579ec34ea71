"""Own the proof that a new layout says the same: a second scanner, which shares no code with the first.

It knows less than the scanner that lays statements out, and is stricter. A lexeme is the longest run
of words, numbers, literals, quoted names and full stops without a blank between them; a run of
operator characters; a comment; or one other character. So a blank that appears or vanishes between
two parts of a run shows, even where the server wouldn't mind.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from changescript.formatting.lexicon import DOLLAR_QUOTE, Lexicon, Quoted

_OPENS_DOLLARS = re.compile(rf"{DOLLAR_QUOTE}\Z").match
_NEVER = "(?!)"


def same_statement(a: str, b: str, lexicon: Lexicon) -> bool:
    """Say whether two texts differ in nothing but white space that neither server nor client minds."""
    return a == b or (
        lexemes(a, lexicon) == lexemes(b, lexicon) and _client_lines(a, lexicon) == _client_lines(b, lexicon)
    )


def lexemes(sql: str, lexicon: Lexicon) -> list[str]:
    """Return the lexemes of a text; what opens and never closes is its last lexeme."""
    pattern = _pattern(lexicon)
    found: list[str] = pattern.findall(sql)
    while found and not found[-1]:  # the end of the text, met before and behind its last blanks
        found.pop()
    if "/*" in found or ("$" in sql and any(map(_OPENS_DOLLARS, found))) or _opens_q(sql, lexicon):
        return list(_walk(sql, lexicon, pattern))
    return found


def _walk(sql: str, lexicon: Lexicon, pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield the lexemes where some of them need counting or looking for an end of their own."""
    position = 0
    while (found := pattern.match(sql, position)) and found[1]:
        start, position = found.span(1)
        text = found[1]
        if text == "/*":
            position = _comment_end(sql, start, nested=lexicon.nested_comments)
        elif lexicon.dollar_quotes and _OPENS_DOLLARS(text):
            position = _end(sql, text, position)
        elif lexicon.q_quotes and text.lower() in {"q'", "nq'"}:
            opening = sql[position : position + 1]
            closing = dict(zip("[{(<", "]})>", strict=True)).get(opening, opening)
            position = _end(sql, closing + "'", position + 1)
        yield sql[start:position]


def _comment_end(sql: str, start: int, *, nested: bool) -> int:
    if not nested:
        return _end(sql, "*/", start + 2)
    depth, position, closing = 1, start + 2, start
    while depth:
        if closing < position:
            closing = sql.find("*/", position)
        if closing < 0:
            return len(sql)
        opening = sql.find("/*", position, closing + 1)  # `/*/` opens, it doesn't close
        depth += 1 if opening >= 0 else -1
        position = (opening if opening >= 0 else closing) + 2
    return position


def _end(sql: str, closing: str, start: int) -> int:
    found = sql.find(closing, start)
    return len(sql) if found < 0 else found + len(closing)


def _client_lines(sql: str, lexicon: Lexicon) -> int:
    """Count the lines that the client takes for itself; a layout must not make one, nor hide one."""
    if lexicon.client_line is None:
        return 0
    return sum(1 for _ in re.finditer(rf"(?m:^{lexicon.client_line}\r?$)", sql))


def _opens_q(sql: str, lexicon: Lexicon) -> bool:
    return lexicon.q_quotes and ("q'" in sql or "Q'" in sql)


@lru_cache
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the expression of one lexeme, or of the opening of one that needs looking for its end.

    The first three only save time: they are complete runs of the general one, by what follows them.
    """
    quotes = lexicon.strings + lexicon.names
    word = f"{lexicon.word_start}{lexicon.word_rest}*+"
    parts = [
        f"{word}(?!['\"&])",
        r"\d[\d_]*(?:[eE][+-]?\d+)?",
        r"\.",
        *map(_literal, quotes),
        *(rf"{quoted.prefix}{re.escape(quoted.opening)}[\s\S]*+" for quoted in quotes),
        word,
        r"\$\d+" if lexicon.dollar_quotes else _NEVER,
    ]
    # MySQL calls a built-in function only where its name touches the bracket; VALUES is none.
    call = r"(?:(?<!\b(?i:values))\()?" if lexicon.glued_calls else ""
    dashes = r"--(?![^\s\x00-\x1f])" if lexicon.dash_comment_needs_blank else "--"
    alternatives = [
        "[,()]",
        rf"[A-Za-z0-9_.]++(?=[ \n,){'' if lexicon.glued_calls else '('}])",
        r"'[^'\\]*+'(?=[,)])",
        "[nN]?[qQ]'" if lexicon.q_quotes else _NEVER,
        DOLLAR_QUOTE if lexicon.dollar_quotes else _NEVER,
        f"(?:{'|'.join(parts)})++{call}",
        f"(?:{dashes}{'|#' if lexicon.hash_comments else ''})[^{lexicon.comment_ends}]*+",
        r"/\*",
        rf"(?:(?!{dashes}|/\*)[{lexicon.operators}:])++",
        r"[^ \t\r\n\f]",
        r"\Z",
    ]
    return re.compile(rf"[ \t\r\n\f]*+({'|'.join(alternatives)})")


def _literal(quoted: Quoted) -> str:
    """Return the expression of a literal, and of the literals that continue it after a line end."""
    end = re.escape(quoted.closing)
    plain = rf"[^{end}\\]*+" if quoted.backslash else f"[^{end}]*+"
    escapes = ([end * 2] if quoted.doubled else []) + ([r"\\[\s\S]"] if quoted.backslash else [])
    rest = f"(?:(?:{'|'.join(escapes)}){plain})*+" if escapes else ""
    body = re.escape(quoted.opening) + plain + rest + end
    blank = r"(?:[ \t\f\v]|--[^\r\n]*)*+[\r\n](?:[ \t\r\n\f\v]|--[^\r\n]*[\r\n])*+"
    return quoted.prefix + body + (f"(?:{blank}{body})*+" if quoted.continued else "")
