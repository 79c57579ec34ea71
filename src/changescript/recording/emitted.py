"""What one run of a revision emitted: its order, and whether another run emitted the same; must not run anything."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.schema import CreateIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    import sqlalchemy as sa
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.model import SourceLine, Statement


_ROWS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Emitted:
    """One statement as it was emitted."""

    statement: Statement
    construct: ClauseElement | None
    fingerprint: int
    """A hash of its SQL, which two runs in one process can be compared by."""


def in_fixed_order(emitted: Iterable[Emitted]) -> Iterator[Emitted]:
    """Yield the statements; the indexes of one create_table sorted, because Alembic takes them out of a set."""
    run: list[Emitted] = []
    for item in emitted:
        in_run = isinstance(item.construct, CreateIndex) and item.statement.directive != "create_index"
        if run and (not in_run or item.statement.source != run[0].statement.source):
            yield from sorted(run, key=_sql)
            run = []
        if in_run:
            run.append(item)
        else:
            yield item
    yield from sorted(run, key=_sql)


def _sql(item: Emitted) -> str:
    return item.statement.sql


def first_difference(first: Sequence[Emitted], second: Sequence[Emitted]) -> SourceLine | None:
    """Return the line of the first statement that is not the same in both runs, or None."""
    for one, other in itertools.zip_longest(first, second):
        if one is None or other is None or one.fingerprint != other.fingerprint:
            return (one or other).statement.source
    return None


def fingerprint_of_rows(table: sa.TableClause, rows: Sequence[Mapping[str, Any]]) -> int | None:
    """Return a hash of all that rows are rendered from; None for values that have none, such as lists.

    What compares equal but is of another type, as 1 and True, has another one.
    """
    whole = hash((table.fullname, tuple((column.name, repr(column.type)) for column in table.columns)))
    try:
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[start : start + _ROWS_AT_ONCE]
            values = [value for row in some for value in row.values()]
            keys = {tuple(row) for row in some}
            whole = hash((whole, tuple(sorted(map(repr, keys))), tuple(values), tuple(map(type, values))))
    except TypeError:
        return None
    return whole
