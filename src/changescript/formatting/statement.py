"""Own the layout of one statement, proven or verbatim."""

from dataclasses import dataclass
from functools import partial
from itertools import chain

from changescript.formatting.bulk import lay_out_bulk
from changescript.formatting.layout import WIDTH, lay_out
from changescript.formatting.lexemes import same_statement
from changescript.formatting.lexicon import Lexicon
from changescript.formatting.marks import read_marks
from changescript.formatting.narrowing import narrow
from changescript.formatting.pieces import gather
from changescript.formatting.plain import lay_out_plain
from changescript.formatting.procedural import HEAD, is_procedural, may_hold_body
from changescript.formatting.scanner import BLANKS
from changescript.formatting.splitting import first_words

_WITH_ROWS = frozenset({"INSERT ", "INSERT\n", "REPLACE"})
_SAMPLE = 2_000
"""Characters that show whether a statement is longer than a line."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A statement as it goes into the script."""

    text: str
    """Without its terminator, and without blanks at the end of a line of code."""
    verbatim: bool
    """Whether it keeps the layout that its author, or SQLAlchemy, gave it, but for lines that were too wide."""


def format_statement(sql: str, lexicon: Lexicon, width: int = WIDTH) -> Formatted:
    """Lay one statement out, by white space alone; `sql` has no terminator.

    What holds a comment or a body keeps its own layout, and so does what can't be proven unchanged.
    """
    body = sql.strip(BLANKS)
    text = _lay_out(body, lexicon, width)
    if text is None or not same_statement(body, text, lexicon):
        return Formatted(body if _is_kept(body, lexicon) else narrow(body, lexicon, width), verbatim=True)
    return Formatted(text, verbatim=False)


def _is_kept(sql: str, lexicon: Lexicon) -> bool:
    """Say whether the server would store other blanks than the author's."""
    return lexicon.keeps_bodies and may_hold_body(first_words(sql, lexicon, HEAD))


def _lay_out(sql: str, lexicon: Lexicon, width: int) -> str | None:
    """Return the statement laid out, or None where its own layout must stay."""
    by_tokens = partial(lay_out_tokens, lexicon=lexicon, width=width)
    plain = lay_out_plain(sql, lexicon, width, by_tokens)
    if plain is not None:
        return plain
    return lay_out_bulk(sql, lexicon, width) if _may_have_rows(sql, width) else by_tokens(sql)


def _may_have_rows(sql: str, width: int) -> bool:
    """Say whether a statement can be laid out row by row: it must be longer than a line, blanks aside."""
    return sql[:7].upper() in _WITH_ROWS and len("".join(sql[:_SAMPLE].split())) > width


def lay_out_tokens(sql: str, lexicon: Lexicon, width: int) -> str | None:
    """Return the statement laid out by its tokens, or None where its own layout must stay."""
    tokens = read_marks(sql, lexicon)
    pieces = gather(*tokens) if sql and tokens else None
    if pieces is None or is_procedural(pieces):
        return None
    return "".join(chain.from_iterable(zip(lay_out(pieces, width), pieces.texts, strict=True)))
