# ruff: noqa: S608 - writing SQL is what this module is for; names are quoted where they come in
"""What SQLite is asked to agree with an assumption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from changescript.schema_model.checks.rows import Rows, entries, names

if TYPE_CHECKING:
    from collections.abc import Callable

    from changescript.schema_model.assumptions import Answer, Question


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    text = ",".join(str(one or "") for one in value) if isinstance(value, tuple) else str(value)
    return "'" + text.replace("'", "''") + "'"


ROWS = Rows(_literal, "IS")
_OWN = "name NOT LIKE 'sqlite~_%' ESCAPE '~'"


def _objects(*types: str) -> str:
    listed = ", ".join(map(_literal, types))
    return f"SELECT name FROM sqlite_master WHERE {_OWN} AND type IN ({listed})"


def _exists(*types: str) -> Callable[[Question, Answer], str]:
    def check(question: Question, answer: Answer) -> str:
        # Names are the same whatever the case of their letters.
        name = _literal(question.table or question.name)
        return ROWS.exists(f"{_objects(*types)} AND name = {name} COLLATE NOCASE", answer)

    return check


def _listed(*types: str) -> Callable[[Question, Answer], str]:
    return lambda _, answer: ROWS.same(_objects(*types), ["name"], names(answer))


def _object(question: Question, answer: Answer) -> str:
    query = f"SELECT type FROM sqlite_master WHERE name = {_literal(question.name)}"
    return f"({query}) IS {_literal(answer)}"


def _catalogue(question: Question, answer: Answer) -> str:
    """Ask the same query as the revision; its columns get names of our own."""
    columns = [f"c{number}" for number in range(int(question.table))]
    query = f"WITH told ({', '.join(columns)}) AS ({question.name}\n) SELECT * FROM told"
    return ROWS.same(query, columns, entries(answer))


def _squeezed(text: str) -> str:
    """Return the SQL of a text without white space, which the layout of a script changes."""
    for space in ("' '", "char(9)", "char(10)", "char(13)"):
        text = f"replace({text}, {space}, '')"
    return text


_DEFAULT = f"CASE substr(dflt_value, 1, 1) WHEN char(39) THEN dflt_value ELSE {_squeezed('dflt_value')} END"


def _default(value: object) -> object:
    """Return a default as it is compared: that of a text as it is, an expression without white space."""
    return value if value is None or str(value).startswith("'") else re.sub(r"[ \t\n\r]", "", str(value))


def _columns(question: Question, answer: Answer) -> str:
    query = (
        f'SELECT name, upper(type) AS type, NOT "notnull" AS nullable, {_DEFAULT} AS default_value, pk AS place '
        f"FROM pragma_table_xinfo({_literal(question.table)}) WHERE hidden <> 1"
    )
    rows = [(row[0], str(row[1]).upper(), row[2], _default(row[3]), row[4]) for row in entries(answer)]
    return ROWS.same(query, ["name", "type", "nullable", "default_value", "place"], rows)


def _column_names(question: Question, answer: Answer) -> str:
    query = f"SELECT name FROM pragma_table_xinfo({_literal(question.table)}) WHERE hidden <> 1"
    return ROWS.same(query, ["name"], names(answer))


def _column(question: Question, answer: Answer) -> str:
    query = (
        f"SELECT 1 FROM pragma_table_xinfo({_literal(question.table)}) "
        f"WHERE name = {_literal(question.name)} COLLATE NOCASE"
    )
    return ROWS.exists(query, answer)


def _primary_key(question: Question, answer: Answer) -> str:
    columns = answer[1] if isinstance(answer, tuple) else ()
    query = f"SELECT pk AS place, name FROM pragma_table_info({_literal(question.table)}) WHERE pk > 0"
    same = ROWS.same(query, ["place", "name"], [(place, name) for place, name in enumerate(columns, 1)])
    return same + _named(question, [answer[0] if isinstance(answer, tuple) else None])


_WHERE = (
    "CASE WHEN l.partial THEN (SELECT trim(substr(m.sql, instr(upper(m.sql), ' WHERE ') + 7)) FROM sqlite_master m "
    "WHERE m.type = 'index' AND m.name = l.name) END"
)


def _index_columns(condition: str, question: Question) -> str:
    return (
        "SELECT l.name AS name, (SELECT group_concat(coalesce(i.name, ''), ',') FROM "
        "(SELECT name FROM pragma_index_info(l.name) ORDER BY seqno) i) AS columns, "
        f'l."unique" AS is_unique, {_WHERE} AS condition FROM pragma_index_list({_literal(question.table)}) l '
        f"WHERE {condition}"
    )


_OF_COLUMNS = "l.origin = 'c' AND NOT EXISTS (SELECT 1 FROM pragma_index_info(l.name) i WHERE i.name IS NULL)"
"""SQLAlchemy leaves out indexes of expressions."""


def _indexes(question: Question, answer: Answer) -> str:
    query = _index_columns(_OF_COLUMNS, question)
    return ROWS.same(query, ["name", "columns", "is_unique", "condition"], [row[:4] for row in entries(answer)])


def _index_names(question: Question, answer: Answer) -> str:
    query = f"SELECT l.name AS name FROM pragma_index_list({_literal(question.table)}) l WHERE {_OF_COLUMNS}"
    return ROWS.same(query, ["name"], names(answer))


def _uniques(question: Question, answer: Answer) -> str:
    """Compare columns: a constraint has no name in the catalogue, and no index where another one's serves it."""
    expected = sorted({_literal(row[1]) for row in entries(answer)})
    made = _index_columns("l.origin = 'u'", question)
    of_constraints = f"SELECT columns FROM ({made})"
    others = f"NOT EXISTS ({of_constraints} WHERE columns NOT IN ({', '.join(expected)}))"
    key = (
        "(SELECT group_concat(name, ',') FROM (SELECT name FROM "
        f"pragma_table_info({_literal(question.table)}) WHERE pk > 0 ORDER BY pk))"
    )
    held = [f" AND (EXISTS ({of_constraints} WHERE columns = {one}) OR {key} IS {one})" for one in expected]
    return f"({others}{''.join(held)}{_named(question, [row[0] for row in entries(answer)])})"


def _named(question: Question, constraints: list[Any]) -> str:
    """Look for the names of constraints in the table's text: nothing else holds them."""
    table = f"m.type = 'table' AND m.name = {_literal(question.table)} COLLATE NOCASE"
    held = [f"instr(lower(m.sql), {_literal(str(name).lower())})" for name in constraints if name is not None]
    return f" AND EXISTS (SELECT 1 FROM sqlite_master m WHERE {table} AND {' AND '.join(held)})" if held else ""


def _foreign_keys(question: Question, answer: Answer) -> str:
    # SQLAlchemy tells equal keys once, and so does DISTINCT.
    query = (
        'SELECT DISTINCT group_concat("from", \',\') AS columns, "table" AS referred, '
        "group_concat(coalesce(\"to\", ''), ',') AS referred_columns, "
        "min(nullif(on_delete, 'NO ACTION')) AS on_delete, min(nullif(on_update, 'NO ACTION')) AS on_update "
        f"FROM (SELECT * FROM pragma_foreign_key_list({_literal(question.table)}) ORDER BY id, seq) "
        'GROUP BY id, "table"'
    )
    rows = [(row[1], row[3], row[4], row[5] or None, row[6] or None) for row in entries(answer)]
    keys = ["columns", "referred", "referred_columns", "on_delete", "on_update"]
    same = ROWS.same(query, keys, list(dict.fromkeys(rows)))
    return same + _named(question, [row[0] for row in entries(answer)])


def _checks(question: Question, answer: Answer) -> str:
    """Count the checks in the table's text, and look for their names and texts there: nothing else holds them."""
    found = entries(answer)
    plain = "replace(replace(replace(upper(sql), ' ', ''), char(10), ''), char(9), '')"
    count = f"(length({plain}) - length(replace({plain}, 'CHECK(', ''))) / 6 = {len(found)}"
    named = [f" AND instr(lower(sql), {_literal(str(row[0]).lower())})" for row in found if row[0] is not None]
    texts = ["".join(str(row[1]).upper().split()) for row in found]
    held = [f" AND instr({plain}, {_literal(f'CHECK({text})')})" for text in texts]
    table = f"type = 'table' AND name = {_literal(question.table)} COLLATE NOCASE"
    return f"EXISTS (SELECT 1 FROM sqlite_master WHERE {table} AND {count}{''.join([*named, *held])})"


CHECKS: dict[str, Callable[[Question, Answer], str]] = {
    "table": _exists("table", "view"),
    "table_only": _exists("table"),
    "view_only": _exists("view"),
    "index": _exists("index"),
    "tables": _listed("table"),
    "views": _listed("view"),
    "catalogue": _catalogue,
    "object": _object,
    "columns": _columns,
    "column_names": _column_names,
    "column": _column,
    "primary_key": _primary_key,
    "indexes": _indexes,
    "index_names": _index_names,
    "unique_constraints": _uniques,
    "foreign_keys": _foreign_keys,
    "check_constraints": _checks,
}
