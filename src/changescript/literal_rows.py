"""Rows as INSERT statements of many rows each, for op.bulk_insert(); must not know Alembic."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import BindParameter, ClauseElement

from changescript.literal_compiler import compile_literal, rules_of
from changescript.literal_rules import Inexact, LiteralRefused, Target, refusal, rendered_for_column

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

Row = Mapping[str, Any]
Renderer = Callable[[Any], str]

_VALUE = re.compile("\0v(\\d+)\0")


def render_rows(
    table: sa.TableClause, rows: Sequence[Row], dialect: Dialect, rows_per_statement: int = 100
) -> Iterator[str]:
    """Yield `INSERT INTO t (a, b) VALUES (…), (…)` with up to `rows_per_statement` rows each.

    Stores what `connection.execute(table.insert().inline(), rows)` stores: the keys of the first
    row name the columns, a Python-side default fills in where there is no key, an explicit None
    stays None. Raises LiteralRefused; rows whose keys differ are refused, as online they are
    an error or lose values.
    """
    if not rows:
        return
    _check_keys(table, rows)
    keys = list(rows[0])
    head, pieces, order = _template(table, keys, dialect)
    columns = [(keys[index], _renderer(table, keys[index], dialect)) for index in order]
    if not head:
        yield from itertools.repeat(pieces[0], len(rows))
        return
    for start in range(0, len(rows), rows_per_statement):
        batch = rows[start : start + rows_per_statement]
        yield head + ", ".join(_fill(pieces, [render(row[key]) for key, render in columns]) for row in batch)


def _check_keys(table: sa.TableClause, rows: Sequence[Row]) -> None:
    first = rows[0].keys()
    unknown = [str(key) for key in first if key not in table.c]
    if unknown:
        raise LiteralRefused(f"table {table.fullname} has no column {', '.join(unknown)}")
    for number, row in enumerate(rows, 1):
        if row.keys() != first:
            raise LiteralRefused(
                f"row {number} for {table.fullname} has other keys than row 1: "
                + ", ".join(sorted(map(str, row.keys() ^ first))),
                hint="online the keys of row 1 count for all rows: give every row the same keys",
            )


def _template(table: sa.TableClause, keys: list[str], dialect: Dialect) -> tuple[str, list[str], list[int]]:
    """Let SQLAlchemy write one row: it puts columns in order and adds the defaults.

    Returns what stands before the rows, the pieces of a row around its values, and which key each
    value belongs to. The head is empty for `INSERT INTO t DEFAULT VALUES`.
    """
    markers: dict[str, Any] = {key: sa.literal_column(f"\0v{index}\0") for index, key in enumerate(keys)}
    sql = compile_literal(table.insert().values(markers), dialect)
    before, values, row = sql.partition(" VALUES (")
    if not values:
        return "", [sql], []
    pieces = _VALUE.split("(" + row)
    order = [int(index) for index in pieces[1::2]]
    if sorted(order) != list(range(len(keys))):
        raise LiteralRefused(f"the columns of {table.fullname} can't be told apart from its values")
    return before + " VALUES ", pieces[::2], order


def _fill(pieces: list[str], values: list[str]) -> str:
    parts = [*itertools.chain.from_iterable(zip(pieces, values, strict=False)), pieces[-1]]
    return "".join(parts)


def _renderer(table: sa.TableClause, key: str, dialect: Dialect) -> Renderer:
    """Return what renders a value for a column, with all that is the same for every row looked up."""
    column = table.c[key]
    target = rules_of(dialect).target(column.type, dialect, f"{table.fullname}.{column.name}")
    if column.type.dialect_impl(dialect)._has_bind_expression:  # noqa: SLF001 - as SQLAlchemy's compiler does
        return lambda value: _expression(value, target)
    process, handlers = target.process, target.handlers
    needs_care = process is not None

    def rendered(value: Any) -> str:  # noqa: ANN401 - whatever a revision puts in a row
        handler = None if needs_care else handlers.get(type(value))
        try:
            return handler(value, target)[0] if handler else _with_care(value, target)
        except Inexact as inexact:
            failure = inexact
        raise refusal(failure, value, target)

    return rendered


def _with_care(value: object, target: Target) -> str:
    if isinstance(value, ClauseElement):
        return _expression(value, target)
    return rendered_for_column(value, target)[0]


def _expression(value: object, target: Target) -> str:
    """Render SQL that stands in the place of a value, or a value whose type wraps it in SQL."""
    if isinstance(value, BindParameter) and value.type._isnull:  # noqa: SLF001 - untyped, as SQLAlchemy asks
        value = value.effective_value
        if not target.impl._has_bind_expression:  # noqa: SLF001 - as above
            return rendered_for_column(value, target)[0]
    if not isinstance(value, ClauseElement):
        value = sa.bindparam(None, value, type_=target.sqltype)
    return compile_literal(value.self_group(), target.dialect, target.column)
