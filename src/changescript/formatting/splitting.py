"""Own where one statement ends and the next begins, and never guess it."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from changescript.formatting.blocks import BlockTracker, UnsplittableStatement, block_tracker
from changescript.formatting.lexicon import Blocks, Lexicon
from changescript.formatting.pieces import words
from changescript.formatting.scanner import BLANKS, INSIGNIFICANT, Token, kind_of, scan, texts_of

__all__ = [
    "UnsplittableStatement",
    "ends_in_comment",
    "first_words",
    "split_statements",
    "unterminated",
]

_MANY, _PER_WORD = 8, 50
"""Characters for each word, of a few, in which the first words of most statements stand."""
_CUT = 10
"""Tokens at the end of these that may be others when more follows."""
_PLAIN_TSQL = words("DELETE DENY DROP GRANT INSERT REVOKE TRUNCATE UPDATE")
_PLAIN_OBJECTS = frozenset({"INDEX", "SEQUENCE", "TABLE"})
_CONTROL_TSQL = words("BEGIN BREAK DECLARE ELSE END EXEC EXECUTE GOTO IF RETURN TRY WHILE")
_SEPARATORS = {
    Blocks.BATCHES: re.compile(r"(?im)^[ \t]*(GO)(?:[ \t]+\d+)?[ \t\r]*$"),
    Blocks.WHOLE_BLOCKS: re.compile(r"(?m)^[ \t]*(/)[ \t\r]*$"),
}
_PLSQL = frozenset({"FUNCTION", "PROCEDURE", "PACKAGE", "TRIGGER", "TYPE", "LIBRARY", "JAVA"})


def split_statements(sql: str, lexicon: Lexicon) -> list[str]:
    """Return the statements of a text, each without its terminator.

    A comment goes with the statement behind it, and behind the last one with that. Comments with no
    statement at all are dropped, because there is nothing to run. A PL/SQL block is one statement
    and keeps its semicolon. A T-SQL text that isn't a list of plain statements is one batch.

    Raise UnsplittableStatement where it isn't certain what the server would see.
    """
    _refuse_separators(sql, lexicon)
    if lexicon.blocks is Blocks.WHOLE_BLOCKS and _is_plsql(first_words(sql, lexicon, 6)):
        _refuse_unfinished(sql, lexicon)
        return [sql.strip(BLANKS)]
    pieces = list(_pieces(sql, lexicon))
    if lexicon.blocks is Blocks.BATCHES and len(pieces) > 1:
        plain = all(_is_plain_tsql(piece, lexicon) for piece in pieces)
        return pieces if plain else [sql.strip(BLANKS)]
    return pieces


@lru_cache(maxsize=4)
def first_words(sql: str, lexicon: Lexicon, count: int) -> tuple[str, ...]:
    """Return the first words of a statement, upper-cased; quoted names as they are written.

    Comments, literals, numbers and signs are left out. Several ask for the same words of a statement one after another.
    """
    found = _first_words_at_a_glance(sql, lexicon, count)
    return tuple(islice(_words(sql, lexicon), count)) if found is None else found


def ends_in_comment(sql: str, lexicon: Lexicon) -> bool:
    """Say whether a terminator right behind the text would be part of a line comment."""
    last_line = sql[sql.rfind("\n") + 1 :]
    if "--" not in last_line and "#" not in last_line:
        return False
    last = deque(scan(sql, lexicon), maxlen=1)
    return bool(last) and last[0].kind == "comment" and not last[0].text.startswith("/*")


def unterminated(sql: str, lexicon: Lexicon) -> bool:
    """Say whether a quote or comment opens in the text that nothing closes."""
    return any(token.kind == "unfinished" for token in scan(sql, lexicon))


_remembered_kind = lru_cache(maxsize=4096)(kind_of)


def _first_words_at_a_glance(sql: str, lexicon: Lexicon, count: int) -> tuple[str, ...] | None:
    """Return the first words where the beginning of the text shows them."""
    start = min(count, _MANY) * _PER_WORD
    whole = len(sql) <= start
    found: list[str] = []
    for text in texts_of(sql[:start], lexicon)[: None if whole else -_CUT]:
        kind = _remembered_kind(text, lexicon)
        if not kind:
            return None
        if kind in {"word", "name"}:
            found.append(text.upper() if kind == "word" else text)
            if len(found) == count:
                return tuple(found)
    return tuple(found) if whole else None


def _words(sql: str, lexicon: Lexicon) -> Iterator[str]:
    for token in scan(sql, lexicon):
        if token.kind == "word":
            yield token.text.upper()
        elif token.kind == "name":
            yield token.text


@dataclass(slots=True)
class _Piece:
    """The statement being read: where it began, and what is open in it."""

    tracker: BlockTracker
    start: int
    brackets: int = 0
    significant: bool = False
    words: list[str] = field(default_factory=list)


def _pieces(sql: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the statements between semicolons that stand outside brackets and blocks."""
    piece = _Piece(block_tracker(lexicon.blocks), 0)
    held: str | None = None
    for token in scan(sql, lexicon):
        _see(piece, token, lexicon)
        if token.text != ";" or piece.brackets or not piece.tracker.may_end():
            continue
        if piece.significant:
            if held is not None:
                yield held
            held = sql[piece.start : token.start].strip(BLANKS)
        elif sql[piece.start : token.start].strip(BLANKS):
            raise UnsplittableStatement("a semicolon with nothing but a comment before it")
        piece = _Piece(block_tracker(lexicon.blocks), token.start + 1)
    _refuse_open(piece)
    rest = sql[piece.start :].strip(BLANKS)
    if held is not None:
        yield held if piece.significant or not rest else f"{held}\n{rest}"
    if piece.significant:
        yield rest


def _see(piece: _Piece, token: Token, lexicon: Lexicon) -> None:
    if token.kind in INSIGNIFICANT:
        _refuse_lone_return(token, lexicon)
        return
    if token.kind == "unfinished":
        raise UnsplittableStatement("a quote or comment that is never closed")
    if token.kind == "executable" and not set("'\"`;").isdisjoint(token.text):
        raise UnsplittableStatement("a /*! ... */ comment that holds quotes or semicolons")
    piece.significant = piece.significant or token.text != ";"
    piece.brackets += (token.text == "(") - (token.text == ")")
    if piece.brackets < 0:
        raise UnsplittableStatement("a closing bracket that nothing opens")
    if token.kind == "word":
        _see_word(piece, token.text.upper(), lexicon)
    piece.tracker.see(token, piece.brackets)


def _see_word(piece: _Piece, word: str, lexicon: Lexicon) -> None:
    """Refuse what only a client, or only a server in one piece, can read."""
    piece.words.append(word)
    words = piece.words
    if words == ["DELIMITER"] and lexicon.blocks is Blocks.ROUTINE_BODIES:
        raise UnsplittableStatement("the client's DELIMITER command")
    if words[0] == "COPY" and words[-2:] in (["FROM", "STDIN"], ["TO", "STDOUT"]):
        raise UnsplittableStatement("COPY from or to the client")
    if lexicon.blocks is Blocks.WHOLE_BLOCKS and _is_plsql(tuple(words[:6])):
        raise UnsplittableStatement("a PL/SQL block behind another statement")


def _refuse_open(piece: _Piece) -> None:
    if piece.brackets:
        raise UnsplittableStatement("a bracket that is never closed")
    if not piece.tracker.may_end():
        raise UnsplittableStatement("a block that is never closed")


def _refuse_lone_return(token: Token, lexicon: Lexicon) -> None:
    """Refuse a carriage return inside a line comment that only some servers end it at."""
    lone = "\r" in token.text.rstrip("\r") and not token.text.startswith("/*")
    if token.kind == "comment" and lone and "\\r" not in lexicon.comment_ends:
        raise UnsplittableStatement("a line comment with a carriage return inside")


def _refuse_separators(sql: str, lexicon: Lexicon) -> None:
    """Refuse batch separators: the client acts on them, and online the server fails on them."""
    line = _SEPARATORS.get(lexicon.blocks)
    alone = {found.start(1) for found in line.finditer(sql)} if line else set()
    if alone and any(token.start in alone for token in scan(sql, lexicon)):
        raise UnsplittableStatement("a line with the client's batch separator")


def _refuse_unfinished(sql: str, lexicon: Lexicon) -> None:
    if unterminated(sql, lexicon):
        raise UnsplittableStatement("a quote or comment that is never closed")


def _is_plsql(words: tuple[str, ...]) -> bool:
    if words[:1] in (("BEGIN",), ("DECLARE",)):
        return True
    if words[:2] in (("WITH", "FUNCTION"), ("WITH", "PROCEDURE")):
        return True
    kinds = [w for w in words[1:] if w not in {"OR", "REPLACE", "EDITIONABLE", "NONEDITIONABLE"}]
    return words[:1] == ("CREATE",) and bool(kinds) and kinds[0] in _PLSQL


def _is_plain_tsql(statement: str, lexicon: Lexicon) -> bool:
    """Say whether a statement means the same in a batch of its own: it uses no variables or IF."""
    first, second, *_ = (*first_words(statement, lexicon, 2), "", "")
    known = first in _PLAIN_TSQL or (first in {"ALTER", "CREATE"} and second in _PLAIN_OBJECTS)
    return known and not any(word in _CONTROL_TSQL or word.startswith("@") for word in _words(statement, lexicon))
