"""Asks the dialect about each directive that Alembic's implementation is given; must not know what it objects to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from changescript.dialects.directives import Directives, Refusal, TableName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Column, Constraint
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.dialects.drivers import ScriptDialect
    from changescript.recording.recorder import Recorder


class JudgedImpl:
    """Stands in front of a dialect's Alembic implementation, which raises bare errors, or writes what can't run.

    Batch operations call the same methods.
    """

    recorder: Recorder
    dialect: ScriptDialect
    memo: dict[Any, Any]

    @cached_property
    def directives(self) -> Directives:
        """What the dialect knows of directives; its memory is Alembic's, which the recorder puts back for a rerun."""
        return self.recorder.record.directives(self.dialect, self.memo)

    def allow(self, refusal: Refusal | None) -> None:
        """Raise the error of a directive that is refused; one that stands in no script loses nothing there."""
        if refusal and not self.recorder.presumes:
            raise self.recorder.refuse(refusal.reason, refusal.hint)

    def allow_construct(self, construct: ClauseElement) -> None:
        """Raise the error of a construct that is refused."""
        self.allow(self.directives.emit(construct))

    def alter_column(self, table_name: str, column_name: str, **said: Any) -> None:
        """Alter a column, if the dialect has nothing against it; so all the methods below."""
        table = TableName(said.get("schema"), table_name)
        self.allow(self.directives.alter_column(table, column_name, {**said, **self._known(table, column_name, said)}))
        super().alter_column(table_name, column_name, **said)  # type: ignore[misc] # Alembic's, as all below

    def _known(self, table: TableName, column: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the directive leaves unsaid and is certain to be so: that the column may be NULL."""
        if not self.recorder.record.models_schema or not self.directives.wants_nullability(table, column, said):
            return {}
        columns = self.recorder.know(lambda schema: schema.reflect("get_columns", table.name, schema=table.schema))
        may_be_null = any(one["name"] == column and one["nullable"] for one in columns or ())
        return {"existing_nullable": True} if may_be_null else {}

    def add_column(self, table_name: str, column: Column[Any], **said: Any) -> None:
        """Add a column."""
        self.allow(self.directives.add_column(TableName(said.get("schema"), table_name), column, said))
        super().add_column(table_name, column, **said)  # type: ignore[misc]

    def drop_column(self, table_name: str, column: Column[Any], **said: Any) -> None:
        """Drop a column."""
        self.allow(self.directives.drop_column(TableName(said.get("schema"), table_name), column.name))
        super().drop_column(table_name, column, **said)  # type: ignore[misc]

    def rename_table(self, old_table_name: str, new_table_name: str, schema: str | None = None) -> None:
        """Rename a table."""
        self.allow(self.directives.rename_table(TableName(schema, old_table_name), str(new_table_name)))
        super().rename_table(old_table_name, new_table_name, schema=schema)  # type: ignore[misc]

    def add_constraint(self, const: Constraint, **said: Any) -> None:
        """Add a constraint."""
        self.allow(self.directives.add_constraint(const))
        super().add_constraint(const, **said)  # type: ignore[misc]

    def drop_constraint(self, const: Constraint, **said: Any) -> None:
        """Drop a constraint."""
        self.allow(self.directives.drop_constraint(const))
        super().drop_constraint(const, **said)  # type: ignore[misc]
