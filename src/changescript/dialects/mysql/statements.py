"""What MySQL, MariaDB and their client make of a statement: whether it commits by itself, and what must not pass."""

from __future__ import annotations

import itertools
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.formatting import first_words
from changescript.formatting.lexicon import MYSQL as LEXICON
from changescript.formatting.pieces import words as keywords
from changescript.formatting.scanner import scan
from changescript.segments import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from changescript.formatting.scanner import Token

_WORDS = 8
_ALL = 10_000

_JOINING = keywords(
    "INSERT REPLACE UPDATE DELETE SELECT WITH VALUES TABLE DO SET LOAD SHOW EXPLAIN DESCRIBE DESC SAVEPOINT RELEASE "
    "ROLLBACK PREPARE DEALLOCATE"
)
"""First words of statements that leave an open transaction open. Any other may commit it, DDL above all."""

_CHANGES_SERVER = "it changes or stops the server, not this database; a script must not"
_LOCKS = "LOCK TABLES commits, and would lock this script out of alembic_version"
_TRANSACTION = "it would end or nest the script's own transaction; use op.get_context().autocommit_block()"

_REFUSED: Mapping[str, str] = MappingProxyType(
    {
        "BEGIN": _TRANSACTION,
        "START": _TRANSACTION,
        "COMMIT": _TRANSACTION,
        "ROLLBACK": _TRANSACTION,
        "XA": _TRANSACTION,
        "LOCK": _LOCKS,
        "UNLOCK": _LOCKS,
        "HANDLER": "HANDLER reads past transactions, and stays open behind the statement",
        "KILL": _CHANGES_SERVER,
        "SHUTDOWN": _CHANGES_SERVER,
        "RESTART": _CHANGES_SERVER,
        "RESET": _CHANGES_SERVER,
        "STOP": _CHANGES_SERVER,
        "CHANGE": _CHANGES_SERVER,
        "PURGE": _CHANGES_SERVER,
        "CLONE": _CHANGES_SERVER,
        "BACKUP": _CHANGES_SERVER,
        "INSTALL": _CHANGES_SERVER,
        "UNINSTALL": _CHANGES_SERVER,
        "USE": "USE would leave the database that the script has checked; write the schema before the name",
    }
)

# client/mysql.cc, commands[]: taken for the client's own at the start of a statement, by an interactive client always,
# by one that reads a file unless --binary-mode stands in its command.
_CLIENT_COMMANDS = keywords(
    "? CHARSET CLEAR CONNECT DELIMITER EDIT EGO EXIT GO HELP NOPAGER NOTEE NOWARNING PAGER PRINT PROMPT QUIT REHASH "
    "RESETCONNECTION SANDBOX SOURCE STATUS SYSTEM TEE WARNINGS"
)

_SCRIPT_SETTINGS = re.compile(
    r"AUTOCOMMIT|COMPLETION_TYPE|SQL_MODE|NAMES|CHARSET|CHARACTER|CHARACTER_SET_\w+|COLLATION_CONNECTION"
    r"|TRANSACTION|TX_READ_ONLY|TRANSACTION_READ_ONLY|TX_ISOLATION|TRANSACTION_ISOLATION"
)
"""Settings that decide how the rest of the script is read, or that hold the safety catch."""

_BEYOND_SESSION = frozenset({"GLOBAL", "PERSIST", "PERSIST_ONLY", "PASSWORD"})

_SESSION_WORDS = frozenset({"SESSION", "LOCAL"})

_OWN_NAME = re.compile(r"@?changescript_", re.IGNORECASE)

_QUOTED = re.compile(r"'(?:[^'\\]|\\[\s\S]|'')*+'|`[^`]*+`")
_SUSPECT = re.compile(r"""['"`\\#]|--|/\*|\bDELIMITER\b|\b(?:OUT|DUMP)FILE\b""", re.IGNORECASE)
"""What makes a statement, without what stands in its quotes, a matter of tokens."""

_STORED = frozenset({"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE", "VIEW"})

_DELIMITERS = ("//", "$$", ";;", "%%", "~~")

_DROPS = frozenset({"TABLE", "DATABASE", "SCHEMA", "SEQUENCE", "TABLES", "TABLESPACE"})

_ALTERS_VALUES = re.compile(
    r"\bDROP (COLUMN|PARTITION|(?!CONSTRAINT|FOREIGN|PRIMARY|INDEX|KEY|CHECK|DEFAULT|PERIOD|SYSTEM)\S+)"
    r"|\b(MODIFY|CHANGE|CONVERT|TRUNCATE|COALESCE|EXCHANGE|DISCARD|IMPORT)\b"
)

_REPLACES = re.compile(r"\bON\s+DUPLICATE\s+KEY\s+UPDATE\b|^\s*LOAD\b[^;]*\bREPLACE\b", re.IGNORECASE)

_SWITCH = re.compile(
    r"SET\s+(?:SESSION\s+|@@(?:SESSION\.)?)?(?P<name>FOREIGN_KEY_CHECKS|UNIQUE_CHECKS)\s*=\s*\w+", re.IGNORECASE
)

_KEPT_IN_SESSION = re.compile(r"@[\w$.`'\"]+\s*:=|\bINTO\s+@", re.IGNORECASE)


def mode_of(sql: str, *, autocommit: bool) -> Mode:
    """Return how a statement may run; what commits by itself (DDL, CALL, ...) is outside any transaction.

    https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html; temporary tables are made without a commit.
    """
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    temporary = words[0] in {"CREATE", "DROP"} and "TEMPORARY" in words[1:4]
    joins = (words[0] in _JOINING and words[:2] != ("SET", "STATEMENT")) or temporary
    if not joins:
        return Mode.OUTSIDE
    return Mode.ALONE if autocommit else Mode.JOINS


def refusal_of(sql: str) -> str | None:
    """Return why the client or the frame could not take the statement, or None."""
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    for reason in (_refused_by_first_words(words), _refused_setting(sql, words)):
        if reason:
            return reason
    return next(_refused_tokens(sql, words), None)


def _refused_by_first_words(words: tuple[str, ...]) -> str | None:
    first = words[0]
    if first in _CLIENT_COMMANDS:
        return f"{first} is a command of the client; no statement may start with it"
    if first == "LOAD" and "LOCAL" in words[1:4]:
        return "LOAD DATA LOCAL reads a file of whoever runs the script; use op.bulk_insert()"
    if first == "FLUSH" and not {"LOCK", "EXPORT"}.isdisjoint(words):
        return f"FLUSH: {_LOCKS}"
    to_savepoint = first == "ROLLBACK" and "TO" in words[1:3]
    anonymous_block = first == "BEGIN" and words[1] == "NOT"
    if first in _REFUSED and not to_savepoint and not anonymous_block:
        return f"{first}: {_REFUSED[first]}"
    return None


def _refused_setting(sql: str, words: tuple[str, ...]) -> str | None:
    if words[0] != "SET":
        return None
    for name in _settings_of(sql):
        if name in _BEYOND_SESSION:
            return f"SET {name}: {_CHANGES_SERVER}"
        if _SCRIPT_SETTINGS.fullmatch(name):
            return f"SET {name} changes how the rest of the script is read, or its safety catch; the script sets it"
    return None


def _settings_of(sql: str) -> Iterator[str]:
    """Yield the names that SET gives values to: `SET SESSION a = 1, @@GLOBAL.b = 2` gives A, GLOBAL, B."""
    depth, waiting = 0, True
    for token in _significant(sql):
        depth += (token.text == "(") - (token.text == ")")
        name = token.text.strip("`").upper().lstrip("@") if token.kind in {"word", "name"} else ""
        user_variable = token.text.startswith("@") and not token.text.startswith("@@")
        if waiting and name and not user_variable and name != "SET":
            yield name
        starts_again = (token.text == "," and not depth) or name in {"STATEMENT", "FOR"}
        goes_on = not token.text.startswith("@@") or name in _SESSION_WORDS | _BEYOND_SESSION
        waiting = starts_again or (
            waiting and (name in _SESSION_WORDS | _BEYOND_SESSION | {"SET"} or token.text == ".") and goes_on
        )


def _significant(sql: str) -> Iterator[Token]:
    return (token for token in scan(sql, LEXICON) if token.kind not in {"blank", "comment", "hint"})


def _refused_tokens(sql: str, words: tuple[str, ...]) -> Iterator[str]:
    """Yield what no layout could make safe, found in one pass."""
    if "\0" in sql:
        yield "a NUL character, which clients read in different ways"
    if "\r" in sql and (not _STORED.isdisjoint(words[:6]) or _return_in_literal(sql)):
        yield r"a carriage return that would be stored: clients change it on their way; write '\r' in the SQL text"
    if not _SUSPECT.search(_QUOTED.sub("", sql)) and not _OWN_NAME.search(sql):
        return
    selects = words[0] in {"SELECT", "WITH", "TABLE", "VALUES"}
    before = ""
    for token in scan(sql, LEXICON):
        yield from _refused_token(token)
        if token.kind in {"word", "name"} and _OWN_NAME.match(token.text.strip("`")):
            yield "a name that starts with changescript_, which the script itself uses"
        if token.kind == "word" and token.text.upper() == "DELIMITER" and _starts_line(sql, token):
            yield "a line that starts with DELIMITER, which the client takes for its own command"
        if selects and before == "INTO" and token.text.upper() in {"OUTFILE", "DUMPFILE"}:
            yield "SELECT INTO OUTFILE writes a file on the server; a script must not"
        before = before if token.kind in {"blank", "comment"} else token.text[:4].upper()


def _refused_token(token: Token) -> Iterator[str]:
    if token.kind == "unfinished":
        yield "a quote or comment that is never closed"
    if token.kind == "punctuation" and token.text == "\\":
        yield "a backslash outside quotes, which the client takes for a command"
    if token.kind == "executable" and not set("'\"`;").isdisjoint(token.text):
        # The client ends a statement at such a semicolon.
        yield "a /*! ... */ comment that holds quotes or semicolons"


def _return_in_literal(sql: str) -> bool:
    return any("\r" in token.text for token in scan(sql, LEXICON) if token.kind in {"string", "name"})


def _starts_line(sql: str, token: Token) -> bool:
    return not sql[sql.rfind("\n", 0, token.start) + 1 : token.start].strip(" \t")


def protect(sql: str) -> str:
    """Return the statement as it is: this client puts no variables into it."""
    return sql


def delimiter_for(sql: str) -> str | None:
    """Return what must end a statement that holds semicolons of its own; None where a semicolon can."""
    if ";" not in sql or not any(token.text == ";" for token in scan(sql, LEXICON)):
        return None
    numbered = (f"//{number}" for number in itertools.count(1))
    return next(mark for mark in itertools.chain(_DELIMITERS, numbered) if mark not in sql)


def loses_data(sql: str) -> bool:
    """Tell whether the statement overwrites or removes values; raw SQL in a body is not looked into."""
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    if words[0] in {"UPDATE", "DELETE", "TRUNCATE", "REPLACE"}:
        return True
    if words[0] == "DROP":
        return words[1] in _DROPS
    if words[0] in {"INSERT", "LOAD"}:
        return _REPLACES.search(sql) is not None
    if words[0] == "WITH":
        return not {"UPDATE", "DELETE"}.isdisjoint(first_words(sql, LEXICON, _ALL))
    altered = " ".join(first_words(sql, LEXICON, _ALL)) if words[:2] == ("ALTER", "TABLE") else ""
    return _ALTERS_VALUES.search(altered) is not None


def keeps_in_session(sql: str) -> bool:
    """Tell whether a later statement may need what this one leaves in its session, and in no other.

    Foreign key and unique checks don't count: without them a statement fails, but does nothing else.
    """
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    if words[0] == "SET":
        variables = [token.text for token in _significant(sql) if token.text.startswith("@")]
        kept = set(_settings_of(sql)) - _SESSION_WORDS - {"FOREIGN_KEY_CHECKS", "UNIQUE_CHECKS"}
        return bool(kept) or any(not text.startswith("@@") for text in variables)
    temporary = words[0] == "CREATE" and "TEMPORARY" in words[1:4]
    return temporary or words[0] == "PREPARE" or _KEPT_IN_SESSION.search(sql) is not None


def replayed_setting(sql: str) -> str:
    """Return the name of the check that a plain SET switches on or off, or "": a resumed run must do it again."""
    found = _SWITCH.fullmatch(sql.strip())
    return found["name"].lower() if found else ""
