"""What SQL Server and sqlcmd make of a statement: whether it may run in a transaction, and what must not pass."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.dialects.base import with_semicolon
from changescript.formatting import ends_in_comment, first_words, head_of_rows
from changescript.formatting.lexicon import MSSQL as LEXICON
from changescript.formatting.pieces import words as keywords
from changescript.formatting.scanner import INSIGNIFICANT, Token, scan
from changescript.segments import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from changescript.formatting.lexicon import Lexicon

_WORDS = 4
"""Those of CREATE OR ALTER VIEW."""
_ALL = 10_000

_ALONE = keywords("VIEW PROC PROCEDURE FUNCTION TRIGGER SCHEMA DEFAULT RULE")
"""What CREATE makes only where it is the first statement of its batch."""
_MODULES = _ALONE - {"SCHEMA"}
"""Those whose text the server stores, all of its batch."""
_BODIES = keywords("PROC PROCEDURE FUNCTION TRIGGER")
"""Those that go on to the end of the batch."""
_MAKES = re.compile(r"\b(?:CREATE|ALTER)\b", re.IGNORECASE)
_PERMISSIONS = keywords("GRANT DENY REVOKE ADD")
"""Statements in which CREATE VIEW is the name of a permission."""

# Microsoft's reference, "Transact-SQL Statements Allowed in Transactions", and the pages of the statements themselves.
_OUTSIDE = re.compile(
    r"\b(?:(?:CREATE|ALTER|DROP) (?:DATABASE|FULLTEXT|AVAILABILITY GROUP|SERVER CONFIGURATION)"
    r"|(?:BACKUP|RESTORE|RECONFIGURE)\b"
    r"|DBCC (?!CHECKIDENT\b)\w+"
    r"|EXEC(?:UTE)? (?:\S+ = )?(?:\S* ?\. ?)*\[?(?:SP_FULLTEXT_\w+|SP_CONFIGURE|SP_DBOPTION|SP_RENAMEDB"
    r"|SP_(?:AT|DE)TACH_DB|SP_(?:ADD|DROP)(?:LINKEDSERVER|SERVER|LINKEDSRVLOGIN|UMPDEVICE)|SP_SERVEROPTION"
    r"|SP_REPLICATIONDBOPTION|SP_CHANGE_FEEDBACK|SP_CYCLE_ERRORLOG)\b"
    r"|MEMORY_OPTIMIZED = ON|NATIVE_COMPILATION|RESUMABLE = ON)"
)
_MAY_BE_OUTSIDE = re.compile(
    r"DATABASE|FULLTEXT|AVAILABILITY|CONFIGUR|BACKUP|RESTORE|DBCC|MEMORY_OPTIMIZED|NATIVE_COMPILATION|RESUMABLE|\bsp_",
    re.IGNORECASE,
)
_DML = keywords("INSERT UPDATE DELETE MERGE SELECT WITH SET PRINT DECLARE")
"""What an autocommit block may hold that needs none; all else in one may be unable to run in a transaction."""

# The line commands of sqlcmd and of SSMS's SQLCMD mode. They count inside quotes and comments too: not every client
# looks whether a line begins inside of something.
_CLIENT_LINE = re.compile(r"^[ \t]*(?:(?:GO|RESET|EXIT|ED|QUIT)\b|ON[ \t]+ERROR\b|:|!!)", re.IGNORECASE | re.MULTILINE)
_OWN_NAME = re.compile(r"#?\bchangescript(?:_|\b)", re.IGNORECASE)

_TRANSACTION = "it would end or nest the script's own transaction; use op.get_context().autocommit_block()"
_CHANGES_USER = "the rest of the script would run as another user"
_CHANGES_SERVER = "it stops the server or others' sessions, and changes no database; a script must not"

_NEVER: Mapping[str, str] = MappingProxyType(
    {
        "COMMIT": _TRANSACTION,
        "ROLLBACK": _TRANSACTION,
        "SAVE TRAN": _TRANSACTION,
        "SAVE TRANSACTION": _TRANSACTION,
        "BEGIN TRAN": _TRANSACTION,
        "BEGIN TRANSACTION": _TRANSACTION,
        "BEGIN DISTRIBUTED": _TRANSACTION,
        "USE": "it would leave the database that the script has checked; write the database before the name",
        "REVERT": _CHANGES_USER,
        "SETUSER": _CHANGES_USER,
        "EXECUTE AS": _CHANGES_USER,
        "EXEC AS": _CHANGES_USER,
        "SHUTDOWN": _CHANGES_SERVER,
        "KILL": _CHANGES_SERVER,
    }
)
"""What no batch of a script may do; a routine that is only made here may."""

_ON = keywords(
    "XACT_ABORT QUOTED_IDENTIFIER ANSI_NULLS ANSI_PADDING ANSI_WARNINGS ANSI_NULL_DFLT_ON ARITHABORT"
    " CONCAT_NULL_YIELDS_NULL ANSI_DEFAULTS"
)
_OFF = keywords("NUMERIC_ROUNDABORT IMPLICIT_TRANSACTIONS ANSI_NULL_DFLT_OFF PARSEONLY FMTONLY ROWCOUNT")
_SCRIPT_SETTINGS = keywords(
    "NOEXEC LANGUAGE DATEFORMAT DATEFIRST LOCK_TIMEOUT SHOWPLAN_ALL SHOWPLAN_TEXT SHOWPLAN_XML TRANSACTION"
    " CURSOR_CLOSE_ON_COMMIT REMOTE_PROC_TRANSACTIONS"
)
_SETTINGS = _ON | _OFF | _SCRIPT_SETTINGS
"""What SET must not change for the rest of the script; some may be set to what they are."""

_LOSES = re.compile(
    r"\b(?:(?<!ON )(?<!FOR )(?<!AFTER )(?<!OF )(?<!GRANT )(?<!, )(?:UPDATE(?! STATISTICS)|DELETE)|TRUNCATE TABLE|MERGE"
    r"|DROP (?:TABLE|DATABASE|SEQUENCE|COLUMN)|ALTER COLUMN"
    r"|ALTER TABLE .*DROP (?!CONSTRAINT|PERIOD|(?:TABLE|VIEW|INDEX)\b)\S+)\b"
)
_MAY_LOSE = re.compile(r"\b(?:UPDATE|DELETE|TRUNCATE|MERGE|DROP|ALTER)\b", re.IGNORECASE)


def mode_of(sql: str, *, autocommit: bool) -> Mode:
    """Return how a statement may run."""
    module = is_module(sql)
    permits = first_words(sql, LEXICON, 1)[:1] and first_words(sql, LEXICON, 1)[0] in _PERMISSIONS
    if not permits and _MAY_BE_OUTSIDE.search(sql) and _OUTSIDE.search(_spelled(sql, module=module)):
        return Mode.OUTSIDE
    if autocommit:
        words = first_words(sql, LEXICON, 1)
        return Mode.ALONE if words[:1] and words[0] in _DML else Mode.OUTSIDE
    return Mode.JOINS


def _spelled(sql: str, *, module: bool) -> str:
    """Return the words and signs of a statement, of a routine those before its body, with single blanks."""
    words: list[str] = []
    for token in _significant(sql):
        words.append(token.text.upper() if token.kind == "word" else _masked(token))
        if module and words[-1] == "AS":
            break
    return " ".join(words)


def _masked(token: Token) -> str:
    if token.kind == "string":
        return "''"
    return token.text.upper() if token.kind == "name" else token.text


def _significant(sql: str) -> Iterator[Token]:
    return (token for token in scan(sql, LEXICON) if token.kind not in INSIGNIFICANT)


def is_module(sql: str) -> bool:
    """Tell whether a batch makes a view, routine or trigger: the server stores its text, with what stands before it."""
    # Rows hold few words, so that to look for several takes long.
    return _MAKES.search(sql) is not None and _alone_kind(first_words(sql, LEXICON, _WORDS)) in _MODULES


def _alone_kind(words: Sequence[str]) -> str:
    """Return what CREATE or ALTER in front makes if it must be alone in its batch, or an empty text."""
    kind = [word for word in words[1:4] if word not in {"OR", "ALTER"}][:1]
    return kind[0] if words[:1] in (("CREATE",), ("ALTER",)) and kind and kind[0] in _ALONE else ""


def terminate(text: str, lexicon: Lexicon) -> str:
    """Put a semicolon behind a statement, but not behind a text that the server stores, or that has one."""
    ended = text.endswith(";") and not ends_in_comment(text, lexicon)
    return text if ended or is_module(text) else with_semicolon(text, lexicon)


def stores_line_ends(sql: str) -> bool:
    """Tell whether line ends of the script would be stored, or looked for, by the statement."""
    if "\n" not in sql or head_of_rows(sql, LEXICON) is not None:
        return False
    return is_module(sql) or any("\n" in token.text for token in scan(sql, LEXICON) if token.kind in {"string", "name"})


def refusal_of(sql: str) -> str | None:
    """Return why sqlcmd, or the frame, could not take the statement, or None."""
    return _refused_text(sql) or next(_refused_tokens(sql), None)


def _refused_text(sql: str) -> str | None:
    if "\0" in sql:
        return "a NUL character, which no client sends on"
    if "$(" in sql:
        return "a dollar sign before a bracket, for which sqlcmd puts in a variable; write '$' + '(' in the SQL"
    if _CLIENT_LINE.search(sql):
        return (
            "a line that starts with GO, RESET, EXIT, ED, QUIT, ON ERROR, a colon or !!, which sqlcmd may take for its "
            "own; write the word behind another one, or a name in [brackets]"
        )
    if "changescript" in sql.lower() and _OWN_NAME.search(sql):
        return "a name that starts with changescript, which the script itself uses"
    return None


def _refused_tokens(sql: str) -> Iterator[str]:
    tokens = list(_significant(sql))
    if not tokens:
        yield "there is no statement in it"
    if any(token.kind == "unfinished" for token in tokens):
        yield "a quote or comment that is never closed"
    module = is_module(sql)
    if "\r" in sql and (module or any("\r" in token.text for token in tokens if token.kind in {"string", "name"})):
        yield "a carriage return that would be stored, which clients change; write + NCHAR(13) + in the SQL"
    if not module or _alone_kind(first_words(sql, LEXICON, _WORDS)) not in _BODIES:
        yield from _refused_company(tokens)
    if not module:
        yield from _refused_statements(tokens)


def _refused_company(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield why a text of several statements is no batch: CREATE VIEW and its like must be its only one."""
    words = [token.text.upper() for token in tokens]
    if words[0] in _PERMISSIONS:
        return
    kind = _alone_kind(tuple(words[:_WORDS]))
    if kind and ";" in words[:-1]:
        yield _company(kind)
    for at in range(1, len(words)):
        if words[at] in {"CREATE", "ALTER"} and words[at - 1] != "OR" and not (at == 1 and words[0] == "CREATE"):
            behind = _alone_kind(tuple(words[at : at + 4]))
            # ALTER TABLE t ALTER COLUMN c; CREATE SCHEMA s may go on with CREATE VIEW.
            if behind and kind != "SCHEMA" and words[at - 1] != ".":
                yield _company(behind)


def _company(kind: str) -> str:
    return f"CREATE {kind} must be the only statement of its batch; hand each statement to op.execute() by itself"


def _refused_statements(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what a batch must not do; a T-SQL statement may begin behind any other, without a semicolon."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if token.kind != "word" or (depth and token.text.upper() != "ON"):
            continue
        before = tokens[at - 1].text.upper() if at else ";"
        behind = [token.text.upper() for token in tokens[at + 1 : at + 4]]
        yield from _refused_word(token.text.upper(), before, behind)


def _refused_word(word: str, before: str, behind: Sequence[str]) -> Iterator[str]:
    following = behind[0] if behind else ""
    if before in {".", "WITH", ","} or following in {".", "="}:
        return
    if word == "ON" and following in {"DELETE", "UPDATE"} and behind[1:2] == ["RESTRICT"]:
        yield f"SQL Server has no ON {following} RESTRICT; NO ACTION is its default"
    for name in (word, f"{word} {following}"):
        if name in _NEVER and not (name == "USE" and following in {"HINT", "PLAN"}):
            yield f"{name}: {_NEVER[name]}"
    if word == "SET":
        yield from _refused_settings(behind)


def _refused_settings(behind: Sequence[str]) -> Iterator[str]:
    name, value = (*behind, "", "")[:2]
    if name not in _SETTINGS or value in {"=", "."}:
        return
    if (name in _ON and value == "ON") or (name in _OFF and value in {"OFF", "0"}):
        return
    if [*behind[:3]] == ["TRANSACTION", "ISOLATION", "LEVEL"]:
        name = "TRANSACTION ISOLATION LEVEL"
    yield f"SET {name} changes how the rest of the script is read or run; the script sets it"


def protect(sql: str) -> str:
    """Return the statement as it is: what sqlcmd would take for its own is refused."""
    return sql


def loses_data(sql: str) -> bool:
    """Tell whether the statement overwrites or removes values; routines and what is in quotes are not looked into."""
    if (
        is_module(sql)
        or not _MAY_LOSE.search(sql)
        or first_words(sql, LEXICON, 1) in (("GRANT",), ("DENY",), ("REVOKE",))
    ):
        return False
    return _LOSES.search(" ".join(first_words(sql, LEXICON, _ALL))) is not None
