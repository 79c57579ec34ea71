"""Runs the steps of a plan and keeps what they emit, each statement with the line that asked for it."""

from __future__ import annotations

import contextlib
import io
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from alembic.runtime.migration import MigrationInfo

from changescript.clock import another_time
from changescript.content import Spool
from changescript.dialects import get_dialect
from changescript.errors import Asks, ProjectError, RevisionError, all_of
from changescript.isolation import contained
from changescript.model import Direction, RecordedStep, Recording, SourceLine, Statement, Step, Stop, VersionTable
from changescript.recording.bind import RecordingBind
from changescript.recording.emitted import Emitted, first_difference, in_fixed_order
from changescript.recording.failures import IrreversibleError, failure_of, name_of, refusal_of
from changescript.recording.implementation import recording_class
from changescript.recording.overrides import read_override
from changescript.recording.versions import keep_version_from_revisions
from changescript.sources import is_inside, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import FrameType, ModuleType

    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import Connection
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.content import Stretch
    from changescript.dialects.base import Dialect
    from changescript.dialects.drivers import ScriptDialect
    from changescript.history import History
    from changescript.model import Project
    from changescript.recording.bind import UnreadResult

Outcome = Recording | RevisionError

_LONG = 2_000
"""Characters from which a statement is kept out of memory."""
_DIRECTIVES = ("alembic.op", "alembic.operations")
"""Modules whose functions are directives."""


class Recorder:
    """Collects statements while revisions run, each with the line of the revision that asked for it."""

    def __init__(self, project: Project, history: History, look: Callable[[Outcome], Any] | None = None) -> None:
        """Take what to make of each plan's outcome at once, so that no more is kept; None keeps the outcomes."""
        self.history = history
        self.outcomes: list[Any] = []
        self.failed_look: Exception | None = None
        """Our own bug, which env.py must not be blamed for."""
        self.rows_per_insert = project.settings.rows_per_insert
        self.dialect = project.dialect
        self.record: Dialect
        """The dialect's, once env.py has configured one."""
        self.configured_dialect = ""
        """What env.py would have; empty where it says that in a way that is not understood."""
        self._project = project
        self._look = look
        self._step: Step | None = None
        self._autocommit = False
        self._execute: Callable[..., UnreadResult]
        self._emitted: list[Emitted] = []
        self._refusals: list[RevisionError] = []
        self._modules: list[ModuleType] = []
        self._modules_seen = 0
        self._spool: Spool | None = Spool()
        """None while a revision only runs to be compared with its first run."""
        self._fingerprints_of_rows: dict[int | None, list[int]] = {}

    def take_over(self, context: MigrationContext) -> None:
        """Put our own implementation and bind in the place of those that write text.

        Raises ProjectError when no script can be written for the dialect that env.py configures.
        """
        self.record = get_dialect(self.dialect or context.dialect.name)
        self._serve(context, self._project.settings.server_version)
        bind = RecordingBind(context.dialect, self)
        make_impl: Any = recording_class(type(context.impl))
        options = context.opts
        transactional = options.get("transactional_ddl")
        impl = make_impl(context.dialect, bind, True, transactional, context.output_buffer, options)
        impl.recorder = self
        context.impl = impl
        context.connection = cast("Connection", bind)
        self._execute = impl._exec

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

    def record_plan(self, context: MigrationContext, plan: Sequence[Step], arguments: Mapping[str, Any]) -> None:
        """Run the plan's revisions and keep what they emit, or all their refusals.

        What a revision emits does not depend on those before it, so the rest can be looked at behind one that fails.
        """
        context.impl.memo.clear()
        steps: list[RecordedStep] = []
        errors: list[RevisionError] = []
        stop: Stop | None = None
        for step in plan:
            try:
                steps.append(self._record_step(context, step, arguments))
            except RevisionError as error:
                error.rendered, error.dialect = tuple(item.statement for item in self._emitted), self.record.name
                errors.append(error)
            except IrreversibleError as irreversible:
                stop = irreversible.stop
                break
        if errors:
            self._keep(all_of([*errors, *self._refused(steps)]))
            return
        self._keep(
            Recording(
                steps=tuple(steps),
                start=plan[0].before,
                stop=stop,
                dialect=self.record.name,
                version_table=VersionTable(
                    context.version_table,
                    context.version_table_schema,
                    context.opts.get("version_table_pk", True),
                ),
                transaction_per_migration=bool(context.opts.get("transaction_per_migration")),
                asked_for=self.configured_dialect not in ("", self.record.name),
            )
        )

    def _keep(self, outcome: Outcome) -> None:
        """Keep what a plan emits; or what is made of it, and then its long statements are dropped."""
        if self._look is None:
            self.outcomes.append(outcome)
            return
        try:
            self.outcomes.append(self._look(outcome))
        except Exception as error:
            self.failed_look = error
            raise
        self._emitted = []
        self._spool = Spool()

    def _refused(self, steps: Iterable[RecordedStep]) -> Iterator[RevisionError]:
        """Yield what the client can't take, which is told where the script is put together if nothing else fails."""
        for recorded in steps:
            for statement in recorded.statements:
                reason = self.record.refusal_of(statement.sql)
                if reason:
                    yield RevisionError(f"revision {recorded.step.revision.id} ({statement.source}): {reason}")

    def _record_step(self, context: MigrationContext, step: Step, arguments: Mapping[str, Any]) -> RecordedStep:
        written = read_override(self._project, step, self.record)
        if written:
            return written
        module = self.history.load_module(step.revision.id)
        remembered = _copied(context.impl.memo)
        self._fingerprints_of_rows.clear()
        emitted = self._run(context, step, module, arguments)
        differing = None
        for again in self._repeated(context, step, module, arguments, remembered):
            differing = first_difference(emitted, again)
            if differing is None:
                break
        if differing:
            raise RevisionError(
                f"revision {step.revision.id} ({differing}): it emits something else each time it runs",
                hint="a script can't hold what a clock, a random number or uuid4() gives: write the value into the "
                "revision, or let the database make it, as in sa.text('CURRENT_TIMESTAMP')",
            )
        return RecordedStep(step, tuple(item.statement for item in emitted))

    def _repeated(
        self,
        context: MigrationContext,
        step: Step,
        module: Any,
        arguments: Mapping[str, Any],
        remembered: Mapping[Any, Any],
    ) -> Iterator[list[Emitted]]:
        """Yield what the revision emits when it runs again at another time: as it is now, then as a fresh copy.

        A module may keep what its function made, so that the next run fails or differs; the copy then decides. It
        decides alone where the file itself may make something new each time. What can't run twice yields nothing.
        """
        ways = [lambda: module, lambda: self.history.load_copy(step.revision.id)]
        acts = self.history.acts(step.revision.id)
        for make_module in reversed(ways) if acts else ways:
            again = self._run_again(context, step, make_module, arguments, remembered)
            if again is not None:
                yield again
                if acts:
                    return

    def _run_again(
        self,
        context: MigrationContext,
        step: Step,
        make_module: Callable[[], Any],
        arguments: Mapping[str, Any],
        remembered: Mapping[Any, Any],
    ) -> list[Emitted] | None:
        """Return what the revision emits when it runs again, at another time if it can; None where it can't."""
        afterwards, spool = _copied(context.impl.memo), self._spool
        for clock in (partial(self._another_time, step), contextlib.nullcontext):
            _refill(context.impl.memo, remembered)
            self._spool = None
            try:
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), clock():
                    return self._run(context, step, make_module(), arguments)
            except KeyboardInterrupt:
                raise
            except BaseException:  # noqa: S112 - the first run has said all there is to say
                continue
            finally:
                self._spool = spool
                _refill(context.impl.memo, afterwards)
        return None

    def _another_time(self, step: Step) -> contextlib.AbstractContextManager[None]:
        """Let the project's own modules find another time on the clock."""
        return another_time([self.history.load_module(step.revision.id), *self._own_modules()])

    def _own_modules(self) -> list[ModuleType]:
        """Return the project's modules that are imported by now; there are thousands of others."""
        if len(sys.modules) != self._modules_seen:
            self._modules_seen = len(sys.modules)
            self._modules = [
                module
                for module in list(sys.modules.values())
                if is_inside(str(getattr(module, "__file__", None) or "/"), self._project.root)
            ]
        return self._modules

    def _run(self, context: MigrationContext, step: Step, module: Any, arguments: Mapping[str, Any]) -> list[Emitted]:
        """Return what a revision's function emits; raises RevisionError."""
        self._step, self._autocommit, self._emitted, self._refusals = step, False, [], []
        try:
            with contained(partial(self._is_own, step)) as watch:
                try:
                    _function(step, module)(**arguments)
                    self._call_back(context, step, arguments)
                finally:
                    self._refusals += [refusal_of(step, act, self._project.root) for act in watch.refused]
        except (IrreversibleError, KeyboardInterrupt):
            raise
        except BaseException as error:
            if self._refusals:  # whatever failed behind the first of them failed because of that
                raise self._refusals[0] from None
            if isinstance(error, RevisionError):
                raise
            raise failure_of(step, error, self._project.root) from None
        finally:
            self._step = None
        if self._refusals:
            raise self._refusals[0]
        return list(in_fixed_order(self._emitted))

    def _call_back(self, context: MigrationContext, step: Step, arguments: Mapping[str, Any]) -> None:
        """Call env.py's on_version_apply functions as Alembic does; what they emit belongs to the step."""
        if not context.on_version_apply_callbacks:
            return
        info = MigrationInfo(
            revision_map=self.history.scripts.revision_map,
            is_upgrade=step.direction is Direction.UPGRADE,
            is_stamp=False,
            up_revisions=step.revision.id,
            down_revisions=step.revision.down,
        )
        for callback in context.on_version_apply_callbacks:
            callback(ctx=context, step=info, heads=set(step.after), run_args=arguments)

    def _is_own(self, step: Step, file: str) -> bool:
        """Tell whether a file's code is the project's; a revision may lie outside of its folder."""
        return file == str(step.revision.file) or is_inside(file, self._project.root)

    @property
    def is_recording(self) -> bool:
        """Whether a revision is running."""
        return self._step is not None

    def switch_autocommit(self, *, on: bool) -> None:
        """Note that an autocommit block begins or ends."""
        self._autocommit = on

    def emit(self, sql: str, construct: ClauseElement | None = None, inverse: Callable[[], str] | None = None) -> None:
        """Keep one statement; `sql` without its terminator, `inverse` makes the SQL that undoes it."""
        directive, source = self._place()
        statement = Statement(self._kept(sql), directive, source, self._autocommit, inverse)
        self._emitted.append(Emitted(statement, construct, hash((sql, self._autocommit))))

    def emit_rows(self, inserts: Iterable[str], fingerprint: int | None) -> None:
        """Keep the statements of a bulk_insert(); the same rows in the next run need not be rendered again."""
        known = self._fingerprints_of_rows.get(fingerprint) if self._spool is None else None
        if known:
            directive, source = self._place()
            unread = Statement("", directive, source, self._autocommit)
            self._emitted += [Emitted(unread, None, one) for one in known]
            return
        start = len(self._emitted)
        for sql in inserts:
            self.emit(sql)
        if fingerprint is not None:
            self._fingerprints_of_rows[fingerprint] = [item.fingerprint for item in self._emitted[start:]]

    def _kept(self, sql: str) -> str | Stretch:
        """Keep a long statement out of memory; a run that is only compared keeps none."""
        if len(sql) < _LONG:
            return sql
        return self._spool.write(sql) if self._spool else ""

    def refuse(self, reason: str, hint: str = "", asks: Asks | None = None) -> RevisionError:
        """Return the error for the line that is running; one that a revision swallows is raised at its end."""
        step, (_, source) = self._running(), self._place()
        error = RevisionError(f"revision {step.revision.id} ({source}): {reason}", hint=hint)
        error.asks = asks
        self._refusals.append(error)
        return error

    def _running(self) -> Step:
        if self._step is None:
            raise ProjectError(
                "env.py emits SQL outside of context.run_migrations()",
                hint="put it into a revision; a script holds what revisions emit",
            )
        return self._step

    def _place(self) -> tuple[str | None, SourceLine]:
        """Return the directive that is running and the line of the revision that called it.

        The directive is Alembic's outermost function, or else whatever the revision called: `create_all`, `execute`.
        """
        revision, directive, called = self._running().revision, None, None
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


def _refill(memo: dict[Any, Any], content: Mapping[Any, Any]) -> None:
    """Put back what Alembic's implementation had remembered, such as enum types that exist."""
    memo.clear()
    memo.update(_copied(content))


def _copied(memo: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return a copy whose sets are its own: SQLAlchemy adds the name of each enum type that it makes to one."""
    return {key: value.copy() if isinstance(value, set) else value for key, value in memo.items()}


def _function(step: Step, module: Any) -> Any:
    function = getattr(module, name_of(step), None)
    if function is None and step.direction is Direction.ROLLBACK:
        raise IrreversibleError(step, 1, "it has no downgrade() function")
    if function is None:
        raise RevisionError(
            f"revision {step.revision.id} ({step.revision.path}): it has no {name_of(step)}() function",
            hint="write one; `pass` says that there is nothing to do",
        )
    return function
