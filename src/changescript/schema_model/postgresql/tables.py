"""CREATE TABLE and CREATE INDEX, with the names and indexes that PostgreSQL adds by itself."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql import naming
from changescript.schema_model.postgresql.catalogue import Column, Constraint, Element, Expression, Relation, TypeName
from changescript.schema_model.postgresql.conditions import condition_of
from changescript.schema_model.postgresql.expressions import columns_in, default_of
from changescript.schema_model.postgresql.types import SERIALS, integer_of, strings, type_of
from changescript.schema_model.unknown import MARK, Exists, Outside, Unfollowed, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from changescript.schema_model.postgresql.catalogue import Catalogue

Node = dict[str, Any]

_INDEXED = {"CONSTR_PRIMARY": "p", "CONSTR_UNIQUE": "u", "CONSTR_EXCLUSION": "x"}
_ACTIONS = {"c": "CASCADE", "r": "RESTRICT", "n": "SET NULL", "d": "SET DEFAULT"}
LARGEST = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}
_SEQUENCE_TYPES = {"int2": "smallint", "int4": "integer", "int8": "bigint"}
_OTHER_OPCLASSES = frozenset(
    [
        "text_pattern_ops",
        "varchar_pattern_ops",
        "bpchar_pattern_ops",
        "varchar_ops",
        "jsonb_path_ops",
        "gin_trgm_ops",
        "gist_trgm_ops",
        "gist_trgm_ops",
        "text_ops_pattern",
    ]
)


def create_table(catalogue: Catalogue, statement: Node) -> None:
    """Follow CREATE TABLE."""
    target = statement["relation"]
    schema, name = place_of(catalogue, target), naming.clipped(target["relname"])
    if statement.get("if_not_exists") and catalogue.find(schema, name):
        return
    if catalogue.has(schema, name):
        raise Exists(f"{name} exists already")
    definition = _Definition(catalogue, schema, name)
    for element in statement.get("table_elts", []):
        definition.take(element)
    if statement.get("inh_relations") or statement.get("of_typename") or statement.get("partbound"):
        definition.unknown = Unknown("its columns come from another table or type")
    table = catalogue.add(
        Relation(
            catalogue.next_oid(),
            schema,
            name,
            "p" if "partspec" in statement else "r",
            tuple(definition.columns),
            next_number=len(definition.columns) + 1,
            unknown=definition.unknown,
            options=options_of(statement.get("options", [])),
            temporary=schema == "pg_temp",
        )
    )
    for number, sequence in definition.sequences:
        catalogue.replace(sequence, owner=(table.oid, number))
    add_constraints(catalogue, table.oid, definition.constraints)


def place_of(catalogue: Catalogue, target: Node) -> str:
    """Return the schema in which a new relation is made."""
    if target.get("relpersistence") == "t":
        return "pg_temp"
    return catalogue.creation_schema(target.get("schemaname"))


class _Definition:
    """The columns and constraints of a table that is being made."""

    def __init__(self, catalogue: Catalogue, schema: str, table: str) -> None:
        self.catalogue, self.schema, self.table = catalogue, schema, table
        self.columns: list[Column] = []
        self.constraints: list[Node] = []
        self.sequences: list[tuple[int, Relation]] = []
        self.unknown: Unknown | None = None

    def take(self, element: Node) -> None:
        kind, value = next(iter(element.items()))
        if kind == "column_def":
            column, constraints, sequence = column_of(
                self.catalogue, (self.schema, self.table), value, len(self.columns) + 1
            )
            self.columns.append(column)
            self.constraints += constraints
            self.sequences += [(column.number, sequence)] if sequence else []
        elif kind == "constraint":
            self.constraints.append(value)
        else:
            self.unknown = Unknown("its columns are copied from another table")


def column_of(
    catalogue: Catalogue, table: tuple[str, str], node: Node, number: int
) -> tuple[Column, list[Node], Relation | None]:
    """Return a new column, its constraints, and the sequence that was made for it."""
    name, names = naming.clipped(node["colname"]), strings(node["type_name"]["names"])
    serial = SERIALS.get(names[-1]) if len(names) == 1 else None
    type_ = TypeName(serial) if serial else type_of(node["type_name"], catalogue)
    column = Column(number, name, type_, collation=_collation(node))
    sequence = make_sequence(catalogue, table, column, []) if serial else None
    if sequence:
        column = dataclasses.replace(column, not_null=True, default=Expression(None, sequence=sequence.oid))
    left: list[Node] = []
    for entry in node.get("constraints", []):
        constraint = entry["constraint"]
        if constraint["contype"] == "CONSTR_IDENTITY":
            sequence = make_sequence(catalogue, table, column, constraint.get("options", []))
        column = _with_constraint(catalogue, column, constraint)
        left += _for_table(constraint, column, left)
    return column, left, sequence


def _collation(node: Node) -> str | None:
    return strings(node["coll_clause"]["collname"])[-1] if "coll_clause" in node else None


def _with_constraint(catalogue: Catalogue, column: Column, constraint: Node) -> Column:
    kind = constraint["contype"]
    if kind in ("CONSTR_NOTNULL", "CONSTR_PRIMARY"):
        return dataclasses.replace(column, not_null=True)
    if kind == "CONSTR_NULL":
        return dataclasses.replace(column, not_null=False)
    if kind == "CONSTR_DEFAULT":
        return dataclasses.replace(column, default=default_of(constraint["raw_expr"], column.type, catalogue))
    if kind == "CONSTR_IDENTITY":
        return dataclasses.replace(column, not_null=True, identity=constraint["generated_when"])
    if kind == "CONSTR_GENERATED":
        generated = constraint.get("generated_kind") or "s"
        return dataclasses.replace(column, generated=generated, default=Expression(None))
    return column


def _for_table(constraint: Node, column: Column, before: list[Node]) -> list[Node]:
    """Return a column's constraint as one of the table; words such as DEFERRABLE belong to the one before."""
    kind = constraint["contype"]
    if kind.startswith("CONSTR_ATTR_"):
        if before and kind == "CONSTR_ATTR_DEFERRABLE":
            before[-1] = before[-1] | {"deferrable": True}
        elif before and kind == "CONSTR_ATTR_DEFERRED":
            before[-1] = before[-1] | {"deferrable": True, "initdeferred": True}
        return []
    names = [{"string": {"sval": column.name}}]
    if kind == "CONSTR_FOREIGN":
        return [constraint | {"fk_attrs": names}]
    if kind in _INDEXED:
        return [constraint | {"keys": names}]
    return [constraint] if kind == "CONSTR_CHECK" else []


def make_sequence(catalogue: Catalogue, table: tuple[str, str], column: Column, options: list[Node]) -> Relation:
    """Make the sequence of a serial or identity column; its owner is set when the table stands."""
    named = next((o["def_elem"]["arg"] for o in options if o["def_elem"]["defname"] == "sequence_name"), None)
    name = strings(named["list"]["items"])[-1] if named else None
    name = name or naming.relation_name(catalogue, table[0], (table[1], column.name, "seq"))
    values = sequence_values(options, column.type.name)
    return catalogue.add(
        Relation(catalogue.next_oid(), table[0], name, "S", sequence=values, temporary=table[0] == "pg_temp")
    )


def sequence_values(options: list[Node], type_name: str) -> tuple[tuple[str, int | bool], ...]:
    """Return a sequence's parameters, as pg_sequence holds them."""
    given = {o["def_elem"]["defname"]: o["def_elem"].get("arg") for o in options}
    if given.get("as"):
        type_name = _SEQUENCE_TYPES[strings(given["as"]["type_name"]["names"])[-1]]
    largest = LARGEST[type_name]

    def number(key: str, default: int) -> int:
        return integer_of(given[key]) if given.get(key) else default

    step = number("increment", 1)
    low = number("minvalue", 1 if step > 0 else -largest - 1)
    high = number("maxvalue", largest if step > 0 else -1)
    cycle = "boolean" in (given.get("cycle") or {}) and bool(given["cycle"]["boolean"].get("boolval"))
    return (
        ("start", number("start", low if step > 0 else high)),
        ("increment", step),
        ("minvalue", low),
        ("maxvalue", high),
        ("cache", number("cache", 1)),
        ("cycle", cycle),
    )


def add_constraints(catalogue: Catalogue, oid: int, nodes: list[Node]) -> None:
    """Add constraints in the server's order: checks, the primary key, other indexes, foreign keys."""
    checks = [node for node in nodes if node["contype"] == "CONSTR_CHECK"]
    indexed = sorted(
        (node for node in nodes if node["contype"] in _INDEXED), key=lambda node: node["contype"] != "CONSTR_PRIMARY"
    )
    names = [node["conname"] for node in checks if "conname" in node]
    for node in checks:
        _add_check(catalogue, catalogue.relations[oid], node, names)
    for node in _merged(indexed):
        _add_indexed(catalogue, catalogue.relations[oid], node)
    for node in nodes:
        if node["contype"] == "CONSTR_FOREIGN":
            _add_foreign_key(catalogue, catalogue.relations[oid], node)
        elif node["contype"] not in (*_INDEXED, "CONSTR_CHECK", "CONSTR_NOTNULL"):
            raise Unfollowed("a constraint of an unknown kind")


def _merged(nodes: list[Node]) -> list[Node]:
    """Leave out what would make the same index twice in one statement (transformIndexConstraints)."""
    kept: list[Node] = []
    for node in nodes:
        same = next((other for other in kept if _alike(node) == _alike(other)), None)
        if same is None or node["contype"] == "CONSTR_EXCLUSION" or "indexname" in node:
            kept.append(node)
        elif "conname" not in same and "conname" in node:
            kept[kept.index(same)] = same | {"conname": node["conname"]}
    return kept


def _alike(node: Node) -> tuple[object, ...]:
    return (
        strings(node.get("keys", [])),
        strings(node.get("including", [])),
        node.get("nulls_not_distinct"),
        node.get("deferrable"),
        node.get("initdeferred"),
    )


def _add(catalogue: Catalogue, table: Relation, constraint: Constraint) -> None:
    table = catalogue.relations[table.oid]
    catalogue.replace(table, constraints=(*table.constraints, constraint))
    catalogue.remember_name(table, constraint.name)


def _add_check(catalogue: Catalogue, table: Relation, node: Node, others: list[str]) -> None:
    numbers = columns_in(node["raw_expr"], table)
    column = table.names_of((numbers[0],))[0] if len(numbers) == 1 else ""
    name = naming.clipped(node.get("conname", ""))
    name = name or naming.constraint_name(catalogue, table.schema, (table.name, column, "check"), others)
    text = condition_of(node["raw_expr"], table, catalogue, pretty=True)
    options = (" NO INHERIT" if node.get("is_no_inherit") else "") + (
        " NOT VALID" if node.get("skip_validation") else ""
    )
    expression = Expression(text, frozenset(numbers))
    _add(
        catalogue,
        table,
        Constraint(catalogue.next_oid(), name, "c", tuple(numbers), expression=expression, options=options),
    )


def _add_indexed(catalogue: Catalogue, table: Relation, node: Node) -> None:
    kind = _INDEXED[node["contype"]]
    if "indexname" in node:
        _adopt_index(catalogue, table, node, kind)
        return
    elements = (
        _exclusion_elements(node, table)
        if kind == "x"
        else [Element(_number(table, key)) for key in strings(node.get("keys", []))]
    )
    included = tuple(_number(table, key) for key in strings(node.get("including", [])))
    name = naming.clipped(node.get("conname", "")) or _index_name(catalogue, table, kind, elements, included)
    if kind == "p":
        table = _require_values(catalogue, table, [element.column for element in elements])
    oid = catalogue.next_oid()
    index = Relation(
        catalogue.next_oid(),
        table.schema,
        name,
        "i",
        table=table.oid,
        elements=tuple(elements),
        included=included,
        unique=kind != "x",
        primary=kind == "p",
        constraint=oid,
        method=node.get("access_method", "btree"),
        where=condition(catalogue, table, node.get("where_clause")),
        options=options_of(node.get("options", [])),
        nulls_not_distinct=bool(node.get("nulls_not_distinct")),
        temporary=table.temporary,
    )
    catalogue.add(index)
    columns = tuple(element.column for element in elements)
    constraint = Constraint(oid, name, kind, columns, included, index=index.oid)
    _add(catalogue, table, dataclasses.replace(constraint, nulls_not_distinct=index.nulls_not_distinct))


def _adopt_index(catalogue: Catalogue, table: Relation, node: Node, kind: str) -> None:
    """Follow ADD CONSTRAINT ... USING INDEX, which renames the index to the constraint."""
    index = catalogue.get(table.schema, node["indexname"], "i")
    name = naming.clipped(node.get("conname", "")) or index.name
    columns = tuple(element.column for element in index.elements)
    if kind == "p":
        table = _require_values(catalogue, table, list(columns))
    oid = catalogue.next_oid()
    catalogue.replace(index, name=name, primary=kind == "p", constraint=oid)
    _add(catalogue, table, Constraint(oid, name, kind, columns, index.included, index=index.oid))


def _require_values(catalogue: Catalogue, table: Relation, numbers: list[int]) -> Relation:
    columns = tuple(
        dataclasses.replace(column, not_null=True) if column.number in numbers else column for column in table.columns
    )
    return catalogue.replace(table, columns=columns)


def _exclusion_elements(node: Node, table: Relation) -> list[Element]:
    return [_element(entry["list"]["items"][0]["index_elem"], table) for entry in node["exclusions"]]


def _number(table: Relation, name: str) -> int:
    column = table.column(naming.clipped(name))
    if column is None:
        raise Outside(f"table {table.name} has no column {name}")
    return column.number


def _add_foreign_key(catalogue: Catalogue, table: Relation, node: Node) -> None:
    target = node["pktable"]
    referenced = catalogue.get(target.get("schemaname"), target["relname"])
    keys = strings(node["fk_attrs"])
    columns = tuple(_number(table, key) for key in keys)
    name = naming.clipped(node.get("conname", "")) or naming.constraint_name(
        catalogue, table.schema, (table.name, naming.joined(keys), "fkey")
    )
    if referenced.unknown:
        referenced_columns = _proven(catalogue, referenced, strings(node.get("pk_attrs", [])))
    elif "pk_attrs" in node:
        referenced_columns = tuple(_number(referenced, key) for key in strings(node["pk_attrs"]))
    else:
        referenced_columns = next((c.columns for c in referenced.constraints if c.kind == "p"), ())
    if not referenced_columns and not referenced.unknown:
        raise Unfollowed(f"the primary key of {referenced.name} isn't known")
    constraint = Constraint(
        catalogue.next_oid(),
        name,
        "f",
        columns,
        referenced=referenced.oid,
        referenced_columns=referenced_columns,
        options=_foreign_key_options(node),
    )
    _add(catalogue, table, constraint)


def _proven(catalogue: Catalogue, table: Relation, names: list[str]) -> tuple[int, ...]:
    """Return the numbers of columns that a table has, as somebody refers to them; nobody knows what they are."""
    for name in map(naming.clipped, names):
        known = catalogue.relations[table.oid]
        if known.column(name) is None:
            column = Column(known.next_number, name, TypeName("?"))
            catalogue.replace(known, columns=(*known.columns, column), next_number=known.next_number + 1)
    return tuple(_number(catalogue.relations[table.oid], name) for name in names)


def _foreign_key_options(node: Node) -> str:
    text = " MATCH FULL" if node.get("fk_matchtype") == "f" else ""
    if node.get("fk_upd_action") in _ACTIONS:
        text += f" ON UPDATE {_ACTIONS[node['fk_upd_action']]}"
    if node.get("fk_del_action") in _ACTIONS:
        text += f" ON DELETE {_ACTIONS[node['fk_del_action']]}"
    if "fk_del_set_cols" in node:
        text += f" ({', '.join(strings(node['fk_del_set_cols']))})"
    text += " DEFERRABLE" if node.get("deferrable") else ""
    text += " INITIALLY DEFERRED" if node.get("initdeferred") else ""
    return text + (" NOT VALID" if node.get("skip_validation") else "")


def create_index(catalogue: Catalogue, statement: Node) -> None:
    """Follow CREATE INDEX."""
    target = statement["relation"]
    table = catalogue.get(target.get("schemaname"), target["relname"])
    name = naming.clipped(statement.get("idxname", ""))
    if statement.get("if_not_exists") and name and catalogue.find(table.schema, name):
        return
    if table.unknown:
        elements, included = [], tuple[int, ...]()
    else:
        elements = [_element(one["index_elem"], table) for one in statement["index_params"]]
        included = tuple(
            _number(table, one["index_elem"]["name"]) for one in statement.get("index_including_params", [])
        )
    if not name:
        if table.unknown:
            raise Unfollowed("an index without a name on a table that isn't known")
        name = _index_name(catalogue, table, "i", elements, included)
    catalogue.add(
        Relation(
            catalogue.next_oid(),
            table.schema,
            name,
            "i",
            table=table.oid,
            elements=tuple(elements),
            included=included,
            unique=bool(statement.get("unique")),
            method=statement.get("access_method", "btree"),
            where=None if table.unknown else condition(catalogue, table, statement.get("where_clause")),
            options=options_of(statement.get("options", [])),
            nulls_not_distinct=bool(statement.get("nulls_not_distinct")),
            unknown=table.unknown,
            temporary=table.temporary,
        )
    )


def condition(catalogue: Catalogue, table: Relation, node: Node | None) -> Expression | None:
    """Return the condition of a partial index."""
    if node is None:
        return None
    return Expression(condition_of(node, table, catalogue, pretty=False), frozenset(columns_in(node, table)))


def options_of(nodes: list[Node]) -> tuple[str, ...]:
    """Return storage options as pg_class holds them."""
    found = []
    for node in nodes:
        element = node["def_elem"]
        argument = element.get("arg", {})
        value: Node = next(iter(argument.values()), {})
        text = value.get("sval", value.get("fval"))
        text = text if text is not None else (str(value.get("ival", 0)) if "integer" in argument else None)
        found.append(f"{element['defname']}={text if text is not None else MARK}")
    return tuple(found)


def _element(node: Node, table: Relation) -> Element:
    descending = node.get("ordering") == "SORTBY_DESC"
    nulls = node.get("nulls_ordering", "SORTBY_NULLS_DEFAULT")
    first = nulls == "SORTBY_NULLS_FIRST" or (descending and nulls == "SORTBY_NULLS_DEFAULT")
    opclass = strings(node["opclass"])[-1] if "opclass" in node else ""
    if opclass and opclass not in _OTHER_OPCLASSES:
        opclass = MARK
    flags = int(descending) + 2 * int(first)
    if "name" in node:
        return Element(_number(table, node["name"]), None, opclass, flags)
    columns = frozenset(columns_in(node["expr"], table))
    return Element(
        0, _IndexExpression(_call_text(node["expr"], table), columns, label=_label(node["expr"])), opclass, flags
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _IndexExpression(Expression):
    """An expression with the name that the server takes for it (FigureIndexColname)."""

    label: str = "expr"


def _call_text(node: Node, table: Relation) -> str | None:
    """Show lower(column) and upper(column), as most indexes over expressions are."""
    call = node.get("func_call", {})
    arguments = call.get("args", [])
    if strings(call.get("funcname", [])) not in (["lower"], ["upper"]) or len(arguments) != 1:
        return None
    reference = arguments[0].get("column_ref")
    text = condition_of(arguments[0], table, None, pretty=True) if reference else None
    column = table.column(strings(reference["fields"])[-1]) if reference and text else None
    if column is None or column.type.array or column.type.name not in ("text", "character varying"):
        return None
    return f"{strings(call['funcname'])[0]}({text}{'' if column.type.name == 'text' else '::text'})"


def _label(node: Node) -> str:  # noqa: PLR0911 - one for each kind
    kind, value = next(iter(node.items()))
    if kind == "func_call":
        return strings(value["funcname"])[-1]
    if kind == "column_ref":
        return strings(value["fields"])[-1]
    if kind == "coalesce_expr":
        return "coalesce"
    if kind == "type_cast":
        inner = _label(value["arg"])
        return inner if inner != "expr" else strings(value["type_name"]["names"])[-1]
    if kind == "collate_clause":
        return _label(value["arg"])
    if kind == "case_expr":
        inner = _label(value["defresult"]) if "defresult" in value else "expr"
        return inner if inner != "expr" else "case"
    return "expr"


def _index_name(
    catalogue: Catalogue, table: Relation, kind: str, elements: list[Element], included: Iterable[int]
) -> str:
    """Choose an index's name (ChooseIndexName)."""
    if kind == "p":
        return naming.relation_name(catalogue, table.schema, (table.name, "", "pkey"), constraint=True)
    names = [
        getattr(element.expression, "label", "expr") if element.expression else table.names_of((element.column,))[0]
        for element in elements
    ]
    names = naming.index_column_names([*names, *table.names_of(tuple(included))])
    label = {"u": "key", "x": "excl", "i": "idx"}[kind]
    parts = (table.name, naming.joined(names), label)
    return naming.relation_name(catalogue, table.schema, parts, constraint=kind != "i")
