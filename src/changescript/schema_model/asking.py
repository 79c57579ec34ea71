"""Which of SQLAlchemy's questions answers one of ours."""

from __future__ import annotations

from changescript.schema_model.assumptions import ANYWHERE, OF_TABLE, Question
from changescript.schema_model.unknown import Unknown, refusal

_METHODS = {
    "tables": "get_table_names",
    "views": "get_view_names",
    "table": "has_table",
    "sequence": "has_sequence",
    "type": "has_type",
    "table_only": "get_table_names",
    "view_only": "get_view_names",
    "materialized_views": "get_materialized_view_names",
    "sequences": "get_sequence_names",
    "enums": "_load_enums",
    "columns": "get_columns",
    "column": "get_columns",
    "column_names": "get_columns",
    "column_default": "get_columns",
    "column_comment": "get_columns",
    "index_names": "get_indexes",
    "unique_constraint_names": "get_unique_constraints",
    "foreign_key_names": "get_foreign_keys",
    "primary_key": "get_pk_constraint",
    "foreign_keys": "get_foreign_keys",
    "indexes": "get_indexes",
    "unique_constraints": "get_unique_constraints",
    "check_constraints": "get_check_constraints",
    "comment": "get_table_comment",
}


def asking(question: Question) -> tuple[str, tuple[str, ...]]:
    """Return SQLAlchemy's question, and the name that it takes."""
    if question.kind not in _METHODS or question.schema == ANYWHERE:
        raise refusal(
            "what a question means for another state", Unknown(f"{question.kind} is only known where it is asked")
        )
    method = _METHODS[question.kind]
    if question.kind in ("sequence", "type"):
        return method, (question.name,)
    of_table = method == "has_table" or method.removeprefix("get_") in {"columns", *OF_TABLE}
    return method, (question.table,) if of_table else ()
