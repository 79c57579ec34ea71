"""What PostgreSQL's relatives make of a statement where DDL commits by itself."""

from __future__ import annotations

from changescript.dialects.postgresql import statements
from changescript.formatting import first_words
from changescript.formatting.lexicon import POSTGRESQL as LEXICON
from changescript.segments import Mode

_ROWS = {"SELECT", "INSERT", "UPDATE", "DELETE", "UPSERT", "MERGE", "WITH", "VALUES", "TABLE"}
"""What begins a statement that a transaction can undo; any other is taken for DDL."""

_OF_THE_SESSION = {"SET", "RESET", "PREPARE", "DEALLOCATE", "DECLARE", "LISTEN", "LOAD", "DISCARD"}
_OF_THE_TRANSACTION = {"SAVEPOINT", "RELEASE", "ROLLBACK", "LOCK"}
_TEMPORARY = {"TEMP", "TEMPORARY"}
_WORDS = 4


def mode_of(sql: str, *, autocommit: bool) -> Mode:
    """Return how a statement may run: what is not about rows commits by itself, and is committed by itself."""
    if first_words(sql, LEXICON, 1)[:1] not in [(word,) for word in _ROWS]:
        return Mode.OUTSIDE
    return Mode.ALONE if autocommit else Mode.JOINS


def refusal_of(sql: str) -> str | None:
    """Return why psql, the server or the frame could not take the statement, or None."""
    words = (*first_words(sql, LEXICON, _WORDS), "")
    if words[0] in _OF_THE_TRANSACTION:
        return f"{words[0]} means nothing where each DDL ends the transaction before it"
    if words[0] in _OF_THE_SESSION or (words[0] == "CREATE" and _TEMPORARY.intersection(words)):
        return f"what {words[0]} leaves in its session is gone when a run has to go on after a failure"
    if "SET_CONFIG" in sql.upper() or "CHANGESCRIPT_CHECK" in sql.upper():
        return "set_config() could release the script's safety catch; set it for a role or a database instead"
    return statements.refusal_of(sql)
