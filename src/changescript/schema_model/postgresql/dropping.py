"""DROP of tables, indexes, sequences, views, types and schemas, with what goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql.altering import drop_column, drop_constraint
from changescript.schema_model.postgresql.types import strings
from changescript.schema_model.unknown import Unfollowed
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from changescript.schema_model.postgresql.catalogue import Catalogue, Relation, Type

Node = dict[str, Any]

_RELATIONS = frozenset(
    words("OBJECT_TABLE OBJECT_VIEW OBJECT_MATVIEW OBJECT_INDEX OBJECT_SEQUENCE OBJECT_FOREIGN_TABLE")
)
_TYPES = frozenset({"OBJECT_TYPE", "OBJECT_DOMAIN"})


def drop(catalogue: Catalogue, statement: Node) -> None:
    """Follow DROP."""
    kind = statement["remove_type"]
    cascades = statement.get("behavior") == "DROP_CASCADE"
    for node in statement["objects"]:
        if kind in _RELATIONS:
            _drop_relation(catalogue, strings(node["list"]["items"]), missing_ok=bool(statement.get("missing_ok")))
        elif kind in _TYPES:
            names = strings(node["type_name"]["names"])
            _drop_type(catalogue, names, missing_ok=bool(statement.get("missing_ok")))
        elif kind == "OBJECT_SCHEMA":
            _drop_schema(catalogue, node["string"]["sval"])
        elif cascades and kind in ("OBJECT_EXTENSION", "OBJECT_FUNCTION", "OBJECT_COLLATION", "OBJECT_OPERATOR"):
            raise Unfollowed(f"what goes with DROP {kind.removeprefix('OBJECT_')} CASCADE isn't known")


def _drop_relation(catalogue: Catalogue, names: list[str], *, missing_ok: bool) -> None:
    schema = names[-2] if len(names) > 1 else None
    places = [schema] if schema else ["pg_temp", *catalogue.path]
    oid = next((catalogue.names[place, names[-1]] for place in places if (place, names[-1]) in catalogue.names), None)
    if oid is not None:
        remove(catalogue, catalogue.relations[oid])
    elif not missing_ok and catalogue.unknown is None:
        catalogue.note_outside(schema or catalogue.creation_schema(None), names[-1])


def remove(catalogue: Catalogue, relation: Relation) -> None:
    """Remove a relation with the views and foreign keys that need it."""
    for other in list(catalogue.relations.values()):
        if relation.oid in other.uses and other.oid in catalogue.relations:
            remove(catalogue, other)
        for constraint in other.constraints:
            if constraint.referenced == relation.oid and other.oid != relation.oid:
                drop_constraint(catalogue, other, constraint)
    if relation.table and relation.constraint:
        table = catalogue.relations[relation.table]
        own = next((one for one in table.constraints if one.oid == relation.constraint), None)
        if own is not None:
            drop_constraint(catalogue, table, own)
            return
    catalogue.remove(relation)


def _drop_type(catalogue: Catalogue, names: list[str], *, missing_ok: bool) -> None:
    places = [names[-2]] if len(names) > 1 else catalogue.path
    oid = next(
        (catalogue.type_names[place, names[-1]] for place in places if (place, names[-1]) in catalogue.type_names), None
    )
    if oid is not None:
        _remove_type(catalogue, catalogue.types[oid])
    elif not missing_ok and catalogue.unknown is None:
        catalogue.note_outside(places[0] if places else "", names[-1], "type")


def _remove_type(catalogue: Catalogue, type_: Type) -> None:
    for relation in list(catalogue.relations.values()):
        for column in relation.columns:
            if column.type.oid == type_.oid:
                drop_column(catalogue, catalogue.relations[relation.oid], column)
    catalogue.remove_type(type_)


def _drop_schema(catalogue: Catalogue, schema: str) -> None:
    for relation in list(catalogue.relations.values()):
        if relation.schema == schema and relation.oid in catalogue.relations:
            remove(catalogue, catalogue.relations[relation.oid])
    for type_ in list(catalogue.types.values()):
        if type_.schema == schema:
            _remove_type(catalogue, type_)
    catalogue.schemas.pop(schema, None)
