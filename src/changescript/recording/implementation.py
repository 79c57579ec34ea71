"""What stands in place of Alembic's implementation of a dialect and of its connection while revisions run."""

from __future__ import annotations

import contextlib
import re
import sys
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.schema import DDL

from changescript import literals
from changescript.formatting import UnsplittableStatement, insert_of_rows, split_statements
from changescript.recording.directives import JudgedImpl
from changescript.recording.emitted import fingerprint_of_rows
from changescript.recording.inverses import inverse_of
from changescript.recording.parameters import UnplacedParameterError, with_parameters
from changescript.recording.results import Query, UnreadResult
from changescript.recording.uncompiled import describe_uncompiled
from changescript.recording.unnamed import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from alembic.ddl.impl import DefaultImpl
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.dialects.drivers import ScriptDialect
    from changescript.recording.recorder import Recorder


def recording_class(base: type[DefaultImpl]) -> type[RecordingImpl]:
    """Return the dialect's implementation with its output taken over; Alembic's registry stays as it is."""
    return type(f"Recording{base.__name__}", (RecordingImpl, base), {})


class RecordingImpl(JudgedImpl):
    """Stands in front of a dialect's Alembic implementation and hands every statement to the recorder.

    Alembic's own `_exec` turns tabs into spaces, inside literals too, and drops parameters.
    """

    recorder: Recorder
    dialect: ScriptDialect

    @property
    def as_sql(self) -> bool:
        """Answer as the context does."""
        recorder = self.__dict__.get("recorder")  # Alembic's own __init__ asks before there is one
        return recorder is None or recorder.runs_offline_for(sys._getframe(1))

    @as_sql.setter
    def as_sql(self, _: bool) -> None:
        """Stay offline."""

    def _exec(
        self,
        construct: ClauseElement | str,
        execution_options: object = None,
        multiparams: Sequence[Mapping[str, Any]] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> UnreadResult:
        statement = sa.text(construct) if isinstance(construct, str) else construct
        if self.recorder.presumes and _changes_rows(statement):
            return UnreadResult(self.recorder)
        at = self.recorder.mark()
        emitted: list[str] = []
        try:
            for filled in with_parameters(statement, multiparams or params):
                emitted += self._emit(filled)
        except UnplacedParameterError as error:
            raise self.recorder.refuse(str(error)) from None
        return UnreadResult(self.recorder, Query(emitted[0], at) if len(emitted) == 1 else None)

    def _emit(self, statement: ClauseElement) -> list[str]:
        self.allow_construct(statement)
        sql = self._compiled(statement)
        parts = self._split(sql) if isinstance(statement, sa.TextClause | DDL) else [sql]
        with self._surrounded(self.dialect.around(statement)):
            for part in parts:
                self.recorder.emit(part, statement, self._inverse(statement))
        return parts

    def _inverse(self, statement: ClauseElement) -> Callable[[], str] | None:
        """Return what makes the SQL that undoes a statement; few scripts ask for it."""
        inverse = inverse_of(statement)
        return None if inverse is None else lambda: literals.compile_literal(inverse, self.dialect).strip()

    @contextlib.contextmanager
    def _surrounded(self, around: tuple[str, str] | None) -> Iterator[None]:
        """Record what SQLAlchemy sends before and behind a statement online, such as SET IDENTITY_INSERT."""
        before, behind = around or ("", "")
        if before:
            self.recorder.emit(before)
        yield
        if behind:
            self.recorder.emit(behind)

    def _compiled(self, statement: ClauseElement) -> str:
        try:
            return literals.compile_literal(statement, self.dialect).strip()
        except literals.LiteralRefused as error:
            raise self.recorder.refuse(str(error), error.hint or "") from None
        except sa.exc.CompileError as error:
            raise self.recorder.refuse(*describe_uncompiled(error, self.recorder.record.name)) from None

    def _split(self, sql: str) -> list[str]:
        try:
            return split_statements(sql, self.recorder.record.lexicon)
        except UnsplittableStatement as error:
            raise self.recorder.refuse(
                str(error), "hand each statement to op.execute() by itself, and rows to op.bulk_insert()"
            ) from None

    def bulk_insert(self, table: sa.Table, rows: list[dict[str, Any]], multiinsert: bool = True) -> None:
        """Record rows as INSERT statements of many rows each; Alembic makes one statement a row."""
        if not all(isinstance(row, dict) for row in rows):
            raise self.recorder.refuse("bulk_insert() takes a list of dictionaries")
        if self.recorder.presumes:
            return
        around = self.dialect.around_insert(table, rows[0]) if rows else None
        try:
            with self._surrounded(around):
                self.recorder.emit_rows(self._inserts(table, rows), fingerprint_of_rows(table, rows))
        except literals.LiteralRefused as error:
            raise self.recorder.refuse(str(error), error.hint or "") from None

    def _inserts(self, table: sa.Table, rows: list[dict[str, Any]]) -> Iterator[str]:
        lexicon = self.recorder.record.lexicon
        for batch in literals.render_batches(table, rows, self.dialect, self.recorder.rows_per_insert):
            yield insert_of_rows(batch.head, batch.rows, lexicon) if batch.rows else batch.head

    def drop_constraint(self, const: sa.Constraint, **said: Any) -> None:
        """Drop a constraint; one without a name by the name that the server has given it."""
        if const.name is None and self.recorder.record.models_schema:
            const.name = name_of(const, self.recorder)
        super().drop_constraint(const, **said)

    def static_output(self, text: str) -> None:
        """Refuse text that a revision writes past the statements, unless it is only a remark."""
        if any(line.strip() and not line.strip().startswith("--") for line in text.splitlines()):
            raise self.recorder.refuse("static_output() writes SQL that is no statement", "use op.execute()")

    def emit_begin(self) -> None:
        """Note that an autocommit block ends."""
        self.recorder.switch_autocommit(on=False)

    def emit_commit(self) -> None:
        """Note that an autocommit block begins."""
        self.recorder.switch_autocommit(on=True)


_CHANGES_ROWS = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE)\b", re.IGNORECASE)


def _changes_rows(statement: ClauseElement) -> bool:
    """Tell whether a statement changes rows alone, so that nothing of the schema depends on it."""
    if isinstance(statement, sa.TextClause):
        return bool(_CHANGES_ROWS.match(statement.text)) and ";" not in statement.text.rstrip("; \n")
    return isinstance(statement, sa.Insert | sa.Update | sa.Delete)


class RecordingContext(MigrationContext):
    """Alembic's context, which a revision can ask whether it runs offline."""

    recorder: Recorder

    @property
    def as_sql(self) -> bool:
        """Answer Alembic that it runs offline, and a revision that it doesn't: a script holds what runs online."""
        asking = sys._getframe(1)
        if asking.f_globals.get("__name__") == "alembic.operations.batch":
            # It asks whether there is something to reflect a table from.
            return not self.recorder.record.models_schema
        return self.recorder.runs_offline_for(asking)

    @as_sql.setter
    def as_sql(self, _: bool) -> None:
        """Stay offline."""

    @contextlib.contextmanager
    def autocommit_block(self) -> Iterator[None]:
        """Note where a block begins and ends also for SQLite, of whose DDL Alembic says that it commits by itself."""
        unheard = self.recorder.record.transactional_ddl and not self.impl.transactional_ddl
        if unheard:
            self.recorder.switch_autocommit(on=True)
        try:
            with super().autocommit_block():
                yield
        finally:
            if unheard:
                self.recorder.switch_autocommit(on=False)
