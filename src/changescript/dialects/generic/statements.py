"""What may stand in a script for a database whose own rules are not known; what is in doubt is refused."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.formatting import first_words
from changescript.formatting.lexicon import Blocks, Lexicon, Quoted
from changescript.segments import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEXICON = Lexicon(
    name="generic",
    strings=(Quoted("'", "'"),),
    names=(Quoted('"', '"'), Quoted("`", "`")),
    word_start=r"\w",
    word_rest=r"[\w$]",
    blocks=Blocks.ROUTINE_BODIES,
)
"""What standard SQL and its dialects agree on; where they do not, refusal_of() refuses."""

_CHANGES = {"CREATE", "ALTER", "DROP", "RENAME", "COMMENT", "GRANT", "REVOKE", "ANALYZE"}
_TAKEN = {"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "TRUNCATE", *_CHANGES}
_ROUTINES = {"FUNCTION", "PROCEDURE", "TRIGGER", "PACKAGE", "TASK", "EVENT", "MACRO", "AGGREGATE", "PIPE", "STREAM"}
_OF_THE_SESSION = {"TEMP", "TEMPORARY", "VOLATILE", "LOCAL"}
_WORDS = 5

_QUOTED = re.compile(r"""(--[^\n]*|/\*.*?\*/)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`""", re.DOTALL)

_ANYWHERE: Mapping[str, str] = MappingProxyType(
    {
        r"\\": "a backslash, which some databases take for an escape",
        "\0": "a NUL, which many clients take for the end",
        "'''|\"\"\"": "three quotes in a row, which have a meaning of their own in some databases",
    }
)
_OUTSIDE_QUOTES: Mapping[str, str] = MappingProxyType(
    {
        r"['\"`]": "a quote that is never closed",
        r"\$\$": "$$, which some databases take for a quote",
        r"#": "#, which some databases take for a comment",
        r"//": "//, which some databases take for a comment",
        r"--(?![\s-]|$)": "-- without a blank behind it, which is no comment everywhere",
        r"/\*!": "/*!, which some databases run",
        r"(?s:/\*.*/\*.*\*/.*\*/)": "a comment in a comment, which is not nested everywhere",
        r"[@&$?]\w|(?<!:):[\w\x01{]": "a sign and a name that some clients put a variable in place of",
    }
)
"""What has another meaning in another database, or for another client."""

_DROPS = re.compile(r"\bDROP (?!CONSTRAINT|DEFAULT|NOT|INDEX|KEY|PRIMARY|FOREIGN)|\bTYPE\b|\bMODIFY\b")


def mode_of(sql: str, *, autocommit: bool) -> Mode:  # noqa: ARG001 - nothing is known of transactions
    """Return that each statement is committed by itself."""
    return Mode.OUTSIDE


def refusal_of(sql: str) -> str | None:
    """Return why it is not certain what a database, or its client, would make of a statement, or None."""
    words = first_words(sql, LEXICON, _WORDS)
    if not words or words[0] not in _TAKEN:
        first = f"begins with {words[0]}" if words else "begins with no word"
        return f"a statement that {first} may change how others run; give this database a record of its own"
    if words[0] == "CREATE" and _OF_THE_SESSION.intersection(words[1:4]):
        return "what is temporary is gone when a run has to go on after a failure; use a table of your own and drop it"
    if words[0] == "CREATE" and _ROUTINES.intersection(words[1:]):
        return "where a routine ends is not known for this database; give it a record of its own"
    return next(_doubts(sql), None)


def _doubts(sql: str) -> Iterator[str]:
    bare = _QUOTED.sub(_without_quotes, sql)
    for patterns, text in ((_ANYWHERE, sql), (_OUTSIDE_QUOTES, bare)):
        for pattern, what in patterns.items():
            if re.search(pattern, text):
                yield f"it holds {what}"


def _without_quotes(found: re.Match[str]) -> str:
    """Return a comment without the quotes in it, and a mark in place of what is quoted."""
    return re.sub(r"['\"`]", "", found[1]) if found[1] else "\1"


def loses_data(sql: str) -> bool:
    """Tell whether the statement overwrites or removes values."""
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    if words[0] in {"UPDATE", "DELETE", "TRUNCATE", "MERGE", "WITH"} or words[:2] == ("INSERT", "OVERWRITE"):
        return True
    if words[0] == "DROP":
        return words[1] not in {"VIEW", "INDEX", "ROLE", "USER"}
    if words[0] == "CREATE" and "REPLACE" in words[:3]:
        return "VIEW" not in words
    return words[0] == "ALTER" and _DROPS.search(" ".join(first_words(sql, LEXICON, 10_000))) is not None
