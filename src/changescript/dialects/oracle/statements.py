"""What Oracle makes of a statement: whether it commits by itself, what it compiles, and what must not pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.formatting import first_words, unterminated
from changescript.formatting.lexicon import ORACLE as LEXICON
from changescript.formatting.pieces import words as keywords
from changescript.formatting.scanner import INSIGNIFICANT, scan
from changescript.segments import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from changescript.formatting.scanner import Token

_WORDS = 8
_ALL = 10_000

_JOINING = keywords("INSERT UPDATE DELETE MERGE SELECT WITH LOCK EXPLAIN SAVEPOINT ROLLBACK SET")
"""First words of statements that leave an open transaction open. Any other may commit it, DDL above all."""

_QUERIES = frozenset({"SELECT", "WITH"})

_TRANSACTION = "it would end the script's own transaction; use op.get_context().autocommit_block()"
_CHANGES_SERVER = "it changes or stops the server, not this database's objects; a script must not"
_COMMAND = "a command of SQL*Plus, which the server does not know; write SQL"

_REFUSED: Mapping[str, str] = MappingProxyType(
    {
        "COMMIT": _TRANSACTION,
        "SHUTDOWN": _CHANGES_SERVER,
        "STARTUP": _CHANGES_SERVER,
        "FLASHBACK DATABASE": _CHANGES_SERVER,
        "ALTER SYSTEM": _CHANGES_SERVER,
        "ALTER PLUGGABLE": _CHANGES_SERVER,
        "CREATE PLUGGABLE": _CHANGES_SERVER,
        "DROP PLUGGABLE": _CHANGES_SERVER,
        "WITH FUNCTION": "its rows would be read by nobody; call the function in a BEGIN ... END block",
        "WITH PROCEDURE": "its rows would be read by nobody; call the procedure in a BEGIN ... END block",
        "SET TRANSACTION": _TRANSACTION,
        **dict.fromkeys(
            (
                *("ACCEPT", "APPEND", "ARCHIVE", "ATTRIBUTE", "BREAK", "BTITLE", "CHANGE", "CLEAR", "COLUMN"),
                *("COMPUTE", "CONNECT", "COPY", "DEFINE", "DEL", "DESC", "DESCRIBE", "DISCONNECT", "EDIT", "EXEC"),
                *("EXECUTE", "EXIT", "GET", "HELP", "HISTORY", "HOST", "INPUT", "LIST", "PASSWORD", "PAUSE", "PRINT"),
                *("PROMPT", "QUIT", "RECOVER", "REM", "REMARK", "REPFOOTER", "REPHEADER", "RUN", "SAVE", "SHOW"),
                *("SPOOL", "START", "STORE", "TIMING", "TTITLE", "UNDEFINE", "VARIABLE", "WHENEVER", "XQUERY"),
            ),
            _COMMAND,
        ),
    }
)
"""By the first word or two."""

_SET_STATEMENTS = frozenset({"ROLE", "CONSTRAINT", "CONSTRAINTS", "TRANSACTION"})

# The guard looks into the current schema, and reads what others have committed.
_SCRIPT_SETTINGS = keywords("CURRENT_SCHEMA CONTAINER EDITION ISOLATION_LEVEL SERVICE COMMIT")

_COMPILED = keywords("FUNCTION PACKAGE PROCEDURE TRIGGER TYPE")
_DECORATIONS = keywords("OR REPLACE EDITIONABLE NONEDITIONABLE")

_DROPS = keywords("CLUSTER MATERIALIZED SEQUENCE TABLE TABLESPACE USER")
_ALTERS_VALUES = re.compile(
    r"\b(?:DROP|SET UNUSED|TRUNCATE|EXCHANGE)\b"
    r"(?! CONSTRAINT| PRIMARY| UNIQUE| DEFAULT| PARTITION \S+ (?:ADD|REBUILD|UNUSABLE)| IDENTITY)"
)
_BODY_LOSES = frozenset({"UPDATE", "DELETE", "MERGE", "TRUNCATE", "DROP"})


def mode_of(sql: str, *, autocommit: bool) -> Mode:
    """Return how a statement may run; what commits by itself (DDL), and a block, which may, is outside."""
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    if words[0] not in _JOINING and not is_session(sql):
        return Mode.OUTSIDE
    return Mode.ALONE if autocommit else Mode.JOINS


def is_query(sql: str) -> bool:
    """Tell whether the statement gives rows back."""
    return first_words(sql, LEXICON, _WORDS)[:1] in {(word,) for word in _QUERIES}


def is_session(sql: str) -> bool:
    """Tell whether the statement changes its session alone, in which case a new one must repeat it."""
    return first_words(sql, LEXICON, _WORDS)[:2] in {("ALTER", "SESSION"), ("SET", "ROLE")}


def refusal_of(sql: str) -> str | None:
    """Return why a script could not hold the statement, or None."""
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    reasons = (_refused_by_first_words(words), _refused_session(sql, words), _refused_text(sql))
    return next((reason for reason in reasons if reason), None) or next(_refused_parameters(sql, words), None)


def _refused_by_first_words(words: tuple[str, ...]) -> str | None:
    if words[0] == "ROLLBACK" and "TO" not in words[1:3]:
        return f"ROLLBACK: {_TRANSACTION}"
    if words[0] == "SET" and words[1] not in _SET_STATEMENTS:
        return f"SET {words[1]}: {_COMMAND}"
    if words[1] == "DATABASE" and words[2] != "LINK" and words[0] in {"ALTER", "CREATE", "DROP"}:
        return f"{words[0]} DATABASE: {_CHANGES_SERVER}"
    two = " ".join(words[:2])
    reason = _REFUSED.get(two) or _REFUSED.get(words[0])
    return f"{two if two in _REFUSED else words[0]}: {reason}" if reason else None


def _refused_session(sql: str, words: tuple[str, ...]) -> str | None:
    if words[:2] != ("ALTER", "SESSION"):
        return None
    for name in first_words(sql, LEXICON, _ALL):
        if name in _SCRIPT_SETTINGS:
            return f"ALTER SESSION ... {name} would take the script away from the rows that it has checked"
    return None


def _refused_text(sql: str) -> str | None:
    if "\0" in sql:
        return "a NUL character, which Oracle's clients read in different ways"
    if any("\ud800" <= character <= "\udfff" for character in sql if not character.isascii()):
        return "a lone surrogate, which is no character"
    if unterminated(sql, LEXICON):
        return "a quote or comment that is never closed"
    return None


def _refused_parameters(sql: str, words: tuple[str, ...]) -> Iterator[str]:
    """Yield a reason for each `:name`, but in triggers, where :new and :old are rows."""
    if words[0] == "CREATE" or ":" not in sql:
        return
    before = None
    for token in scan(sql, LEXICON):
        if before is not None and before.text == ":" and token.kind in {"word", "number"}:
            yield "a parameter without a value, which nobody gives it in a script; bind it"
        before = token


def protect(sql: str) -> str:
    """Return the statement as it is: it stands in a literal, into which the client puts no variables."""
    return sql


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a statement compiles, as ALL_ERRORS names it."""

    kind: str
    owner: str
    """Empty: the current schema."""
    name: str


def compiled_object(sql: str) -> Compiled | None:
    """Return what the statement compiles, if anything."""
    tokens = _head_of(sql)
    words = [token.text.upper() if token.kind == "word" else token.text for token in tokens]
    if words[:1] not in (["CREATE"], ["ALTER"]):
        return None
    at = next((at for at, word in enumerate(words[1:], start=1) if word not in _DECORATIONS), len(words))
    kind = words[at] if at < len(words) else ""
    if kind not in _COMPILED or (words[0] == "ALTER" and "COMPILE" not in words):
        return None
    at += 1
    if words[at : at + 1] == ["BODY"]:
        kind, at = f"{kind} BODY", at + 1
    if words[at : at + 3] == ["IF", "NOT", "EXISTS"]:
        at += 3
    names = [word.strip('"') for word in words[at : at + 3 : 2]]
    if words[at + 1 : at + 2] == ["."]:
        return Compiled(kind, *names)
    return Compiled(kind, "", names[0]) if names else None


def _head_of(sql: str) -> list[Token]:
    """Return the first significant tokens of a statement."""
    found: list[Token] = []
    for token in scan(sql, LEXICON):
        if token.kind not in INSIGNIFICANT:
            found.append(token)
        if len(found) == 2 * _WORDS:
            break
    return found


def loses_data(sql: str) -> bool:
    """Tell whether the statement overwrites or removes values; of a stored body nothing is said."""
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    if words[0] in {"UPDATE", "DELETE", "TRUNCATE", "PURGE", "FLASHBACK"}:
        return True
    if words[0] == "DROP":
        return words[1] in _DROPS
    if words[0] in {"MERGE", "BEGIN", "DECLARE"}:
        return not _BODY_LOSES.isdisjoint(first_words(sql, LEXICON, _ALL)[1:])
    if words[:2] in {("ALTER", "TABLE"), ("ALTER", "TABLESPACE")}:
        return _ALTERS_VALUES.search(" ".join(first_words(sql, LEXICON, _ALL))) is not None
    return False
