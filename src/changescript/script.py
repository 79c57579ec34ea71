"""Puts recorded statements into a dialect's frame and makes the text that a DBA reviews; must not touch files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from changescript.comments import safe_comment
from changescript.content import Content, Spool, content
from changescript.dialects import get_dialect
from changescript.dialects.base import Dialect, FrameInput, ManualStop, Section
from changescript.errors import RevisionError, all_of
from changescript.formatting import format_statement, head_of_rows
from changescript.header import RULE, WIDTH, HeaderInput, build_empty_header, build_header, shortened
from changescript.model import (
    Assumed,
    Direction,
    RecordedStep,
    Recording,
    Request,
    Script,
    ScriptStatement,
    Settings,
    Statement,
    Step,
    Stop,
    TransactionMode,
)
from changescript.segments import (
    Heading,
    Mode,
    Planned,
    PlannedStep,
    Precondition,
    Segment,
    Stamp,
    half_done_states,
    plan_segments,
    plan_step,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class ScriptInput:
    """What a script is made for."""

    request: Request
    direction: Direction
    settings: Settings
    target: str
    x: tuple[str, ...]
    stop: Stop | None
    """Where the way back ends before FROM, if it does."""


def build_script(given: ScriptInput, recording: Recording) -> Script:
    """Turn a recorded range into the text of one file; raises RevisionError for what the client can't take."""
    if not recording.steps:
        return _empty_script(given, recording)
    dialect = get_dialect(recording.dialect)
    reading = _Reading(dialect)
    mode = _transaction_mode(given.settings, recording, dialect)
    steps = tuple(reading.plan_steps(recording.steps, mode))
    if reading.errors:
        raise all_of(reading.errors)
    assumed = tuple(_assumed(recording.steps))
    frame_input = FrameInput(
        lower=steps[0].step.before,
        upper=steps[-1].step.after,
        segments=plan_segments(steps, mode),
        version_table=recording.version_table,
        settings=given.settings,
        pending=reading.pending,
        skipped=reading.skipped,
        assumed=assumed,
    )
    file = f"{given.direction.value}.sql"
    body = _Body(dialect, frame_input, len(steps), reading.laid_out, file)
    body.add_all(frame_input.segments)
    overrides = tuple((each.step.revision.id, each.override) for each in recording.steps if each.override)
    header = build_header(
        HeaderInput(
            given.direction,
            given.request,
            dialect,
            steps,
            frame_input,
            reading.losing,
            given.target,
            given.x,
            recording.asked_for,
            given.stop,
            overrides,
        ),
        body.spool.sha256,
    )
    offset = header.count("\n")
    return Script(
        given.direction,
        Content((header.encode(), body.spool)),
        tuple(body.listed(offset)),
        recording.stop,
        overrides,
        assumed,
    )


def _assumed(steps: Iterable[RecordedStep]) -> Iterator[Assumed]:
    """Yield what the steps were told, each with the number of the statement that it stands behind."""
    before = 0
    for recorded in steps:
        id_ = recorded.step.revision.id
        yield from (Assumed(id_, each, before + each.after) for each in recorded.assumptions)
        before += len(recorded.statements) - (recorded.step.done or 0)


def _empty_script(given: ScriptInput, recording: Recording) -> Script:
    """Return a script that only says why there is none: its first revision can't be taken back."""
    text = build_empty_header(given.direction, recording.start, given.request, str(recording.stop))
    comment = get_dialect(recording.dialect).comment
    text = "".join(f"{comment(line)}\n" for line in text.splitlines())
    return Script(given.direction, content(text), (), recording.stop)


def _transaction_mode(settings: Settings, recording: Recording, dialect: Dialect) -> TransactionMode:
    if settings.transaction:
        return settings.transaction
    by_revision = recording.transaction_per_migration or not dialect.transactional_ddl
    return TransactionMode.REVISION if by_revision else TransactionMode.SCRIPT


class _Reading:
    """Looks once at each statement for what its dialect says of it."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.losing: list[int] = []
        """Numbers of the statements that overwrite or remove values."""
        self.errors: list[RevisionError] = []
        self.laid_out: set[int] = set()
        """Numbers of those that are laid out already."""
        self.pending: Planned | None = None
        """What may have been started before the script, where that undoes what has been done."""
        self.skipped: tuple[Planned, ...] = ()
        """What has been executed before, where the script goes on behind it."""

    def plan_steps(self, steps: Iterable[RecordedStep], mode: TransactionMode) -> Iterator[PlannedStep]:
        number = 1
        for index, recorded in enumerate(steps, start=1):
            planned = self._plan(index, number, recorded)
            number += len(planned.statements)
            yield planned if recorded.step.done is None else self._from_halfway(planned, recorded.step.done, mode)

    def _plan(self, index: int, number: int, recorded: RecordedStep) -> PlannedStep:
        modes = [
            self._read(at, statement, recorded.step.revision.id)
            for at, statement in enumerate(recorded.statements, start=number)
        ]
        return plan_step(index, number, recorded, modes)

    def _from_halfway(self, whole: PlannedStep, done: int, mode: TransactionMode) -> PlannedStep:
        """Return what is left of a step, or what undoes it; raises RevisionError when no script stops there."""
        step = whole.step
        states = half_done_states(whole, mode)
        if done not in states:
            known = ", ".join(map(str, states))
            raise RevisionError(
                f"revision {step.revision.id} ({step.revision.path}): no script stops with {done} of its "
                f"{len(whole.statements)} statements done",
                hint=f"it can stop with {known} of them done" if known else "they are done all together, or not at all",
            )
        if not step.undoes:
            self.losing = [number for number in self.losing if number > done]
            self.skipped = whole.statements[:done]
            return replace(whole, statements=whole.statements[done:])
        pending = whole.statements[done]
        self.pending = pending if pending.mode is Mode.OUTSIDE else None
        undone = [planned.statement for planned in reversed(whole.statements[:done])]
        self.losing, self.laid_out = [], set()
        return self._plan(1, 1, RecordedStep(step, tuple(_undoing(statement, step) for statement in undone)))

    def _read(self, number: int, statement: Statement, revision: str) -> Mode:
        """Return how a statement may run; notes an error for one that can't stand in a script."""
        if statement.manual:
            return self._dialect.manual_mode
        sql = statement.sql
        head = head_of_rows(sql, self._dialect.lexicon)
        if head is not None:
            # Its rows are plain values: what there is to say of it, its first words say.
            self.laid_out.add(number)
            sql = f"{head} VALUES (0)"
        reason = self._dialect.refusal_of(sql)
        if reason:
            self.errors.append(RevisionError(f"revision {revision} ({statement.source}): {reason}"))
        if self._dialect.loses_data(sql):
            self.losing.append(number)
        return self._dialect.mode_of(sql, autocommit=statement.autocommit)


def _undoing(statement: Statement, step: Step) -> Statement:
    """Return what undoes a statement; raises RevisionError where nothing does."""
    if statement.inverse is None:
        raise RevisionError(
            f"revision {step.revision.id} ({statement.source}): nothing undoes {statement.directive or 'a statement'}",
            hint="finish the script that has stopped, and go back with the other one of its folder",
        )
    return Statement(
        statement.inverse(), f"undo {statement.directive}", statement.source, autocommit=statement.autocommit
    )


class _Body:
    """Writes the blocks of a script below its header, and remembers on which line each statement starts."""

    def __init__(self, dialect: Dialect, given: FrameInput, count: int, laid_out: set[int], file: str) -> None:
        self._file = file
        self._lower = given.lower
        self._given = given
        self._laid_out = laid_out
        self._dialect = dialect
        self._frame = dialect.make_frame(given)
        self._count = count
        self._revision = ""
        self.spool = Spool()
        self._line = 1
        self._listed: list[ScriptStatement] = []

    def add_all(self, segments: Iterable[Segment]) -> None:
        for section in self._frame.opening():
            self._add_section(section)
        for segment in segments:
            self._add_segment(segment)
        for section in self._frame.closing():
            self._add_section(section)

    def listed(self, offset: int) -> Iterator[ScriptStatement]:
        """Yield the statements with their lines counted from the top of the file."""
        for item in self._listed:
            yield ScriptStatement(
                number=item.number,
                revision=item.revision,
                directive=item.directive,
                source=item.source,
                line=item.line + offset,
                outside_transaction=item.outside_transaction,
                verbatim=item.verbatim,
            )

    def _add(self, *lines: str) -> None:
        """Add a block: a blank line, then the lines; nothing when there are none."""
        if not any(lines):
            return
        block = "\n" + "".join(f"{line}\n" for line in lines if line)
        self.spool.write(block)
        self._line += block.count("\n")

    def _add_section(self, section: Section) -> None:
        title = f"-- {section.title} "
        self._add(title.ljust(WIDTH, self._dialect.rule), section.text)

    def _add_segment(self, segment: Segment) -> None:
        headings = [item for item in segment.items if isinstance(item, Heading)]
        first = segment.items[0]
        if headings and first is headings[0]:
            self._add_heading(headings[0].step)
        self._add(self._frame.begin(segment))
        for item in segment.items:
            self._add_item(item, segment, heading_done=item is first)
        self._add(self._frame.end(segment))

    def _add_item(self, item: object, segment: Segment, *, heading_done: bool) -> None:
        if isinstance(item, Heading):
            self._add_progress(item.step, heading_done=heading_done)
        elif isinstance(item, Planned):
            self._add_statement(item, segment)
            later = {} if segment.outside else self._given.later(item.number)
            if later and self._dialect.assume:
                self._add(self._dialect.assume(item.number, later))
        elif isinstance(item, Precondition):
            self._add(self._frame.precondition(item.planned.statement.sql))
        elif isinstance(item, Stamp):
            self._add(self._frame.stamp(item.before, item.after))

    def _add_heading(self, step: PlannedStep) -> None:
        revision = step.step.revision
        self._revision = revision.id
        title = f"{step.index} of {self._count}   {revision.id}   {revision.message}".rstrip()
        heading = f"-- {shortened(title, WIDTH - len('-- '))}"
        self._add(RULE, self._dialect.comment(heading), RULE)

    def _add_progress(self, step: PlannedStep, *, heading_done: bool) -> None:
        if not heading_done:
            self._add_heading(step)
        self._add(self._frame.progress(step.step, step.index, self._count))

    def _terminated(self, planned: Planned, segment: Segment) -> tuple[str, bool]:
        """Return a statement with its terminator, and whether it keeps its own layout."""
        statement, lexicon = planned.statement, self._dialect.lexicon
        if statement.manual and self._dialect.manual:
            run = self._dialect.run_command.format(file=self._file)
            state = segment.needs if segment.needs != self._lower else ()
            return self._dialect.manual(ManualStop(statement.manual, run, self._file, state)), False
        if planned.number in self._laid_out:
            return self._dialect.terminate(statement.sql, lexicon), False
        formatted = format_statement(self._dialect.protect(statement.sql), lexicon)
        return self._dialect.terminate(formatted.text, lexicon), formatted.verbatim

    def _add_statement(self, planned: Planned, segment: Segment) -> None:
        statement, outside = planned.statement, segment.outside
        terminated, verbatim = self._terminated(planned, segment)
        framed = (self._frame.outside if outside else self._frame.inside)(planned, terminated)
        above = framed[: max(framed.find(terminated.partition("\n")[0]), 0)].count("\n")
        self._listed.append(
            ScriptStatement(
                number=planned.number,
                revision=self._revision,
                directive=statement.directive,
                source=statement.source,
                line=self._line + 2 + above,
                outside_transaction=outside,
                verbatim=verbatim,
            )
        )
        self._add(self._dialect.comment(_origin(planned, outside=outside)), framed)


def _origin(planned: Planned, *, outside: bool) -> str:
    """Return the comment above a statement: number and directive at the left, source at the right."""
    statement = planned.statement
    left = f"-- [{planned.number}] {safe_comment(statement.directive or 'statement')}"
    left += "   outside a transaction" if outside else ""
    right = safe_comment(str(statement.source))
    return f"{left}{' ' * max(2, WIDTH - len(left) - len(right))}{right}"
