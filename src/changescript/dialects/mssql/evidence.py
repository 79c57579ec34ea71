"""How the catalogue tells whether a statement that runs outside a transaction has done its work."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from changescript.dialects.mssql.spelling import in_quotes
from changescript.formatting.lexicon import MSSQL as LEXICON
from changescript.formatting.scanner import INSIGNIFICANT, scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST = 100_000
"""Characters beyond which a statement holds rows."""
_HEAD = 16
"""Tokens in which a name ends."""

_THERE: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("FULLTEXT", "CATALOG"): "EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE name = N'{last}')",
        ("FULLTEXT", "STOPLIST"): "EXISTS (SELECT 1 FROM sys.fulltext_stoplists WHERE name = N'{last}')",
        ("FULLTEXT", "INDEX", "ON"): "EXISTS (\n    SELECT 1 FROM sys.fulltext_indexes"
        " WHERE object_id = OBJECT_ID(N'{whole}')\n)",
        ("DATABASE",): "DB_ID(N'{last}') IS NOT NULL",
        ("TABLE",): "OBJECT_ID(N'{whole}') IS NOT NULL",
    }
)
"""By the words behind CREATE or DROP: the condition that holds while the object is there."""

_NO_NAMES = frozenset({"SCOPED", "AUDIT", "ENCRYPTION"})
"""Words that make something else of DATABASE."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The SQL condition that holds once a statement has worked."""

    done: str


def evidence_of(sql: str) -> Evidence | None:
    """Return how to see what a statement has done; None where nothing is sure to tell."""
    if len(sql) > _LONGEST or ";" in sql:
        return None
    words = [token.text for token in scan(sql, LEXICON) if token.kind not in INSIGNIFICANT]
    upper = [word.upper() for word in words[:_HEAD]]
    several = upper[:1] == ["DROP"] and "," in words
    if upper[:1] not in (["CREATE"], ["DROP"]) or several:
        return None
    for kind, there in _THERE.items():
        if tuple(upper[1 : 1 + len(kind)]) == kind and "IF" not in upper[:6]:
            names = _dotted(words, 1 + len(kind))
            return _evidence(there, names, creates=upper[0] == "CREATE")
    return None


def _evidence(there: str, names: Sequence[str], *, creates: bool) -> Evidence | None:
    if not names or names[0].upper() in _NO_NAMES or names[0].startswith("#"):
        return None
    whole = ".".join(f"[{name.replace(']', ']]')}]" for name in names)
    condition = there.format(last=in_quotes(names[-1]), whole=in_quotes(whole))
    return Evidence(condition if creates else f"NOT ({condition})")


def _dotted(words: Sequence[str], at: int) -> list[str]:
    """Return the parts of a dotted name, unquoted."""
    parts: list[str] = []
    while at < len(words):
        parts.append(_unquoted(words[at]))
        if words[at + 1 : at + 2] != ["."]:
            break
        at += 2
    return parts


def _unquoted(name: str) -> str:
    if name.startswith("["):
        return name[1:-1].replace("]]", "]")
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
