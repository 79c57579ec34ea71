"""How a query of PostgreSQL's catalogue is read: what it selects, from which view, and what it compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.schema_model.lookups import Lookup, Target, refused
from changescript.schema_model.postgresql.expressions import dotted
from changescript.schema_model.postgresql.types import integer_of, strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.schema_model.postgresql.catalogue import Catalogue

Node = dict[str, Any]

_ALLOWED = {"target_list", "from_clause", "where_clause", "limit_option", "limit_count", "op", "sort_clause"}


def tables_of(select: Node) -> set[str]:
    """Return the names of what stands in FROM."""
    found = set()
    for entry in select["from_clause"]:
        for side in [entry["join_expr"]["larg"], entry["join_expr"]["rarg"]] if "join_expr" in entry else [entry]:
            found.add(side["range_var"]["relname"])
    return found


def lookup_of(catalogue: Catalogue, select: Node) -> Lookup:
    """Return a query of one view as what it looks up; raises UnknownAnswer for any other."""
    refuse_more(select)
    if len(select["from_clause"]) != 1:
        raise refused()
    table = select["from_clause"][0]["range_var"]
    schema = table.get("schemaname", "pg_catalog")
    name = table["relname"] if schema == "pg_catalog" else f"{schema}.{table['relname']}"
    conditions = tuple(conditions_of(catalogue, select.get("where_clause")))
    return Lookup(name, tuple(map(target_of, select["target_list"])), conditions, limit=limit_of(select))


def refuse_more(select: Node) -> None:
    """Refuse a query with more to it than what it selects, from where, which rows, in which order and how many."""
    if set(select) - _ALLOWED or select.get("op") != "SETOP_NONE":
        raise refused()


def limit_of(select: Node) -> int | None:
    """Return how many rows a query has at most."""
    return integer_of(select["limit_count"]) if "limit_count" in select else None


def target_of(entry: Node) -> Target:
    """Return a column of the result."""
    target = entry["res_target"]
    kind, value = next(iter(target["val"].items()))
    if kind == "column_ref":
        column = strings(value["fields"])[-1]
        return Target(target.get("name", column), column)
    if kind == "func_call" and strings(value["funcname"]) == ["count"] and value.get("agg_star"):
        return Target(target.get("name", "count"), counts=True)
    if kind == "a_const":
        return Target(target.get("name", "?column?"), constant=constant_of(target["val"]))
    raise refused()


def constant_of(node: Node) -> object:
    """Return the value of a constant."""
    constant = node["a_const"]
    if "sval" in constant:
        return constant["sval"].get("sval", "")
    if "boolval" in constant:
        return bool(constant["boolval"].get("boolval"))
    return integer_of(node)


def uncast(node: Node) -> Node:
    """Return what a cast is of."""
    return dict(node["type_cast"]["arg"]) if "type_cast" in node else node


def parts_of(node: Node | None) -> Iterator[Node]:
    """Go through conditions that all must hold."""
    if node is None:
        return
    both = node.get("bool_expr", {})
    if both.get("boolop") == "AND_EXPR":
        for one in both["args"]:
            yield from parts_of(one)
    else:
        yield node


def conditions_of(catalogue: Catalogue, node: Node | None) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Go through what columns are compared with."""
    for part in parts_of(node):
        kind, value = next(iter(part.items()))
        if kind != "a_expr" or strings(value["name"]) != ["="]:
            raise refused()
        column = strings(value["lexpr"]["column_ref"]["fields"])[-1]
        if value["kind"] == "AEXPR_IN":
            yield column, tuple(constant_of(item) for item in value["rexpr"]["list"]["items"])
        elif value["kind"] == "AEXPR_OP":
            yield column, (_compared(catalogue, column, value["rexpr"]),)
        else:
            raise refused()


def _compared(catalogue: Catalogue, column: str, node: Node) -> object:
    call = node.get("func_call")
    if call and strings(call["funcname"]) == ["current_schema"]:
        return catalogue.path[0]
    if "sqlvalue_function" in node:
        return catalogue.path[0] if node["sqlvalue_function"]["op"] == "SVFOP_CURRENT_SCHEMA" else refused()
    cast = node.get("type_cast")
    if cast and column == "conrelid" and strings(cast["type_name"]["names"])[-1] == "regclass":
        parts = dotted(str(constant_of(cast["arg"])))
        return parts[0] if len(parts) == 1 else refused()
    if column == "conrelid":
        raise refused()
    return constant_of(uncast(node))
