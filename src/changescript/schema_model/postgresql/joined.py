"""Queries that look at two views of PostgreSQL's catalogue: the labels of an enum, whether an index is valid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from changescript.schema_model.assumptions import ANYWHERE, Assumption, Question
from changescript.schema_model.lookups import Lookup, Row, View, answer, refused
from changescript.schema_model.postgresql.expressions import dotted
from changescript.schema_model.postgresql.reading import (
    conditions_of,
    constant_of,
    limit_of,
    parts_of,
    refuse_more,
    tables_of,
    target_of,
    uncast,
)
from changescript.schema_model.postgresql.types import strings
from changescript.schema_model.unknown import refusal

if TYPE_CHECKING:
    from changescript.schema_model.postgresql.catalogue import Catalogue, Relation, Type

Node = dict[str, Any]
Answered = tuple[Any, list[Assumption]]

_ENUM = View(
    frozenset({"typname", "typtype", "enumlabel"}),
    "typname",
    "type",
    exact=MappingProxyType({"typtype": frozenset({"e"})}),
)
_INDEX = View(
    frozenset({"relname", "relkind", "indisvalid"}),
    "relname",
    "index",
    exact=MappingProxyType({"relkind": frozenset({"i"})}),
)
_KEYS = {"pg_enum": {"enumtypid", "oid"}, "pg_index": {"indexrelid", "oid"}}
"""Columns by which the second view is joined."""


@dataclass
class _Asked:
    """What a query asks for."""

    name: str | None = None
    """The one type or index that it is about."""
    schema: str | None = ANYWHERE
    """None: as the search path finds it."""
    valid: bool | None = None
    """Whether only valid indexes count, or only those that aren't."""
    others: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)

    def sees(self, found: Relation | Type, catalogue: Catalogue) -> bool:
        """Tell whether it is about what has this name in this schema."""
        return self.schema == ANYWHERE or found.schema in ([self.schema] if self.schema else catalogue.path)


def is_joined(select: Node) -> bool:
    """Tell whether a query is one of these."""
    return tables_of(select) in ({"pg_enum"}, {"pg_enum", "pg_type"}, {"pg_index"}, {"pg_index", "pg_class"})


def answer_joined(catalogue: Catalogue, select: Node, *, exists: bool = False) -> Answered:
    """Answer a query with its rows, and with what they assume; refuse what it asks beside."""
    refuse_more(select)
    second = "pg_enum" if "pg_enum" in tables_of(select) else "pg_index"
    asked = _asked(catalogue, select, _KEYS[second])
    if asked.name is None:
        raise refused()
    if catalogue.unknown:
        raise refusal("what the catalogue holds", catalogue.unknown)
    targets = tuple(map(target_of, select["target_list"]))
    lookup = Lookup(second, targets, tuple(asked.others), exists=exists, limit=limit_of(select))
    answered = _labels if second == "pg_enum" else _validity
    return answered(catalogue, asked, lookup, select.get("sort_clause", []))


def _asked(catalogue: Catalogue, select: Node, keys: set[str]) -> _Asked:
    asked = _Asked()
    joins = [one["join_expr"] for one in select["from_clause"] if "join_expr" in one]
    if any(one["jointype"] != "JOIN_INNER" or "quals" not in one for one in joins):
        raise refused()
    joined = 0
    for part in (*(one["quals"] for one in joins), *parts_of(select.get("where_clause"))):
        if _columns(part) == keys:
            joined += 1
        else:
            _note(catalogue, asked, part)
    if joined != len(tables_of(select)) - 1:
        raise refused()
    return asked


def _columns(part: Node) -> set[str]:
    """Return the two columns that a condition says to be equal; none where it is about something else."""
    compared = part.get("a_expr", {})
    sides = [compared.get("lexpr", {}), compared.get("rexpr", {})]
    if not compared or strings(compared["name"]) != ["="] or any("column_ref" not in side for side in sides):
        return set()
    return {strings(side["column_ref"]["fields"])[-1] for side in sides}


def _note(catalogue: Catalogue, asked: _Asked, part: Node) -> None:
    """Note what a condition asks for."""
    negated = part.get("bool_expr", {})
    column = negated["args"][0] if negated.get("boolop") == "NOT_EXPR" else part
    call = part.get("func_call", {})
    compared = part.get("a_expr", {})
    left = compared.get("lexpr", {}).get("column_ref")
    if "column_ref" in column and strings(column["column_ref"]["fields"])[-1] == "indisvalid":
        asked.valid = column is part
    elif call and strings(call["funcname"])[-1] == "pg_type_is_visible":
        asked.schema = None
    elif left and strings(left["fields"])[-1] in ("enumtypid", "indexrelid"):
        _note_key(catalogue, asked, compared)
    else:
        for name, values in conditions_of(catalogue, part):
            if name in ("typname", "relname") and len(values) == 1:
                asked.name = str(values[0])
            else:
                asked.others.append((name, values))


def _note_key(catalogue: Catalogue, asked: _Asked, compared: Node) -> None:
    """Note the name that a key is looked up by: 'name'::regtype, to_regclass('name'), or a query for its oid."""
    right = compared["rexpr"]
    if strings(compared["name"]) != ["="]:
        raise refused()
    if "sub_link" in right:
        inner = right["sub_link"]["subselect"]["select_stmt"]
        targets = [target_of(one).column for one in inner["target_list"]]
        found = dict(conditions_of(catalogue, inner.get("where_clause")))
        if tables_of(inner) != {"pg_type"} or targets != ["oid"] or set(found) != {"typname"}:
            raise refused()
        (asked.name,) = map(str, found["typname"])
        return
    call, cast = right.get("func_call"), right.get("type_cast")
    if call and strings(call["funcname"])[-1] == "to_regclass":
        node = call["args"][0]
    elif cast and strings(cast["type_name"]["names"])[-1] in ("regclass", "regtype"):
        node = cast["arg"]
    else:
        raise refused()
    parts = dotted(str(constant_of(uncast(node))))
    asked.name, asked.schema = parts[-1], parts[0] if len(parts) > 1 else None


def _labels(catalogue: Catalogue, asked: _Asked, lookup: Lookup, order: list[Node]) -> Answered:
    name = str(asked.name)
    called_so = [type_ for type_ in catalogue.types.values() if type_.name == name and asked.sees(type_, catalogue)]
    if len(called_so) > 1 or any(type_.kind == "?" for type_ in called_so):
        raise refused()
    labels = called_so[0].labels if called_so else ()
    rows: list[Row] = [{"typname": name, "typtype": "e", "enumlabel": label} for label in _ordered(labels, order)]
    result = _result(lookup, _ENUM, name, rows, "enumlabel")
    if not called_so:
        return result, [Assumption(Question("type", asked.schema, "", name), answer=False)]
    return result, [Assumption(Question("enum", asked.schema, "", name), tuple(labels))]


def _ordered(labels: tuple[str, ...], order: list[Node]) -> list[str]:
    """Return labels as ORDER BY has them; without it they come as they were made, mostly."""
    keys = [one["sort_by"] for one in order]
    columns = [strings(key["node"]["column_ref"]["fields"])[-1] for key in keys]
    if any(key.get("sortby_dir", "SORTBY_DEFAULT") not in ("SORTBY_DEFAULT", "SORTBY_ASC") for key in keys):
        raise refused()
    if columns == ["enumlabel"]:
        return sorted(labels, key=str.encode)
    if columns not in ([], ["enumsortorder"]):
        raise refused()
    return list(labels)


def _validity(catalogue: Catalogue, asked: _Asked, lookup: Lookup, order: list[Node]) -> Answered:
    """Answer that an index is valid, if there is one: only one that is made CONCURRENTLY may fail, and stay."""
    name = str(asked.name)
    named = [one for one in catalogue.relations.values() if one.name == name and one.kind == "i"]
    found = [one for one in named if asked.sees(one, catalogue)]
    if len(found) > 1 or order:
        raise refused()
    rows: list[Row] = [{"relname": name, "relkind": "i", "indisvalid": True} for _ in found if asked.valid is not False]
    assumed = [Assumption(Question("invalid_index", asked.schema, "", name), answer=False)]
    if asked.valid is not False:
        assumed.append(Assumption(Question("index", asked.schema, "", name), bool(found)))
    return _result(lookup, _INDEX, name, rows, "indisvalid"), assumed


def _result(lookup: Lookup, view: View, name: str, rows: list[Row], *besides: str) -> Any:  # noqa: ANN401 - a result
    about = replace(lookup, conditions=((view.key, (name,)), *lookup.conditions))
    if lookup.limit is not None and len(rows) > lookup.limit and any(target.column for target in lookup.targets):
        raise refused()  # nobody knows which of them come first
    return answer(about, view, rows, *besides)[0]
