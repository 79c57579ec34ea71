# ruff: noqa: ANN401 - SQLAlchemy's answers are of any type
"""What was asked, what was answered: the assumptions of a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from changescript.schema_model.unknown import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Answer = bool | str | None | tuple[Any, ...]


ANYWHERE = "*"
"""In place of a schema: in any."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the schema. What it means stands in KINDS."""

    kind: str
    schema: str | None = None
    table: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A question and the model's answer, which the target has to give as well."""

    question: Question
    answer: Answer

    @property
    def kind(self) -> str:
        """What was asked for, in words."""
        return KINDS[self.question.kind]

    @property
    def about(self) -> str:
        """The name that was asked about."""
        question = self.question
        if question.kind == "catalogue":
            return " ".join(question.name.split())
        schema = None if question.schema == ANYWHERE else question.schema
        return ".".join(part for part in (schema, question.table, question.name) if part)

    @property
    def answered(self) -> str:
        """The answer, in words; of what could be data it tells nothing."""
        if self.question.kind == "primary_key" and isinstance(self.answer, tuple):
            name, columns = self.answer
            return f"{name} ({_shown(columns)})" if name else _shown(columns)
        return _shown(self.answer)

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".rstrip() + f": {self.answered}"


def _shown(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "exists" if answer else "doesn't exist"
    if answer is None:
        return "none"
    if isinstance(answer, str):
        return "as answered"
    return ", ".join(_entry(one) for one in answer) or "none"


def _entry(one: object) -> str:
    if isinstance(one, tuple):
        return str(one[0] if one[0] is not None else "(no name)")
    return str(one)


KINDS = {
    "table": "table or view",
    "table_only": "table",
    "relation": "table, view, index or sequence",
    "view_only": "view",
    "tables": "tables",
    "views": "views",
    "materialized_views": "materialized views",
    "sequence": "sequence",
    "sequences": "sequences",
    "schema": "schema",
    "schemas": "schemas",
    "type": "type",
    "enums": "enum types",
    "enum": "labels of enum",
    "columns": "columns of",
    "column_names": "names of the columns of",
    "column": "column",
    "column_default": "default of column",
    "column_comment": "comment of column",
    "tables_like": "tables like",
    "index_names": "names of the indexes of",
    "unique_constraint_names": "names of the unique constraints of",
    "foreign_key_names": "names of the foreign keys of",
    "primary_key": "primary key of",
    "foreign_keys": "foreign keys of",
    "indexes": "indexes of",
    "index": "index",
    "invalid_index": "index that isn't valid",
    "unique_constraints": "unique constraints of",
    "check_constraints": "checks of",
    "constraint": "constraint",
    "comment": "comment of table",
    "object": "object",
    "catalogue": "rows of",
    "table_options": "options of table",
    "other": "answer of",
}
"""(name, type, nullable, has a default) of `columns`, then how values are made: on PostgreSQL `attidentity` and
`attgenerated`, on MySQL whether AUTO_INCREMENT, on SQLite the default itself and the place in the primary key;
(name, columns) of keys, and of a foreign key what it refers to, its ON DELETE and ON UPDATE, whether it is deferrable
and deferred, and its MATCH; (name, columns, unique, WHERE, how it is built) of `indexes`; (name, text) of checks.
"""

UNCHECKED = {
    "unique_constraints": frozenset({"dialect_options", "comment"}),
    "foreign_keys": frozenset({"comment"}),
    "check_constraints": frozenset({"comment", "dialect_options"}),
}
"""What of an answer no target is asked for, by the kind of question, so that a revision may not rest on it."""


def _names(value: list[Any]) -> Answer:
    return tuple(value)


def _primary_key(value: dict[str, Any]) -> Answer:
    return (value.get("name"), tuple(value.get("constrained_columns") or ()))


def _foreign_keys(value: list[dict[str, Any]]) -> Answer:
    return tuple(
        (
            one["name"],
            tuple(one["constrained_columns"]),
            one["referred_schema"],
            one["referred_table"],
            tuple(one["referred_columns"]),
            *(str(one["options"].get(option, "")) for option in ("ondelete", "onupdate")),
            bool(one["options"].get("deferrable")),
            one["options"].get("initially") == "DEFERRED",
            str(one["options"].get("match") or "SIMPLE"),
        )
        for one in value
    )


def _indexes(value: list[dict[str, Any]]) -> Answer:
    return tuple(
        (one["name"], tuple(one["column_names"]), bool(one["unique"]), _where(one), _built(one)) for one in value
    )


def _built(index: dict[str, Any]) -> tuple[Any, ...]:
    """Return an index's method, further columns, NULLS NOT DISTINCT, order, options, operator classes and lengths."""
    options = {key.partition("_")[2]: value for key, value in (dict.get(index, "dialect_options") or {}).items()}
    elements = dict.get(index, "expressions") or index["column_names"]
    sorting = dict.get(index, "column_sorting") or {}
    return (
        str(dict.get(index, "type") or options.get("using") or ""),
        tuple(options.get("include") or ()),
        bool(options.get("nulls_not_distinct")),
        " ".join(str(_order(sorting.get(element, ()))) for element in elements),
        ",".join(f"{key}={value}" for key, value in (options.get("with") or {}).items()),
        tuple((options.get("ops") or {}).get(element) for element in elements),
        ",".join(str((options.get("length") or {}).get(element, "")) for element in elements),
    )


def _order(sorting: tuple[str, ...]) -> int:
    """Return the order of an index's column as pg_index.indoption has it: 1 is DESC, 2 is NULLS FIRST."""
    descends = "desc" in sorting
    return descends + 2 * ("nulls_first" in sorting or (descends and "nulls_last" not in sorting))


def _where(index: dict[str, Any]) -> str | None:
    """Return the condition of a partial index, as far as its text is known."""
    options = dict.get(index, "dialect_options") or {}
    return next((str(value) for key, value in options.items() if key.endswith("_where") and value is not None), None)


def _uniques(value: list[dict[str, Any]]) -> Answer:
    return tuple((one["name"], tuple(one["column_names"])) for one in value)


def _checks(value: list[dict[str, Any]]) -> Answer:
    # The text of some can't be read, and so isn't part of the answer.
    return tuple((one["name"], str(dict.get(one, "sqltext"))) for one in value)


def _enums(value: list[dict[str, Any]]) -> Answer:
    return tuple((one["name"], tuple(one["labels"])) for one in value)


OF_TABLE: dict[str, tuple[str, Callable[[Any], Answer]]] = {
    "pk_constraint": ("primary_key", _primary_key),
    "foreign_keys": ("foreign_keys", _foreign_keys),
    "indexes": ("indexes", _indexes),
    "unique_constraints": ("unique_constraints", _uniques),
    "check_constraints": ("check_constraints", _checks),
    "table_comment": ("comment", lambda value: value["text"]),
}
"""By the name of SQLAlchemy's question about a table: the kind, and what of the answer is assumed."""

NAMES_OF = {
    "columns": "column_names",
    "indexes": "index_names",
    "unique_constraints": "unique_constraint_names",
    "foreign_keys": "foreign_key_names",
}
"""What is asked for where of the answer to such a question only the names are read."""


def names_of(question: Question) -> Question | None:
    """Return the question about the names alone, which the answer to this one answers too."""
    kind = NAMES_OF.get(question.kind)
    return Question(kind, question.schema, question.table) if kind else None


def named_alone(whole: Assumption) -> Assumption | None:
    """Return what is assumed where only names are read; None where something has none."""
    asked, answer = names_of(whole.question), whole.answer
    if asked is None or not isinstance(answer, tuple) or any(row[0] is None for row in answer):
        return None
    return Assumption(asked, tuple(row[0] for row in answer))


OF_COLUMN = {"default": "column_default", "comment": "column_comment"}
"""What else is asked for where this is read of a column."""


def of_column(whole: Question, column: dict[str, Any], key: str | None) -> Iterator[Assumption]:
    """Go through what else is assumed where a key of a column is read; None: all of it."""
    for each, kind in OF_COLUMN.items():
        value = dict.get(column, each)
        is_known = value is None or (isinstance(value, str) and MARK not in value)
        if key in (each, None) and is_known:
            yield Assumption(Question(kind, whole.schema, whole.table, dict.get(column, "name") or ""), value)


OF_SCHEMA: dict[str, tuple[str, Callable[[Any], Answer]]] = {
    "get_table_names": ("tables", _names),
    "get_view_names": ("views", _names),
    "get_materialized_view_names": ("materialized_views", _names),
    "get_sequence_names": ("sequences", _names),
    "get_enums": ("enums", _enums),
    "_load_enums": ("enums", _enums),
}

OF_NAME = {"has_table": "table", "has_sequence": "sequence", "has_type": "type"}


def assumed(
    method: str,
    named: dict[str, Any],
    answer: Any,
    columns: Callable[[str | None, str], Answer],
) -> Iterator[Assumption]:
    """Go through what an answer of a SQLAlchemy dialect assumes. `columns` gives the facts of a table's columns."""
    schema = named.get("schema")
    if method in OF_NAME:
        name = named.get("table_name") or named.get("sequence_name") or named.get("type_name") or ""
        place = {"table": name} if method == "has_table" else {"name": name}
        yield Assumption(Question(OF_NAME[method], schema, **place), bool(answer))
    elif method in OF_SCHEMA:
        kind, taken = OF_SCHEMA[method]
        yield Assumption(Question(kind, schema), taken(answer))
    elif method == "has_schema":
        yield Assumption(Question("schema", named["schema_name"]), bool(answer))
    elif method == "get_schema_names":
        yield Assumption(Question("schemas"), tuple(answer))
    elif method.startswith("get_multi_"):
        # Table(autoload_with=...) always takes the options along; it needs no more of them than a table.
        subject = {"table_options": "table"}.get(subject := method.removeprefix("get_multi_"), subject)
        for (place, table), value in answer:
            yield from _of_table(subject, place, table, value, columns)
        yield from _of_all(named, [table for (_, table), _ in answer])
    elif "table_name" in named:
        yield from _of_table(method.removeprefix("get_"), schema, named["table_name"], answer, columns)
    else:
        yield Assumption(Question("other", schema, "", method.lstrip("_")), answer=True)


def _of_all(named: dict[str, Any], found: list[str]) -> Iterator[Assumption]:
    if named.get("filter_names") is None:
        yield Assumption(Question("tables", named.get("schema")), tuple(found))
    for name in named.get("filter_names") or ():
        if name not in found:
            yield Assumption(Question("table", named.get("schema"), name), answer=False)


def _enums_of(columns: list[dict[str, Any]]) -> Iterator[Assumption]:
    """Go through the enums of columns by name: their labels are part of the answer."""
    for column in columns:
        # The type of some columns can't be read, and so isn't part of the answer.
        type_: Any = dict.get(column, "type")
        type_ = getattr(type_, "item_type", type_)
        if getattr(type_, "enums", None) and getattr(type_, "name", None):
            yield Assumption(Question("enum", type_.schema, "", type_.name), tuple(type_.enums))


def _of_table(
    subject: str,
    schema: str | None,
    table: str,
    value: Any,
    columns: Callable[[str | None, str], Answer],
) -> Iterator[Assumption]:
    if subject == "columns":
        yield Assumption(Question("columns", schema, table), columns(schema, table))
        yield from _enums_of(value)
    elif subject in OF_TABLE:
        kind, taken = OF_TABLE[subject]
        yield Assumption(Question(kind, schema, table), taken(value))
    else:
        yield Assumption(Question(subject, schema, table), answer=True)
