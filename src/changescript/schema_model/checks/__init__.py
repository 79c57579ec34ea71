"""Conditions in SQL that are true where a target agrees with an assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.schema_model.checks import mysql, postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from changescript.schema_model.assumptions import Answer, Assumption, Question

_CHECKS: Mapping[str, Mapping[str, Callable[[Question, Answer], str]]] = {
    "postgresql": postgresql.CHECKS,
    "mysql": mysql.CHECKS,
    "mariadb": mysql.CHECKS,
    "sqlite": sqlite.CHECKS,
}


def check_sql(assumption: Assumption, dialect_name: str) -> str:
    """Return a boolean expression of the dialect that is true where the target gives the same answer.

    Raises KeyError for a kind of question that the dialect has no answer to.
    """
    return _CHECKS[dialect_name][assumption.question.kind](assumption.question, assumption.answer)


def has_check(question: Question, dialect_name: str) -> bool:
    """Tell whether the dialect has an answer to such a question."""
    return question.kind in _CHECKS.get(dialect_name, {})
