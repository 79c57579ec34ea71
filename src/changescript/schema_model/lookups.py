"""Queries of the catalogue that look something up by name, and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from changescript.schema_model.answers import result_of
from changescript.schema_model.assumptions import ANYWHERE, Assumption, Question
from changescript.schema_model.unknown import Unknown, UnknownAnswer, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A column of the result: a column of the catalogue, a constant, or the number of rows."""

    label: str
    column: str = ""
    constant: object = None
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """A query over one view of the catalogue whose conditions are equalities, joined by AND."""

    view: str
    targets: tuple[Target, ...]
    conditions: tuple[tuple[str, tuple[object, ...]], ...]
    exists: bool = False
    limit: int | None = None

    def values(self, column: str) -> tuple[object, ...]:
        """Return what a column is compared with."""
        return next((values for name, values in self.conditions if name == column), ())

    def only(self, column: str) -> str | None:
        """Return the one text that a column is compared with, if it is."""
        values = self.values(column)
        return str(values[0]) if len(values) == 1 else None


@dataclass(frozen=True, slots=True)
class View:
    """A view of the catalogue: its columns, the one that names what is looked up, and what that assumes."""

    columns: frozenset[str]
    key: str
    kind: str
    schema: str = ""
    table: str = ""
    exact: Mapping[str, frozenset[str]] | None = None
    """Columns that may be compared with these values alone, because an assumption says nothing of them."""
    anywhere: bool = False
    """Whether a name that is looked up without a schema is found in any."""
    folds: bool = False
    """Whether the database may take small and capital letters for the same."""


def refused() -> UnknownAnswer:
    """Return the refusal of a query that isn't one of these."""
    return refusal("the answer to a query", Unknown("it isn't a lookup of a name in the catalogue"))


def answer(lookup: Lookup, view: View, rows: Iterable[Row], *besides: str) -> tuple[Any, list[Assumption]]:
    """Return a lookup's result and what it assumes; `besides` are columns of which the caller assumes more."""
    for column, values in lookup.conditions:
        exact = (view.exact or {}).get(column)
        if column not in view.columns or (exact is not None and not set(map(str, values)) <= exact):
            raise refused()
    # What else a row tells, such as the table of an index, is no part of what is assumed.
    told = {view.key, *besides, *(column for column, _ in lookup.conditions)}
    if any(target.column and target.column not in view.columns & told for target in lookup.targets):
        raise refused()
    found = [row for row in rows if all(_same(row[c], values, view) for c, values in lookup.conditions)]
    assumptions = _assumptions(lookup, view, found)
    return _result(lookup, found), assumptions


def _same(value: object, values: tuple[object, ...], view: View) -> bool:
    if view.folds and value not in values and str(value).lower() in [str(one).lower() for one in values]:
        raise refused()  # whether these are the same depends on the server
    return value in values


def _result(lookup: Lookup, found: list[Row]) -> Any:  # noqa: ANN401 - a result of SQLAlchemy's
    labels = [target.label for target in lookup.targets]
    if lookup.exists:
        return result_of(["exists"], [(bool(found),)])
    if any(target.counts for target in lookup.targets):
        return result_of(labels, [tuple(len(found) if target.counts else None for target in lookup.targets)])
    rows = [
        tuple(row[target.column] if target.column else target.constant for target in lookup.targets) for row in found
    ]
    return result_of(labels, rows[: lookup.limit])


def _assumptions(lookup: Lookup, view: View, found: list[Row]) -> list[Assumption]:
    schema = (lookup.only(view.schema) if view.schema else None) or (ANYWHERE if view.anywhere else None)
    table = lookup.only(view.table) if view.table else None
    if any(len(lookup.values(column)) > 1 for column in (view.schema, view.table) if column):
        raise refused()
    names = [str(value) for value in lookup.values(view.key)]
    if not names and view.kind == "column" and table is not None:
        return [Assumption(Question("column_names", schema, table), tuple(str(row[view.key]) for row in found))]
    if not names or (view.kind == "column" and table is None):
        raise refused()
    has = {str(row[view.key]) for row in found}
    kind = "table_only" if view.kind == "table" and lookup.values("table_type") else view.kind
    return [Assumption(_question(kind, schema, table or "", name), name in has) for name in names]


def _question(kind: str, schema: str | None, table: str, name: str) -> Question:
    if kind in ("table", "table_only", "view_only"):
        return Question(kind, schema, name)
    if kind == "schema":
        return Question(kind, name)
    return Question(kind, schema, table, name)
