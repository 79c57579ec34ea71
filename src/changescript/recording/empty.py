"""What a query returns where no table holds a row: nothing, or the one row that aggregates make of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.formatting.scanner import INSIGNIFICANT, scan
from changescript.schema_model import result_without_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from changescript.formatting.lexicon import Lexicon

_OF_NOTHING: dict[str, object] = {
    "COUNT": 0,
    "EXISTS": False,
    **dict.fromkeys(("MAX", "MIN", "SUM", "AVG", "BOOL_OR", "BOOL_AND", "EVERY", "STRING_AGG", "ARRAY_AGG")),
}
"""What functions make of no rows."""
_FALLBACKS = frozenset({"COALESCE", "IFNULL"})
_BEHIND_TARGETS = frozenset(
    {"FROM", "WHERE", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "UNION", "INTERSECT", "EXCEPT"}
)
_UNSURE = object()


def result_of(sql: str, lexicon: Lexicon) -> Any:
    """Return the result of a query on empty tables."""
    words = [token.text for token in scan(sql, lexicon) if token.kind not in INSIGNIFICANT]
    if not words or words[0].upper() != "SELECT":
        return result_without_rows(("",))
    targets, behind = _targets(words[1:])
    keys = tuple(_key(target) for target in targets)
    values = [_value(_without_alias(target)) for target in targets]
    if _UNSURE in values or "GROUP" in behind:
        return result_without_rows(keys)
    return result_without_rows(keys, tuple(values))


def _targets(words: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    """Return what is selected, and all words outside of parentheses behind it."""
    targets: list[list[str]] = [[]]
    behind: list[str] = []
    depth = 0
    for word in words:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if depth == 0 and (behind or word.upper() in _BEHIND_TARGETS):
            behind.append(word.upper())
        elif depth == 0 and word == ",":
            targets.append([])
        elif not behind:
            targets[-1].append(word)
    return [target or [""] for target in targets], behind


def _key(target: list[str]) -> str:
    return target[0].lower() if target[-1] == ")" else target[-1].strip('"`[]')


def _without_alias(words: list[str]) -> list[str]:
    if len(words) > 2 and words[-2].upper() == "AS":  # noqa: PLR2004 - the name and AS before it
        return words[:-2]
    return words[:-1] if len(words) > 1 and words[-2] == ")" else words


def _value(words: list[str]) -> object:
    """Return what an expression over no rows is, if it is one of those that always make a row."""
    first, calls = words[0].upper(), len(words) > 2 and words[1] == "(" and words[-1] == ")"  # noqa: PLR2004 - f ( )
    if words[0].startswith("@@"):
        return 1  # most settings of MySQL's that anybody asks for are switches, and on
    if first == "NOT" and len(words) > 1:
        inner = _value(words[1:])
        return inner is False if inner in (True, False) else _UNSURE
    if calls and first in _FALLBACKS:
        return _fallback(words[2:-1])
    return _OF_NOTHING.get(first, _UNSURE) if calls else _UNSURE


def _fallback(arguments: list[str]) -> object:
    values, _ = _targets(arguments)
    if len(values) != 2 or _value(values[0]) is not None:  # noqa: PLR2004 - an aggregate, and what stands in for NULL
        return _UNSURE
    number = "".join(values[1])
    return int(number) if number.lstrip("-").isdigit() else number.strip("'")
