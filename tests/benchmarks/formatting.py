"""Measures layout with its proof: against sqlparse, which is asked for no more than to parse, and as the text grows.

Only the ratios count; megabytes a second are another number on every machine, and on this one every hour.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlparse

from changescript.formatting import format_statement
from changescript.formatting.lexicon import POSTGRESQL
from tests.benchmarks.measure import Ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ROUNDS = 3
_GROWTH = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """Statements of one kind, as many or as large as asked for."""

    what: str
    make: Callable[[int], list[str]]
    size: int
    sample: int
    """The size of what sqlparse is given: it refuses 10,000 tokens, and takes longer for each of many."""
    aim: str = "at most 0.1"


def _table(columns: int) -> list[str]:
    types = ("INTEGER NOT NULL", "VARCHAR(255) NOT NULL", "NUMERIC(10, 2) DEFAULT 0.00", "TIMESTAMP DEFAULT now()")
    items = (f"\tcolumn_{number} {types[number % len(types)]}" for number in range(columns))
    return ["\nCREATE TABLE account (\n" + ", \n".join(items) + ", \n\tPRIMARY KEY (column_0)\n)\n\n"]


def _insert(rows: int) -> list[str]:
    values = (
        f"({n}, 'user {n}', 'user{n}@example.com', '2024-01-01 12:00:00', {n}.5, true, NULL, 'it''s a note: {n}')"
        for n in range(rows)
    )
    head = "INSERT INTO account (id, name, email, created_at, balance, active, parent_id, note) VALUES "
    return [head + ", ".join(values)]


def _update(number: int) -> str:
    return f"UPDATE account SET name='name {number}', value={number} WHERE account.id = {number} AND account.kind = 'k'"


def _script(statements: int) -> list[str]:
    """Return statements of usual size: of ten, five change a row, four make a table, one fills one."""
    ten = [*map(_update, range(5)), *_table(22) * 4, *_insert(100)]
    return ten * (statements // 10)


KINDS = (
    Kind("statements of usual size", _script, 2_500, 10),
    Kind("columns of one table", _table, 10_000, 200),
    Kind("rows of one INSERT", _insert, 25_000, 100),
    Kind(
        "bytes of one literal",
        lambda size: [f"INSERT INTO t (a) VALUES ('{'x' * size}')"],
        2_500_000,
        10_000,
        "at most 0.5",
    ),
)


def formatting() -> Iterator[str]:
    """Yield the ratios of each kind, and the megabytes a second of the larger run."""
    for kind in KINDS:
        sample, once, more = (kind.make(size) for size in (kind.sample, kind.size, kind.size * _GROWTH))
        seconds, growing = (
            _seconds(format_statement, POSTGRESQL, of=once),
            _seconds(format_statement, POSTGRESQL, of=more),
        )
        theirs = _seconds(sqlparse.parse, of=sample) / _size(sample)
        parsing = f"layout and proof of {kind.what} against `sqlparse.parse`, time for each byte"
        yield str(Ratio(parsing, growing / _size(more), theirs, kind.aim))
        growth = f"{_GROWTH} times the {kind.what} against {_GROWTH} times the time"
        yield str(Ratio(growth, growing, seconds * _GROWTH, "at most 1.2"))
        yield f"    ({_size(more) / growing / 1e6:.1f} MB/s here and now, of {_size(more) / 1e6:.1f} MB)"


def _size(statements: Sequence[str]) -> int:
    return sum(map(len, statements))


def _seconds(function: Callable[..., object], *arguments: object, of: Sequence[str]) -> float:
    """Return the CPU seconds that the function takes for all statements: the least of some rounds."""
    rounds = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        for statement in of:
            function(statement, *arguments)
        rounds.append(time.process_time() - start)
    return min(rounds)
