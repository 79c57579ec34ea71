"""Statements that MySQL or MariaDB would only refuse when a script has half run; must not look into values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from changescript.dialects.mysql.statements import refusal_of
from changescript.formatting import first_words
from changescript.formatting.lexicon import MYSQL as LEXICON
from changescript.formatting.pieces import words as keywords
from changescript.formatting.scanner import INSIGNIFICANT, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = keywords("INSERT REPLACE UPDATE DELETE SELECT WITH SET CALL DO LOAD")

_STATEMENTS = _ROWS | keywords(
    "ALTER ANALYZE BEGIN BINLOG CACHE CHECK CHECKSUM CREATE DEALLOCATE DELETE DESC DESCRIBE DROP EXECUTE EXPLAIN FLUSH "
    "CASE FOR IF LOOP REPEAT WHILE GET GRANT IMPORT OPTIMIZE PREPARE RELEASE RENAME REPAIR RESIGNAL REVOKE ROLLBACK "
    "SAVEPOINT SHOW SIGNAL TABLE TRUNCATE VALUES"
)
"""First words; MariaDB takes those of a body too. Those that only refusal_of() knows, it has refused."""

_OTHERS_OBJECTS = keywords(
    "CAST COLLATION DOMAIN EXTENSION MATERIALIZED OPERATOR POLICY PUBLICATION RULE SUBSCRIPTION SYNONYM TYPE"
)
"""What only other databases create, alter and drop."""

_ALTERED_COLUMN = re.compile(r"\bALTER (?:COLUMN )?\S+ (?:TYPE|SET DATA|SET NOT|DROP NOT)\b")
_CONDITION = re.compile(r"\bIF (?:NOT )?EXISTS\b")
_LONGEST = 10_000
"""Words, and characters by a tenth: what is longer holds rows or a body."""


def refusal_of_mysql(sql: str) -> str | None:
    """Return why MySQL, its client or the frame could not take the statement, or None."""
    return refusal_of(sql) or _refused(sql, mariadb=False)


def refusal_of_mariadb(sql: str) -> str | None:
    """Return the same for MariaDB."""
    return refusal_of(sql) or _refused(sql, mariadb=True)


def _refused(sql: str, *, mariadb: bool) -> str | None:
    title = "MariaDB" if mariadb else "MySQL"
    first = (*first_words(sql, LEXICON, 1), "")[0]
    if first in _ROWS or not first:
        return None
    if first not in _STATEMENTS:
        return f"{title} has no statement that begins with {first}"
    if first not in {"CREATE", "ALTER", "DROP"} or len(sql) > _LONGEST * 10:
        return None
    words = first_words(sql, LEXICON, _LONGEST)
    kind = next((word for word in words[1:] if word not in {"OR", "REPLACE", "UNIQUE"}), "")
    if kind in _OTHERS_OBJECTS or (kind == "SEQUENCE" and not mariadb):
        return f"{title} has no {first} {kind}"
    if kind == "INDEX":
        return _refused_index(sql, first, words, mariadb=mariadb)
    return _refused_alter(words, title, mariadb=mariadb) if words[:2] == ("ALTER", "TABLE") else None


def _refused_alter(words: Sequence[str], title: str, *, mariadb: bool) -> str | None:
    text = " ".join(words)
    if _ALTERED_COLUMN.search(text):
        return f"{title} has no ALTER COLUMN but for defaults; use op.alter_column() with existing_type"
    if not mariadb and _CONDITION.search(text):
        return "MySQL has no IF [NOT] EXISTS in ALTER TABLE"
    return None


def _refused_index(sql: str, verb: str, words: Sequence[str], *, mariadb: bool) -> str | None:
    if "CONCURRENTLY" in words[:5]:
        return f"{verb} INDEX CONCURRENTLY is PostgreSQL's"
    if not mariadb and _CONDITION.search(" ".join(words[:8])):
        return f"MySQL has no IF [NOT] EXISTS in {verb} INDEX"
    if verb == "CREATE" and "WHERE" in words:
        return "no index of this server holds a part of the rows: WHERE"
    return _refused_key(sql, mariadb=mariadb) if verb == "CREATE" else None


def _refused_key(sql: str, *, mariadb: bool) -> str | None:
    """Return why the server has no index of an expression; a number in brackets is the length of a prefix."""
    tokens = [token.text for token in scan(sql, LEXICON) if token.kind not in INSIGNIFICANT]
    depth = 0
    for at, text in enumerate(tokens):
        depth += (text == "(") - (text == ")")
        if text != "(" or depth != 2:  # noqa: PLR2004 - inside the brackets of the key
            continue
        if tokens[at - 1] in {"(", ","}:
            return "MariaDB has no index of an expression; add a generated column and index that" if mariadb else None
        if not tokens[at + 1].isdigit():
            return "an expression in an index needs brackets of its own"
    return None
