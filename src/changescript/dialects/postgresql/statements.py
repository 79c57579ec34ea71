"""What PostgreSQL and psql make of a statement: whether it may run in a transaction, and what must not pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from changescript.formatting import first_words, psql_hazards, shield_colons
from changescript.formatting.lexemes import lexemes
from changescript.formatting.lexicon import POSTGRESQL as LEXICON
from changescript.segments import Mode

_WORDS = 8

_OUTSIDE = re.compile(
    r"CREATE (UNIQUE )?INDEX CONCURRENTLY|DROP INDEX CONCURRENTLY"
    r"|REINDEX .*CONCURRENTLY|REINDEX (DATABASE|SYSTEM|SCHEMA)|VACUUM|CLUSTER$|ALTER SYSTEM"
    r"|(CREATE|DROP) (DATABASE|TABLESPACE)|ALTER DATABASE \S+ SET TABLESPACE|(CREATE|DROP|ALTER) SUBSCRIPTION"
)
"""Statements that the server refuses inside a transaction block (PreventInTransactionBlock in its sources)."""

_MAY_COMMIT = {"CALL", "DO"}
"""They may hold a COMMIT, which works only where no transaction block is open around them."""

_DROPS_COLUMN = re.compile(r"\bDROP (COLUMN|(?!CONSTRAINT|DEFAULT|NOT|IDENTITY|EXPRESSION)\w+)|\bTYPE\b")

_TRANSACTION = {"BEGIN", "COMMIT", "END", "ABORT", "START", "ROLLBACK", "PREPARE"}

_SCRIPT_SETTINGS = {
    "STANDARD_CONFORMING_STRINGS",
    "CLIENT_ENCODING",
    "NAMES",
    "TRANSACTION_READ_ONLY",
    "DEFAULT_TRANSACTION_READ_ONLY",
    "CHARACTERISTICS",
}
"""Settings that decide how the rest of the script is read, or that hold the safety catch."""

_PLAIN_NAME = re.compile(r"'[\w.]+'")
_ONLY_MENTION = {"CREATE", "ALTER", "COMMENT"}
"""Statements in which set_config() is not called yet."""


def mode_of(sql: str, *, autocommit: bool) -> Mode:
    """Return how a statement may run.

    What an autocommit block holds is committed by itself, together with its marker where the server allows that.
    """
    words = first_words(sql, LEXICON, _WORDS)
    if _OUTSIDE.match(" ".join(words)) or (" CONCURRENTLY" in sql.upper() and _detaches_concurrently(sql)):
        return Mode.OUTSIDE
    if autocommit:
        return Mode.OUTSIDE if words[:1] and words[0] in _MAY_COMMIT else Mode.ALONE
    return Mode.JOINS


def _detaches_concurrently(sql: str) -> bool:
    words = [lexeme.upper() for lexeme in lexemes(sql, LEXICON)]
    return words[:2] == ["ALTER", "TABLE"] and "DETACH" in words and words[-1] == "CONCURRENTLY"


def refusal_of(sql: str) -> str | None:
    """Return why psql or the frame could not take the statement, or None."""
    hazards = psql_hazards(sql, LEXICON)
    if hazards:
        return hazards[0].reason
    words = (*first_words(sql, LEXICON, _WORDS), "", "")
    if words[0] in _TRANSACTION and not _is_harmless(words):
        return f"{words[0]} would end or nest the script's own transaction; use op.get_context().autocommit_block()"
    if _changes_settings(sql, words):
        return f"{words[0]} changes how the rest of the script is read; set it inside a function instead"
    index = concurrent_index(sql)
    if index and not index.name:
        return "an index made CONCURRENTLY needs a name, or a failed run could not be repeated"
    if words[0] == "COPY" and {"STDIN", "STDOUT"}.intersection(first_words(sql, LEXICON, 10_000)):
        return "COPY FROM STDIN would read the rest of the script as data; use op.bulk_insert()"
    return None


def setting_of(sql: str) -> str:
    """Return the name of the setting that a statement changes for the rest of its session; empty for any other."""
    words = [word for word in first_words(sql, LEXICON, _WORDS) if word != "SESSION"]
    if words[:1] not in (["SET"], ["RESET"]) or words[1:2] in (["LOCAL"], ["CONSTRAINTS"], ["TRANSACTION"]):
        return ""
    return words[1] if len(words) > 1 else ""


def _changes_settings(sql: str, words: tuple[str, ...]) -> bool:
    """Tell whether a statement changes, or may change, a setting that the script relies on."""
    if words[:2] == ("SET", "CONSTRAINTS"):
        return False
    if words[0] in {"SET", "RESET", "DISCARD"}:
        named = {word.strip('"').upper() for word in words[1:3]}
        spelled = any(word[:2].upper() == "U&" for word in words[1:3])
        return spelled or bool(_SCRIPT_SETTINGS.union({"ALL"}).intersection(named))
    if words[0] == "DO":
        return any(setting in sql.upper() for setting in _SCRIPT_SETTINGS if "_" in setting)
    return "SET_CONFIG" in sql.upper() and words[0] not in _ONLY_MENTION and _configures(sql)


def _configures(sql: str) -> bool:
    """Tell whether set_config() may be called for one of these settings: its name is one of them, or is computed."""
    found = [lexeme.upper() for lexeme in lexemes(sql, LEXICON)]
    called = [at for at, word in enumerate(found) if word.rpartition(".")[2].strip('"') == "SET_CONFIG"]
    names = ["".join(found[at + 2 : at + 3]) for at in called]
    return not all(_PLAIN_NAME.fullmatch(name) and name.strip("'") not in _SCRIPT_SETTINGS for name in names)


def _is_harmless(words: tuple[str, ...]) -> bool:
    to_savepoint = words[0] == "ROLLBACK" and words[1] in {"TO", "WORK", "TRANSACTION"} and "TO" in words
    plain_prepare = words[0] == "PREPARE" and words[1] != "TRANSACTION"
    return to_savepoint or plain_prepare


def protect(sql: str) -> str:
    """Return the statement with a blank wherever psql would put a variable: `a[1:n]` becomes `a[1: n]`."""
    return shield_colons(sql, LEXICON)


def loses_data(sql: str) -> bool:
    """Tell whether the statement overwrites or removes values; raw SQL in a body is not looked into."""
    words = (*first_words(sql, LEXICON, 2), "", "")
    if words[0] in {"UPDATE", "DELETE", "TRUNCATE", "MERGE"}:
        return True
    if words[0] == "DROP":
        return words[1] in {"TABLE", "SCHEMA", "MATERIALIZED", "SEQUENCE", "OWNED"}
    if words[:2] != ("ALTER", "TABLE"):
        return False
    return _DROPS_COLUMN.search(" ".join(first_words(sql, LEXICON, 10_000))) is not None


@dataclass(frozen=True, slots=True)
class ConcurrentIndex:
    """What CREATE or DROP INDEX CONCURRENTLY is about."""

    creates: bool
    name: str
    """As SQL writes it, with the schema of the table in front if that has one; empty if the server picks it."""
    conditional: bool
    """IF [NOT] EXISTS stands in it."""


@lru_cache(maxsize=256)
def concurrent_index(sql: str) -> ConcurrentIndex | None:
    """Return what a concurrent index statement is about; None for any other statement."""
    if "CONCURRENTLY" not in sql.upper():
        return None
    words = [lexeme for lexeme in lexemes(sql, LEXICON) if not lexeme.startswith(("--", "/*"))]
    upper = [word.upper() for word in words]
    if "CONCURRENTLY" not in upper[:4] or upper[0] not in {"CREATE", "DROP"} or "INDEX" not in upper[:3]:
        return None
    at = upper.index("CONCURRENTLY") + 1
    conditional = upper[at : at + 1] == ["IF"]
    at += upper[at:].index("EXISTS") + 1 if conditional else 0
    if upper[0] == "DROP":
        return ConcurrentIndex(creates=False, name=_dotted(words, at), conditional=conditional)
    on = upper.index("ON", at)
    table = _dotted(words, on + 2 if upper[on + 1] == "ONLY" else on + 1)
    schema = table.rpartition(".")[0]
    name = "".join(words[at:on])
    return ConcurrentIndex(creates=True, name=f"{schema}.{name}" if schema and name else name, conditional=conditional)


def _dotted(words: list[str], at: int) -> str:
    end = at + 1
    while end + 1 < len(words) and words[end] == ".":
        end += 2
    return "".join(words[at:end])
