# ruff: noqa: ANN401 - SQLAlchemy's types and defaults are Any
"""What MODIFY and CHANGE would take from a column: they repeat only what the directive says; must not judge it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import CheckConstraint, Column, Computed, DefaultClause
from sqlalchemy.types import to_instance

from changescript.dialects.directives import TableName

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from sqlalchemy import Table
    from sqlalchemy.engine import Dialect

_CHANGES_TABLES = re.compile(r"\b(?:ALTER|RENAME|DROP|CREATE)\b[^;]*\bTABLES?\b|\b(?:CALL|EXECUTE)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What of a column is gone once it is not said again; of what is said, what it is to be."""

    not_null: bool | None
    """None: nothing is said of it, as with all below."""
    default: bool | None
    """With its ON UPDATE, which is a part of it."""
    comment: bool | None
    autoincrement: bool | None
    type: Any
    """With a character set or collation of its own, or without."""
    generated: bool = False
    check: bool = False
    """A CHECK of the column and not of the table, which is a part of the column in MariaDB alone."""


_UNSAID = False
"""What Alembic hands on for a default that the directive does not speak of; None says that there is none."""


class _Key(NamedTuple):
    """What the columns of a table stand under in a memory that holds other things too."""

    table: TableName


def attributes_of(column: Column[Any]) -> Attributes:
    """Return what a column is made with."""
    return Attributes(
        not_null=not column.nullable,
        default=isinstance(column.server_default, DefaultClause),
        comment=bool(column.comment),
        autoincrement=column is column.table._autoincrement_column,  # noqa: SLF001 - as SQLAlchemy's compiler does
        type=column.type,
        generated=isinstance(column.server_default, Computed),
        check=any(isinstance(constraint, CheckConstraint) for constraint in column.constraints),
    )


def attributes_said(said: Mapping[str, Any]) -> Attributes:
    """Return what `op.alter_column()` says, of what is to be or of what is there."""
    nullable = _first(None, said.get("nullable"), said.get("existing_nullable"))
    default = _first(_UNSAID, said.get("server_default", False), said.get("existing_server_default", False))
    comment = said.get("comment", False)
    if comment is False:
        comment = False if said.get("existing_comment") is None else said["existing_comment"]
    autoincrement = _first(None, said.get("autoincrement"), said.get("existing_autoincrement"))
    type_ = said.get("type_") if said.get("type_") is not None else said.get("existing_type")
    return Attributes(
        not_null=None if nullable is None else not nullable,
        default=None if default is False else default is not None,
        comment=None if comment is False else bool(comment),
        autoincrement=None if autoincrement is None else bool(autoincrement),
        type=None if type_ is None else to_instance(type_),
    )


def _first(nothing: object, *values: object) -> object:
    """Return the first value that says something."""
    return next((value for value in values if value is not nothing), nothing)


def has_collation(type_: Any, dialect: Dialect) -> bool:
    """Tell whether a type says in which character set or collation it is."""
    impl = type_.dialect_impl(dialect)
    return bool(getattr(impl, "collation", None) or getattr(impl, "charset", None))


class Columns:
    """Knows the columns that the directives of a range have made so far; all others are unknown.

    Keeps what it knows in the memory that it is given, by table; what stands there once is never changed.
    """

    def __init__(self, memory: MutableMapping[Any, Any]) -> None:
        self._memory = memory

    def get(self, table: TableName, column: str) -> Attributes | None:
        """Return what a column has; None if it is not known."""
        found = self._of(table).get(column.lower())
        # Few columns are ever altered, so what a new one is made with is not looked at before.
        return attributes_of(found) if isinstance(found, Column) else found

    def put(self, table: TableName, column: str, attributes: Attributes | Column[Any]) -> None:
        """Note what a column has from now on."""
        self._memory[_Key(table)] = {**self._of(table), column.lower(): attributes}

    def create(self, table: Table, *, conditional: bool) -> None:
        """Note a new table; one that is made only where it is missing may be another."""
        name = TableName(table.schema, table.name)
        made = {column.name.lower(): column for column in table.columns}
        self._memory[_Key(name)] = {} if conditional else made

    def drop_column(self, table: TableName, column: str) -> None:
        """Forget a column."""
        left = {name: known for name, known in self._of(table).items() if name != column.lower()}
        self._memory[_Key(table)] = left

    def drop(self, table: TableName) -> None:
        """Forget a table."""
        self._memory.pop(_Key(table), None)

    def rename(self, table: TableName, name: str) -> None:
        """Note a table's new name."""
        self._memory[_Key(TableName(table.schema, name))] = self._of(table)
        self.drop(table)

    def read(self, sql: str) -> None:
        """Forget everything where SQL text may have changed any table."""
        if _CHANGES_TABLES.search(sql):
            for key in [key for key in self._memory if isinstance(key, _Key)]:
                del self._memory[key]

    def _of(self, table: TableName) -> Mapping[str, Attributes | Column[Any]]:
        found: Mapping[str, Attributes | Column[Any]] = self._memory.get(_Key(table), {})
        return found
