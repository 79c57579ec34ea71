"""Collects what the revision that runs emits and asks, each with the line of the revision; must not run anything."""

from __future__ import annotations

import contextlib
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.exc import NoSuchTableError

from changescript.content import Spool
from changescript.dialects import get_dialect
from changescript.errors import Asks, ProjectError, RevisionError
from changescript.model import SourceLine, Statement
from changescript.recording.baseline import read_baseline
from changescript.recording.bind import RecordingBind
from changescript.recording.emitted import Emitted
from changescript.recording.implementation import recording_class
from changescript.recording.run import Asked, Mark, Run
from changescript.recording.versions import keep_version_from_revisions
from changescript.schema_model import UnknownAnswer, answer_reflection
from changescript.sources import is_inside, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import Connection
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.content import Stretch
    from changescript.dialects.base import Dialect
    from changescript.dialects.drivers import ScriptDialect
    from changescript.model import Direction, Heads, Project
    from changescript.recording.results import UnreadResult
    from changescript.recording.unnamed import Unnamed
    from changescript.schema_model import Assumption, SchemaModel

_LONG = 2_000
"""Characters from which a statement is kept out of memory."""
_DIRECTIVES = ("alembic.op", "alembic.operations")
"""Modules whose functions are directives."""


class Recorder:
    """Collects what the revision that runs emits and asks; Alembic's implementation and the connection talk to it."""

    def __init__(self, project: Project) -> None:
        self.rows_per_insert = project.settings.rows_per_insert
        self.dialect = project.dialect
        self.record: Dialect
        """The dialect's, once env.py has configured one."""
        self.configured_dialect = ""
        """What env.py would have; empty where it says that in a way that is not understood."""
        self.baseline = ""
        """The text of the file that the setting names."""
        self.run: Run | None = None
        """The run of a revision's function that is going on."""
        self.spool: Spool | None = Spool()
        """Where long statements go; None while a revision only runs to be compared, or to be learnt from."""
        self.schema_before: Callable[[], SchemaModel]
        """Finds the schema before the step that runs."""
        self.schema_at: Callable[[Heads], SchemaModel]
        """Finds the schema where these revisions, and all below them, have been applied."""
        self._project = project
        self._execute: Callable[..., UnreadResult]
        self._presumed: bool | None = None
        self._fingerprints_of_rows: dict[int | None, list[int]] = {}

    def take_over(self, context: MigrationContext) -> None:
        """Put our own implementation and bind in the place of those that write text.

        Raises ProjectError when no script can be written for the dialect that env.py configures.
        """
        self.record = get_dialect(self.dialect or context.dialect.name)
        self._serve(context, self._project.settings.server_version)
        self.baseline = read_baseline(self._project)
        bind = RecordingBind(context.dialect, self)
        make_impl: Any = recording_class(type(context.impl))
        options = context.opts
        transactional = options.get("transactional_ddl")
        impl = make_impl(context.dialect, bind, True, transactional, context.output_buffer, options)
        impl.recorder = self
        context.impl = impl
        context.connection = cast("Connection", bind)
        self._execute = impl._exec
        # What a revision finds there, too, says that it runs online.
        context.opts = {**options, "as_sql": False}
        if self.record.models_schema:
            answer_reflection(context.dialect)

    def _serve(self, context: MigrationContext, release: str | None) -> None:
        """Let SQL be as a server of this release has it; raises ProjectError when scripts know no such release."""
        if release and release not in self.record.releases:
            known = f"the releases are: {', '.join(self.record.releases)}" if self.record.releases else ""
            raise ProjectError(f"server_version: scripts for {self.record.name} know no {release}", hint=known)
        if release:
            cast("ScriptDialect", context.dialect).serve(release)
        else:
            keep_version_from_revisions(context.dialect, self, self._project.root)

    def execute(self, statement: ClauseElement, parameters: object) -> UnreadResult:
        """Record what a revision hands to its connection."""
        return self._execute(statement, params=parameters)

    @property
    def is_recording(self) -> bool:
        """Whether a revision is running."""
        return self.run is not None

    def runs_offline_for(self, asking: FrameType) -> bool:
        """Tell Alembic that it runs offline, and a revision that it doesn't: a script holds what runs online."""
        return not self.is_recording or str(asking.f_globals.get("__name__", "")).startswith("alembic.")

    def is_asked_by_project(self, asking: FrameType) -> bool:
        """Tell whether the project's own code asks while a revision runs."""
        return self.is_recording and is_inside(asking.f_code.co_filename, self._project.root)

    @property
    def presumes(self) -> bool:
        """Whether the revision only runs to learn what it does to the schema."""
        return self.run is not None and self.run.presumes

    def switch_autocommit(self, *, on: bool) -> None:
        """Note that an autocommit block begins or ends; what env.py opens around its run is no such block."""
        if self.run:
            self.run.autocommit = on

    @property
    def savepoints(self) -> int:
        """How many savepoints are open."""
        return self.run.savepoints if self.run else 0

    def count_savepoints(self, change: int) -> None:
        """Note that a savepoint begins or ends."""
        if self.run:
            self.run.savepoints += change

    def forget_rows(self) -> None:
        """Begin with another revision, whose rows have not been rendered yet."""
        self._fingerprints_of_rows.clear()

    def emit(self, sql: str, construct: ClauseElement | None = None, inverse: Callable[[], str] | None = None) -> None:
        """Keep one statement; `sql` without its terminator, `inverse` makes the SQL that undoes it."""
        run = self._running()
        directive, source = self._place()
        statement = Statement(self._kept(sql), directive, source, run.autocommit, inverse)
        run.add(Emitted(statement, construct, hash((sql, run.autocommit))), sql)

    def emit_rows(self, inserts: Iterable[str], fingerprint: int | None) -> None:
        """Keep the statements of a bulk_insert(); the same rows in the next run need not be rendered again."""
        run = self._running()
        known = self._fingerprints_of_rows.get(fingerprint) if self.spool is None else None
        if known:
            directive, source = self._place()
            unread = Statement("", directive, source, run.autocommit)
            run.emitted += [Emitted(unread, None, one) for one in known]
            return
        start = len(run.emitted)
        for sql in inserts:
            self.emit(sql)
        if fingerprint is not None:
            self._fingerprints_of_rows[fingerprint] = [item.fingerprint for item in run.emitted[start:]]

    def ask(self, question: Callable[[SchemaModel], Any], at: Mark | None = None) -> Any:
        """Return what the schema answers: as it is now, or as it was at a place of this run.

        What is not known is refused at the line that asks.
        """
        schema = self._schema_asked(question, at or self.mark())
        schema.refuse = self._refuse_unknown
        schema.presumes = self._presumed
        try:
            return question(schema)
        except UnknownAnswer as error:
            raise self._refuse_unknown(error) from None

    def know(self, question: Callable[[SchemaModel], Any]) -> Any:
        """Return what the schema answers, or None where that is not known."""
        with contextlib.suppress(UnknownAnswer, NoSuchTableError):
            return question(self._schema_asked(question, self.mark()))

    def _schema_asked(self, question: Callable[[SchemaModel], Any], at: Mark) -> SchemaModel:
        """Return the schema at a place of the run; what it answers will be assumed."""
        run = self._running()
        if not run.schemas:
            run.schemas.append(self.schema_before())
        schema = run.schema_after(at.changes).copy()
        schema.on_answer = partial(self._note, run, question, at.statements, schema)
        return schema

    def _note(
        self,
        run: Run,
        question: Callable[[SchemaModel], Any],
        statements: int,
        schema: SchemaModel,
        assumption: Assumption,
    ) -> None:
        found = schema.found(assumption.question)
        run.asked.append(
            Asked(self._place()[1], assumption, statements, question, found, schema.is_sure(assumption.question))
        )

    def _refuse_unknown(self, error: UnknownAnswer) -> RevisionError:
        return self.refuse(str(error), error.hint, Asks.SCHEMA)

    @contextlib.contextmanager
    def presuming(self, *, existence: bool) -> Iterator[None]:
        """Let what is asked for exist, or not, where nothing is known of it: the target has to agree."""
        outer, self._presumed = self._presumed, existence
        try:
            yield
        finally:
            self._presumed = outer

    def mark(self) -> Mark:
        """Return how far this run is."""
        run = self._running()
        return Mark(len(run.emitted), len(run.changes))

    def leave_out(self, statement: int) -> None:
        """Let a statement be none of the script's: it was a question, and is answered."""
        self._running().answered.add(statement)

    def _kept(self, sql: str) -> str | Stretch:
        """Keep a long statement out of memory; a run that is only compared keeps none."""
        if len(sql) < _LONG:
            return sql
        return self.spool.write(sql) if self.spool else ""

    @property
    def direction(self) -> Direction:
        """Which of its functions the revision runs."""
        return self._running().step.direction

    def schema_below(self) -> SchemaModel:
        """Return the schema without the revision whose downgrade() runs."""
        return self.schema_at(self._running().step.after)

    def remember(self, unnamed: Unnamed) -> None:
        """Keep what the end of the run decides on."""
        self._running().unnamed.append(unnamed)

    def refuse(self, reason: str, hint: str = "", asks: Asks | None = None) -> RevisionError:
        """Return the error for the line that is running; one that a revision swallows is raised at its end."""
        return self.note(self.error(reason, hint, asks))

    def note(self, error: RevisionError) -> RevisionError:
        """Return an error of `error()`, so that the run fails even if the revision swallows it."""
        self._running().refusals.append(error)
        return error

    def error(self, reason: str, hint: str = "", asks: Asks | None = None) -> RevisionError:
        """Return an error for the line that is running."""
        run, (_, source) = self._running(), self._place()
        error = RevisionError(f"revision {run.step.revision.id} ({source}): {reason}", hint=hint)
        error.asks = asks
        return error

    def _running(self) -> Run:
        if self.run is None:
            raise ProjectError(
                "env.py emits SQL outside of context.run_migrations()",
                hint="put it into a revision; a script holds what revisions emit",
            )
        return self.run

    def _place(self) -> tuple[str | None, SourceLine]:
        """Return the directive that is running and the line of the revision that called it.

        The directive is Alembic's outermost function, or else whatever the revision called: `create_all`, `execute`.
        """
        revision, directive, called = self._running().step.revision, None, None
        innermost: SourceLine | None = None
        frame: FrameType | None = sys._getframe(2)
        while frame:
            file = frame.f_code.co_filename
            if file == str(revision.file):
                return directive or called, SourceLine(revision.path, frame.f_lineno)
            if str(frame.f_globals.get("__name__", "")).startswith(_DIRECTIVES):
                directive = frame.f_code.co_name
            elif innermost is None and is_inside(file, self._project.root):
                innermost = SourceLine(shown_path(Path(file), self._project.root), frame.f_lineno)
            called = frame.f_code.co_name
            frame = frame.f_back
        return directive, innermost or SourceLine(revision.path, 1)
