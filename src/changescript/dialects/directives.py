"""What a dialect says of directives before they become SQL; must not know Alembic, nor what is done with a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from sqlalchemy import Column, Constraint
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.dialects.drivers import ScriptDialect


class TableName(NamedTuple):
    """A table as directives name it."""

    schema: str | None
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a directive can't stand in a script, and what to do instead."""

    reason: str
    hint: str = ""


class Directives:
    """Objects to directives that a database can't do, or that would lose something; this one objects to nothing.

    Every method returns why the directive is refused, or None. `memory` holds what is known of the database from the
    directives before it; it is emptied, and put back, by whoever runs the revisions.
    """

    def __init__(self, dialect: ScriptDialect, memory: MutableMapping[Any, Any]) -> None:
        self.dialect = dialect
        self.memory = memory

    def alter_column(self, table: TableName, column: str, said: Mapping[str, Any]) -> Refusal | None:
        """Judge `op.alter_column()`; `said` are its arguments as Alembic hands them on."""

    def wants_nullability(self, table: TableName, column: str, said: Mapping[str, Any]) -> bool:  # noqa: ARG002
        """Tell whether an `op.alter_column()` can be judged only by who knows whether the column may be NULL."""
        return False

    def add_column(self, table: TableName, column: Column[Any], said: Mapping[str, Any]) -> Refusal | None:
        """Judge `op.add_column()`."""

    def drop_column(self, table: TableName, column: str) -> Refusal | None:
        """Judge `op.drop_column()`."""

    def rename_table(self, table: TableName, name: str) -> Refusal | None:
        """Judge `op.rename_table()`."""

    def add_constraint(self, constraint: Constraint) -> Refusal | None:
        """Judge a constraint for a table that is there."""

    def drop_constraint(self, constraint: Constraint) -> Refusal | None:
        """Judge `op.drop_constraint()`."""

    def emit(self, construct: ClauseElement) -> Refusal | None:
        """Judge any other construct that is about to become a statement."""
