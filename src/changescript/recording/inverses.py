"""What undoes a statement, where its construct alone tells; must not emit anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.ddl import base as ddl
from sqlalchemy import schema
from sqlalchemy.dialects.postgresql import CreateEnumType, DropEnumType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.sql.elements import ClauseElement


def inverse_of(construct: ClauseElement | None) -> ClauseElement | None:
    """Return the construct that undoes this one; None where it may have found something there, or destroyed something.

    What changes values has none: the old ones are nowhere.
    """
    invert = _INVERSES.get(type(construct))
    if invert is None or getattr(construct, "if_not_exists", False):
        return None
    return invert(construct)


def _drop_constraint(added: Any) -> ClauseElement | None:
    return schema.DropConstraint(added.element) if added.element.name else None


def _drop_index(created: Any) -> ClauseElement | None:
    # PostgreSQL picks a name that is free, and only the server knows which.
    return schema.DropIndex(created.element) if created.element.name else None


def _drop_column(added: ddl.AddColumn) -> ClauseElement:
    return ddl.DropColumn(added.table_name, added.column, schema=added.schema)


def _rename_back(renamed: ddl.RenameTable) -> ClauseElement:
    return ddl.RenameTable(str(renamed.new_table_name), renamed.table_name, schema=renamed.schema)


def _name_back(renamed: ddl.ColumnName) -> ClauseElement:
    return ddl.ColumnName(renamed.table_name, renamed.newname, renamed.column_name, schema=renamed.schema)


def _nullable_back(altered: ddl.ColumnNullable) -> ClauseElement | None:
    if altered.existing_nullable is None:
        return None
    return ddl.ColumnNullable(altered.table_name, altered.column_name, altered.existing_nullable, schema=altered.schema)


_INVERSES: Mapping[type[Any], Callable[[Any], ClauseElement | None]] = {
    schema.CreateTable: lambda created: schema.DropTable(created.element),
    schema.CreateIndex: _drop_index,
    schema.CreateSequence: lambda created: schema.DropSequence(created.element),
    schema.CreateSchema: lambda created: schema.DropSchema(created.element),
    CreateEnumType: lambda created: DropEnumType(created.element),
    schema.AddConstraint: _drop_constraint,
    ddl.AddColumn: _drop_column,
    ddl.RenameTable: _rename_back,
    ddl.ColumnName: _name_back,
    ddl.ColumnNullable: _nullable_back,
}
"""By the class of the construct. A new type of a column is not undone: its values may have lost something."""
