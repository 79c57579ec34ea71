# ruff: noqa: S608 - writing SQL is what this module is for; names are quoted where they come in
"""What MySQL and MariaDB are asked to agree with an assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from changescript.schema_model.checks.rows import Rows, entries, names

if TYPE_CHECKING:
    from collections.abc import Callable

    from changescript.schema_model.assumptions import Answer, Question


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
    # What a backslash means depends on the session.
    return f"CONVERT(X'{text.encode().hex()}' USING utf8mb4)" if "\\" in text else "'" + text.replace("'", "''") + "'"


ROWS = Rows(_literal, "<=>")


def _table(name: str, column: str = "table_name") -> str:
    """Return whether a table is this one; the case of letters counts unless the server says that it doesn't."""
    exact = f"CAST({column} AS BINARY) = CAST({_literal(name)} AS BINARY)"
    return f"table_schema = DATABASE() AND {column} = {_literal(name)} AND ({exact} OR @@lower_case_table_names <> 0)"


def _exists(*kinds: str) -> Callable[[Question, Answer], str]:
    def check(question: Question, answer: Answer) -> str:
        listed = f" AND table_type IN ({', '.join(map(_literal, kinds))})" if kinds else ""
        query = f"SELECT 1 FROM information_schema.tables WHERE {_table(question.table or question.name)}{listed}"
        return ROWS.exists(query, answer)

    return check


def _listed(kind: str) -> Callable[[Question, Answer], str]:
    def check(_: Question, answer: Answer) -> str:
        query = (
            "SELECT table_name AS name FROM information_schema.tables "
            f"WHERE table_schema = DATABASE() AND table_type = '{kind}'"
        )
        return ROWS.same(query, ["name"], names(answer))

    return check


def _columns(question: Question, answer: Answer) -> str:
    rows = entries(answer)
    unknown = [row[0] for row in rows if row[1] is None]
    type_ = "column_type"
    if unknown:
        type_ = f"CASE WHEN column_name NOT IN ({', '.join(map(_literal, unknown))}) THEN column_type END"
    # MariaDB says 'NULL' where there is no default.
    query = (
        f"SELECT column_name AS name, {type_} AS type, is_nullable = 'YES' AS nullable, "
        "COALESCE(column_default, 'NULL') <> 'NULL' AS has_default, extra LIKE '%auto_increment%' AS made "
        f"FROM information_schema.columns WHERE {_table(question.table)}"
    )
    return ROWS.same(query, ["name", "type", "nullable", "has_default", "made"], rows)


def _column_names(question: Question, answer: Answer) -> str:
    query = f"SELECT column_name AS name FROM information_schema.columns WHERE {_table(question.table)}"
    return ROWS.same(query, ["name"], names(answer))


def _column(question: Question, answer: Answer) -> str:
    query = (
        f"SELECT 1 FROM information_schema.columns WHERE {_table(question.table)} "
        f"AND column_name = {_literal(question.name)}"
    )
    return ROWS.exists(query, answer)


def _statistics(question: Question, condition: str) -> str:
    return (
        "SELECT index_name AS name, GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ',') AS columns, "
        "MIN(non_unique) = 0 AS is_unique, "
        "MIN(CASE WHEN index_type IN ('FULLTEXT', 'SPATIAL') THEN index_type ELSE '' END) AS method, "
        "GROUP_CONCAT(CASE collation WHEN 'D' THEN 3 ELSE 0 END ORDER BY seq_in_index SEPARATOR ' ') AS sorting, "
        "GROUP_CONCAT(CASE WHEN index_type <> 'SPATIAL' THEN COALESCE(sub_part, '') ELSE '' END "
        "ORDER BY seq_in_index SEPARATOR ',') AS lengths "
        f"FROM information_schema.statistics WHERE {_table(question.table)} "
        f"AND {condition} GROUP BY index_name"
    )


def _primary_key(question: Question, answer: Answer) -> str:
    rows = [(answer[1],)] if isinstance(answer, tuple) and answer[1] else []
    return ROWS.same(_statistics(question, "index_name = 'PRIMARY'"), ["columns"], rows)


def _indexes(question: Question, answer: Answer) -> str:
    query = _statistics(question, "index_name <> 'PRIMARY'")
    rows = [_index(row) for row in entries(answer)]
    return ROWS.same(query, ["name", "columns", "is_unique", "method", "sorting", "lengths"], rows)


def _index(row: tuple[Any, ...]) -> tuple[object, ...]:
    name, columns, unique, _, (method, _, _, sorting, _, _, lengths) = row
    return (name, columns, unique, method, sorting, lengths)


def _uniques(question: Question, answer: Answer) -> str:
    query = _statistics(question, "index_name <> 'PRIMARY' AND non_unique = 0")
    return ROWS.same(query, ["name", "columns"], entries(answer))


def _foreign_keys(question: Question, answer: Answer) -> str:
    rules = (
        "(SELECT NULLIF(NULLIF({rule}_rule, 'RESTRICT'), 'NO ACTION') FROM "
        "information_schema.referential_constraints r WHERE r.constraint_schema = k.constraint_schema "
        "AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name)"
    )
    query = (
        "SELECT constraint_name AS name, GROUP_CONCAT(column_name ORDER BY ordinal_position SEPARATOR ',') AS columns, "
        "MIN(referenced_table_name) AS referred, "
        "GROUP_CONCAT(referenced_column_name ORDER BY ordinal_position SEPARATOR ',') AS referred_columns, "
        f"MIN({rules.format(rule='delete')}) AS on_delete, MIN({rules.format(rule='update')}) AS on_update "
        f"FROM information_schema.key_column_usage k WHERE {_table(question.table)} "
        "AND referenced_table_name IS NOT NULL GROUP BY constraint_name"
    )
    rows = [(row[0], row[1], row[3], row[4], *map(_action, row[5:7])) for row in entries(answer)]
    return ROWS.same(query, ["name", "columns", "referred", "referred_columns", "on_delete", "on_update"], rows)


def _action(rule: object) -> object:
    """Return what is the same on the server where nothing is said, RESTRICT and NO ACTION, as nothing."""
    return None if rule in ("", "RESTRICT", "NO ACTION") else rule


def _column_default(question: Question, answer: Answer) -> str:
    """Compare without quotes: MariaDB shows a text with them, MySQL without."""
    query = (
        "SELECT TRIM(BOTH '''' FROM NULLIF(column_default, 'NULL')) FROM information_schema.columns "
        f"WHERE {_table(question.table)} AND column_name = {_literal(question.name)}"
    )
    text = None if answer is None else str(answer).partition(" ON UPDATE ")[0].strip("'")
    return f"({query}) <=> {_literal(text)}"


def _column_comment(question: Question, answer: Answer) -> str:
    query = (
        f"SELECT column_comment FROM information_schema.columns WHERE {_table(question.table)} "
        f"AND column_name = {_literal(question.name)}"
    )
    return f"({query}) = {_literal(answer or '')}"


def _tables_like(question: Question, answer: Answer) -> str:
    query = (
        "SELECT table_name AS name FROM information_schema.tables "
        f"WHERE table_schema = DATABASE() AND table_name LIKE {_literal(question.name)}"
    )
    return ROWS.same(query, ["name"], names(answer))


def _names_in(view: str, column: str, condition: str) -> Callable[[Question, Answer], str]:
    def check(question: Question, answer: Answer) -> str:
        query = (
            f"SELECT DISTINCT {column} AS name FROM information_schema.{view} "
            f"WHERE {_table(question.table)} AND {condition}"
        )
        return ROWS.same(query, ["name"], names(answer))

    return check


def _checks(question: Question, answer: Answer) -> str:
    # MariaDB lists checks of columns as well, by the column's name.
    query = (
        "SELECT constraint_name AS name FROM information_schema.table_constraints c "
        f"WHERE {_table(question.table)} AND constraint_type = 'CHECK' AND NOT EXISTS (SELECT 1 FROM "
        "information_schema.columns k WHERE k.table_schema = c.table_schema AND k.table_name = c.table_name "
        "AND k.column_name = c.constraint_name)"
    )
    return ROWS.same(query, ["name"], [(row[0],) for row in entries(answer)])


def _named(table: str, column: str) -> Callable[[Question, Answer], str]:
    def check(question: Question, answer: Answer) -> str:
        of_table = f" AND table_name = {_literal(question.table)}" if question.table else ""
        query = (
            f"SELECT 1 FROM information_schema.{table} WHERE table_schema = DATABASE() "
            f"AND {column} = {_literal(question.name)}{of_table}"
        )
        return ROWS.exists(query, answer)

    return check


def _comment(question: Question, answer: Answer) -> str:
    query = f"SELECT table_comment FROM information_schema.tables WHERE {_table(question.table)}"
    return f"({query}) = {_literal(answer or '')}"


CHECKS: dict[str, Callable[[Question, Answer], str]] = {
    "table": _exists(),
    "table_only": _exists("BASE TABLE"),
    "view_only": _exists("VIEW"),
    "sequence": _exists("SEQUENCE"),
    "tables": _listed("BASE TABLE"),
    "views": _listed("VIEW"),
    "sequences": _listed("SEQUENCE"),
    "columns": _columns,
    "column_names": _column_names,
    "column": _column,
    "primary_key": _primary_key,
    "unique_constraints": _uniques,
    "check_constraints": _checks,
    "foreign_keys": _foreign_keys,
    "indexes": _indexes,
    "column_default": _column_default,
    "column_comment": _column_comment,
    "tables_like": _tables_like,
    "index_names": _names_in("statistics", "index_name", "index_name <> 'PRIMARY'"),
    "unique_constraint_names": _names_in("statistics", "index_name", "index_name <> 'PRIMARY' AND non_unique = 0"),
    "foreign_key_names": _names_in("key_column_usage", "constraint_name", "referenced_table_name IS NOT NULL"),
    "index": _named("statistics", "index_name"),
    "constraint": _named("table_constraints", "constraint_name"),
    "comment": _comment,
}
