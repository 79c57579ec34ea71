"""Runs the steps of a plan and keeps what they emit, each statement with the line that asked for it."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import replace
from functools import partial
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from alembic.runtime.migration import MigrationInfo
from sqlalchemy.exc import NoSuchTableError

from changescript.clock import another_time
from changescript.content import Spool
from changescript.dialects import get_dialect
from changescript.errors import Asks, ChangescriptError, ProjectError, RevisionError, all_of
from changescript.isolation import contained
from changescript.model import (
    Direction,
    Heads,
    RecordedStep,
    Recording,
    SourceLine,
    Statement,
    Step,
    Stop,
    VersionTable,
)
from changescript.recording.baseline import below_the_first_revision, read_baseline
from changescript.recording.bind import RecordingBind
from changescript.recording.emitted import Emitted, first_difference
from changescript.recording.failures import IrreversibleError, failure_of, name_of, refusal_of
from changescript.recording.implementation import recording_class
from changescript.recording.learning import without_rows
from changescript.recording.overrides import read_override
from changescript.recording.run import Asked, Change, Mark, Run, changes_of
from changescript.recording.schemas import Schemas, Start, behind, made_in, names_in
from changescript.recording.unnamed import Unnamed, left
from changescript.recording.versions import keep_version_from_revisions
from changescript.schema_model import UnknownAnswer, answer_reflection
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
    from changescript.schema_model import Assumption, SchemaModel

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
        self.own_failure: Exception | None = None
        """Our own bug, which env.py must not be blamed for."""
        self.rows_per_insert = project.settings.rows_per_insert
        self.dialect = project.dialect
        self.record: Dialect
        """The dialect's, once env.py has configured one."""
        self.configured_dialect = ""
        """What env.py would have; empty where it says that in a way that is not understood."""
        self._project = project
        self._look = look
        self._run: Run | None = None
        """The run of a revision's function that is going on."""
        self._last: Run | None = None
        """The one that went on last."""
        self._execute: Callable[..., UnreadResult]
        self._schemas: Schemas
        self._baseline = ""
        self._start: Heads = ()
        """The heads that the plan starts from."""
        self._before: SchemaModel | None = None
        """The schema before the step, if somebody has asked."""
        self._done: list[Change | Step] = []
        """What the plan's steps have changed, until somebody asks; a step stands for itself where it has failed."""
        self._presumed: bool | None = None
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
        self._baseline = read_baseline(self._project)
        bind = RecordingBind(context.dialect, self)
        make_impl: Any = recording_class(type(context.impl))
        options = context.opts
        transactional = options.get("transactional_ddl")
        impl = make_impl(context.dialect, bind, True, transactional, context.output_buffer, options)
        impl.recorder = self
        context.impl = impl
        context.connection = cast("Connection", bind)
        self._execute = impl._exec
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

    def record_plan(self, context: MigrationContext, plan: Sequence[Step], arguments: Mapping[str, Any]) -> None:
        """Run the plan's revisions and keep what they emit, or all their refusals; go on behind one that fails."""
        try:
            self._record_plan(context, plan, arguments)
        except ChangescriptError:
            raise
        except Exception as error:  # what a revision raises is a RevisionError by now
            self.own_failure = error
            raise

    def _record_plan(self, context: MigrationContext, plan: Sequence[Step], arguments: Mapping[str, Any]) -> None:
        context.impl.memo.clear()
        self._begin(context, plan, arguments)
        runs: list[Run | None] = []
        steps: list[RecordedStep] = []
        errors: list[RevisionError] = []
        stop: Stop | None = None
        for step in plan:
            try:
                recorded, run = self._record_step(context, step, arguments)
            except RevisionError as error:
                error.rendered, error.told = self._rendered()
                error.dialect = self.record.name
                errors.append(error)
                self._go_on(step, [step])
            except IrreversibleError as irreversible:
                stop = irreversible.stop
                break
            else:
                steps.append(recorded)
                runs.append(run)
                self._go_on(step, run.changes if run else changes_of(recorded.statements))
        if errors:
            self._keep(all_of([*errors, *self._refused(steps)]))
            return
        version_table = VersionTable(
            context.version_table, context.version_table_schema, context.opts.get("version_table_pk", True)
        )
        self._keep(
            Recording(
                steps=tuple(self._with_assumptions(steps, runs, version_table)),
                start=plan[0].before,
                stop=stop,
                dialect=self.record.name,
                version_table=version_table,
                transaction_per_migration=bool(context.opts.get("transaction_per_migration")),
                asked_for=self.configured_dialect not in ("", self.record.name),
            )
        )

    def _rendered(self) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
        """Return what the run that has failed had emitted, and what it had been told."""
        if self._last is None:
            return (), ()
        told = (f"{each.source}: {each.assumption}" for each in self._last.questions())
        return tuple(item.statement for item in self._last.statements()), tuple(told)

    def _begin(self, context: MigrationContext, plan: Sequence[Step], arguments: Mapping[str, Any]) -> None:
        """Note where the plan starts; the schema there is looked for when somebody asks."""
        if not hasattr(self, "_schemas"):
            self._schemas = Schemas(
                self.history,
                lambda: below_the_first_revision(self._project, context, self._baseline),
                partial(self._learn, context, arguments),
            )
        self._last, self._done = None, []
        self._start = _heads_below(self.history, plan[0])
        self._before = self._schemas.known(self._start)

    def _go_on(self, step: Step, changes: Sequence[Change | Step]) -> None:
        """Note what a step has changed."""
        if self._before is None:
            self._done += changes
            return
        self._before = self._behind(self._before, changes)
        if step.direction is Direction.UPGRADE and step.done is None:
            self._schemas.note(step.after, self._before)

    def _behind(self, schema: SchemaModel, changes: Sequence[Change | Step]) -> SchemaModel:
        for change in changes:
            schema = self._schemas.behind(schema, change) if isinstance(change, Step) else behind(schema, [change])
        return schema

    def _schema_before(self) -> SchemaModel:
        """Return the schema before the step that is running."""
        if self._before is None:
            self._before = self._behind(self._schemas.at(self._start), self._done)
        return self._before

    def _learn(
        self, context: MigrationContext, arguments: Mapping[str, Any], step: Step, schema: SchemaModel
    ) -> SchemaModel:
        """Return the schema behind a step that stands in no script: as if no table held a row, where it reads rows.

        What a function that fails would have done is not known, so whatever it names is not known either.
        """
        run = Run(step, presumes=True, schemas=[schema.for_learning(yes=True)])
        outer, spool, remembered = (self._run, self._last), self._spool, _copied(context.impl.memo)
        self._spool = None
        context.impl.memo.clear()
        try:
            written = read_override(self._project, step, self.record)
            if written:
                return behind(schema, changes_of(written.statements))
            with without_rows():
                self._perform(context, run, self.history.load_module(step.revision.id), arguments)
        except (RevisionError, IrreversibleError) as error:
            following = run.schema_after(len(run.changes)).for_learning(yes=False)
            place, why = (error.place, error.why) if isinstance(error, RevisionError) else _stopped(error)
            reason = f"what revision {step.revision.id} does can't be followed, because {why}"
            following.lose(names_in(step.revision.file, name_of(step)), reason, place or step.revision.path)
            return following
        finally:
            self._spool = spool
            self._run, self._last = outer
            _refill(context.impl.memo, remembered)
        return run.schema_after(len(run.changes)).for_learning(yes=False)

    def _with_assumptions(
        self, steps: Sequence[RecordedStep], runs: Sequence[Run | None], version_table: VersionTable
    ) -> Iterator[RecordedStep]:
        """Yield the steps with what they were told about the schema, and what that means where the script starts."""
        if not any(run.asked for run in runs if run):
            yield from steps
            return
        done = steps[0].step.done or 0
        schema = behind(self._schemas.at(self._start), changes_of(steps[0].statements[:done]))
        changes = [change for recorded in steps for change in changes_of(recorded.statements)]
        start = Start(schema, version_table.name, not steps[0].step.before, made_in(changes))
        for index, (recorded, run) in enumerate(zip(steps, runs, strict=True)):
            skipped = done if index == 0 else 0
            asked = run.questions(skipped) if run and not recorded.step.undoes else ()
            assumptions = (start.assumption(each, is_first=not index and not each.after) for each in asked)
            yield replace(recorded, assumptions=tuple(assumptions))

    def _keep(self, outcome: Outcome) -> None:
        """Keep what a plan emits; or what is made of it, and then its long statements are dropped."""
        if self._look is None:
            self.outcomes.append(outcome)
            return
        self.outcomes.append(self._look(outcome))
        self._last = None
        self._spool = Spool()

    def _refused(self, steps: Iterable[RecordedStep]) -> Iterator[RevisionError]:
        """Yield what the client can't take, which is told where the script is put together if nothing else fails."""
        for recorded in steps:
            for statement in recorded.statements:
                reason = self.record.refusal_of(statement.sql)
                if reason:
                    yield RevisionError(f"revision {recorded.step.revision.id} ({statement.source}): {reason}")

    def _record_step(
        self, context: MigrationContext, step: Step, arguments: Mapping[str, Any]
    ) -> tuple[RecordedStep, Run | None]:
        """Return what a step emits, and the run that has told it; raises RevisionError."""
        written = read_override(self._project, step, self.record)
        if written:
            return written, None
        module = self.history.load_module(step.revision.id)
        remembered = _copied(context.impl.memo)
        self._fingerprints_of_rows.clear()
        run = self._perform(context, self._new_run(step), module, arguments)
        emitted, differing = run.statements(), None
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
        return RecordedStep(step, tuple(item.statement for item in emitted)), run

    def _new_run(self, step: Step) -> Run:
        return Run(step, schemas=[] if self._before is None else [self._before])

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
                    return self._perform(context, self._new_run(step), make_module(), arguments).statements()
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

    def _perform(self, context: MigrationContext, run: Run, module: Any, arguments: Mapping[str, Any]) -> Run:
        """Run a revision's function; raises RevisionError."""
        step = run.step
        self._run = self._last = run
        try:
            with contained(partial(self._is_own, step)) as watch:
                try:
                    _function(step, module)(**arguments)
                    self._call_back(context, step, arguments)
                    if run.unnamed:
                        run.refusals += left(run.unnamed, run.schema_after(len(run.changes)))
                finally:
                    run.refusals += [refusal_of(step, act, self._project.root) for act in watch.refused]
        except (IrreversibleError, KeyboardInterrupt):
            raise
        except BaseException as error:
            if run.refusals:  # whatever failed behind the first of them failed because of that
                raise run.refusals[0] from None
            if isinstance(error, RevisionError):
                raise
            raise failure_of(step, error, self._project.root) from None
        finally:
            self._run = None
        if run.refusals:
            raise run.refusals[0]
        return run

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
        return self._run is not None

    @property
    def presumes(self) -> bool:
        """Whether the revision only runs to learn what it does to the schema."""
        return self._run is not None and self._run.presumes

    def switch_autocommit(self, *, on: bool) -> None:
        """Note that an autocommit block begins or ends; what env.py opens around its run is no such block."""
        if self._run:
            self._run.autocommit = on

    def emit(self, sql: str, construct: ClauseElement | None = None, inverse: Callable[[], str] | None = None) -> None:
        """Keep one statement; `sql` without its terminator, `inverse` makes the SQL that undoes it."""
        run = self._running()
        directive, source = self._place()
        statement = Statement(self._kept(sql), directive, source, run.autocommit, inverse)
        run.add(Emitted(statement, construct, hash((sql, run.autocommit))), sql)

    def emit_rows(self, inserts: Iterable[str], fingerprint: int | None) -> None:
        """Keep the statements of a bulk_insert(); the same rows in the next run need not be rendered again."""
        run = self._running()
        known = self._fingerprints_of_rows.get(fingerprint) if self._spool is None else None
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
            run.schemas.append(self._schema_before())
        schema = run.schema_after(at.changes).copy()
        schema.on_answer = partial(self._note, run, question, at.statements)
        return schema

    def _note(self, run: Run, question: Callable[[SchemaModel], Any], statements: int, assumption: Assumption) -> None:
        run.asked.append(Asked(self._place()[1], assumption, statements, question))

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
        return self._spool.write(sql) if self._spool else ""

    @property
    def direction(self) -> Direction:
        """Which of its functions the revision runs."""
        return self._running().step.direction

    def schema_below(self) -> SchemaModel:
        """Return the schema without the revision whose downgrade() runs."""
        return self._schemas.at(self._running().step.after)

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
        if self._run is None:
            raise ProjectError(
                "env.py emits SQL outside of context.run_migrations()",
                hint="put it into a revision; a script holds what revisions emit",
            )
        return self._run

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


def _stopped(error: IrreversibleError) -> tuple[str, str]:
    """Return where a revision says that it can't be taken back, and why."""
    return str(error.stop.source), error.stop.reason


def _refill(memo: dict[Any, Any], content: Mapping[Any, Any]) -> None:
    """Put back what Alembic's implementation had remembered, such as enum types that exist."""
    memo.clear()
    memo.update(_copied(content))


def _copied(memo: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return a copy whose sets are its own: SQLAlchemy adds the name of each enum type that it makes to one."""
    return {key: value.copy() if isinstance(value, set) else value for key, value in memo.items()}


def _heads_below(history: History, step: Step) -> Heads:
    """Return the heads before a step's function runs, also where a script starts half-way through it."""
    if step.done is None:
        return step.before
    kept = {head for head in step.before if ":" not in head}
    before = history.top_of({*kept, *step.revision.down})
    if step.direction is Direction.UPGRADE:
        return before
    return tuple(sorted({*set(before).difference(step.revision.down), step.revision.id}))


def _function(step: Step, module: Any) -> Any:
    function = getattr(module, name_of(step), None)
    if function is None and step.direction is Direction.ROLLBACK:
        raise IrreversibleError(step, 1, "it has no downgrade() function")
    if function is None:
        raise RevisionError(
            f"revision {step.revision.id} ({step.revision.path}): it has no {name_of(step)}() function",
            hint="write one; `pass` says that there is nothing to do",
        )
    if iscoroutinefunction(function) or isgeneratorfunction(function) or isasyncgenfunction(function):
        raise RevisionError(
            f"revision {step.revision.id} ({step.revision.path}): {name_of(step)}() holds `async` or `yield`, "
            "so calling it runs nothing",
            hint="make it a plain function; op.run_async() runs what is asynchronous",
        )
    return function
