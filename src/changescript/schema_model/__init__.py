"""A model of the schema: apply a statement, ask a question; every answer is an assumption to be checked."""

from __future__ import annotations

from changescript.schema_model.answers import result_without_rows
from changescript.schema_model.assumptions import Assumption, Question, names_of
from changescript.schema_model.checks import check_sql
from changescript.schema_model.found import Found
from changescript.schema_model.model import SchemaModel, changes_schema
from changescript.schema_model.reflecting import ModelInspector, ReflectingDialect, answer_reflection
from changescript.schema_model.unknown import MARK, UnknownAnswer

__all__ = [
    "MARK",
    "Assumption",
    "Found",
    "ModelInspector",
    "Question",
    "ReflectingDialect",
    "SchemaModel",
    "UnknownAnswer",
    "answer_reflection",
    "changes_schema",
    "check_sql",
    "names_of",
    "result_without_rows",
]
