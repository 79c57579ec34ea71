# ruff: noqa: S608 - writing SQL is what this module is for
"""Whether a query finds exactly these rows, as one expression that every database reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Rows:
    """How a database compares."""

    literal: Callable[[object], str]
    equal: str
    """An operator for which NULL equals NULL."""

    def same(self, query: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
        """Return whether the query, whose columns have these names, finds these rows in any order."""
        expected = Counter(tuple(row) for row in rows)
        conditions = {row: self._matches(names, row) for row in expected}
        keys = [row[0] for row in expected]
        counts = [f"COUNT(*) = {sum(expected.values())}"]
        if expected and len(set(keys)) == len(keys) and None not in keys and max(expected.values()) == 1:
            counts.append(f"COUNT(CASE WHEN {' OR '.join(conditions.values())} THEN 1 END) = {len(keys)}")
        else:
            counts += [f"COUNT(CASE WHEN {conditions[row]} THEN 1 END) = {times}" for row, times in expected.items()]
        return f"(SELECT {' AND '.join(counts)} FROM ({query}) AS found)"

    def _matches(self, names: Sequence[str], row: Sequence[object]) -> str:
        tests = [f"found.{name} {self.equal} {self.literal(value)}" for name, value in zip(names, row, strict=True)]
        return f"({' AND '.join(tests)})"

    def exists(self, query: str, answer: object) -> str:
        """Return whether the query finds something, as answered."""
        return f"{'' if answer else 'NOT '}EXISTS ({query})"


def names(answer: object) -> list[tuple[str]]:
    """Return names as rows of one column."""
    return [(str(one),) for one in answer] if isinstance(answer, tuple) else []


def entries(answer: object) -> list[tuple[object, ...]]:
    """Return an answer of several entries."""
    return list(answer) if isinstance(answer, tuple) else []
