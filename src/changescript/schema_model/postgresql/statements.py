"""What each statement of PostgreSQL does to the catalogue."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql import dropping, renaming, tables
from changescript.schema_model.postgresql.altering import KINDS, alter_table, change_column, column_named
from changescript.schema_model.postgresql.catalogue import Relation, Type
from changescript.schema_model.postgresql.expressions import children
from changescript.schema_model.postgresql.functions import READING
from changescript.schema_model.postgresql.types import strings
from changescript.schema_model.unknown import Exists, Outside, Unfollowed, Unknown, UnknownAnswer
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from changescript.schema_model.postgresql.catalogue import Catalogue

Node = dict[str, Any]

# Statements that leave tables, types, sequences and views as they are.
_NO_EFFECT = frozenset(
    words(
        "insert_stmt update_stmt delete_stmt merge_stmt transaction_stmt grant_stmt grant_role_stmt alter_owner_stmt "
        "create_function_stmt create_trig_stmt alter_function_stmt create_event_trig_stmt alter_event_trig_stmt "
        "create_policy_stmt alter_policy_stmt create_role_stmt alter_role_stmt alter_role_set_stmt drop_role_stmt "
        "alter_default_privileges_stmt truncate_stmt copy_stmt vacuum_stmt lock_stmt reindex_stmt cluster_stmt "
        "refresh_mat_view_stmt explain_stmt notify_stmt listen_stmt unlisten_stmt alter_system_stmt create_stats_stmt "
        "alter_stats_stmt create_publication_stmt alter_publication_stmt create_subscription_stmt sec_label_stmt "
        "create_cast_stmt create_op_class_stmt create_op_family_stmt create_fdw_stmt create_foreign_server_stmt "
        "create_user_mapping_stmt alter_extension_stmt check_point_stmt deallocate_stmt constraints_set_stmt "
        "reassign_owned_stmt variable_show_stmt create_p_lang_stmt alter_object_depends_stmt declare_cursor_stmt "
        "fetch_stmt close_portal_stmt alter_database_set_stmt alter_operator_stmt create_am_stmt "
        "create_conversion_stmt "
        "create_transform_stmt alter_ts_dictionary_stmt alter_ts_configuration_stmt alter_collation_stmt rule_stmt"
    )
)
# Extensions that bring types and functions, but no tables and views.
_EXTENSIONS = frozenset(
    words(
        "uuid-ossp pgcrypto citext hstore pg_trgm btree_gin btree_gist unaccent ltree vector intarray tablefunc "
        "fuzzystrmatch plpgsql cube earthdistance isn lo dblink sslinfo tcn xml2 seg dict_int pgrowlocks"
    )
)
_WITH_TYPE = frozenset(words("citext hstore ltree vector cube seg"))
"""Those that bring a type of their own name."""
# Functions that a bare SELECT may call without changing the schema.
_FUNCTIONS = frozenset(
    words(
        "setval nextval currval lastval set_config current_setting now count max min sum avg coalesce lower "
        "upper length "
        "pg_advisory_lock pg_advisory_unlock pg_advisory_xact_lock pg_sleep version current_database current_schema "
        "pg_get_serial_sequence to_regclass to_regtype has_table_privilege clock_timestamp gen_random_uuid exists "
        "array_agg string_agg unnest format_type pg_get_constraintdef pg_get_indexdef pg_notify pg_try_advisory_lock"
    )
)
_UNEXPECTED = (KeyError, IndexError, AttributeError, TypeError, ValueError, StopIteration)
"""What reading a node raises that isn't as it mostly is."""
_DDL = re.compile(r"\b(?:create|alter|drop|execute|perform|call|rename|import|comment)\b", re.IGNORECASE)
_GUARDED_TYPE = re.compile(
    r"\s*BEGIN\s+(CREATE\s+TYPE\b[^;]*);\s*EXCEPTION\s+WHEN\s+duplicate_object\s+THEN\s+(?:NULL|RAISE\s+NOTICE[^;]*);"
    r"\s*END\s*;?\s*",
    re.IGNORECASE,
)


def follow(catalogue: Catalogue, kind: str, statement: Node, place: str) -> None:
    """Apply one statement, as the parser gives it; what can't be followed makes its objects unknown."""
    if kind in _NO_EFFECT and "ROLLBACK" not in str(statement.get("kind", "")):
        return
    catalogue.place = place
    try:
        _STATEMENTS.get(kind, _unfollowed)(catalogue, statement | {"kind_of_statement": kind})
    except Exists:
        return
    except (Outside, UnknownAnswer) as error:
        reason = catalogue.unknown or Unknown(str(error), place)
        catalogue.outside = catalogue.outside or reason
        _lose_target(catalogue, statement, reason)
    except Unfollowed as error:
        catalogue.lose(Unknown(str(error), place))
    except _UNEXPECTED:
        catalogue.lose(Unknown("a statement has a shape that the model doesn't expect", place))


def _unfollowed(_: Catalogue, statement: Node) -> None:
    words_of_kind = statement["kind_of_statement"].removesuffix("_stmt").replace("_", " ")
    raise Unfollowed(f"it isn't known what {words_of_kind.upper()} changes")


def _lose_target(catalogue: Catalogue, statement: Node, reason: Unknown) -> None:
    """Note that the one table of a statement isn't known, which may be half-way changed."""
    target = statement.get("relation", {})
    for schema in [target["schemaname"]] if "schemaname" in target else catalogue.path:
        oid = catalogue.names.get((schema, target.get("relname", "")))
        if oid is not None:
            catalogue.replace(catalogue.relations[oid], unknown=reason)
            return


def _name(names: list[str]) -> tuple[str | None, str]:
    return (names[-2] if len(names) > 1 else None), names[-1]


def _create_enum(catalogue: Catalogue, statement: Node) -> None:
    labels = tuple(strings(statement.get("vals", [])))
    _create_type(catalogue, _name(strings(statement["type_name"])), "e", labels)


def _create_type(catalogue: Catalogue, name: tuple[str | None, str], kind: str, labels: tuple[str, ...] = ()) -> None:
    schema = catalogue.creation_schema(name[0])
    if (schema, name[1]) in catalogue.type_names:
        raise Exists(f"type {name[1]} exists already")
    type_ = Type(catalogue.next_oid(), schema, name[1], kind, labels)
    catalogue.replace_type(type_)


def _create_domain(catalogue: Catalogue, statement: Node) -> None:
    _create_type(catalogue, _name(strings(statement["domainname"])), "d")


def _create_composite(catalogue: Catalogue, statement: Node) -> None:
    target = statement["typevar"]
    _create_type(catalogue, (target.get("schemaname"), target["relname"]), "c")


def _create_range(catalogue: Catalogue, statement: Node) -> None:
    _create_type(catalogue, _name(strings(statement["type_name"])), "r")


def _define(catalogue: Catalogue, statement: Node) -> None:
    if statement["kind"] == "OBJECT_TYPE":
        _create_type(catalogue, _name(strings(statement["defnames"])), "b")


def _alter_enum(catalogue: Catalogue, statement: Node) -> None:
    schema, name = _name(strings(statement["type_name"]))
    type_ = catalogue.get_type(schema, name)
    if type_.kind == "?":
        return
    labels = list(type_.labels)
    if "old_val" in statement:
        labels[_position(labels, statement["old_val"])] = statement["new_val"]
    elif statement["new_val"] not in labels:
        labels.insert(_insertion(labels, statement), statement["new_val"])
    catalogue.replace_type(type_, labels=tuple(labels))


def _position(labels: list[str], label: str) -> int:
    if label not in labels:
        raise Unfollowed("an enum has a label that was never seen added")
    return labels.index(label)


def _insertion(labels: list[str], statement: Node) -> int:
    neighbour = statement.get("new_val_neighbor")
    if neighbour is None:
        return len(labels)
    return _position(labels, neighbour) + int(bool(statement.get("new_val_is_after")))


def _create_sequence(catalogue: Catalogue, statement: Node) -> None:
    target = statement["sequence"]
    schema = tables.place_of(catalogue, target)
    if statement.get("if_not_exists") and catalogue.find(schema, target["relname"]):
        return
    options = statement.get("options", [])
    made = Relation(
        catalogue.next_oid(),
        schema,
        target["relname"],
        "S",
        sequence=tables.sequence_values(options, "bigint"),
        temporary=schema == "pg_temp",
    )
    catalogue.add(made)
    _own(catalogue, made, options)


def _alter_sequence(catalogue: Catalogue, statement: Node) -> None:
    target = statement["sequence"]
    if statement.get("missing_ok") and not catalogue.find(target.get("schemaname"), target["relname"]):
        return
    sequence = catalogue.get(target.get("schemaname"), target["relname"], "S")
    options = statement.get("options", [])
    _own(catalogue, sequence, options)
    others = {one["def_elem"]["defname"] for one in options} - {"owned_by", "restart"}
    if others and sequence.owner[0]:
        owner = catalogue.relations[sequence.owner[0]]
        column = next((one for one in owner.columns if one.number == sequence.owner[1]), None)
        if column is not None and column.identity:
            catalogue.replace(owner, unknown=Unknown("options of an identity column change"))


def _own(catalogue: Catalogue, sequence: Relation, options: list[Node]) -> None:
    for option in options:
        if option["def_elem"]["defname"] != "owned_by":
            continue
        names = strings(option["def_elem"]["arg"]["list"]["items"])
        owner = (0, 0)
        if [name.lower() for name in names] != ["none"]:
            table = catalogue.get(*_name(names[:-1]))
            owner = (table.oid, column_named(table, names[-1]).number) if not table.unknown else (table.oid, -1)
        catalogue.replace(catalogue.relations[sequence.oid], owner=owner)


def _comment(catalogue: Catalogue, statement: Node) -> None:
    kind, text = statement["objtype"], statement.get("comment") or None
    names = strings(statement["object"]["list"]["items"]) if "list" in statement["object"] else []
    if kind == "OBJECT_COLUMN":
        table = catalogue.get(*_name(names[:-1]))
        if not table.unknown and table.kind in "rpf":
            change_column(catalogue, table, column_named(table, names[-1]), comment=text)
    elif kind == "OBJECT_TABCONSTRAINT":
        table = catalogue.get(*_name(names[:-1]))
        constraints = tuple(
            dataclasses.replace(one, comment=text) if one.name == names[-1] else one for one in table.constraints
        )
        catalogue.replace(table, constraints=constraints)
    elif kind in ("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE"):
        catalogue.replace(catalogue.get(*_name(names), KINDS.get(kind, "r")), comment=text)


def _create_schema(catalogue: Catalogue, statement: Node) -> None:
    if statement.get("schema_elts") or "schemaname" not in statement:
        raise Unfollowed("CREATE SCHEMA with what is in it")
    catalogue.schemas.setdefault(statement["schemaname"])


def _create_extension(catalogue: Catalogue, statement: Node) -> None:
    catalogue.extended = True
    if statement["extname"] in _WITH_TYPE and catalogue.path and not catalogue.find_type(None, statement["extname"]):
        catalogue.add_foreign_type(None, statement["extname"])
    if statement["extname"] not in _EXTENSIONS:
        reason = Unknown(f"extension {statement['extname']} may have made tables")
        catalogue.outside = catalogue.outside or reason


def _create_view(catalogue: Catalogue, statement: Node) -> None:
    _make_view(catalogue, statement["view"], statement["query"], "v", replace=bool(statement.get("replace")))


def _make_view(catalogue: Catalogue, target: Node, query: Node, kind: str, *, replace: bool) -> None:
    schema = tables.place_of(catalogue, target)
    oid = catalogue.names.get((schema, target["relname"]))
    uses = frozenset(_used(catalogue, query))
    if replace and oid is not None:
        catalogue.replace(catalogue.relations[oid], uses=uses)
        return
    unknown = Unknown("its columns come from a query")
    temporary = schema == "pg_temp"
    made = Relation(
        catalogue.next_oid(), schema, target["relname"], kind, unknown=unknown, uses=uses, temporary=temporary
    )
    catalogue.add(made)


def _used(catalogue: Catalogue, query: Node) -> list[int]:
    found = []
    for kind, value in children(query):
        if kind == "range_var":
            places = [value["schemaname"]] if "schemaname" in value else catalogue.path
            found += [catalogue.names.get((place, value["relname"]), 0) for place in places]
    return [oid for oid in found if oid]


def _create_table_as(catalogue: Catalogue, statement: Node) -> None:
    target = statement["into"]["rel"]
    if statement.get("if_not_exists") and catalogue.find(target.get("schemaname"), target["relname"]):
        return
    if statement["objtype"] == "OBJECT_MATVIEW":
        _make_view(catalogue, target, statement["query"], "m", replace=False)
    else:
        _make_view(catalogue, target, {}, "r", replace=False)


def _create_foreign_table(catalogue: Catalogue, statement: Node) -> None:
    _make_view(catalogue, statement["base_stmt"]["relation"], {}, "f", replace=False)


def _set(catalogue: Catalogue, statement: Node) -> None:
    if statement.get("name") != "search_path":
        return
    given = [one["a_const"].get("sval", {}).get("sval", "") for one in statement.get("args", [])]
    _set_path(catalogue, given if statement["kind"] == "VAR_SET_VALUE" else ["public"])


def _set_path(catalogue: Catalogue, names: list[str]) -> None:
    catalogue.path = tuple(name for name in names if name not in ("", "$user", "pg_catalog"))


def _select(catalogue: Catalogue, statement: Node) -> None:
    if "into_clause" in statement:
        _make_view(catalogue, statement["into_clause"]["rel"], {}, "r", replace=False)
    for kind, value in children(statement):
        if kind != "func_call":
            continue
        name = strings(value["funcname"])[-1]
        if name == "set_config":
            _set_config(catalogue, value)
        elif name not in _FUNCTIONS and name not in READING:
            raise Unfollowed(f"it isn't known what {name}() changes")


def _set_config(catalogue: Catalogue, call: Node) -> None:
    texts = [one.get("a_const", {}).get("sval", {}).get("sval", "") for one in call["args"][:2]]
    if texts[0] == "search_path":
        _set_path(catalogue, [name.strip().strip('"') for name in texts[1].split(",")])


def _do(catalogue: Catalogue, statement: Node) -> None:
    from changescript.schema_model.postgresql.parsing import statements_in  # noqa: PLC0415 - it needs this module

    body = next(
        (one["def_elem"]["arg"]["string"]["sval"] for one in statement["args"] if one["def_elem"]["defname"] == "as"),
        "",
    )
    guarded = _GUARDED_TYPE.fullmatch(body)
    inner = statements_in(guarded[1]) if guarded else []
    if len(inner) == 1 and inner[0][0] == "create_enum_stmt":
        schema, name = _name(strings(inner[0][1]["type_name"]))
        if catalogue.find_type(schema, name) is None:
            _create_enum(catalogue, inner[0][1])
    elif _DDL.search(body):
        raise Unfollowed("a DO block may change anything")


_STATEMENTS: dict[str, Callable[[Catalogue, Node], None]] = {
    "create_stmt": tables.create_table,
    "index_stmt": tables.create_index,
    "alter_table_stmt": alter_table,
    "rename_stmt": renaming.rename,
    "alter_object_schema_stmt": renaming.move,
    "drop_stmt": dropping.drop,
    "create_enum_stmt": _create_enum,
    "create_domain_stmt": _create_domain,
    "alter_domain_stmt": lambda _catalogue, _statement: None,
    "composite_type_stmt": _create_composite,
    "create_range_stmt": _create_range,
    "define_stmt": _define,
    "alter_enum_stmt": _alter_enum,
    "create_seq_stmt": _create_sequence,
    "alter_seq_stmt": _alter_sequence,
    "comment_stmt": _comment,
    "create_schema_stmt": _create_schema,
    "create_extension_stmt": _create_extension,
    "view_stmt": _create_view,
    "create_table_as_stmt": _create_table_as,
    "create_foreign_table_stmt": _create_foreign_table,
    "variable_set_stmt": _set,
    "select_stmt": _select,
    "do_stmt": _do,
}
