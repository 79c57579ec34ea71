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
    from changescript.schema_model.mysql.records import Key, Table

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
    about = lookup.values("table_name")
    asked = [table for table in tables if not about or table.name in about]
    unknown = next((table.unknown for table in asked if table.unknown and table.kind == "BASE TABLE"), None)
    if unknown and view.kind != "table":
        raise refusal("what the catalogue holds", unknown)
    if engine.outside and not lookup.values(view.key) and not (about and len(asked) == len(set(about))):
        raise refusal("what the catalogue holds", engine.outside)
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
    """Answer SHOW TABLES LIKE, SHOW COLUMNS for their names, and SHOW INDEX for the columns that are in one."""
    if reader.accept("TABLES", "LIKE"):
        pattern = _last_text(reader)
        if engine.outside and not _is_name(pattern):
            raise refusal("what the schema holds", engine.outside)
        fitting = _fitting(pattern, [table.name for table in engine.schema.all()])
        return result_of(["Tables"], [(name,) for name in fitting]), [_tables_like(pattern, fitting)]
    reader.accept("FULL")
    if reader.one_of("COLUMNS", "FIELDS"):
        return _show_columns(engine, reader)
    if reader.one_of("INDEX", "INDEXES", "KEYS"):
        return _show_index(engine, reader)
    raise refused()


def _show_columns(engine: MySQLEngine, reader: Reader) -> tuple[Any, list[Assumption]]:
    table = _table(engine, reader)
    names = [column.name for column in table.columns]
    if reader.at_end():
        return result_of(["Field"], [(name,) for name in names]), [_names_of_columns(table)]
    by_name = reader.accept("WHERE", "FIELD", "=")
    if not by_name and not reader.accept("LIKE"):
        raise refused()
    pattern = _last_text(reader)
    fitting = _called(pattern, names) if by_name else _fitting(pattern, names)
    exact = by_name or not re.search(r"[%_\\]", pattern)
    asked = (
        Assumption(Question("column", None, table.name, pattern), bool(fitting)) if exact else _names_of_columns(table)
    )
    return result_of(["Field"], [(name,) for name in fitting]), [asked]


def _show_index(engine: MySQLEngine, reader: Reader) -> tuple[Any, list[Assumption]]:
    table, name = _table(engine, reader), None
    if reader.accept("WHERE", "KEY_NAME", "="):
        name = _last_text(reader)
        _called(name, [key.name for key in table.keys])
    elif not reader.at_end():
        raise refused()
    rows = [
        (table.name, int(key.kind not in ("PRIMARY", "UNIQUE")), key.name, place, part.column)
        for key in table.keys
        if name in (None, key.name)
        for place, part in enumerate(key.parts, start=1)
    ]
    found = result_of(["Table", "Non_unique", "Key_name", "Seq_in_index", "Column_name"], rows)
    if name is not None and not rows:
        return found, [Assumption(Question("index", None, table.name, name), answer=False)]
    return found, [_indexes_of(table)]


def _table(engine: MySQLEngine, reader: Reader) -> Table:
    """Read FROM and the name of a table, whose content must be known."""
    if not reader.one_of("FROM", "IN"):
        raise refused()
    name = reader.qualified()
    found = engine.schema.find(name)
    if found is None:
        raise refused()
    return engine.known(name)


def _last_text(reader: Reader) -> str:
    text = reader.string()
    if not reader.at_end():
        raise refused()
    return text


def _fitting(pattern: str, names: list[str]) -> list[str]:
    """Return the names that a pattern of LIKE fits; refuse where that depends on small and capital letters."""
    like = re.compile("".join(_LIKE.get(part, re.escape(part.removeprefix("\\"))) for part in _PARTS.findall(pattern)))
    fitting = [name for name in names if like.fullmatch(name)]
    if fitting != [name for name in names if re.fullmatch(like.pattern, name, re.IGNORECASE)]:
        raise refused()  # whether these fit depends on the server
    return fitting


def _called(name: str, names: list[str]) -> list[str]:
    """Return the names that are this one; refuse as _fitting() does."""
    return _fitting(re.sub(r"([%_\\])", r"\\\1", name), names)


def _names_of_columns(table: Table) -> Assumption:
    return Assumption(Question("column_names", None, table.name), tuple(column.name for column in table.columns))


def _indexes_of(table: Table) -> Assumption:
    keys = (key for key in table.keys if key.kind != "PRIMARY")
    return Assumption(Question("indexes", None, table.name), tuple(map(_index, keys)))


def _index(key: Key) -> tuple[Any, ...]:
    """Return what is assumed of an index."""
    built = (
        key.kind if key.kind in ("FULLTEXT", "SPATIAL") else "",
        (),
        False,
        " ".join("3" if part.descending else "0" for part in key.parts),
        "",
        (),
        ",".join(part.length for part in key.parts),
    )
    return (key.name, tuple(part.column for part in key.parts), key.kind == "UNIQUE", None, built)


_PARTS = re.compile(r"\\.|.", re.DOTALL)
_LIKE = {"%": ".*", "_": "."}


def _is_name(pattern: str) -> bool:
    """Tell whether only one name can fit."""
    return not re.search(r"[\\%_]", pattern.replace("\\_", ""))


def _tables_like(pattern: str, fitting: list[str]) -> Assumption:
    """Return what is assumed: of a pattern that only one name can fit, whether that is there."""
    if _is_name(pattern):
        return Assumption(Question("table", None, pattern.replace("\\_", "_")), bool(fitting))
    return Assumption(Question("tables_like", None, "", pattern), tuple(fitting))
