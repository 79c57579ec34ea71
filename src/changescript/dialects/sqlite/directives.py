"""What SQLite can't do for a directive: Alembic raises a bare error there, or writes what SQLite rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Computed, ForeignKeyConstraint
from sqlalchemy.schema import CreateTable

from changescript.dialects.directives import Directives, Refusal, TableName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Column, Constraint
    from sqlalchemy.sql.elements import ClauseElement

_BATCH = "use op.batch_alter_table({table!r}, copy_from=...): copy_from because a script can't ask the database"
_NO_COMMENT = Refusal(
    "SQLite keeps no comments, so the directive would do nothing",
    "leave it out where op.get_context().dialect.name is 'sqlite'",
)
_FIRST_GENERATED = (3, 31)
_CHANGES = {"nullable": None, "server_default": False, "type_": None}
"""What makes a column another one, and the value that says nothing of it."""


class SqliteDirectives(Directives):
    """Objects to what SQLite has no ALTER TABLE for.

    What it merely leaves out where a model says it, such as comment= in create_table(), it leaves out online too.
    """

    def alter_column(self, table: TableName, column: str, said: Mapping[str, Any]) -> Refusal | None:
        """Refuse all but a new name."""
        changes = [name for name, nothing in _CHANGES.items() if said.get(name, nothing) is not nothing]
        if changes:
            return Refusal(
                f"{table}.{column}: SQLite has no ALTER TABLE ... ALTER COLUMN", _BATCH.format(table=table.name)
            )
        if said.get("comment", False) is not False:
            return Refusal(f"{table}.{column}: {_NO_COMMENT.reason}", _NO_COMMENT.hint)
        return None

    def add_column(self, table: TableName, column: Column[Any], said: Mapping[str, Any]) -> Refusal | None:
        """Refuse what would follow as an ALTER TABLE ... ADD CONSTRAINT."""
        where = f"{table}.{column.name}"
        if column.foreign_keys and not said.get("inline_references"):
            return Refusal(
                f"{where}: SQLite has no ALTER TABLE ... ADD CONSTRAINT for its foreign key",
                f"pass inline_references=True, or {_BATCH.format(table=table.name)}",
            )
        if column.unique and not column.index:
            return Refusal(
                f"{where}: SQLite has no ALTER TABLE ... ADD CONSTRAINT for unique=True",
                f"make a unique index with op.create_index(), or {_BATCH.format(table=table.name)}",
            )
        if column.primary_key and said.get("inline_primary_key"):
            return Refusal(f"{where}: SQLite can't add a primary key", _BATCH.format(table=table.name))
        return self._generated(where, column)

    def drop_column(self, table: TableName, column: str) -> Refusal | None:
        """Refuse it for an old release; of which columns a later one drops none, only the table itself could tell."""
        return self._older_than((3, 35), f"{table}.{column}: SQLite before 3.35 drops no column", table.name)

    def _older_than(self, release: tuple[int, int], reason: str, table: str) -> Refusal | None:
        stated = self.dialect.server_version_info
        return Refusal(reason, _BATCH.format(table=table)) if stated and stated < release else None

    def add_constraint(self, constraint: Constraint) -> Refusal | None:
        """Refuse a constraint; those that belong to a type are left out online too, with Alembic's warning."""
        return self._no_constraint("ADD", constraint)

    def drop_constraint(self, constraint: Constraint) -> Refusal | None:
        """Refuse to drop one."""
        return self._no_constraint("DROP", constraint)

    def _no_constraint(self, verb: str, constraint: Constraint) -> Refusal | None:
        if constraint._create_rule is not None:  # noqa: SLF001 - as Alembic does
            return None
        table: Any = constraint.table
        name = f" {constraint.name}" if isinstance(constraint.name, str) else ""
        where = TableName(table.schema, table.name)
        return Refusal(
            f"{where}: SQLite has no ALTER TABLE ... {verb} CONSTRAINT{name}", _BATCH.format(table=where.name)
        )

    def _generated(self, where: str, column: Column[Any]) -> Refusal | None:
        stated = self.dialect.server_version_info
        if not isinstance(column.server_default, Computed) or not stated or stated >= _FIRST_GENERATED:
            return None
        return Refusal(f"{where}: SQLite before 3.31 has no generated columns")

    def emit(self, construct: ClauseElement) -> Refusal | None:
        """Refuse what SQLite takes for a mistake in CREATE TABLE."""
        if not isinstance(construct, CreateTable):
            return None
        for column in construct.element.columns:
            refusal = self._generated(f"{construct.element.fullname}.{column.name}", column)
            if refusal:
                return refusal
        for constraint in construct.element.constraints:
            deferred = constraint.deferrable is not None or constraint.initially is not None
            if deferred and not isinstance(constraint, ForeignKeyConstraint):
                return Refusal(
                    f"{construct.element.fullname}: SQLite can defer foreign keys alone",
                    "leave deferrable= and initially= out where op.get_context().dialect.name is 'sqlite'",
                )
        return None
