"""A model of the schema: apply a statement, ask a question; every answer is an assumption to be checked."""

from __future__ import annotations

from changescript.schema_model.assumptions import Assumption, Question
from changescript.schema_model.checks import check_sql
from changescript.schema_model.model import ModelInspector, SchemaModel
from changescript.schema_model.reflecting import ReflectingDialect
from changescript.schema_model.unknown import MARK, UnknownAnswer

__all__ = [
    "MARK",
    "Assumption",
    "ModelInspector",
    "Question",
    "ReflectingDialect",
    "SchemaModel",
    "UnknownAnswer",
    "check_sql",
]
