# ruff: noqa: S608 - writing SQL is what this module is for; names are quoted where they come in
"""What PostgreSQL is asked to agree with an assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.schema_model.assumptions import ANYWHERE
from changescript.schema_model.checks.rows import Rows, entries, names

if TYPE_CHECKING:
    from collections.abc import Callable

    from changescript.schema_model.assumptions import Answer, Question


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, tuple):
        return f"ARRAY[{', '.join(map(_literal, value))}]::text[]"
    text = "'" + str(value).replace("'", "''") + "'"
    return f"E{text}".replace("\\", "\\\\") if "\\" in text else text


ROWS = Rows(_literal, "IS NOT DISTINCT FROM")


def _scope(schema: str | None, oid: str, function: str = "table") -> str:
    if schema == ANYWHERE:
        return "TRUE"
    return f"n.nspname = {_literal(schema)}" if schema else f"pg_catalog.pg_{function}_is_visible({oid})"


def _class(question: Question, name: str, kinds: str, select: str = "1") -> str:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    named = f" AND c.relname = {_literal(name)}" if name else ""
    return (
        f"SELECT {select} FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE c.relkind IN ({listed}){named} AND {_scope(question.schema, 'c.oid')}"
    )


def _exists(kinds: str) -> Callable[[Question, Answer], str]:
    return lambda question, answer: ROWS.exists(_class(question, question.table or question.name, kinds), answer)


def _listed(kinds: str) -> Callable[[Question, Answer], str]:
    def check(question: Question, answer: Answer) -> str:
        query = _class(question, "", kinds, "c.relname::text AS name") + " AND c.relpersistence <> 't'"
        query += " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        return ROWS.same(query, ["name"], names(answer))

    return check


def _oid(question: Question) -> str:
    return f"({_class(question, question.table, 'rpvmf', 'c.oid')})"


def _columns_of(question: Question, select: str) -> str:
    return (
        f"SELECT {select} FROM pg_catalog.pg_attribute a WHERE a.attrelid IN {_oid(question)} "
        "AND a.attnum > 0 AND NOT a.attisdropped"
    )


def _columns(question: Question, answer: Answer) -> str:
    rows = entries(answer)
    unknown = tuple(row[0] for row in rows if row[1] is None)
    type_ = "pg_catalog.format_type(a.atttypid, a.atttypmod)"
    if unknown:
        type_ = f"CASE WHEN a.attname::text <> ALL ({_literal(unknown)}) THEN {type_} END"
    query = _columns_of(
        question,
        f"a.attname::text AS name, {type_} AS type, NOT a.attnotnull AS nullable, a.atthasdef AS has_default, "
        "a.attidentity::text || a.attgenerated::text AS made",
    )
    return ROWS.same(query, ["name", "type", "nullable", "has_default", "made"], rows)


def _column_names(question: Question, answer: Answer) -> str:
    return ROWS.same(_columns_of(question, "a.attname::text AS name"), ["name"], names(answer))


def _column(question: Question, answer: Answer) -> str:
    query = _columns_of(question, "1") + f" AND a.attname = {_literal(question.name)}"
    return ROWS.exists(query, answer)


def _attributes(numbers: str, table: str) -> str:
    return (
        f"ARRAY(SELECT a.attname::text FROM pg_catalog.unnest({numbers}) WITH ORDINALITY u(number, place) "
        f"JOIN pg_catalog.pg_attribute a ON a.attrelid = {table} AND a.attnum = u.number ORDER BY u.place)"
    )


def _constraints(question: Question, kind: str, select: str = "") -> str:
    columns = _attributes("k.conkey", "k.conrelid")
    return (
        f"SELECT k.conname::text AS name, {columns} AS columns{select} FROM pg_catalog.pg_constraint k "
        f"WHERE k.contype = '{kind}' AND k.conrelid = {_oid(question)}"
    )


def _primary_key(question: Question, answer: Answer) -> str:
    rows = [answer] if isinstance(answer, tuple) and answer[1] else []
    return ROWS.same(_constraints(question, "p"), ["name", "columns"], rows)


def _uniques(question: Question, answer: Answer) -> str:
    return ROWS.same(_constraints(question, "u"), ["name", "columns"], entries(answer))


def _checks(question: Question, answer: Answer) -> str:
    return ROWS.same(_constraints(question, "c"), ["name"], [(row[0],) for row in entries(answer)])


def _foreign_keys(question: Question, answer: Answer) -> str:
    own = f"WHEN n.nspname = {_literal(question.schema)} THEN n.nspname::text " if question.schema else ""
    place = (
        "(SELECT CASE " + own + "WHEN NOT pg_catalog.pg_table_is_visible(c.oid) THEN n.nspname::text END "
        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = k.confrelid)"
    )
    on_delete, on_update = (_ACTION.format(column=column) for column in ("k.confdeltype", "k.confupdtype"))
    select = (
        f", {place} AS place, "
        "(SELECT c.relname::text FROM pg_catalog.pg_class c WHERE c.oid = k.confrelid) AS referred, "
        f"{_attributes('k.confkey', 'k.confrelid')} AS referred_columns, "
        f"{on_delete} AS on_delete, {on_update} AS on_update, "
        "k.condeferrable AS deferrable, k.condeferred AS deferred, "
        "CASE k.confmatchtype WHEN 'f' THEN 'FULL' WHEN 'p' THEN 'PARTIAL' ELSE 'SIMPLE' END AS match"
    )
    query = _constraints(question, "f", select)
    found = ["name", "columns", "place", "referred", "referred_columns", "on_delete", "on_update"]
    return ROWS.same(query, [*found, "deferrable", "deferred", "match"], entries(answer))


_ACTION = (
    "CASE {column} WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' "
    "WHEN 'r' THEN 'RESTRICT' ELSE '' END"
)


def _indexes(question: Question, answer: Answer) -> str:
    columns = (
        "ARRAY(SELECT a.attname::text FROM pg_catalog.generate_subscripts(i.indkey, 1) s "
        "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[s] AND a.attnum > 0 "
        "WHERE s < i.indnkeyatts ORDER BY s)"
    )
    query = (
        f"SELECT c.relname::text AS name, {columns} AS columns, i.indisunique AS is_unique, "
        f"i.indpred IS NOT NULL AS is_partial, {_BUILT} FROM pg_catalog.pg_index i "
        "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_am m ON m.oid = c.relam "
        f"WHERE NOT i.indisprimary AND i.indrelid = {_oid(question)}"
    )
    found = ["name", "columns", "is_unique", "is_partial"]
    built = ["method", "further", "nulls_not_distinct", "sorting", "options", "classes"]
    return ROWS.same(query, [*found, *built], [_index(row) for row in entries(answer)])


_BUILT = (
    "m.amname::text AS method, ARRAY(SELECT a.attname::text FROM pg_catalog.generate_subscripts(i.indkey, 1) s "
    "JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[s] "
    "WHERE s >= i.indnkeyatts ORDER BY s) AS further, "
    "COALESCE((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, FALSE) AS nulls_not_distinct, "
    "i.indoption::text AS sorting, pg_catalog.array_to_string(c.reloptions, ',') AS options, "
    "ARRAY(SELECT CASE WHEN NOT o.opcdefault THEN o.opcname::text END FROM pg_catalog.unnest(i.indclass) "
    "WITH ORDINALITY u(number, place) JOIN pg_catalog.pg_opclass o ON o.oid = u.number ORDER BY u.place) AS classes"
)
"""`indnullsnotdistinct` is there since PostgreSQL 15."""


def _index(row: tuple[Any, ...]) -> tuple[object, ...]:
    name, columns, unique, where, (method, further, distinct, sorting, options, classes, _) = row
    return (
        name,
        columns,
        unique,
        where is not None,
        method or "btree",
        further,
        distinct,
        sorting,
        options or None,
        classes,
    )


def _index_names(question: Question, answer: Answer) -> str:
    query = (
        "SELECT c.relname::text AS name FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
        f"WHERE NOT i.indisprimary AND i.indrelid = {_oid(question)}"
    )
    return ROWS.same(query, ["name"], names(answer))


def _index_exists(question: Question, answer: Answer) -> str:
    query = _class(question, question.name, "iI")
    if question.table:
        query += (
            " AND EXISTS (SELECT 1 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class t ON t.oid = i.indrelid "
            f"WHERE i.indexrelid = c.oid AND t.relname = {_literal(question.table)})"
        )
    return ROWS.exists(query, answer)


def _index_is_invalid(question: Question, answer: Answer) -> str:
    query = _class(question, question.name, "iI")
    query += " AND EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indexrelid = c.oid AND NOT i.indisvalid)"
    return ROWS.exists(query, answer)


def _constraint_names(kind: str) -> Callable[[Question, Answer], str]:
    def check(question: Question, answer: Answer) -> str:
        query = (
            "SELECT k.conname::text AS name FROM pg_catalog.pg_constraint k "
            f"WHERE k.contype = '{kind}' AND k.conrelid = {_oid(question)}"
        )
        return ROWS.same(query, ["name"], names(answer))

    return check


def _of_column(select: str, join: str = "") -> Callable[[Question, Answer], str]:
    def check(question: Question, answer: Answer) -> str:
        query = (
            f"SELECT {select} FROM pg_catalog.pg_attribute a{join} WHERE a.attrelid = {_oid(question)} "
            f"AND a.attname = {_literal(question.name)} AND NOT a.attisdropped"
        )
        return f"({query}) IS NOT DISTINCT FROM {_literal(answer)}"

    return check


_DEFAULT = "CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END"
_OF_DEFAULT = " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"


def _constraint(question: Question, answer: Answer) -> str:
    table = f" AND k.conrelid = {_oid(question)}" if question.table else ""
    anywhere = question.schema in (None, ANYWHERE)
    scope = "TRUE" if anywhere else f"n.nspname = {_literal(question.schema)}"
    query = (
        "SELECT 1 FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace "
        f"WHERE k.conname = {_literal(question.name)} AND {scope}{table}"
    )
    return ROWS.exists(query, answer)


def _comment(question: Question, answer: Answer) -> str:
    return f"pg_catalog.obj_description({_oid(question)}, 'pg_class') IS NOT DISTINCT FROM {_literal(answer)}"


def _type_query(question: Question, select: str, condition: str) -> str:
    return (
        f"SELECT {select} FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
        f"WHERE {condition} AND {_scope(question.schema, 't.oid', 'type')}"
    )


_LABELS = "ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)"


def _enums(question: Question, answer: Answer) -> str:
    query = _type_query(question, f"t.typname::text AS name, {_LABELS} AS labels", "t.typtype = 'e'")
    return ROWS.same(query, ["name", "labels"], entries(answer))


def _enum(question: Question, answer: Answer) -> str:
    query = _type_query(question, f"{_LABELS} AS labels", f"t.typname = {_literal(question.name)}")
    return ROWS.same(query, ["labels"], [(answer,)])


def _type(question: Question, answer: Answer) -> str:
    return ROWS.exists(_type_query(question, "1", f"t.typname = {_literal(question.name)}"), answer)


def _schema(question: Question, answer: Answer) -> str:
    return ROWS.exists(f"SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = {_literal(question.schema)}", answer)


def _schemas(_: Question, answer: Answer) -> str:
    query = "SELECT nspname::text AS name FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg~_%' ESCAPE '~'"
    return ROWS.same(query, ["name"], names(answer))


CHECKS: dict[str, Callable[[Question, Answer], str]] = {
    "table": _exists("rpvmf"),
    "table_only": _exists("rp"),
    "relation": _exists("rpvmfiIS"),
    "view_only": _exists("v"),
    "sequence": _exists("S"),
    "index": _index_exists,
    "invalid_index": _index_is_invalid,
    "tables": _listed("rp"),
    "views": _listed("v"),
    "materialized_views": _listed("m"),
    "sequences": _listed("S"),
    "columns": _columns,
    "column_names": _column_names,
    "column": _column,
    "primary_key": _primary_key,
    "unique_constraints": _uniques,
    "check_constraints": _checks,
    "foreign_keys": _foreign_keys,
    "indexes": _indexes,
    "column_default": _of_column(_DEFAULT, _OF_DEFAULT),
    "column_comment": _of_column("pg_catalog.col_description(a.attrelid, a.attnum)"),
    "index_names": _index_names,
    "unique_constraint_names": _constraint_names("u"),
    "foreign_key_names": _constraint_names("f"),
    "constraint": _constraint,
    "comment": _comment,
    "enums": _enums,
    "enum": _enum,
    "type": _type,
    "schema": _schema,
    "schemas": _schemas,
}
