"""Own what psql would make of a statement before the server sees it (src/fe_utils/psqlscan.l)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import Lexicon
from changescript.formatting.quiet import pairs_up, signs_of
from changescript.formatting.scanner import Token, scan
from changescript.formatting.splitting import first_words

_HEAD = 4


@dataclass(frozen=True, slots=True)
class Hazard:
    """Something that psql would not pass on as it stands."""

    offset: int
    """Characters before it in the statement."""
    line: int
    """1-based line of the statement."""
    reason: str
    """What it is; never text of the statement."""


def psql_hazards(sql: str, lexicon: Lexicon) -> list[Hazard]:
    """Return what psql would run, cut off or swallow in a statement without its terminator."""
    if _is_harmless(sql, lexicon):
        return []
    return [Hazard(offset, sql.count("\n", 0, offset) + 1, reason) for offset, reason in sorted(_hazards(sql, lexicon))]


def shield_colons(sql: str, lexicon: Lexicon) -> str:
    """Return the statement with a blank behind each colon that psql could take for a variable's.

    psql replaces `:name`, `:'name'`, `:"name"` and `:{?name}` outside quotes and comments, so
    `a[1:size]` becomes `a[1: size]`, which the server reads the same.
    """
    if ":" not in sql:
        return sql
    signs = signs_of(sql, lexicon)
    if signs is not None and ":" not in signs:
        return sql
    parts: list[str] = []
    colon = False
    for token in scan(sql, lexicon):
        if colon and _may_name_variable(token):
            parts.append(" ")
        parts.append(token.text)
        colon = token.kind == "colon" and token.text == ":"
    shielded = "".join(parts)
    if not same_statement(sql, shielded, lexicon):  # a bug of ours, never the statement's
        raise AssertionError
    return shielded


def _may_name_variable(token: Token) -> bool:
    first = token.text[0]
    return first.isalnum() or first in "_'\"{" or not first.isascii()


def _is_harmless(sql: str, lexicon: Lexicon) -> bool:
    """Say whether even without a look at its tokens a statement is seen to hold no hazard."""
    signs = signs_of(sql, lexicon)
    if signs is None or "\0" in sql or not pairs_up(signs.replace(":", "")):
        return False
    return "CREATE" not in sql.upper() or not _creates_routine(sql, lexicon)


def _hazards(sql: str, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    nul = sql.find("\0")
    if nul >= 0:
        yield nul, "a NUL character, which ends the line for psql"
    escaped = False
    waiting = _Waiting(_creates_routine(sql, lexicon))
    for token in scan(sql, lexicon):
        if token.kind == "unfinished":
            yield token.start, "a quote or comment that is never closed"
        elif token.kind == "word":
            waiting.see_word(token)
        elif token.kind == "punctuation":
            if token.text == "\\":
                yield token.start, "a backslash outside quotes, which psql takes for a command"
            elif token.text == ";" and not escaped and not waiting.brackets and not waiting.blocks:
                yield token.start, "a semicolon at which psql ends the statement"
            waiting.see_sign(token)
        escaped = token.text == "\\"
    if waiting.brackets:
        yield waiting.brackets[-1], "a bracket that is never closed, so psql waits for its end"
    if waiting.blocks:
        yield waiting.blocks[-1], "a BEGIN without END in a routine, so psql waits for its end"


def _creates_routine(sql: str, lexicon: Lexicon) -> bool:
    head = [word for word in first_words(sql, lexicon, _HEAD) if word not in {"OR", "REPLACE"}]
    return head[:1] == ["CREATE"] and head[1:2] in (["FUNCTION"], ["PROCEDURE"])


@dataclass(slots=True)
class _Waiting:
    """Why psql would not yet end a statement at a semicolon: the offsets of what is open."""

    routine: bool
    """Only in a routine does psql count BEGIN and CASE, which END closes (from version 14 on)."""
    brackets: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)

    def see_sign(self, token: Token) -> None:
        if token.text == "(":
            self.brackets.append(token.start)
        elif token.text == ")" and self.brackets:
            self.brackets.pop()

    def see_word(self, token: Token) -> None:
        if not self.routine or self.brackets:
            return
        word = token.text.upper()
        if word == "BEGIN" or (word == "CASE" and self.blocks):
            self.blocks.append(token.start)
        elif word == "END" and self.blocks:
            self.blocks.pop()
