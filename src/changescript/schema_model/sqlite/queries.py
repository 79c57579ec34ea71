# ruff: noqa: ANN401 - rows of any values
"""Raw queries of SQLite's catalogue: the model in memory answers them, as long as they read nothing else."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from changescript.schema_model.answers import result_of
from changescript.schema_model.assumptions import Assumption, Question
from changescript.schema_model.unknown import Unknown, UnknownAnswer, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.schema_model.sqlite.engine import SQLiteEngine

_CATALOGUE = frozenset({"sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"})
_PRAGMAS = frozenset({"table_info", "table_xinfo", "index_list", "index_info", "index_xinfo", "foreign_key_list"})
_PRAGMA_TABLES = frozenset(f"pragma_{name}" for name in _PRAGMAS)
_FUNCTIONS = frozenset({"count", "max", "min", "lower", "upper", "like", "glob", "instr", "substr", "length"})
_TEXT = r"'(?:[^']|'')*'"
_LOOKUP = re.compile(
    r"\s*SELECT\s+(?:1|name|type|count\s*\(\s*(?:\*|1|name)\s*\))\s+FROM\s+sqlite_(?:master|schema)\s+WHERE\s+"
    rf"(?:type\s*=\s*{_TEXT}\s+AND\s+)?name\s*=\s*({_TEXT})(?:\s+AND\s+type\s*=\s*{_TEXT})?\s*(?:LIMIT\s+1\s*)?;?\s*",
    re.IGNORECASE,
)
"""A query that asks no more than what has a name."""
_PRAGMA = re.compile(
    r"\s*PRAGMA\s+(?:main\s*\.\s*)?(\w+)\s*(?:\(|=)\s*([\"'`\[]?)([^\"'`\[\])]+?)[\"'`\]]?\s*\)?\s*;?\s*", re.IGNORECASE
)
_IS_PRAGMA = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*PRAGMA\b", re.IGNORECASE | re.DOTALL)
_PARAMETER = re.compile(r":(\w+)")


def answer_query(engine: SQLiteEngine, sql: str, parameters: dict[str, Any]) -> Any:
    """Answer a query that reads nothing but the catalogue."""
    reading = _Reading()
    engine.database.set_authorizer(reading.allow)
    try:
        cursor = engine.database.execute(sql, parameters)
        rows = cursor.fetchall()
    except sqlite3.Error:
        rows, cursor = [], None
    finally:
        engine.database.set_authorizer(None)
    if cursor is None or cursor.description is None or not reading.catalogue:
        raise _refused_query()
    engine.refuse_unknown("what the catalogue holds")
    filled = _filled(sql, parameters)
    lookup = _LOOKUP.fullmatch(filled)
    if not lookup:
        _refuse_doubtful(engine, filled)
    elif not rows:
        engine.refuse_unknown("whether that exists", table=_text_of(lookup))
    keys = [column[0] for column in cursor.description]
    return result_of(keys, rows, counted=False), list(_assumed(engine, filled, len(keys), rows))


def _refuse_doubtful(engine: SQLiteEngine, sql: str) -> None:
    """Refuse a query that reads more than whether one name is there, where more may be than is known."""
    if engine.outside and not _PRAGMA.fullmatch(sql):
        raise refusal("what the catalogue holds", engine.outside)
    for table in engine.doubtful:
        if table in sql.lower():
            engine.refuse_unknown(f"what {table} holds", table=table)


def _assumed(engine: SQLiteEngine, sql: str, width: int, rows: list[tuple[Any, ...]]) -> Iterator[Assumption]:
    """Go through what the rows of a query assume: all of them, where it asks more than what has a name."""
    lookup, pragma = _LOOKUP.fullmatch(sql), _PRAGMA.fullmatch(sql)
    if lookup:
        name = _text_of(lookup)
        yield Assumption(Question("object", None, "", name), _object(engine, name))
    elif pragma and pragma[1].lower() in ("table_info", "table_xinfo"):
        name = pragma[3]
        yield Assumption(Question("table", None, name), bool(rows))
        if rows:
            yield Assumption(Question("columns", None, name), engine.columns(None, name))
    elif pragma:
        query = f"SELECT * FROM pragma_{pragma[1].lower()}({_quoted(pragma[3])})"  # noqa: S608 - a query that is checked
        yield Assumption(Question("catalogue", None, str(width), query), tuple(rows))
    elif _IS_PRAGMA.match(sql):
        raise _refused_query()
    else:
        yield Assumption(Question("catalogue", None, str(width), sql.strip().rstrip(";")), tuple(rows))


def _object(engine: SQLiteEngine, name: str) -> str | None:
    row = engine.database.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def _text_of(lookup: re.Match[str]) -> str:
    """Return the name that is looked up."""
    return str(lookup[1][1:-1]).replace("''", "'")


def _quoted(value: object) -> str:
    if isinstance(value, int):
        return str(int(value))
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def _filled(sql: str, parameters: dict[str, Any]) -> str:
    """Return a query with its parameters in it."""
    if not parameters:
        return sql
    return _PARAMETER.sub(lambda found: _quoted(parameters[found[1]]) if found[1] in parameters else found[0], sql)


def _refused_query() -> UnknownAnswer:
    return refusal("the answer to the query", Unknown("it reads more than names from the catalogue"))


class _Reading:
    """Lets a statement read the catalogue and nothing else."""

    def __init__(self) -> None:
        self.catalogue = False

    def allow(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and first in _CATALOGUE | _PRAGMA_TABLES:
            # The text of a table differs with its layout, its page with its history.
            self.catalogue = True
            return sqlite3.SQLITE_OK if second not in ("sql", "rootpage") else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS:
            self.catalogue = True
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_UPDATE and first in _CATALOGUE:
            # So SQLite declares the table that a pragma is in FROM; it lets nobody write there.
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY
