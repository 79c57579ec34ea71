"""Which parameters of raw SQL are the whole value of a column; must not know a dialect."""

from __future__ import annotations

import re

_CONSTANT = r"""(?:N?'(?:[^']|'')*'|-?\d+(?:\.\d+)?|NULL|DEFAULT)"""
_ITEM = rf"\s*(?::\w+|{_CONSTANT})\s*"
_INSERT = re.compile(
    rf"\s*INSERT\s+INTO\s+[^()':]+(?:\([^()':]*\))?\s*VALUES\s*\(({_ITEM}(?:,{_ITEM})*)\)\s*;?\s*",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\s*(?:UPDATE|DELETE)\b", re.IGNORECASE)
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_NAME = re.compile(r"(?<![:\w\\]):(\w+)(?![:\w])")
_COMPARED = re.compile(
    r"(?<![<>=!+\-*/%|&^])(?:=|<>|!=|<=?|>=?)\s*:(\w+)\s*"
    r"(?=$|[,);]|\b(?:AND|OR|WHERE|FROM|THEN|ORDER|GROUP|HAVING)\b)",
    re.IGNORECASE,
)


def inserted_parameters(sql: str) -> set[str]:
    """Return the parameters that an `INSERT INTO t (...) VALUES (...)` of one row stores as they are."""
    found = _INSERT.fullmatch(sql)
    return set(_NAME.findall(_QUOTED.sub("''", found[1]))) if found else set()


def compared_parameters(sql: str) -> set[str]:
    """Return the parameters of an UPDATE or DELETE that stand alone on the right of `=`, `<`, `>` or the like."""
    if not _CHANGE.match(sql):
        return set()
    bare = _QUOTED.sub("''", sql)
    names, alone = _NAME.findall(bare), _COMPARED.findall(bare)
    return {name for name in alone if names.count(name) == alone.count(name)}
