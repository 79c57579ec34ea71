"""PostgreSQL's names of types: from the parser's to those that format_type() shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql.catalogue import TypeName
from changescript.schema_model.unknown import Unfollowed
from changescript.schema_model.words import words

if TYPE_CHECKING:
    from changescript.schema_model.postgresql.catalogue import Catalogue

Node = dict[str, Any]

SHOWN = {
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "varchar": "character varying",
    "bpchar": "character",
    "float4": "real",
    "float8": "double precision",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "varbit": "bit varying",
} | {
    name: name
    for name in words(
        "text numeric bit uuid json jsonb bytea inet cidr macaddr macaddr8 tsvector tsquery date money "
        "xml oid name regclass regconfig regproc point line lseg box path polygon circle interval "
        "int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange "
        "nummultirange tsmultirange tstzmultirange datemultirange jsonpath pg_lsn xid cid tid "
        "txid_snapshot"
    )
}
EXTENSION_TYPES = frozenset({"citext", "hstore", "ltree", "lquery"})
SERIALS = {
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
    "smallserial": "smallint",
    "serial2": "smallint",
}
_FIELDS = {
    1 << 2: "year",
    1 << 1: "month",
    1 << 3: "day",
    1 << 10: "hour",
    1 << 11: "minute",
    1 << 12: "second",
    (1 << 2) | (1 << 1): "year to month",
    (1 << 3) | (1 << 10): "day to hour",
    (1 << 3) | (1 << 10) | (1 << 11): "day to minute",
    (1 << 3) | (1 << 10) | (1 << 11) | (1 << 12): "day to second",
    (1 << 10) | (1 << 11): "hour to minute",
    (1 << 10) | (1 << 11) | (1 << 12): "hour to second",
    (1 << 11) | (1 << 12): "minute to second",
}
_FULL_RANGE = 0x7FFF


def strings(nodes: list[Node]) -> list[str]:
    """Return the texts of a list of String nodes."""
    return [node["string"].get("sval", "") for node in nodes]


def integer_of(node: Node) -> int:
    """Return the value of an integer constant."""
    constant = node.get("a_const", node)
    if "ival" in constant:
        return int(constant["ival"].get("ival", 0))
    if "integer" in constant:
        return int(constant["integer"].get("ival", 0))
    if "float" in constant:
        return int(constant["float"]["fval"])
    if "fval" in constant:
        return int(constant["fval"]["fval"])
    raise Unfollowed("a number is expected")


def type_of(node: Node, catalogue: Catalogue) -> TypeName:
    """Return the type that a TypeName node names. Serial types are the caller's."""
    if node.get("pct_type") or node.get("setof"):
        raise Unfollowed("a type is taken from elsewhere")
    names = strings(node["names"])
    array = "array_bounds" in node
    arguments = [integer_of(one) for one in node.get("typmods", []) if "a_const" in one]
    if len(arguments) != len(node.get("typmods", [])):
        raise Unfollowed("a type has arguments that are no numbers")
    schema = names[0] if len(names) > 1 else None
    if schema in (None, "pg_catalog") and names[-1] in SHOWN and not _shadowed(catalogue, schema, names[-1]):
        return TypeName(SHOWN[names[-1]], _modifier(names[-1], arguments), array)
    if schema is None and names[-1].removeprefix("_") in SHOWN and names[-1].startswith("_"):
        return TypeName(SHOWN[names[-1][1:]], "", array=True)
    return _own_type(schema, names[-1], array, catalogue)


def _shadowed(catalogue: Catalogue, schema: str | None, name: str) -> bool:
    return schema is None and any((place, name) in catalogue.type_names for place in catalogue.path)


def _own_type(schema: str | None, name: str, array: bool, catalogue: Catalogue) -> TypeName:  # noqa: FBT001 - a field
    found = catalogue.find_type(schema, name)
    if found is not None and found.kind != "?":
        return TypeName("", "", array, found.oid)
    if name in EXTENSION_TYPES:
        return TypeName(name, "", array)
    # A type of an extension, or made outside: the column is known, its type is not.
    if found is None and (schema or catalogue.path):
        found = catalogue.add_foreign_type(schema, name)
    return TypeName("?", "", array, found.oid if found else 0)


def _modifier(name: str, arguments: list[int]) -> str:
    if name == "interval":
        return _interval(arguments)
    if name == "numeric" and len(arguments) == 1:
        arguments = [arguments[0], 0]
    return f"({','.join(map(str, arguments))})" if arguments else ""


def _interval(arguments: list[int]) -> str:
    if not arguments:
        return ""
    fields = "" if arguments[0] == _FULL_RANGE else f" {_FIELDS[arguments[0]]}"
    return fields + (f"({arguments[1]})" if len(arguments) > 1 else "")


def shown(type_: TypeName, catalogue: Catalogue) -> str:
    """Return what format_type() shows."""
    if type_.oid:
        own = catalogue.types[type_.oid]
        visible = catalogue.find_type(None, own.name) == own
        name = quoted(own.name) if visible else f"{quoted(own.schema)}.{quoted(own.name)}"
    elif type_.modifier and type_.name.startswith("time"):
        first, _, rest = type_.name.partition(" ")
        name = f"{first}{type_.modifier} {rest}"
    else:
        name = type_.name + type_.modifier
    return name + ("[]" if type_.array else "")


def quoted(name: str) -> str:
    """Quote a name as quote_identifier() does."""
    plain = name[:1].isalpha() or name[:1] == "_"
    plain = plain and name.isascii() and name == name.lower() and all(c.isalnum() or c == "_" for c in name)
    return name if plain and name not in RESERVED else '"' + name.replace('"', '""') + '"'


# pg_get_keywords() of 18 with catcode other than U
RESERVED = frozenset(
    words(
        "all analyse analyze and any array as asc asymmetric both case cast check collate column "
        "constraint create current_catalog current_date current_role current_time current_timestamp "
        "current_user default deferrable desc distinct do else end except false fetch for foreign from "
        "grant group having in initially intersect into lateral leading limit localtime localtimestamp "
        "not null offset on only or order placing primary references returning select session_user some "
        "symmetric system_user table then to trailing true union unique user using variadic when where "
        "window with authorization binary collation concurrently cross current_schema freeze full ilike "
        "inner is isnull join left like natural notnull outer overlaps right similar tablesample verbose "
        "between bigint bit boolean char character coalesce dec decimal exists extract float greatest "
        "grouping inout int integer interval json json_array json_arrayagg json_exists json_object "
        "json_objectagg json_query json_scalar json_serialize json_table json_value least merge_action "
        "national nchar none normalize nullif numeric out overlay position precision real row setof "
        "smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement "
        "xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable"
    )
)
