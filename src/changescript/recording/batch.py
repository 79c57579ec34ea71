"""Batch operations copy a table's constraints in the order in which they were written."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from alembic.operations.batch import ApplyBatchImpl

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def ordered_batches() -> Iterator[None]:
    """Sort them meanwhile: Alembic takes them out of a set, whose order is another one in each process."""
    alembics = ApplyBatchImpl._grab_table_elements

    def in_order(batch: ApplyBatchImpl) -> None:
        alembics(batch)
        batch.named_constraints = dict(sorted(batch.named_constraints.items(), key=lambda item: _written(item[1])))
        batch.unnamed_constraints.sort(key=_written)

    ApplyBatchImpl._grab_table_elements = in_order  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        ApplyBatchImpl._grab_table_elements = alembics  # type: ignore[method-assign]


def _written(constraint: Any) -> int:
    number: int = constraint._creation_order
    return number
