"""ALTER TABLE: what each of its actions does to the catalogue."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql import naming, tables
from changescript.schema_model.postgresql.expressions import default_of
from changescript.schema_model.postgresql.types import strings, type_of
from changescript.schema_model.unknown import Exists, Outside, Unfollowed, Unknown
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from changescript.schema_model.postgresql.catalogue import Catalogue, Column, Constraint, Expression, Relation

Node = dict[str, Any]

_NO_EFFECT = frozenset(
    words(
        "AT_ChangeOwner AT_SetStatistics AT_SetOptions AT_ResetOptions AT_SetStorage AT_SetCompression AT_ClusterOn "
        "AT_DropCluster AT_SetLogged AT_SetUnLogged AT_EnableTrig AT_EnableAlwaysTrig AT_EnableReplicaTrig "
        "AT_DisableTrig "
        "AT_EnableTrigAll AT_DisableTrigAll AT_EnableTrigUser AT_DisableTrigUser AT_EnableRule AT_DisableRule "
        "AT_EnableRowSecurity AT_DisableRowSecurity AT_ForceRowSecurity AT_NoForceRowSecurity AT_ReplicaIdentity"
    )
)
KINDS = {
    "OBJECT_INDEX": "i",
    "OBJECT_VIEW": "v",
    "OBJECT_MATVIEW": "m",
    "OBJECT_SEQUENCE": "S",
    "OBJECT_FOREIGN_TABLE": "f",
}
"""The relkind of what a statement says it is about, where that is no table."""
# The server works an ALTER TABLE off in passes.
_PASSES = {
    "AT_DropColumn": 0,
    "AT_DropConstraint": 0,
    "AT_AlterColumnType": 1,
    "AT_AddColumn": 2,
    "AT_AddConstraint": 3,
}


def alter_table(catalogue: Catalogue, statement: Node) -> None:
    """Follow ALTER TABLE, ALTER INDEX and ALTER VIEW with their actions."""
    target = statement["relation"]
    found = catalogue.find(target.get("schemaname"), target["relname"])
    if found is None and statement.get("missing_ok"):
        return
    relation = catalogue.get(target.get("schemaname"), target["relname"], KINDS.get(statement["objtype"], "r"))
    actions = [entry["alter_table_cmd"] for entry in statement["cmds"]]
    for action in sorted(actions, key=lambda one: _PASSES.get(one["subtype"], 4)):
        _act(catalogue, catalogue.relations[relation.oid], action)


def _act(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    kind = action["subtype"]
    if kind in _NO_EFFECT or relation.unknown or (relation.kind == "i" and kind == "AT_AttachPartition"):
        return
    if kind not in _ACTIONS:
        raise Unfollowed(f"ALTER TABLE with {kind.removeprefix('AT_')}")
    _ACTIONS[kind](catalogue, relation, action)


def column_named(relation: Relation, name: str) -> Column:
    """Return a column that must exist for the statement to have run."""
    column = relation.column(naming.clipped(name))
    if column is None:
        raise Outside(f"table {relation.name} has no column {name}")
    return column


def change_column(catalogue: Catalogue, relation: Relation, column: Column, **changes: object) -> None:
    """Put a changed column in a column's place."""
    changed = dataclasses.replace(column, **changes)  # type: ignore[arg-type] # fields by name
    columns = tuple(changed if one.number == column.number else one for one in relation.columns)
    catalogue.replace(relation, columns=columns)


def _add_column(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    node = action["def"]["column_def"]
    if action.get("missing_ok") and relation.column(naming.clipped(node["colname"])):
        return
    if relation.column(naming.clipped(node["colname"])):
        raise Exists(f"table {relation.name} has a column {node['colname']} already")
    place = (relation.schema, relation.name)
    column, constraints, sequence = tables.column_of(catalogue, place, node, relation.next_number)
    columns = (*relation.columns, column)
    catalogue.replace(relation, columns=columns, next_number=relation.next_number + 1)
    if sequence:
        catalogue.replace(sequence, owner=(relation.oid, column.number))
    tables.add_constraints(catalogue, relation.oid, constraints)


def _drop_column(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    column = relation.column(naming.clipped(action["name"]))
    if column is None and action.get("missing_ok"):
        return
    column = column_named(relation, action["name"])
    if action.get("behavior") == "DROP_CASCADE" and _viewed(catalogue, relation):
        raise Unfollowed("which views go with a column isn't known")
    drop_column(catalogue, relation, column)


def _viewed(catalogue: Catalogue, relation: Relation) -> bool:
    return any(relation.oid in other.uses for other in catalogue.relations.values())


def drop_column(catalogue: Catalogue, relation: Relation, column: Column) -> None:
    """Drop a column with the constraints, indexes and sequences that need it."""
    for constraint in relation.constraints:
        if column.number in (*constraint.columns, *constraint.include):
            drop_constraint(catalogue, catalogue.relations[relation.oid], constraint)
    for other, constraint in list(catalogue.referencing(relation)):
        if column.number in constraint.referenced_columns:
            drop_constraint(catalogue, catalogue.relations[other.oid], constraint)
    for index in catalogue.indexes_of(relation):
        if column.number in _columns_of(index):
            catalogue.remove(index)
    for sequence in catalogue.owned_by(relation, column.number):
        catalogue.remove(sequence)
    current = catalogue.relations[relation.oid]
    catalogue.replace(current, columns=tuple(one for one in current.columns if one.number != column.number))


def _columns_of(index: Relation) -> set[int]:
    found = {element.column for element in index.elements} | set(index.included)
    expressions = [element.expression for element in index.elements] + [index.where]
    return found.union(*(expression.columns for expression in expressions if expression))


def drop_constraint(catalogue: Catalogue, relation: Relation, constraint: Constraint) -> None:
    """Drop a constraint with its index and the foreign keys that need it."""
    relation = catalogue.relations[relation.oid]
    if constraint not in relation.constraints:
        return
    catalogue.replace(relation, constraints=tuple(one for one in relation.constraints if one is not constraint))
    catalogue.forget_name(relation, constraint.name)
    if constraint.index and constraint.index in catalogue.relations:
        catalogue.remove(catalogue.relations[constraint.index])


def _drop_named_constraint(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    constraint = relation.constraint_named(naming.clipped(action["name"]))
    if constraint is None:
        if action.get("missing_ok"):
            return
        raise Outside(f"table {relation.name} has no constraint {action['name']}")
    cascades = action.get("behavior") == "DROP_CASCADE" and constraint.kind in "pu"
    if cascades:
        for other, key in list(catalogue.referencing(relation)):
            if set(key.referenced_columns) == set(constraint.columns):
                drop_constraint(catalogue, other, key)
    drop_constraint(catalogue, relation, constraint)


def _change_type(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    node = action["def"]["column_def"]
    column = column_named(relation, action["name"])
    collation = strings(node["coll_clause"]["collname"])[-1] if "coll_clause" in node else None
    change_column(catalogue, relation, column, type=type_of(node["type_name"], catalogue), collation=collation)
    if column.identity:
        _widen(catalogue, catalogue.relations[relation.oid], column)
    forget_texts(catalogue, relation, column)


def _widen(catalogue: Catalogue, relation: Relation, column: Column) -> None:
    """Give the sequence of an identity column its new type, with the limits of that where it had those of the old."""
    old, new = (tables.LARGEST.get(one.type.name, 0) for one in (column, column_named(relation, column.name)))
    limits = {old: new, -old - 1: -new - 1}
    for sequence in catalogue.owned_by(relation, column.number):
        values = tuple((key, limits.get(value, value) if "value" in key else value) for key, value in sequence.sequence)
        catalogue.replace(sequence, sequence=values)


def forget_texts(catalogue: Catalogue, relation: Relation, column: Column) -> None:
    """Note that expressions over a column have another text now."""
    relation = catalogue.relations[relation.oid]

    def forgotten(expression: Expression | None) -> Expression | None:
        concerned = expression is not None and column.number in expression.columns
        return dataclasses.replace(expression, text=None) if expression and concerned else expression

    constraints = tuple(
        dataclasses.replace(one, expression=forgotten(one.expression)) if one.expression else one
        for one in relation.constraints
    )
    catalogue.replace(relation, constraints=constraints)
    for index in catalogue.indexes_of(relation):
        elements = tuple(dataclasses.replace(one, expression=forgotten(one.expression)) for one in index.elements)
        catalogue.replace(index, elements=elements, where=forgotten(index.where))


def _set_default(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    column = column_named(relation, action["name"])
    default = default_of(action["def"], column.type, catalogue) if "def" in action else None
    change_column(catalogue, relation, column, default=default)


def _add_constraint(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    node = action["def"]["constraint"]
    if node["contype"] == "CONSTR_NOTNULL":
        raise Unfollowed("a NOT NULL constraint with a name")
    tables.add_constraints(catalogue, relation.oid, [node])


def _add_identity(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    column = column_named(relation, action["name"])
    constraint = action["def"]["constraint"]
    sequence = tables.make_sequence(catalogue, (relation.schema, relation.name), column, constraint.get("options", []))
    catalogue.replace(sequence, owner=(relation.oid, column.number))
    change_column(catalogue, relation, column, identity=constraint["generated_when"], not_null=True)


def _set_identity(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    column = column_named(relation, action["name"])
    options = [entry["def_elem"] for entry in action["def"]["list"]["items"]]
    for option in options:
        if option["defname"] == "generated":
            change_column(catalogue, relation, column, identity=chr(option["arg"]["integer"]["ival"]))
        elif option["defname"] != "restart":
            raise Unfollowed("options of an identity column change")


def _drop_identity(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    column = column_named(relation, action["name"])
    if column.identity:
        for sequence in catalogue.owned_by(relation, column.number):
            catalogue.remove(sequence)
    change_column(catalogue, relation, column, identity="")


def _validate(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    constraint = relation.constraint_named(action["name"])
    if constraint is None:
        raise Outside(f"table {relation.name} has no constraint {action['name']}")
    _change_constraint(catalogue, relation, constraint, options=constraint.options.replace(" NOT VALID", ""))


def _change_constraint(catalogue: Catalogue, relation: Relation, constraint: Constraint, **changes: object) -> None:
    changed = dataclasses.replace(constraint, **changes)  # type: ignore[arg-type] # fields by name
    constraints = tuple(changed if one is constraint else one for one in relation.constraints)
    catalogue.replace(relation, constraints=constraints)


def _alter_constraint(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    node = action["def"]["atalter_constraint"]
    constraint = relation.constraint_named(node["conname"])
    if constraint is None or not node.get("alter_deferrability"):
        raise Unfollowed("ALTER CONSTRAINT")
    options = constraint.options.replace(" INITIALLY DEFERRED", "").replace(" DEFERRABLE", "")
    invalid = " NOT VALID" if options.endswith(" NOT VALID") else ""
    options = options.removesuffix(" NOT VALID") + (" DEFERRABLE" if node.get("deferrable") else "")
    options += (" INITIALLY DEFERRED" if node.get("initdeferred") else "") + invalid
    _change_constraint(catalogue, relation, constraint, options=options)


def _not_null(*, required: bool) -> Callable[[Catalogue, Relation, Node], None]:
    def change(catalogue: Catalogue, relation: Relation, action: Node) -> None:
        change_column(catalogue, relation, column_named(relation, action["name"]), not_null=required)

    return change


def _drop_expression(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    change_column(catalogue, relation, column_named(relation, action["name"]), generated="", default=None)


def _other_content(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    """Note that inheritance or partitions change what a table holds."""
    node = action["def"].get("partition_cmd", {}).get("name")
    child = catalogue.get(node.get("schemaname"), node["relname"]) if node else relation
    catalogue.replace(child, unknown=Unknown("it is part of another table"))


def _set_options(catalogue: Catalogue, relation: Relation, action: Node) -> None:
    changed = {one["def_elem"]["defname"] for one in action["def"]["list"]["items"]}
    kept = tuple(one for one in relation.options if one.partition("=")[0] not in changed)
    new = tables.options_of(action["def"]["list"]["items"]) if action["subtype"] == "AT_SetRelOptions" else ()
    catalogue.replace(relation, options=kept + new)


_ACTIONS: dict[str, Callable[[Catalogue, Relation, Node], None]] = {
    "AT_AddColumn": _add_column,
    "AT_DropColumn": _drop_column,
    "AT_AlterColumnType": _change_type,
    "AT_ColumnDefault": _set_default,
    "AT_SetNotNull": _not_null(required=True),
    "AT_DropNotNull": _not_null(required=False),
    "AT_AddConstraint": _add_constraint,
    "AT_DropConstraint": _drop_named_constraint,
    "AT_ValidateConstraint": _validate,
    "AT_AlterConstraint": _alter_constraint,
    "AT_AddIdentity": _add_identity,
    "AT_SetIdentity": _set_identity,
    "AT_DropIdentity": _drop_identity,
    "AT_DropExpression": _drop_expression,
    "AT_AttachPartition": _other_content,
    "AT_DetachPartition": _other_content,
    "AT_AddInherit": _other_content,
    "AT_DropInherit": _other_content,
    "AT_SetRelOptions": _set_options,
    "AT_ResetRelOptions": _set_options,
}
