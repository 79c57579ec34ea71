"""Rows as INSERT statements of many rows each, for op.bulk_insert(); must not know Alembic."""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import BindParameter, ClauseElement

from changescript.literals.compiler import compile_literal, rules_of
from changescript.literals.rules import Handler, LiteralRefused, Place, Target, render

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

Row = Mapping[str, Any]
Renderer = Callable[[list[Any]], list[str]]
"""Turns the values of a column into SQL."""

_VALUE = re.compile("\0v(\\d+)\0")


@dataclass(frozen=True, slots=True)
class Batch:
    """One INSERT."""

    head: str
    """What stands before VALUES, or the whole statement where there are no values."""
    rows: Sequence[Sequence[str]]
    """The values of each row, the first with the bracket before it and the last with the one behind."""

    def __str__(self) -> str:
        return f"{self.head} VALUES {', '.join(map(', '.join, self.rows))}" if self.rows else self.head


def render_rows(
    table: sa.TableClause, rows: Sequence[Row], dialect: Dialect, rows_per_statement: int = 100
) -> Iterator[str]:
    """Yield `INSERT INTO t (a, b) VALUES (…), (…)` as text; like render_batches()."""
    return map(str, render_batches(table, rows, dialect, rows_per_statement))


def render_batches(
    table: sa.TableClause, rows: Sequence[Row], dialect: Dialect, rows_per_statement: int = 100
) -> Iterator[Batch]:
    """Yield INSERTs with up to `rows_per_statement` rows each.

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
    if not pieces:
        yield from itertools.repeat(Batch(head, ()), len(rows))
        return
    columns = [(keys[index], _renderer(table, keys[index], dialect)) for index in order]
    # Every column is asked: one that can't be told apart from others is refused even where rows stand alone.
    fitting = [_one_below_another(table, key, rows, dialect) for key in keys]
    for start in range(0, len(rows), rows_per_statement):
        batch = rows[start : start + rows_per_statement]
        values = [render([row[key] for row in batch]) for key, render in columns]
        tuples = list(zip(*_glued(pieces, values, len(batch)), strict=True))
        yield from [Batch(head, tuples)] if all(fitting) else [Batch(head, [row]) for row in tuples]


def _glued(pieces: Sequence[str], columns: Sequence[list[str]], count: int) -> Iterator[list[str]]:
    """Yield the columns of the rows, each glued to what stands beside it in the template but for plain commas."""
    before, glued = pieces[0], [pieces[0]] * count
    for piece, column in zip(pieces[1:], columns, strict=True):
        glued = list(map(operator.add, glued, column)) if before else column
        if piece == ", ":
            yield glued
            before = ""
        else:
            before, glued = piece, [text + piece for text in glued]
    yield glued


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

    Returns what stands before VALUES, the pieces of a row around its values, and which key each of its values
    belongs to. There are no pieces in `INSERT INTO t DEFAULT VALUES`.
    """
    markers: dict[str, Any] = {key: sa.literal_column(f"\0v{index}\0") for index, key in enumerate(keys)}
    sql = compile_literal(table.insert().values(markers), dialect)
    before, values, row = sql.partition(" VALUES (")
    if not values:
        return sql, [], []
    pieces = _VALUE.split("(" + row)
    order = [int(index) for index in pieces[1::2]]
    if sorted(order) != list(range(len(keys))):
        raise LiteralRefused(f"the columns of {table.fullname} can't be told apart from its values")
    return before, pieces[::2], order


def _one_below_another(table: sa.TableClause, key: str, rows: Sequence[Row], dialect: Dialect) -> bool:
    column, rules = table.c[key], rules_of(dialect)
    target = rules.target(column.type, dialect, f"{table.fullname}.{column.name}")
    return rules.one_below_another(target, (row[key] for row in rows))


def _renderer(table: sa.TableClause, key: str, dialect: Dialect) -> Renderer:
    """Return what renders the values of a column, with all that is the same for every row looked up."""
    column = table.c[key]
    target = rules_of(dialect).target(column.type, dialect, f"{table.fullname}.{column.name}")
    if column.type.dialect_impl(dialect)._has_bind_expression:  # noqa: SLF001 - as SQLAlchemy's compiler does
        return lambda values: [_expression(value, target) for value in values]
    if target.runs_user_code or isinstance(target.impl, sa.ARRAY):
        return lambda values: [_with_care(value, target) for value in values]
    return _fast_renderer(target)


def _fast_renderer(target: Target) -> Renderer:
    """Return a loop over the values that any trouble leaves to the careful way."""
    process, quick = target.process, {NoneType: _null, **target.handlers}

    def render_column(values: list[Any]) -> list[str]:
        try:
            return _at_once(values if process is None else list(map(process, values)), quick, target)
        except Exception:  # noqa: BLE001, S110 - one of them needs a closer look, outside of this block
            pass
        return each(values)

    def each(values: list[Any]) -> list[str]:
        texts = []
        for value in values:
            text = ""
            try:
                plain = value if process is None else process(value)
                text = quick[type(plain)](plain, target)[0]
            except Exception:  # noqa: BLE001, S110 - met again below, where no error text can hold the value
                pass
            texts.append(text or _with_care(value, target))
        return texts

    return render_column


def _at_once(values: list[Any], quick: Mapping[type, Handler], target: Target) -> list[str]:
    kinds = set(map(type, values)) - {NoneType}
    if len(kinds) == 1:
        (kind,) = kinds
        column = target.rules.columns.get((kind, quick[kind]))
        filled = [value for value in values if value is not None]
        texts = column(filled, target) if column else None
        if texts is not None:
            following = iter(texts)
            return texts if len(texts) == len(values) else ["NULL" if v is None else next(following) for v in values]
    return [quick[type(value)](value, target)[0] for value in values]


def _null(_value: object, _target: Target) -> tuple[str, None]:
    return "NULL", None


def _with_care(value: object, target: Target) -> str:
    if isinstance(value, ClauseElement):
        return _expression(value, target)
    return render(value, target, Place.COLUMN)


def _expression(value: object, target: Target) -> str:
    """Render SQL that stands in the place of a value, or a value whose type wraps it in SQL."""
    if isinstance(value, BindParameter) and value.type._isnull and not value.required:  # noqa: SLF001 - untyped, as SQLAlchemy asks
        value = value.effective_value
        if not target.impl._has_bind_expression:  # noqa: SLF001 - as above
            return render(value, target, Place.COLUMN)
    if not isinstance(value, ClauseElement):
        value = sa.bindparam(None, value, type_=target.sqltype)
    return compile_literal(value.self_group(), target.dialect, target.column)
