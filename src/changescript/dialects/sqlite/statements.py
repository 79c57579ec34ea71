"""What SQLite and its shell make of a statement: what must not pass, and what loses data."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from changescript.formatting import first_words
from changescript.formatting.lexicon import SQLITE as LEXICON
from changescript.formatting.scanner import INSIGNIFICANT, Token, scan
from changescript.segments import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATEMENTS = {
    "ALTER",
    "ANALYZE",
    "CREATE",
    "DELETE",
    "DROP",
    "EXPLAIN",
    "INSERT",
    "PRAGMA",
    "REINDEX",
    "REPLACE",
    "SELECT",
    "UPDATE",
    "VALUES",
    "WITH",
}
"""Words that a statement of a script may begin with."""

_OWN_TRANSACTION = "the script is one transaction, or one for each revision; leave {word} out"
_OTHER_FILE = "{word} brings another file into the script's transaction; write a script for each database"
_NEVER: Mapping[str, str] = {
    **dict.fromkeys(("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"), _OWN_TRANSACTION),
    **dict.fromkeys(("ATTACH", "DETACH"), _OTHER_FILE),
    "COMMENT": "SQLite keeps no comments; leave {word} out where the dialect is sqlite",
    "VACUUM": "{word} can't run in a transaction, and changes no row; run it by itself",
}
"""Statements that a script can't hold."""

_PRAGMAS = {
    "application_id",
    "case_sensitive_like",
    "defer_foreign_keys",
    "foreign_key_check",
    "ignore_check_constraints",
    "incremental_vacuum",
    "integrity_check",
    "legacy_alter_table",
    "optimize",
    "quick_check",
    "recursive_triggers",
    "user_version",
}
"""PRAGMAs that do in a transaction what they do outside."""

_YES = frozenset({"ON", "YES", "TRUE", "1"})
_NO = frozenset({"OFF", "NO", "FALSE", "0"})

_OBJECTS = {"TABLE", "INDEX", "VIEW", "TRIGGER"}
"""What CREATE and DROP are for."""

_BEFORE_OBJECT = {"TEMP", "TEMPORARY", "UNIQUE", "VIRTUAL"}

_BEFORE_NAME = {
    *("CREATE", "DROP", "ALTER", "INSERT", "REPLACE", "UPDATE", "DELETE", "INTO", "FROM", "IF", "NOT", "EXISTS", "OR"),
    *("ABORT", "FAIL", "IGNORE", "ROLLBACK", *_BEFORE_OBJECT, *_OBJECTS),
}
"""Words that a statement may have before the name of what it changes."""

_OWN_SCHEMAS = {"MAIN", "TEMP"}

_TABLE_CONSTRAINTS = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}

_NEAR_START = 500
"""Characters in which the name of a statement's table ends."""

_STRING = re.compile(r"'[^']*'")
_SUSPECT = re.compile(r"""[?:@$#;"`'\[]|--|/\*|^[ \t]*(?:/|go)[ \t]*\r?$""", re.IGNORECASE | re.MULTILINE)
_SEPARATOR = re.compile(r"^[ \t]*(/|go)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def mode_of(sql: str, *, autocommit: bool) -> Mode:  # noqa: ARG001 - SQLite takes back whatever a script may hold
    """Return how a statement may run: always in the transaction of its neighbours."""
    return Mode.JOINS


def refusal_of(sql: str) -> str | None:
    """Return why shell, SQLite or frame could not take the statement, or None."""
    if "\0" in sql:
        return "a NUL character, which ends the line for the shell"
    first = next((token for token in scan(sql, LEXICON) if token.kind not in INSIGNIFICANT), None)
    word = first.text.upper() if first and first.kind == "word" else ""
    if word in _NEVER:
        return _NEVER[word].format(word=word)
    if word not in _STATEMENTS:
        return f"SQLite has no statement that begins with {word}" if word.isalpha() else _NO_STATEMENT
    return _refusal_inside(sql) or _REFUSALS.get(word, _none)(sql) or _refusal_of_schema(sql)


_NO_STATEMENT = "the statement does not begin with a word; the shell may take such a line for a command of its own"


def _none(_sql: str) -> None:
    return None


def _refusal_inside(sql: str) -> str | None:
    """Return what the shell would read into the statement where SQLite, run online, would not."""
    # Nearly all of a long statement is literals; without them it is soon seen whether a closer look is needed.
    if "\r\n" not in sql and not _SUSPECT.search(_STRING.sub("", sql)):
        return None
    separators = {found.start(1) for found in _SEPARATOR.finditer(sql)}
    semicolon = None if _creates_trigger(sql) else ";"
    for token in scan(sql, LEXICON):
        if token.start in separators:
            return "a line with nothing but a slash or GO, which the shell takes for a semicolon"
        if token.text == semicolon:
            return "a semicolon, at which the statement ends"
        reason = _refusal_of_token(token)
        if reason:
            return reason
    return None


def _refusal_of_token(token: Token) -> str | None:
    if token.kind == "unfinished":
        return "a quote or comment that is never closed"
    if token.kind in {"string", "name"} and "\r\n" in token.text:
        return "a CRLF inside quotes, of which the shell keeps only the LF; write || char(13, 10) ||"
    if _is_parameter(token):
        return "a parameter without a value, which the shell would take for NULL"
    return None


def _creates_trigger(sql: str) -> bool:
    words = first_words(sql, LEXICON, 3)
    return words[:1] == ("CREATE",) and "TRIGGER" in words[1:]


def _is_parameter(token: Token) -> bool:
    if token.kind in {"colon", "punctuation"}:
        return token.text[0] in ":$@#"
    return (token.kind == "operator" and "?" in token.text) or (token.kind == "word" and token.text[0] in "@$#")


def _significant(sql: str, count: int) -> list[str]:
    """Return the first tokens of a statement, upper-cased."""
    tokens = (token for token in scan(sql, LEXICON) if token.kind not in INSIGNIFICANT)
    return [token.text.upper() for token in islice(tokens, count)]


def _refusal_of_alter(sql: str) -> str | None:
    """Return why SQLite has no such ALTER; Alembic renders it all the same."""
    words = _significant(sql, 12)
    if words[1:2] != ["TABLE"]:
        return f"SQLite has no ALTER {words[1] if words[1:] else ''}".rstrip()
    verb, object_, *_ = (*words[5 if words[3:4] == ["."] else 3 :], "", "")
    if verb in {"ADD", "DROP", "RENAME"} and object_ not in _TABLE_CONSTRAINTS:
        return _refusal_of_column(words[4:]) or (_refusal_of_new_column(sql) if verb == "ADD" else None)
    return (
        f"SQLite has no ALTER TABLE ... {verb} {object_}".rstrip()
        + "; use op.batch_alter_table(), with copy_from= because a script can't ask the database"
    )


def _refusal_of_column(words: list[str]) -> str | None:
    conditional = any(words[at : at + 2] in (["IF", "EXISTS"], ["IF", "NOT"]) for at in range(4))
    return "SQLite has no IF [NOT] EXISTS for columns" if conditional else None


def _refusal_of_new_column(sql: str) -> str | None:
    """Return why SQLite adds no such column, not even to an empty table."""
    for token in scan(sql, LEXICON):
        if token.kind == "word" and token.text.upper() in {"PRIMARY", "UNIQUE"}:
            return f"SQLite can't add a column that is {token.text.upper()}; use op.batch_alter_table()"
    return None


def _refusal_of_object(sql: str) -> str | None:
    """Return why SQLite has no such CREATE or DROP."""
    verb, *words = (*_significant(sql, 4), "")
    kind = next((word for word in words if word not in _BEFORE_OBJECT), "")
    return None if kind in _OBJECTS else f"SQLite has no {verb} {kind}".rstrip()


def _refusal_of_schema(sql: str) -> str | None:
    """Return why a statement can't name its table's schema: for SQLite that is another file, which nobody attaches."""
    if "." not in sql[:_NEAR_START]:
        return None
    words = _significant(sql, 10)
    at = next((at for at, word in enumerate(words) if word not in _BEFORE_NAME), len(words))
    schema = words[at].strip('"`[]') if words[at + 1 : at + 2] == ["."] else ""
    if not schema or schema in _OWN_SCHEMAS:
        return None
    return "a schema is an attached file for SQLite, and a script attaches none; leave it out"


def _refusal_of_pragma(sql: str) -> str | None:
    name = _pragma(sql)[0].lower()
    if name == "foreign_keys":
        # Setting it does nothing in the script's transaction, and needs not: see references.py.
        return None if set_foreign_keys(sql) is not None else "PRAGMA foreign_keys with a value that is no yes or no"
    if name not in _PRAGMAS:
        return "a PRAGMA that does nothing, or something else, in the script's transaction"
    return None


_REFUSALS = {
    "ALTER": _refusal_of_alter,
    "CREATE": _refusal_of_object,
    "DROP": _refusal_of_object,
    "PRAGMA": _refusal_of_pragma,
}


def makes_temporary(sql: str) -> bool:
    """Tell whether a statement makes what ends with its session."""
    words = first_words(sql, LEXICON, 7)
    return words[:1] == ("CREATE",) and not {"TEMP", "TEMPORARY"}.isdisjoint(words)


_OF_THE_SESSION = {"CASE_SENSITIVE_LIKE", "IGNORE_CHECK_CONSTRAINTS", "LEGACY_ALTER_TABLE", "RECURSIVE_TRIGGERS"}
"""PRAGMAs that hold until a session ends."""


def pragma_set(sql: str) -> str:
    """Return the name of what a PRAGMA sets for the rest of its session; empty for any other statement."""
    if sql[:6].upper() != "PRAGMA":
        return ""
    name, sets, _ = _pragma(sql)
    return name if sets and name in _OF_THE_SESSION else ""


def set_foreign_keys(sql: str) -> bool | None:
    """Return whether PRAGMA foreign_keys switches them on or off; None for any other statement."""
    if sql.lstrip()[:6].upper() != "PRAGMA":
        return None
    name, _, value = _pragma(sql)
    return value in _YES if name == "FOREIGN_KEYS" and value in _YES | _NO else None


def _pragma(sql: str) -> tuple[str, bool, str]:
    """Return the name of a PRAGMA, whether it is set, and to what; all upper-cased and without quotes."""
    words = _significant(sql, 6)
    name, sign, value, *_ = (*words[3 if words[2:3] == ["."] else 1 :], "", "", "")
    sets = sign in ("=", "(")
    return name.strip('"`[]'), sets, value.strip("\"`[]'") if sets else ""


def protect(sql: str) -> str:
    """Return the statement as it is: the shell replaces nothing in it."""
    return sql


def begins_transaction(sql: str) -> bool:
    """Tell whether Python's driver begins a transaction for the statement (sqlite3, `isolation_level`).

    Not all of its releases look behind a comment.
    """
    return sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE") or sql.lstrip()[:7].upper() == "REPLACE"


_LEAVES_ROWS = frozenset({"SELECT", "PRAGMA", "CREATE", "ANALYZE", "REINDEX", "EXPLAIN", "VALUES"})


def leaves_rows(sql: str) -> bool:
    """Tell whether a statement leaves the rows and references of all tables as they are."""
    return not _LEAVES_ROWS.isdisjoint(first_words(sql, LEXICON, 1))


def loses_data(sql: str) -> bool:
    """Tell whether the statement overwrites or removes values; the body of a trigger is not looked into."""
    words = (*first_words(sql, LEXICON, 6), "", "", "", "")
    if words[0] == "WITH":
        return not {"UPDATE", "DELETE", "REPLACE"}.isdisjoint(first_words(sql, LEXICON, 10_000))
    if words[0] == "ALTER":
        return "DROP" in first_words(sql, LEXICON, 10)[3:]
    return (
        words[0] in {"UPDATE", "DELETE", "REPLACE"}
        or words[:3] == ("INSERT", "OR", "REPLACE")
        or words[:2] == ("DROP", "TABLE")
    )
