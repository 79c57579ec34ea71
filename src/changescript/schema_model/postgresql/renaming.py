"""ALTER ... RENAME TO and ALTER ... SET SCHEMA. What points to a thing points to its number, not to its name."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql import naming
from changescript.schema_model.postgresql.altering import KINDS, change_column, column_named
from changescript.schema_model.postgresql.types import strings
from changescript.schema_model.unknown import Outside, Unfollowed
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from changescript.schema_model.postgresql.catalogue import Catalogue, Relation, Type

Node = dict[str, Any]

_RELATIONS = frozenset(
    words("OBJECT_TABLE OBJECT_VIEW OBJECT_MATVIEW OBJECT_INDEX OBJECT_SEQUENCE OBJECT_FOREIGN_TABLE")
)


def rename(catalogue: Catalogue, statement: Node) -> None:
    """Follow ALTER ... RENAME."""
    kind, new = statement["rename_type"], naming.clipped(statement["newname"])
    if kind in ("OBJECT_TYPE", "OBJECT_DOMAIN"):
        catalogue.replace_type(_type(catalogue, strings(statement["object"]["list"]["items"])), name=new)
        return
    if kind == "OBJECT_SCHEMA":
        _rename_schema(catalogue, statement["subname"], new)
        return
    if kind not in (*_RELATIONS, "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"):
        return
    relation = _relation(catalogue, statement, kind)
    if relation is None:
        return
    if kind == "OBJECT_COLUMN":
        _rename_column(catalogue, relation, statement["subname"], new)
    elif kind == "OBJECT_TABCONSTRAINT":
        _rename_constraint(catalogue, relation, statement["subname"], new)
    else:
        _rename_relation(catalogue, relation, new)


def _relation(catalogue: Catalogue, statement: Node, kind: str) -> Relation | None:
    target = statement["relation"]
    if statement.get("missing_ok") and not catalogue.find(target.get("schemaname"), target["relname"]):
        return None
    return catalogue.get(target.get("schemaname"), target["relname"], KINDS.get(kind, "r"))


def _type(catalogue: Catalogue, names: list[str]) -> Type:
    return catalogue.get_type(names[-2] if len(names) > 1 else None, names[-1])


def _rename_column(catalogue: Catalogue, relation: Relation, old: str, new: str) -> None:
    if relation.unknown and relation.column(old) is None:
        return
    column = column_named(relation, old)
    if relation.column(new):
        raise Unfollowed(f"table {relation.name} has a column {new} already")
    change_column(catalogue, relation, column, name=new)


def _rename_constraint(catalogue: Catalogue, relation: Relation, old: str, new: str) -> None:
    if relation.unknown:
        return
    constraint = relation.constraint_named(old)
    if constraint is None:
        raise Outside(f"table {relation.name} has no constraint {old}")
    constraints = tuple(
        dataclasses.replace(one, name=new) if one is constraint else one for one in relation.constraints
    )
    catalogue.replace(relation, constraints=constraints)
    catalogue.forget_name(relation, old)
    catalogue.remember_name(relation, new)
    if constraint.index:
        catalogue.replace(catalogue.relations[constraint.index], name=new)


def _rename_relation(catalogue: Catalogue, relation: Relation, new: str) -> None:
    if relation.constraint:
        table = catalogue.relations[relation.table]
        _rename_constraint(catalogue, table, relation.name, new)
    else:
        catalogue.replace(relation, name=new)


def move(catalogue: Catalogue, statement: Node) -> None:
    """Follow ALTER ... SET SCHEMA."""
    kind, schema = statement["object_type"], statement["newschema"]
    if kind in ("OBJECT_TYPE", "OBJECT_DOMAIN"):
        catalogue.replace_type(_type(catalogue, strings(statement["object"]["list"]["items"])), schema=schema)
    elif kind in _RELATIONS:
        relation = _relation(catalogue, statement, kind)
        if relation is not None:
            _move(catalogue, relation, schema)


def _move(catalogue: Catalogue, relation: Relation, schema: str) -> None:
    for constraint in relation.constraints:
        catalogue.forget_name(relation, constraint.name)
    moved = catalogue.replace(relation, schema=schema)
    for constraint in moved.constraints:
        catalogue.remember_name(moved, constraint.name)
    for other in (*catalogue.indexes_of(moved), *catalogue.owned_by(moved)):
        catalogue.replace(other, schema=schema)


def _rename_schema(catalogue: Catalogue, old: str, new: str) -> None:
    for relation in list(catalogue.relations.values()):
        if relation.schema == old and not relation.table and not relation.owner[0]:
            _move(catalogue, relation, new)
    for type_ in list(catalogue.types.values()):
        if type_.schema == old:
            catalogue.replace_type(type_, schema=new)
    catalogue.schemas.pop(old, None)
    catalogue.schemas.setdefault(new)
