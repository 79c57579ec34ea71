"""Own the layout of one statement, and be the only module that imports sqlparse.

sqlparse 0.6.1 lends its token types, its flat Statement and its keyword lists. Its own layout, its
splitting and its grouping are never called: they change statements, and take quadratic time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlparse import tokens as T  # noqa: N812 - sqlparse's own name for it
from sqlparse.lexer import Lexer
from sqlparse.sql import Statement
from sqlparse.sql import Token as SqlToken

from changescript.formatting.bulk import lay_out_bulk
from changescript.formatting.layout import WIDTH, lay_out
from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import Lexicon
from changescript.formatting.pieces import LITERAL, NAME, NUMBER, gather
from changescript.formatting.procedural import is_procedural
from changescript.formatting.scanner import BLANKS, scan

# sqlparse has no annotations.
_new_statement: Callable[[list[SqlToken]], Any] = Statement
_new_token: Callable[[Any, str], SqlToken] = SqlToken
_lexer: Any = Lexer

_BULK = 250_000
"""Characters from which a statement is laid out without an object for each token."""

_TYPES: dict[str, Any] = {
    "blank": T.Whitespace,
    "comment": T.Comment,
    "hint": T.Comment.Multiline.Hint,
    "executable": T.Comment,
    "string": T.String.Single,
    "name": T.String.Symbol,
    "number": T.Number,
    "operator": T.Operator,
    "colon": T.Punctuation,
    "punctuation": T.Punctuation,
    "unfinished": T.Error,
}
_MARKS: dict[Any, str] = {
    T.Whitespace: " ",
    T.String.Single: LITERAL,
    T.String.Symbol: NAME,
    T.Number: NUMBER,
}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A statement as it goes into the script."""

    text: str
    """Without its terminator, and without blanks at the end of a line of code."""
    verbatim: bool
    """Whether it keeps the layout that its author, or SQLAlchemy, gave it."""


def format_statement(sql: str, lexicon: Lexicon, width: int = WIDTH) -> Formatted:
    """Lay one statement out, by white space alone; `sql` has no terminator.

    What holds a comment or a body keeps its own layout, and so does what can't be proven unchanged.
    """
    body = sql.strip(BLANKS)
    bulk = len(body) >= _BULK
    text = lay_out_bulk(body, lexicon, width) if bulk else _lay_out_tokens(body, lexicon, width)
    if text is None or not same_statement(body, text, lexicon):
        return Formatted(body, verbatim=True)
    return Formatted(text, verbatim=False)


def _lay_out_tokens(sql: str, lexicon: Lexicon, width: int) -> str | None:
    statement = _new_statement(list(_sql_tokens(sql, lexicon)))
    if not sql or any(token.ttype in (T.Comment, T.Error) for token in statement.tokens):
        return None
    laid_out = _LayoutFilter(width).process(statement)
    return laid_out and "".join(token.value for token in laid_out.tokens)


def _sql_tokens(sql: str, lexicon: Lexicon) -> Iterator[SqlToken]:
    for kind, text, _ in scan(sql, lexicon):
        yield _new_token(_keyword_type(text) if kind == "word" else _TYPES[kind], text)


@lru_cache(maxsize=4096)
def _keyword_type(word: str) -> Any:  # noqa: ANN401 - sqlparse is untyped
    return _lexer.get_default_instance().is_keyword(word)[0]


@dataclass(frozen=True, slots=True)
class _LayoutFilter:
    """Replaces the white space of a flat statement; a filter of sqlparse's statement stage."""

    width: int

    def process(self, statement: Any) -> Any:  # noqa: ANN401 - sqlparse is untyped
        """Return the statement laid out, or None where its own layout must stay."""
        pieces = gather(_marked(statement.tokens))
        if pieces is None or is_procedural(pieces):
            return None
        code = [token for token in statement.tokens if token.ttype is not T.Whitespace]
        statement.tokens = [
            token
            for space, piece in zip(lay_out(pieces, self.width), code, strict=True)
            for token in (_new_token(T.Whitespace, space), piece)
        ]
        return statement


def _marked(tokens: Iterable[SqlToken]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        yield _MARKS.get(token.ttype) or token.value.upper(), token.value
