"""Raw queries of PostgreSQL's catalogue that the model answers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from changescript.schema_model.answers import result_of
from changescript.schema_model.assumptions import Assumption, Question
from changescript.schema_model.lookups import Lookup, Row, View, answer, refused
from changescript.schema_model.postgresql.expressions import dotted
from changescript.schema_model.postgresql.joined import answer_joined, is_joined
from changescript.schema_model.postgresql.parsing import statements_in
from changescript.schema_model.postgresql.reading import constant_of, lookup_of, uncast
from changescript.schema_model.postgresql.types import SHOWN, strings
from changescript.schema_model.unknown import Unfollowed, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from changescript.schema_model.postgresql.catalogue import Catalogue

Node = dict[str, Any]

_KINDS = {"r": "BASE TABLE", "p": "BASE TABLE", "v": "VIEW", "f": "FOREIGN"}
_CONSTRAINTS = {"p": "PRIMARY KEY", "u": "UNIQUE", "f": "FOREIGN KEY", "c": "CHECK"}


def _relations(catalogue: Catalogue, kinds: str) -> Iterator[Row]:
    for one in catalogue.relations.values():
        if one.kind in kinds and not one.temporary:
            yield {
                "table_schema": one.schema,
                "schemaname": one.schema,
                "sequence_schema": one.schema,
                "table_name": one.name,
                "tablename": one.name,
                "viewname": one.name,
                "matviewname": one.name,
                "sequence_name": one.name,
                "relname": one.name,
                "relkind": one.kind,
                "table_type": _KINDS.get(one.kind),
            }


def _sequences(catalogue: Catalogue) -> Iterator[Row]:
    """Go through all sequences but those of identity columns, which the standard's view leaves out."""
    identities = {
        sequence.name
        for relation in catalogue.relations.values()
        for column in relation.columns
        if column.identity
        for sequence in catalogue.owned_by(relation, column.number)
    }
    return (row for row in _relations(catalogue, "S") if row["sequence_name"] not in identities)


def _columns(catalogue: Catalogue) -> Iterator[Row]:
    for one in catalogue.relations.values():
        for column in one.columns:
            nullable = "NO" if column.not_null else "YES"
            yield {
                "table_schema": one.schema,
                "table_name": one.name,
                "column_name": column.name,
                "is_nullable": nullable,
            }


def _constraints(catalogue: Catalogue) -> Iterator[Row]:
    for one in catalogue.relations.values():
        for constraint in one.constraints:
            yield {
                "table_schema": one.schema,
                "constraint_schema": one.schema,
                "table_name": one.name,
                "conrelid": one.name,
                "constraint_name": constraint.name,
                "conname": constraint.name,
                "contype": constraint.kind,
                "constraint_type": _CONSTRAINTS.get(constraint.kind),
            }


def _indexes(catalogue: Catalogue) -> Iterator[Row]:
    for one in catalogue.relations.values():
        if one.kind == "i":
            table = catalogue.relations[one.table].name
            yield {"schemaname": one.schema, "tablename": table, "indexname": one.name}


def _types(catalogue: Catalogue) -> Iterator[Row]:
    for one in catalogue.types.values():
        yield {"typname": one.name, "typtype": one.kind}
    for relation in catalogue.relations.values():
        if relation.kind in "rpvmf":
            yield {"typname": relation.name, "typtype": "c"}


def _schemas(catalogue: Catalogue) -> Iterator[Row]:
    for name in (*catalogue.schemas, "information_schema", "pg_catalog"):
        yield {"schema_name": name, "nspname": name}


def _view(columns: str, key: str, kind: str, schema: str = "", table: str = "", **exact: frozenset[str]) -> View:
    return View(
        frozenset(columns.split()), key, kind, schema, table, MappingProxyType(exact), anywhere=kind != "schema"
    )


_BASE = frozenset({"BASE TABLE"})
_VIEWS: dict[str, tuple[View, Callable[[Catalogue], Iterator[Row]]]] = {
    "information_schema.tables": (
        _view("table_schema table_name table_type", "table_name", "table", "table_schema", table_type=_BASE),
        lambda catalogue: _relations(catalogue, "rpvf"),
    ),
    "pg_tables": (
        _view("schemaname tablename", "tablename", "table_only", "schemaname"),
        lambda catalogue: _relations(catalogue, "rp"),
    ),
    "information_schema.views": (
        _view("table_schema table_name", "table_name", "view_only", "table_schema"),
        lambda catalogue: _relations(catalogue, "v"),
    ),
    "pg_views": (
        _view("schemaname viewname", "viewname", "view_only", "schemaname"),
        lambda catalogue: _relations(catalogue, "v"),
    ),
    "information_schema.sequences": (
        _view("sequence_schema sequence_name", "sequence_name", "sequence", "sequence_schema"),
        _sequences,
    ),
    "information_schema.columns": (
        _view(
            "table_schema table_name column_name is_nullable",
            "column_name",
            "column",
            "table_schema",
            "table_name",
            is_nullable=frozenset(),
        ),
        _columns,
    ),
    "information_schema.table_constraints": (
        _view(
            "table_schema constraint_schema table_name constraint_name constraint_type",
            "constraint_name",
            "constraint",
            "table_schema",
            "table_name",
            constraint_type=frozenset(),
        ),
        _constraints,
    ),
    "pg_constraint": (
        _view("conname conrelid", "conname", "constraint", "", "conrelid"),
        _constraints,
    ),
    "pg_indexes": (
        _view("schemaname tablename indexname", "indexname", "index", "schemaname", "tablename"),
        _indexes,
    ),
    "pg_type": (_view("typname typtype", "typname", "type", typtype=frozenset()), _types),
    "information_schema.schemata": (_view("schema_name", "schema_name", "schema"), _schemas),
    "pg_namespace": (_view("nspname", "nspname", "schema"), _schemas),
}


def answer_query(catalogue: Catalogue, sql: str, parameters: dict[str, Any]) -> tuple[Any, list[Assumption]]:
    """Answer a query whose values are literals."""
    try:
        parsed = [] if parameters else statements_in(sql)
        if len(parsed) != 1 or parsed[0][0] != "select_stmt":
            raise refused()
        return _answer(catalogue, parsed[0][1])
    except (Unfollowed, KeyError, IndexError):
        # A shape that these functions don't expect.
        raise refused() from None


def _answer(catalogue: Catalogue, select: Node) -> tuple[Any, list[Assumption]]:
    targets = [entry["res_target"] for entry in select["target_list"]]
    if "from_clause" not in select:
        return _without_table(catalogue, select, targets)
    if is_joined(select):
        return answer_joined(catalogue, select)
    lookup = lookup_of(catalogue, select)
    return _looked_up(catalogue, lookup)


def _looked_up(catalogue: Catalogue, lookup: Lookup) -> tuple[Any, list[Assumption]]:
    if lookup.view not in _VIEWS:
        raise refused()
    view, rows = _VIEWS[lookup.view]
    found = list(rows(catalogue))
    _refuse_unknown(catalogue, lookup, view, found)
    return answer(lookup, view, found)


def _refuse_unknown(catalogue: Catalogue, lookup: Lookup, view: View, rows: list[Row]) -> None:
    """Refuse where a name that isn't found could exist, or belongs to PostgreSQL itself."""
    if catalogue.unknown:
        raise refusal("what the catalogue holds", catalogue.unknown)
    names = [str(value) for value in lookup.values(view.key)]
    if any(name.startswith("pg_") or (view.kind == "type" and name.lstrip("_") in SHOWN) for name in names):
        raise refused()
    if view.kind == "constraint" and any("not_null" in name for name in names):
        raise refused()  # which of them are constraints depends on the server's release
    present = {row[view.key] for row in rows}
    tables = {str(value) for value in lookup.values(view.table)} if view.table else set()
    partly = next(
        (
            one.unknown
            for one in catalogue.relations.values()
            if one.unknown and one.kind in "rpf" and (not tables or one.name in tables)
        ),
        None,
    )
    looks_inside = view.kind in ("column", "constraint", "index")
    if looks_inside and partly and (not names or not set(names) <= present or view.kind == "column"):
        raise refusal("what the catalogue holds", partly)
    is_known = view.table and tables and tables <= {str(row.get(view.table)) for row in rows}
    if catalogue.outside and not names and not is_known:
        raise refusal("what the catalogue holds", catalogue.outside)
    if lookup.values("typtype") and any(one.kind == "?" and one.name in names for one in catalogue.types.values()):
        raise refused()


def _without_table(catalogue: Catalogue, select: Node, targets: list[Node]) -> tuple[Any, list[Assumption]]:
    """Answer SELECT EXISTS (...) and SELECT to_regclass(...)."""
    if len(targets) != 1 or "where_clause" in select:
        raise refused()
    kind, value = next(iter(targets[0]["val"].items()))
    if kind == "sub_link" and value["sub_link_type"] == "EXISTS_SUBLINK":
        inner = _with_plain_target(value["subselect"]["select_stmt"])
        if is_joined(inner):
            return answer_joined(catalogue, inner, exists=True)
        lookup = lookup_of(catalogue, inner)
        existing = Lookup(lookup.view, lookup.targets, lookup.conditions, exists=True)
        return _looked_up(catalogue, existing)
    if kind == "null_test":
        found, assumptions = _regclass(catalogue, value["arg"])
        is_null = value["nulltesttype"] == "IS_NULL"
        return result_of(["?column?"], [((found is None) == is_null,)]), assumptions
    found, assumptions = _regclass(catalogue, targets[0]["val"])
    return result_of(["to_regclass"], [(found,)]), assumptions


def _with_plain_target(select: Node) -> Node:
    return select | {"target_list": [{"res_target": {"val": {"a_const": {"ival": {"ival": 1}}}}}]}


def _regclass(catalogue: Catalogue, node: Node) -> tuple[str | None, list[Assumption]]:
    node = uncast(node)
    call = node["func_call"]
    if strings(call["funcname"])[-1] != "to_regclass":
        raise refused()
    text = str(constant_of(uncast(call["args"][0])))
    parts = dotted(text)
    schema = parts[0] if len(parts) > 1 else None
    found = catalogue.find(schema, parts[-1])
    kind = "table" if found is not None and found.kind in "rpvmf" else "relation"
    question = Question(kind, schema, parts[-1])
    # What is shown is the name as short as the path allows.
    shown = None if found is None else text if schema is None else parts[-1] if schema in catalogue.path else text
    return shown, [Assumption(question, found is not None)]
