"""Puts literals into statements that a careless reader would take for something else."""

from collections.abc import Iterator
from itertools import cycle

from changescript.formatting.lexicon import Lexicon
from changescript.formatting.scanner import scan

TEXTS = (
    "--",
    "-- not a comment\n",
    "/*",
    "*/",
    "/* a */ b",
    "/*! 1 */",
    ";",
    "a;\nb;",
    "'",
    "''",
    '"',
    "`",
    "[",
    "]]",
    "\\",
    "C:\\dir\\",
    "\\'; DROP TABLE t; --",
    "\\g\n",
    "\\! ls",
    "\n\n",
    "two\nlines",
    "\tx\t",
    "trailing  \n  blanks ",
    "a\r\nb",
    "a\rb",
    "$$",
    "$a$ x $a$",
    "$(PATH)",
    "&x",
    "&&x",
    ":x",
    ":'x'",
    "%s %(a)s %%",
    "{}",
    "\nGO\n",
    "\n/\n",
    "\n.\n",
    "a -\nb",
    "\nDELIMITER //\n",
    "\n:r x\n",
    "\n!!dir\n",
    "\n#x\n",
    "q'[",
    "]'",
    "E'",
    "CASE WHEN ( BEGIN",
    "SELECT 1) FROM (",
    "a\u00a0b",
    "a\u2028b\u3000",
    "\u202ex",
    "\ufeff",
    "e\u0301\U0001f600",
    "x" * 90,
    "x" * 97,
    "x" * 98,
    "x" * 99,
    "x" * 100,
    "word " * 60,
    "",
)


def injected(statements: list[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield the statements with each string literal in turn made hostile, in two ways."""
    texts = cycle(TEXTS)
    for sql in statements:
        for token in scan(sql, lexicon):
            if token.kind == "string" and token.text[0] == token.text[-1] == "'":
                for text in (next(texts), next(texts)):
                    yield sql[: token.start] + _literal(text, lexicon) + sql[token.start + len(token.text) :]


def _literal(text: str, lexicon: Lexicon) -> str:
    # the last is how a plain literal is written
    plain = next(quoted for quoted in reversed(lexicon.strings) if quoted.opening == "'")
    return "'" + (text.replace("\\", "\\\\") if plain.backslash else text).replace("'", "''") + "'"
