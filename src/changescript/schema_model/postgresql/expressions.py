"""Defaults and conditions as pg_get_expr() shows them, where that text can be told for sure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql.catalogue import Expression
from changescript.schema_model.postgresql.types import integer_of, quoted, shown, strings, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.schema_model.postgresql.catalogue import Catalogue, Relation, TypeName

Node = dict[str, Any]

_VALUE_FUNCTIONS = {
    "SVFOP_CURRENT_DATE": "CURRENT_DATE",
    "SVFOP_CURRENT_TIME": "CURRENT_TIME",
    "SVFOP_CURRENT_TIMESTAMP": "CURRENT_TIMESTAMP",
    "SVFOP_LOCALTIME": "LOCALTIME",
    "SVFOP_LOCALTIMESTAMP": "LOCALTIMESTAMP",
    "SVFOP_CURRENT_USER": "CURRENT_USER",
    "SVFOP_SESSION_USER": "SESSION_USER",
}
# Functions without arguments whose name is shown as it was written.
_FUNCTIONS = frozenset(
    [
        "now",
        "clock_timestamp",
        "statement_timestamp",
        "transaction_timestamp",
        "gen_random_uuid",
        "uuid_generate_v4",
        "uuid_generate_v1",
        "uuid_generate_v1mc",
        "random",
        "txid_current",
        "uuidv7",
        "uuidv4",
    ]
)
_TEXTS = frozenset({"character varying", "text", "citext"})
_NUMBERS = frozenset({"integer", "bigint", "smallint", "numeric", "real", "double precision"})
_WITH_FRACTION = frozenset({"numeric", "real", "double precision"})
_BOOLEANS = {"t": "true", "true": "true", "1": "true", "on": "true", "yes": "true", "y": "true"} | {
    "f": "false",
    "false": "false",
    "0": "false",
    "off": "false",
    "no": "false",
    "n": "false",
}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])", re.ASCII)
_TIMESTAMP = re.compile(_DATE.pattern + r" (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{0,5}[1-9])?", re.ASCII)
_ZERO = dict.fromkeys(("0", "00:00:00"), "'00:00:00'::interval")
_SPELLED = {"boolean": _BOOLEANS, "interval": _ZERO}
"""Constants that are shown in one spelling."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_PATTERNS = {"date": _DATE, "timestamp without time zone": _TIMESTAMP, "uuid": _UUID}
"""Constants that are shown as they were written."""


def literal(text: str) -> str:
    """Quote a text as simple_quote_literal() and quote_literal() do."""
    quoted_text = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
    return f"E{quoted_text}" if "\\" in text else quoted_text


def children(node: object) -> Iterator[tuple[str, Any]]:
    """Go through all nodes under this one by their kind."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from children(value)
    elif isinstance(node, list):
        for value in node:
            yield from children(value)


def columns_in(node: Node, table: Relation) -> list[int]:
    """Return the numbers of the table's columns that an expression names, each once, in their order."""
    found: dict[int, None] = {}
    for kind, value in children(node):
        if kind == "column_ref" and "string" in value["fields"][-1]:
            column = table.column(value["fields"][-1]["string"].get("sval", ""))
            if column is not None:
                found[column.number] = None
    return list(found)


def default_of(node: Node, type_: TypeName, catalogue: Catalogue) -> Expression | None:
    """Return a column's default, or None where the server keeps none."""
    kind, value = next(iter(node.items()))
    if kind == "a_const" and value.get("isnull"):
        has_length = bool(type_.modifier) and not type_.array
        return Expression(f"NULL::{shown(_bare(type_), catalogue)}") if has_length else None
    sequence = _sequence_of(node, catalogue)
    if sequence:
        return Expression(None, sequence=sequence)
    text = _default_text(kind, value, type_, catalogue)
    return Expression(text, type=type_ if type_.oid and text and text.endswith("'") else None)


def _sequence_of(node: Node, catalogue: Catalogue) -> int:
    """Return the oid of the sequence that a call of nextval() names, or 0."""
    call = node.get("func_call")
    if not call or strings(call["funcname"])[-1] != "nextval" or len(call.get("args", [])) != 1:
        return 0
    argument = call["args"][0]
    argument = argument.get("type_cast", {}).get("arg", argument)
    parts = dotted(argument.get("a_const", {}).get("sval", {}).get("sval", ""))
    found = catalogue.find(parts[0] if len(parts) > 1 else None, parts[-1]) if parts else None
    return found.oid if found else 0


def dotted(text: str) -> list[str]:
    """Return the parts of a name that is written as in SQL."""
    parts = re.findall(r'"((?:[^"]|"")+)"|([^".]+)', text)
    return [one.replace('""', '"') if one else two.lower() for one, two in parts]


def _bare(type_: TypeName) -> TypeName:
    return type(type_)("bpchar" if type_.name == "character" else type_.name, "", type_.array, type_.oid)


def _default_text(kind: str, value: Node, type_: TypeName, catalogue: Catalogue) -> str | None:
    if kind == "a_const":
        return _constant(value, type_, catalogue)
    if kind == "type_cast":
        return _cast(value, type_, catalogue)
    if kind == "sqlvalue_function":
        return _VALUE_FUNCTIONS.get(value["op"])
    if kind == "func_call":
        return _call(value)
    return None


def _call(call: Node) -> str | None:
    names = strings(call["funcname"])
    if len(names) == 1 and not call.get("args") and names[0] in _FUNCTIONS:
        return f"{names[0]}()"
    arguments = call.get("args", [])
    if names[-1] == "timezone" and len(arguments) == 2:  # noqa: PLR2004 - zone and time
        zone_node = arguments[0].get("type_cast", {}).get("arg", arguments[0])
        zone = zone_node.get("a_const", {}).get("sval", {}).get("sval")
        inner = arguments[1].get("func_call")
        value = arguments[1].get("sqlvalue_function", {})
        inner_text = _call(inner) if inner else _VALUE_FUNCTIONS.get(value.get("op", ""))
        if zone is None or inner_text not in ("now()", "CURRENT_TIMESTAMP"):
            return None
        if call.get("funcformat") == "COERCE_SQL_SYNTAX":
            return f"({inner_text} AT TIME ZONE {literal(zone)}::text)"
        return f"timezone({literal(zone)}::text, {inner_text})"
    return None


def _cast(cast: Node, type_: TypeName, catalogue: Catalogue) -> str | None:
    """Show a constant that is cast; a cast to the column's own type is what the server adds anyway."""
    target = type_of(cast["type_name"], catalogue)
    if cast["arg"] == {"a_array_expr": {}} and target == type_ and target.array and not target.modifier:
        return f"ARRAY[]::{shown(target, catalogue)}"
    kind, value = next(iter(cast["arg"].items()))
    if kind == "a_const" and value.get("isnull") and not target.modifier and target == _bare(type_):
        return f"NULL::{shown(target, catalogue)}"
    if kind != "a_const" or "sval" not in value or target.name == "?":
        return None
    if target.name == "integer" and type_.name in _NUMBERS and not type_.array:
        return _typed(value["sval"].get("sval", ""), target)
    if target.modifier or target.name == "bpchar" or (target.name == "character" and not target.modifier):
        return None
    same = (target.name, target.oid, target.array) == (type_.name, type_.oid, type_.array)
    return _constant(value, target, catalogue) if same or (target.name in _TEXTS and type_.name in _TEXTS) else None


def _constant(value: Node, type_: TypeName, catalogue: Catalogue) -> str | None:
    if "sval" in value:
        return _text(value["sval"].get("sval", ""), type_, catalogue)
    if "boolval" in value:
        return ("true" if value["boolval"].get("boolval") else "false") if _is(type_, "boolean") else None
    if "ival" in value:
        number = integer_of(value)
        if type_.array or type_.oid or type_.name not in _NUMBERS:
            return None
        return str(number) if number >= 0 else f"'{number}'::integer"
    if "fval" in value:
        return _number(value["fval"]["fval"], type_)
    return None


def _is(type_: TypeName, name: str) -> bool:
    return type_.name == name and not type_.array


def _number(text: str, type_: TypeName) -> str | None:
    if type_.array or type_.oid or type_.name not in _NUMBERS or not _DECIMAL.fullmatch(text):
        return None
    if "." in text:
        return text if text[0] != "-" else f"'{text}'::numeric"
    return f"'{text}'::bigint" if -(2**63) <= int(text) < 2**63 else f"'{text}'::numeric"


def _text(text: str, type_: TypeName, catalogue: Catalogue) -> str | None:
    """Show a quoted constant as the type's output function writes it; None where that isn't sure."""
    if type_.array:
        known: str | None = text if text == "{}" else None
    elif type_.oid:
        known = text if text in catalogue.types[type_.oid].labels else None
    elif type_.name in _TEXTS | {"character"}:
        known = text
    else:
        return _typed(text, type_)
    if known is None or type_.oid:
        return known if known is None else literal(known)
    return f"{literal(known)}::{shown(_bare(type_), catalogue)}"


def _typed(text: str, type_: TypeName) -> str | None:
    if type_.name in _SPELLED and not type_.modifier:
        return _SPELLED[type_.name].get(text.strip().lower())
    if type_.name in ("integer", "bigint", "smallint") and _INTEGER.fullmatch(text) and text != "-0":
        return text if type_.name == "integer" and text[0] != "-" else f"'{text}'::{type_.name}"
    if type_.name in _WITH_FRACTION:
        return _fraction(text, type_)
    if type_.name in ("json", "jsonb"):
        shown_json = _jsonb(text) if type_.name == "jsonb" else text if _is_json(text) else None
        return None if shown_json is None else f"{literal(shown_json)}::{type_.name}"
    pattern = _PATTERNS.get(type_.name)
    if pattern is None or not pattern.fullmatch(text) or (type_.name != "date" and type_.modifier):
        return None
    return f"{literal(text)}::{type_.name}"


def _jsonb(text: str) -> str | None:
    """Write a JSON text as jsonb is shown; None where numbers or characters could be shown in another way."""
    if re.search(r"[\\.]|[0-9][eE]|-0", text) or not _is_json(text):
        return None
    return json.dumps(_ordered(json.loads(text)), ensure_ascii=False)


def _ordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: (len(key.encode()), key.encode()))}
    return [_ordered(one) for one in value] if isinstance(value, list) else value


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _fraction(text: str, type_: TypeName) -> str | None:
    if not _DECIMAL.fullmatch(text) or text.startswith("-0"):
        return None
    if type_.name == "numeric":
        return text if "." in text and text[0] != "-" else f"'{text}'::numeric"
    if len(text.replace("-", "").replace(".", "")) > 6 or (text.endswith("0") and "." in text):  # noqa: PLR2004 - digits of real
        return None
    return f"'{text}'::{type_.name}"


def shown_default(default: Expression | None, catalogue: Catalogue) -> tuple[bool, str | None]:
    """Return whether there is a default, and its text if that is known."""
    if default is None or (default.sequence and default.sequence not in catalogue.relations):
        # A sequence that is dropped takes the defaults with it that need it.
        return False, None
    if default.sequence:
        return True, f"nextval('{_regclass(default.sequence, catalogue)}'::regclass)"
    if default.type is not None:
        return True, f"{default.text}::{shown(default.type, catalogue)}"
    return True, default.text


def _regclass(oid: int, catalogue: Catalogue) -> str:
    sequence = catalogue.relations[oid]
    name = quoted(sequence.name)
    visible = catalogue.find(None, sequence.name) == sequence
    text = name if visible else f"{quoted(sequence.schema)}.{name}"
    return text.replace("'", "''")
