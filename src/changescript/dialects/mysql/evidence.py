"""How information_schema tells whether a statement that commits by itself has done its work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.formatting.lexicon import MYSQL as LEXICON
from changescript.formatting.pieces import words as keywords
from changescript.formatting.scanner import INSIGNIFICANT, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from changescript.formatting.scanner import Token

_LONGEST = 100_000
"""Characters beyond which a statement is no DDL that is worth a look."""


_ENOUGH = 24
"""Words of a CREATE statement up to the table of its index."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A query that counts what a statement makes or takes away."""

    count: str
    """SQL of a scalar query: more than 0 while it is there."""
    makes: bool
    repeatable: bool
    """It says IF [NOT] EXISTS or OR REPLACE, so that it may also run where its work is done."""

    def done(self) -> str:
        """Return the SQL condition that holds once the statement has worked."""
        return f"{self.count} {'> 0' if self.makes else '= 0'}"

    def not_done(self) -> str:
        """Return the SQL condition that holds as long as the statement has not worked."""
        return f"{self.count} {'= 0' if self.makes else '> 0'}"


_OBJECTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "TABLE": ("tables", "table"),
        "VIEW": ("views", "table"),
        "TRIGGER": ("triggers", "trigger"),
        "PROCEDURE": ("routines", "routine"),
        "FUNCTION": ("routines", "routine"),
        "EVENT": ("events", "event"),
    }
)
"""By the word behind CREATE or DROP: the view of information_schema, and what its columns begin with."""

_OTHER_OBJECTS = keywords("DATABASE SCHEMA USER ROLE SERVER SEQUENCE TABLESPACE LOGFILE RESOURCE UNDO")
_NO_COLUMN = keywords("CONSTRAINT FOREIGN PRIMARY PARTITION CHECK SYSTEM PERIOD UNIQUE FULLTEXT SPATIAL")
_NAME = re.compile(r"`(?:[^`]|``)+`|[^\W\d][\w$]*")


@lru_cache(maxsize=16)
def evidence_of(sql: str) -> Evidence | None:
    """Return how to see what a statement has done; None where it leaves nothing that is sure to tell."""
    if len(sql) > _LONGEST:
        return None
    # What CREATE makes stands at its start, and a table's columns may take long to read.
    count = _ENOUGH if sql[:6].upper() == "CREATE" else None
    words = [token.text for token in islice(_significant(sql), count)]
    upper = [*(word.upper() for word in words), "", "", ""]
    if _several_actions(words) or "SONAME" in upper:
        return None
    if upper[:2] == ["ALTER", "TABLE"]:
        return _altered(words, upper)
    if upper[:2] == ["RENAME", "TABLE"]:
        return _renamed_table(words, upper, *_dotted(words, 2))
    if upper[:1] == ["CREATE"] or upper[:1] == ["DROP"]:
        return _created_or_dropped(words, upper)
    return None


def _significant(sql: str) -> Iterator[Token]:
    return (token for token in scan(sql, LEXICON) if token.kind not in INSIGNIFICANT)


def _several_actions(words: Sequence[str]) -> bool:
    """Tell whether a comma stands outside brackets: a later action may undo what the first one did."""
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if word == "," and not depth and words[0].upper() != "CREATE":
            return True
    return False


def _created_or_dropped(words: Sequence[str], upper: Sequence[str]) -> Evidence | None:
    makes = upper[0] == "CREATE"
    at = next((at for at, word in enumerate(upper[:12]) if word in _OBJECTS or word == "INDEX"), None)
    if at is None or "TEMPORARY" in upper[:at] or upper[1] in _OTHER_OBJECTS:
        return None
    kind, repeatable, at = upper[at], "REPLACE" in upper[:at], at + 1
    if upper[at : at + 1] == ["IF"]:
        repeatable, at = True, upper.index("EXISTS", at) + 1
    names, end = _dotted(words, at)
    if not names:
        return None
    if kind == "INDEX":
        on = next((place for place in range(end, min(end + 4, len(upper))) if upper[place] == "ON"), None)
        table, at = _dotted(words, on + 1) if on is not None else ((), end)
        if makes and [_unquoted(word).lower() for word in words[at + 1 : at + 2]] == [names[-1].lower()]:
            return None  # it takes the place of the index that a foreign key has made, which is called so too
        return Evidence(_part("statistics", "index_name", table, names[-1]), makes, repeatable) if table else None
    view, prefix = _OBJECTS[kind]
    of_kind = f" AND routine_type = '{kind}'" if view == "routines" else ""
    return Evidence(_object(view, prefix, names, of_kind), makes, repeatable)


def _altered(words: Sequence[str], upper: Sequence[str]) -> Evidence | None:
    """Look for the column, index or constraint that an ALTER TABLE adds or drops."""
    table, at = _dotted(words, 2)
    action, at = upper[at], at + 1
    if table and action in {"RENAME", "CHANGE"}:
        return _renamed(words, upper, at, table)
    if not table or action not in {"ADD", "DROP"}:
        return None
    makes = action == "ADD"
    constraint = _constraint(upper, at, makes=makes)
    if constraint:
        return _named(words, upper, constraint[1], constraint[0], table, makes=makes)
    at += upper[at : at + 1] in (["UNIQUE"], ["FULLTEXT"], ["SPATIAL"])
    if upper[at : at + 1] in (["INDEX"], ["KEY"]):
        return _named(words, upper, at + 1, "index", table, makes=makes)
    if upper[at - 1] in {"ADD", "DROP"} and upper[at : at + 1] != ["("] and upper[at] not in _NO_COLUMN:
        return _named(words, upper, at + (upper[at] == "COLUMN"), "column", table, makes=makes)
    return None


def _constraint(upper: Sequence[str], at: int, *, makes: bool) -> tuple[str, int] | None:
    """Return what ADD CONSTRAINT name CHECK, DROP FOREIGN KEY name and the like are about, and where the name is."""
    if makes:
        kinds = {"UNIQUE": "index", "FOREIGN": "constraint", "CHECK": "constraint"}
        kind = kinds.get(upper[at + 2]) if upper[at] == "CONSTRAINT" else None
        return (kind, at + 1) if kind else None
    if [*upper[at : at + 2]] == ["FOREIGN", "KEY"]:
        return "constraint", at + 2
    return ("constraint", at + 1) if upper[at] in {"CONSTRAINT", "CHECK"} else None


_VIEWS: Mapping[str, str] = MappingProxyType(
    {"index": "statistics", "column": "columns", "constraint": "table_constraints"}
)
"""What of a table stands in which view."""


def _named(  # noqa: PLR0913
    words: Sequence[str], upper: Sequence[str], at: int, kind: str, table: Sequence[str], *, makes: bool
) -> Evidence | None:
    """Look for a column, index or constraint; the server picks the name of one that has none here."""
    repeatable = upper[at : at + 1] == ["IF"]
    at += upper[at:].index("EXISTS") + 1 if repeatable else 0
    names, _ = _dotted(words, at)
    if len(names) != 1:
        return None
    return Evidence(_part(_VIEWS[kind], f"{kind}_name", table, names[0]), makes, repeatable)


def _renamed(words: Sequence[str], upper: Sequence[str], at: int, table: Sequence[str]) -> Evidence | None:
    """Look whether the old name is gone; a change to the same name leaves nothing that tells."""
    if upper[at - 1] == "RENAME" and upper[at] not in {"COLUMN", "INDEX", "KEY"}:
        return _renamed_table(words, upper, table, at)
    old, after = _dotted(words, at + (upper[at] in {"COLUMN", "INDEX", "KEY"}))
    new, _ = _dotted(words, after + (upper[after] == "TO"))
    if len(old) != 1 or len(new) != 1 or old[0].lower() == new[0].lower():
        return None
    view, column = ("statistics", "index_name") if upper[at] in {"INDEX", "KEY"} else ("columns", "column_name")
    return Evidence(_part(view, column, table, old[0]), makes=False, repeatable=False)


def _renamed_table(words: Sequence[str], upper: Sequence[str], old: Sequence[str], at: int) -> Evidence | None:
    """Look whether the old name is gone; on some systems one that differs in case alone is the same."""
    new, _ = _dotted(words, at + (upper[at] in {"TO", "AS", "="}))
    if not old or not new or old[-1].lower() == new[-1].lower():
        return None
    return Evidence(_object("tables", "table", old), makes=False, repeatable=False)


def _object(view: str, prefix: str, names: Sequence[str], more: str = "") -> str:
    where = f"WHERE {_of(prefix, names)}{more}"
    return f"(SELECT COUNT(*) FROM information_schema.{view}\n     {where})"  # noqa: S608 - it is SQL


def _part(view: str, column: str, table: Sequence[str], name: str) -> str:
    return _object(view, "table", table, f" AND {column} = {_literal(name)}")


def _of(prefix: str, names: Sequence[str]) -> str:
    schema = _literal(names[0]) if len(names) > 1 else "DATABASE()"
    columns = {"trigger": ("trigger_schema", "trigger_name"), "routine": ("routine_schema", "routine_name")}
    of_schema, of_name = columns.get(prefix, (f"{prefix}_schema", f"{prefix}_name"))
    return f"{of_schema} = {schema} AND {of_name} = {_literal(names[-1])}"


def _dotted(words: Sequence[str], at: int) -> tuple[tuple[str, ...], int]:
    """Return the parts of a dotted name, unquoted, and where it ends; no parts where no name stands."""
    parts: list[str] = []
    while at < len(words) and _NAME.fullmatch(words[at]):
        parts.append(_unquoted(words[at]))
        at += 1
        if words[at : at + 1] != ["."]:
            break
        at += 1
    return tuple(parts), at


def _unquoted(name: str) -> str:
    return name[1:-1].replace("``", "`") if name.startswith("`") else name


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
