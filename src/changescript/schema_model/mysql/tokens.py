"""MySQL's statements as tokens, and a reader that takes them one after the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from changescript.schema_model.unknown import Unfollowed

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<space>\s+|--(?=\s)[^\n]*|\#[^\n]*|/\*(?!M?!).*?\*/|/\*M?!999999\\-.*?\*/|/\*M?!\d*|\*/)
    |(?P<string>(?:_\w+\s*)?'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")
    |(?P<quoted>`(?:[^`]|``)+`)
    |(?P<literal>[bBxXnN]'[^']*')
    |(?P<number>\d+(?:\.\d*)?(?:[eE][-+]?\d+)?(?![\w$])|\.\d+)
    |(?P<word>[\w$@]+)
    |(?P<sign><=>|<>|!=|<=|>=|:=|\|\||&&|.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a"}
_DELIMITER = re.compile(r"^[ \t]*DELIMITER[ \t]+(\S+)[ \t]*$", re.IGNORECASE | re.MULTILINE)


class Token(NamedTuple):
    """A piece of SQL and what kind of piece."""

    kind: str
    text: str


def tokens_of(sql: str) -> list[Token]:
    """Return the tokens of a text; what stands in version comments counts."""
    return [Token(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(sql) if found.lastgroup != "space"]


def statements_in(sql: str) -> Iterator[list[Token]]:
    """Go through the statements of a text by their tokens; DELIMITER is what the client makes of it."""
    parts = _DELIMITER.split(sql)
    yield from _statements(parts[0])
    for delimiter, text in zip(parts[1::2], parts[2::2], strict=True):
        if delimiter == ";":
            yield from _statements(text)
        else:
            yield from (found for one in text.split(delimiter) if (found := tokens_of(one)))


def _statements(sql: str) -> Iterator[list[Token]]:
    """Split at semicolons; a text that begins with a routine is one statement."""
    tokens = tokens_of(sql)
    if any(token.text.upper() in ("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT") for token in tokens[1:8]):
        yield tokens
        return
    statement: list[Token] = []
    for token in tokens:
        if token == (("sign", ";")):
            if statement:
                yield statement
            statement = []
        else:
            statement.append(token)
    if statement:
        yield statement


def text_of(token: Token) -> str:
    """Return what a quoted text says."""
    inner = token.text[token.text.index(token.text[-1]) + 1 : -1]
    if token.text[-1] == '"':
        inner = inner.replace('""', '"')
    return _ESCAPE.sub(lambda found: "'" if found[1] is None else _ESCAPED.get(found[1], found[1]), inner)


class Reader:
    """Takes tokens of one statement."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place = tokens, 0

    def at_end(self) -> bool:
        """Return whether all has been taken."""
        return self.place >= len(self.tokens)

    def peek(self, ahead: int = 0) -> str:
        """Return the next word or sign in capitals; nothing for what is quoted."""
        place = self.place + ahead
        if place >= len(self.tokens) or self.tokens[place].kind not in ("word", "sign"):
            return ""
        return self.tokens[place].text.upper()

    def accept(self, *words: str) -> bool:
        """Take these words if they come next."""
        if any(self.peek(ahead) != word for ahead, word in enumerate(words)):
            return False
        self.place += len(words)
        return True

    def one_of(self, *words: str) -> str:
        """Take the next word if it is one of these."""
        found = self.peek()
        if found not in words:
            return ""
        self.place += 1
        return found

    def expect(self, *words: str) -> None:
        """Take these words, which must come next."""
        if not self.accept(*words):
            raise Unfollowed("a statement isn't read to its end")

    def take(self) -> Token:
        """Take the next token."""
        if self.at_end():
            raise Unfollowed("a statement isn't read to its end")
        self.place += 1
        return self.tokens[self.place - 1]

    def name(self) -> str:
        """Take a name."""
        token = self.take()
        if token.kind == "quoted":
            return token.text[1:-1].replace("``", "`")
        if token.kind in ("word", "number"):
            return token.text
        raise Unfollowed("a name is expected")

    def qualified(self) -> str:
        """Take the name of a table of the default schema."""
        name = self.name()
        if self.peek() == ".":
            raise Unfollowed("a table of another schema")
        return name

    def string(self) -> str:
        """Take a quoted text."""
        token = self.take()
        if token.kind != "string":
            raise Unfollowed("a text is expected")
        return text_of(token)

    def parenthesized(self) -> list[Token]:
        """Take what stands in parentheses."""
        self.expect("(")
        found: list[Token] = []
        depth = 1
        while True:
            token = self.take()
            depth += (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0
            if depth == 0:
                return found
            found.append(token)

    def list_of_names(self) -> tuple[str, ...]:
        """Take names in parentheses."""
        inner = Reader(self.parenthesized())
        names = [inner.name()]
        while inner.accept(","):
            names.append(inner.name())
        return tuple(names)
