"""Puts the parameters of an execute() into the statement; Alembic offline drops them, and NULL is written instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import BindParameter, ClauseElement


class UnplacedParameterError(ValueError):
    """A parameter has no place in the statement; the text names it, never its value."""


def with_parameters(statement: ClauseElement, parameters: object) -> Iterator[ClauseElement]:
    """Yield the statement once for each set of parameters, with the values in it; as it is where there are none.

    Raises UnplacedParameterError for what an online execute() would refuse or ignore.
    """
    if not parameters:
        yield statement
        return
    rows = [parameters] if isinstance(parameters, Mapping) else parameters
    if not isinstance(rows, Sequence) or not all(isinstance(row, Mapping) for row in rows):
        raise UnplacedParameterError("parameters must be a dictionary, or a list of dictionaries")
    if any(row.keys() != rows[0].keys() for row in rows):
        raise UnplacedParameterError("the sets of parameters do not have the same names")
    for row in rows:
        yield _filled(statement, row)


def _filled(statement: ClauseElement, row: Mapping[str, Any]) -> Any:
    names = {element.key for element in visitors.iterate(statement) if isinstance(element, sa.BindParameter)}
    columns = {name: value for name, value in row.items() if name not in names}
    if not columns:
        return _replaced(statement, row)
    if not isinstance(statement, sa.Insert | sa.Update):
        raise UnplacedParameterError(f"parameter {min(columns)!r} has no place in the statement")
    return _replaced(statement, row).values(**columns)


def _replaced(statement: Any, row: Mapping[str, Any]) -> Any:
    """Return a copy in which each named bind has its value.

    Insert and Update refuse params(); this is what it does for every other construct.
    """
    if isinstance(statement, sa.TextClause):
        return statement.bindparams(**row)

    def fill(bind: BindParameter[Any]) -> None:
        if bind.key in row:
            bind.value = row[bind.key]
            bind.required = False

    return visitors.cloned_traverse(statement, {"maintain_key": True}, {"bindparam": fill})
