"""Conditions of checks and partial indexes as the server shows them, for shapes whose text is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.schema_model.postgresql.types import integer_of, quoted, strings
from changescript.schema_model.unknown import MARK

if TYPE_CHECKING:
    from changescript.schema_model.postgresql.catalogue import Catalogue, Column, Relation

Node = dict[str, Any]

_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_REFERENCE = "\ue001"


def condition_of(  # noqa: PLR0911 - one for each shape
    node: Node, table: Relation, catalogue: Catalogue | None, *, pretty: bool
) -> str | None:
    """Return the text of a condition, or None where it isn't sure. `pretty` leaves needless parentheses out."""
    kind, value = next(iter(node.items()))
    if kind == "column_ref":
        column = _column(node, table)
        return reference_to(column) if column else None
    if kind == "null_test":
        return _null_test(value, table, pretty=pretty)
    if kind == "bool_expr":
        return _combined(value, table, catalogue, pretty=pretty)
    if kind == "a_expr" and value["kind"] == "AEXPR_OP":
        return _comparison(value, table, pretty=pretty)
    if kind == "a_expr" and value["kind"] == "AEXPR_BETWEEN":
        return _between(value, table, catalogue, pretty=pretty)
    if kind == "a_expr" and value["kind"] == "AEXPR_IN":
        return _membership(value, table, pretty=pretty)
    return None


def reference_to(column: Column) -> str:
    """Return what stands for a column's name, which may change."""
    return f"{_REFERENCE}{column.number}{_REFERENCE}"


def with_names(text: str, table: Relation) -> str:
    """Put the columns' names into the text of a condition."""
    if _REFERENCE not in text:
        return text
    names = {str(column.number): quoted(column.name) for column in table.columns}
    parts = text.split(_REFERENCE)
    return "".join(names.get(part, MARK) if place % 2 else part for place, part in enumerate(parts))


def _between(value: Node, table: Relation, catalogue: Catalogue | None, *, pretty: bool) -> str | None:
    low, high = value["rexpr"]["list"]["items"]
    tests = [
        {"a_expr": {"kind": "AEXPR_OP", "name": [{"string": {"sval": sign}}], "lexpr": value["lexpr"], "rexpr": limit}}
        for sign, limit in ((">=", low), ("<=", high))
    ]
    return _combined({"boolop": "AND_EXPR", "args": tests}, table, catalogue, pretty=pretty)


def _column(node: Node, table: Relation) -> Column | None:
    fields = node.get("column_ref", {}).get("fields", [])
    return table.column(strings(fields)[-1]) if fields and all("string" in field for field in fields) else None


def _wrapped(text: str, *, pretty: bool) -> str:
    return text if pretty else f"({text})"


def _null_test(value: Node, table: Relation, *, pretty: bool) -> str | None:
    column = _column(value["arg"], table)
    if column is None:
        return None
    test = "IS NULL" if value["nulltesttype"] == "IS_NULL" else "IS NOT NULL"
    return _wrapped(f"{reference_to(column)} {test}", pretty=pretty)


def _combined(value: Node, table: Relation, catalogue: Catalogue | None, *, pretty: bool) -> str | None:
    word = {"AND_EXPR": "AND", "OR_EXPR": "OR", "NOT_EXPR": "NOT"}[value["boolop"]]
    texts = [condition_of(one, table, catalogue, pretty=pretty) for one in value["args"]]
    simple = all("bool_expr" not in one for one in value["args"])
    known = [text for text in texts if text is not None]
    if len(known) != len(texts) or (pretty and not simple):
        return None
    if word == "NOT":
        return _wrapped(f"NOT {known[0]}", pretty=pretty)
    return _wrapped(f" {word} ".join(known), pretty=pretty)


def _comparison(value: Node, table: Relation, *, pretty: bool) -> str | None:
    operator = strings(value["name"])[-1]
    operator = "<>" if operator == "!=" else operator
    left, right = value.get("lexpr", {}), value.get("rexpr", {})
    first = _column(left, table)
    if operator not in _COMPARISONS or first is None:
        return None
    second = _column(right, table)
    shown_right = _compared(second, first) if second else _constant(right, first, pretty=pretty)
    if shown_right is None:
        return None
    return _wrapped(
        f"{_shown(first, pretty=pretty)} {operator} {shown_right if not second else _shown(second, pretty=pretty)}",
        pretty=pretty,
    )


def _compared(second: Column, first: Column) -> str | None:
    same = second.type == first.type and not first.type.array
    return reference_to(second) if same and (first.type.name not in ("?", "character")) else None


def _shown(column: Column, *, pretty: bool) -> str:
    """Show a column that is compared; a varchar is compared as text."""
    name = reference_to(column)
    if column.type.name == "character varying":
        return f"{name}::text" if pretty else f"({name})::text"
    return name


def _constant(node: Node, column: Column, *, pretty: bool) -> str | None:
    constant = node.get("a_const")
    if constant is None or column.type.array or constant.get("isnull"):
        return None
    name = column.type.name
    if "sval" in constant and name in ("character varying", "text"):
        text = constant["sval"].get("sval", "")
        return None if "\\" in text else "'" + text.replace("'", "''") + "'::text"
    if "boolval" in constant and name == "boolean":
        return "true" if constant["boolval"].get("boolval") else "false"
    if "ival" in constant and name in ("integer", "bigint", "smallint"):
        number = integer_of(node)
        return str(number) if number >= 0 else f"'{number}'::integer"
    if "ival" in constant and name in ("numeric", "double precision", "real"):
        number = integer_of(node)
        constant_text = str(number) if number >= 0 else f"'{number}'::integer"
        return f"{constant_text}::{name}" if pretty else f"({constant_text})::{name}"
    return None


def _membership(value: Node, table: Relation, *, pretty: bool) -> str | None:
    """Show IN over constants, which the server turns into = ANY (ARRAY[...])."""
    column = _column(value["lexpr"], table)
    items = value["rexpr"].get("list", {}).get("items", [])
    if column is None or not pretty or len(items) < 2 or column.type.array:  # noqa: PLR2004 - one item is a comparison
        return None
    test = "= ANY" if strings(value["name"])[-1] == "=" else "<> ALL"
    constants = [_constant(item, column, pretty=pretty) for item in items]
    texts = [text for text in constants if text is not None]
    if len(texts) != len(items):
        return None
    name = column.type.name
    if name == "character varying":
        array = ", ".join(text.removesuffix("text") + name for text in texts)
        return f"{reference_to(column)}::text {test} (ARRAY[{array}]::text[])"
    if name in ("bigint", "smallint"):
        texts = [f"{text}::{name}" for text in texts]
    if name in ("integer", "text", "bigint"):
        return f"{reference_to(column)} {test} (ARRAY[{', '.join(texts)}])"
    return None
