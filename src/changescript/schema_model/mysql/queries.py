"""Raw queries of MySQL's catalogue that the model answers."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from changescript.schema_model.answers import result_of
from changescript.schema_model.assumptions import Assumption, Question
from changescript.schema_model.lookups import Lookup, Row, Target, View, answer, refused
from changescript.schema_model.mysql.tokens import Reader, tokens_of
from changescript.schema_model.unknown import Unfollowed, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from changescript.schema_model.mysql.engine import MySQLEngine
    from changescript.schema_model.mysql.records import Table

_HERE = "the default schema"


def _tables(tables: list[Table]) -> Iterator[Row]:
    for table in tables:
        yield {"table_schema": _HERE, "table_name": table.name, "table_type": table.kind}


def _columns(tables: list[Table]) -> Iterator[Row]:
    for table in tables:
        for column in table.columns:
            yield {"table_schema": _HERE, "table_name": table.name, "column_name": column.name}


def _statistics(tables: list[Table]) -> Iterator[Row]:
    for table in tables:
        for key in table.keys:
            for part in key.parts:
                yield {
                    "table_schema": _HERE,
                    "table_name": table.name,
                    "index_name": key.name,
                    "column_name": part.column,
                }


def _constraints(tables: list[Table]) -> Iterator[Row]:
    for table in tables:
        names = [key.name for key in table.keys if key.kind in ("PRIMARY", "UNIQUE")]
        names += [key.name for key in table.foreign_keys] + [check.name for check in table.checks]
        for name in names:
            yield {
                "table_schema": _HERE,
                "constraint_schema": _HERE,
                "table_name": table.name,
                "constraint_name": name,
            }


def _view(columns: str, key: str, kind: str, table: str = "") -> View:
    return View(frozenset(columns.split()), key, kind, "", table, MappingProxyType({}), folds=True)


_VIEWS: dict[str, tuple[View, Callable[[list[Table]], Iterator[Row]]]] = {
    "TABLES": (_view("table_schema table_name", "table_name", "table"), _tables),
    "COLUMNS": (_view("table_schema table_name column_name", "column_name", "column", "table_name"), _columns),
    "STATISTICS": (_view("table_schema table_name index_name", "index_name", "index", "table_name"), _statistics),
    "TABLE_CONSTRAINTS": (
        _view(
            "table_schema constraint_schema table_name constraint_name", "constraint_name", "constraint", "table_name"
        ),
        _constraints,
    ),
}


def answer_query(engine: MySQLEngine, sql: str, parameters: dict[str, Any]) -> tuple[Any, list[Assumption]]:
    """Answer a query whose values are literals."""
    tokens = [token for token in tokens_of(sql) if token.text != ";"]
    reader = Reader(tokens)
    try:
        if parameters:
            raise refused()
        if reader.accept("SHOW"):
            return _show(engine, reader)
        reader.expect("SELECT")
        lookup = _lookup(reader)
    except Unfollowed:
        raise refused() from None
    if lookup.view not in _VIEWS:
        raise refused()
    view, rows = _VIEWS[lookup.view]
    return answer(lookup, view, list(rows(_known(engine, lookup, view))))


def _known(engine: MySQLEngine, lookup: Lookup, view: View) -> list[Table]:
    tables = list(engine.schema.all())
    unknown = next((table.unknown for table in tables if table.unknown and table.kind == "BASE TABLE"), None)
    if unknown and view.kind != "table":
        raise refusal("what the catalogue holds", unknown)
    schema = lookup.values("table_schema") or lookup.values("constraint_schema")
    if schema != (_HERE,):
        raise refused()  # the other databases of the server aren't known
    return tables


def _lookup(reader: Reader) -> Lookup:
    targets = [_target(reader)]
    while reader.accept(","):
        targets.append(_target(reader))
    reader.expect("FROM")
    if reader.name().upper() != "INFORMATION_SCHEMA":
        raise refused()
    reader.expect(".")
    view = reader.name().upper()
    conditions = []
    if reader.accept("WHERE"):
        conditions.append(_condition(reader))
        while reader.accept("AND"):
            conditions.append(_condition(reader))
    limit = int(reader.take().text) if reader.accept("LIMIT") else None
    if not reader.at_end():
        raise refused()
    return Lookup(view, tuple(targets), tuple(conditions), limit=limit)


def _target(reader: Reader) -> Target:
    token = reader.take()
    if token.kind == "number":
        return Target(token.text, constant=int(token.text))
    if token.text.upper() == "COUNT" and reader.accept("(", "*", ")"):
        return Target("COUNT(*)", counts=True)
    if token.kind in ("word", "quoted") and reader.peek() != "(":
        return Target(token.text.strip("`"), token.text.strip("`").lower())
    raise refused()


def _condition(reader: Reader) -> tuple[str, tuple[object, ...]]:
    column = reader.name().lower()
    if reader.accept("="):
        return column, (_value(reader),)
    if not reader.accept("IN"):
        raise refused()
    inner = Reader(reader.parenthesized())
    values = [_value(inner)]
    while inner.accept(","):
        values.append(_value(inner))
    return column, tuple(values)


def _value(reader: Reader) -> object:
    if reader.one_of("DATABASE", "SCHEMA"):
        reader.expect("(", ")")
        return _HERE
    return reader.string()


def _show(engine: MySQLEngine, reader: Reader) -> tuple[Any, list[Assumption]]:
    """Answer SHOW TABLES LIKE."""
    if not reader.accept("TABLES", "LIKE"):
        raise refused()
    pattern = reader.string()
    if not reader.at_end():
        raise refused()
    like = re.compile("".join(_LIKE.get(part, re.escape(part.removeprefix("\\"))) for part in _PARTS.findall(pattern)))
    in_any_case = re.compile(like.pattern, re.IGNORECASE)
    names = [table.name for table in engine.schema.all()]
    fitting = [name for name in names if like.fullmatch(name)]
    if fitting != [name for name in names if in_any_case.fullmatch(name)]:
        raise refused()  # whether these fit depends on the server
    return result_of(["Tables"], [(name,) for name in fitting]), [_tables_like(pattern, fitting)]


_PARTS = re.compile(r"\\.|.", re.DOTALL)
_LIKE = {"%": ".*", "_": "."}


def _tables_like(pattern: str, fitting: list[str]) -> Assumption:
    """Return what is assumed: of a pattern that only one name can fit, whether that is there."""
    name = pattern.replace("\\_", "_")
    if "\\" not in name and "%" not in name and "_" not in pattern.replace("\\_", ""):
        return Assumption(Question("table", None, name), bool(fitting))
    return Assumption(Question("tables_like", None, "", pattern), tuple(fitting))
