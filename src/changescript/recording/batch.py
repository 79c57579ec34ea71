"""Batch operations read one table alone, and copy its constraints in the order in which they were written."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from alembic.operations.batch import ApplyBatchImpl, BatchOperationsImpl
from sqlalchemy import Table
from sqlalchemy.util import OrderedSet

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def ordered_batches() -> Iterator[None]:
    """Sort them meanwhile: they are taken out of a set, whose order is another one in each process.

    By Alembic, and by SQLAlchemy where a batch operation with a naming convention copies the table first.
    """
    alembics, sqlalchemys, flush = ApplyBatchImpl._grab_table_elements, Table.to_metadata, BatchOperationsImpl.flush

    def flush_alone(batch: BatchOperationsImpl) -> None:
        # A key names what it refers to; reading that as well would only be more that has to be as assumed.
        batch.reflect_kwargs = {"resolve_fks": False, **batch.reflect_kwargs}
        flush(batch)

    def in_order(batch: ApplyBatchImpl) -> None:
        alembics(batch)
        batch.named_constraints = dict(sorted(batch.named_constraints.items(), key=lambda item: _written(item[1])))
        batch.unnamed_constraints.sort(key=_written)

    def copied_in_order(table: Table, *arguments: Any, **named: Any) -> Table:
        constraints = table.constraints
        table.constraints = OrderedSet(sorted(constraints, key=_written))
        try:
            return sqlalchemys(table, *arguments, **named)
        finally:
            table.constraints = constraints

    ApplyBatchImpl._grab_table_elements = in_order  # type: ignore[assignment, method-assign]
    Table.to_metadata = copied_in_order  # type: ignore[assignment, method-assign]
    BatchOperationsImpl.flush = flush_alone  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        ApplyBatchImpl._grab_table_elements = alembics  # type: ignore[method-assign]
        Table.to_metadata = sqlalchemys  # type: ignore[method-assign]
        BatchOperationsImpl.flush = flush  # type: ignore[method-assign]


def _written(constraint: Any) -> int:
    number: int = constraint._creation_order
    return number
