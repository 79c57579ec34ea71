"""Runs the steps of plans and keeps what comes of them; what the schema is before each step, and what that assumes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from changescript.content import Spool
from changescript.errors import ChangescriptError, RevisionError, all_of
from changescript.model import Direction, Heads, RecordedStep, Recording, Statement, Step, Stop, VersionTable
from changescript.recording.baseline import below_the_first_revision
from changescript.recording.failures import IrreversibleError, name_of
from changescript.recording.overrides import read_override
from changescript.recording.performing import Performer
from changescript.recording.reach import names_in
from changescript.recording.run import Change, Run, changes_of
from changescript.recording.schemas import Schemas, Start, behind, made_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from alembic.runtime.migration import MigrationContext

    from changescript.history import History
    from changescript.model import Project
    from changescript.recording.recorder import Recorder
    from changescript.schema_model import SchemaModel

Outcome = Recording | RevisionError


class Plans:
    """What comes of plans, in their order."""

    def __init__(
        self, project: Project, history: History, recorder: Recorder, look: Callable[[Outcome], Any] | None = None
    ) -> None:
        """Take what to make of each plan's outcome at once, so that no more is kept; None keeps the outcomes."""
        self.outcomes: list[Any] = []
        self.own_failure: Exception | None = None
        """Our own bug, which env.py must not be blamed for."""
        self._project = project
        self._history = history
        self.recorder = recorder
        self._look = look
        self._performer: Performer
        self._schemas: Schemas
        self._start: Heads = ()
        """The heads that the plan starts from."""
        self._before: SchemaModel | None = None
        """The schema before the step, if somebody has asked."""
        self._done: list[Change | Step] = []
        """What the plan's steps have changed, until somebody asks; a step stands for itself where it has failed."""

    def record_all(
        self, context: MigrationContext, plans: Iterable[Sequence[Step]], arguments: Mapping[str, Any]
    ) -> None:
        """Record plans, as env.py has configured how; `arguments` go to each revision's function."""
        recorder = self.recorder
        self._performer = Performer(self._project, self._history, recorder, context, arguments)
        start = partial(below_the_first_revision, self._project, context, recorder.baseline)
        self._schemas = Schemas(self._history, start, self._learn)
        recorder.schema_before, recorder.schema_at = self._schema_before, self._schemas.at
        for plan in plans:
            self._record_or_note(context, plan)

    def _record_or_note(self, context: MigrationContext, plan: Sequence[Step]) -> None:
        try:
            self._record(context, plan)
        except ChangescriptError:
            raise
        except Exception as error:  # what a revision raises is a RevisionError by now
            self.own_failure = error
            raise

    def _record(self, context: MigrationContext, plan: Sequence[Step]) -> None:
        """Run the plan's revisions and keep what they emit, or all their refusals; go on behind one that fails."""
        self._begin(plan)
        runs: list[Run | None] = []
        steps: list[RecordedStep] = []
        errors: list[RevisionError] = []
        stop: Stop | None = None
        for step in plan:
            try:
                recorded, run = self._record_step(step)
            except RevisionError as error:
                error.rendered, error.told = self._rendered()
                error.dialect = self.recorder.record.name
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
                dialect=self.recorder.record.name,
                version_table=version_table,
                transaction_per_migration=bool(context.opts.get("transaction_per_migration")),
                asked_for=self.recorder.configured_dialect not in ("", self.recorder.record.name),
            )
        )

    def _rendered(self) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
        """Return what the run that has failed had emitted, and what it had been told."""
        if self._performer.last is None:
            return (), ()
        told = (f"{each.source}: {each.assumption}" for each in self._performer.last.questions())
        return tuple(item.statement for item in self._performer.last.statements()), tuple(told)

    def _begin(self, plan: Sequence[Step]) -> None:
        """Note where the plan starts; the schema there is looked for when somebody asks."""
        self._performer.forget()
        self._done = []
        self._start = _heads_below(self._history, plan[0])
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

    def _learn(self, step: Step, schema: SchemaModel) -> SchemaModel:
        """Return the schema behind a step that stands in no script: as if no table held a row, where it reads rows.

        What a function that fails would have gone on to do is not known, so whatever it names there isn't either.
        """
        run = Run(step, presumes=True, schemas=[schema.for_learning(yes=True)])
        try:
            written = read_override(self._project, step, self.recorder.record)
            if written:
                return behind(schema, changes_of(written.statements))
            self._performer.run_to_learn(run)
        except (RevisionError, IrreversibleError) as error:
            following = run.schema_after(len(run.changes)).for_learning(yes=False)
            place, why = (error.place, error.why) if isinstance(error, RevisionError) else _stopped(error)
            reason = f"what revision {step.revision.id} does can't be followed, because {why}"
            stopped_at = error.stopped_at if isinstance(error, RevisionError) else ()
            named = names_in(step.revision.file, name_of(step), stopped_at)
            following.lose(named, reason, place or step.revision.path)
            return following
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
        self._performer.last = None
        self.recorder.spool = Spool()

    def _refused(self, steps: Iterable[RecordedStep]) -> Iterator[RevisionError]:
        """Yield what the client can't take, which is told where the script is put together if nothing else fails."""
        for recorded in steps:
            for statement in recorded.statements:
                reason = self.recorder.record.refusal_of(statement.sql)
                if reason:
                    yield RevisionError(f"revision {recorded.step.revision.id} ({statement.source}): {reason}")

    def _record_step(self, step: Step) -> tuple[RecordedStep, Run | None]:
        """Return what a step emits, and the run that has told it; raises RevisionError."""
        written = read_override(self._project, step, self.recorder.record)
        if written:
            return written, None
        run = self._performer.run_for_script(step, partial(self._new_run, step))
        return RecordedStep(step, tuple(item.statement for item in run.statements())), run

    def _new_run(self, step: Step) -> Run:
        return Run(step, schemas=[] if self._before is None else [self._before])


def _stopped(error: IrreversibleError) -> tuple[str, str]:
    """Return where a revision says that it can't be taken back, and why."""
    return str(error.stop.source), error.stop.reason


def _heads_below(history: History, step: Step) -> Heads:
    """Return the heads before a step's function runs, also where a script starts half-way through it."""
    if step.done is None:
        return step.before
    kept = {head for head in step.before if ":" not in head}
    before = history.top_of({*kept, *step.revision.down})
    if step.direction is Direction.UPGRADE:
        return before
    return tuple(sorted({*set(before).difference(step.revision.down), step.revision.id}))
