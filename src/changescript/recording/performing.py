"""Runs a revision's function: once for what it emits, and again to see whether that is always the same."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass, field
from functools import partial
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from typing import TYPE_CHECKING, Any

from alembic.runtime.migration import MigrationInfo

from changescript.clock import another_time
from changescript.errors import RevisionError
from changescript.isolation import ChangeRefusedOffline, ConnectionRefusedOffline, contained
from changescript.model import Direction
from changescript.recording.emitted import first_difference
from changescript.recording.failures import IrreversibleError, failure_of, lines_in, name_of, refusal_of
from changescript.recording.learning import without_rows
from changescript.recording.sessions import without_objects
from changescript.recording.unnamed import left
from changescript.sources import is_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType

    from alembic.runtime.migration import MigrationContext

    from changescript.history import History
    from changescript.model import Project, Step
    from changescript.recording.emitted import Emitted
    from changescript.recording.recorder import Recorder
    from changescript.recording.run import Run


@dataclass
class Performer:
    """Runs revisions of one project, as env.py has configured it."""

    project: Project
    history: History
    recorder: Recorder
    context: MigrationContext
    arguments: Mapping[str, Any]
    """What env.py hands on to each revision's function."""
    last: Run | None = None
    """The run that went on last."""
    _modules: list[ModuleType] = field(default_factory=list)
    _modules_seen: int = 0

    @property
    def _memo(self) -> dict[Any, Any]:
        """What Alembic's implementation remembers, such as enum types that exist."""
        memo: dict[Any, Any] = self.context.impl.memo
        return memo

    def forget(self) -> None:
        """Begin with a database of which nothing is remembered."""
        self.last = None
        self._memo.clear()

    def run_for_script(self, step: Step, make_run: Callable[[], Run]) -> Run:
        """Return the run of a revision whose statements are always the same; raises RevisionError."""
        module = self.history.load_module(step.revision.id)
        remembered = _copied(self._memo)
        self.recorder.forget_rows()
        run = self._perform(make_run(), module)
        emitted, differing = run.statements(), None
        for again in self._repeated(step, make_run, module, remembered):
            differing = first_difference(emitted, again)
            if differing is None:
                break
        if differing:
            raise RevisionError(
                f"revision {step.revision.id} ({differing}): it emits something else each time it runs",
                hint="a script can't hold what a clock, a random number or uuid4() gives: write the value into the "
                "revision, or let the database make it, as in sa.text('CURRENT_TIMESTAMP')",
            )
        return run

    def run_to_learn(self, run: Run) -> None:
        """Run a revision that stands in no script, aside from the one that runs now; raises as its function fails."""
        recorder = self.recorder
        outer, remembered = (recorder.run, self.last, recorder.spool), _copied(self._memo)
        recorder.spool = None
        self._memo.clear()
        try:
            with without_rows(self.recorder.record.lexicon, self.context.dialect):
                self._perform(run, self.history.load_module(run.step.revision.id))
        finally:
            recorder.run, self.last, recorder.spool = outer
            _refill(self._memo, remembered)

    def _repeated(
        self, step: Step, make_run: Callable[[], Run], module: Any, remembered: Mapping[Any, Any]
    ) -> Iterator[list[Emitted]]:
        """Yield what the revision emits when it runs again at another time: as it is now, then as a fresh copy.

        A module may keep what its function made, so that the next run fails or differs; the copy then decides. It
        decides alone where the file itself may make something new each time. What can't run twice yields nothing.
        """
        ways = [lambda: module, lambda: self.history.load_copy(step.revision.id)]
        acts = self.history.acts(step.revision.id)
        for make_module in reversed(ways) if acts else ways:
            again = self._run_again(step, make_run, make_module, remembered)
            if again is not None:
                yield again
                if acts:
                    return

    def _run_again(
        self, step: Step, make_run: Callable[[], Run], make_module: Callable[[], Any], remembered: Mapping[Any, Any]
    ) -> list[Emitted] | None:
        """Return what the revision emits when it runs again, at another time if it can; None where it can't."""
        recorder = self.recorder
        afterwards, spool = _copied(self._memo), recorder.spool
        for clock in (partial(self._another_time, step), contextlib.nullcontext):
            _refill(self._memo, remembered)
            recorder.spool = None
            try:
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), clock():
                    return self._perform(make_run(), make_module()).statements()
            except KeyboardInterrupt:
                raise
            except BaseException:  # noqa: S112 - the first run has said all there is to say
                continue
            finally:
                recorder.spool = spool
                _refill(self._memo, afterwards)
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
                if is_inside(str(getattr(module, "__file__", None) or "/"), self.project.root)
            ]
        return self._modules

    def _perform(self, run: Run, module: Any) -> Run:
        """Run a revision's function; raises RevisionError."""
        step = run.step
        self.recorder.run = self.last = run
        try:
            with contained(partial(self._is_own, step)) as watch, without_objects(self.recorder.refuse):
                try:
                    _function(step, module)(**self.arguments)
                    self._call_back(step)
                    if run.unnamed:
                        run.refusals += left(run.unnamed, run.schema_after(len(run.changes)))
                finally:
                    run.refusals += [refusal_of(step, act, self.project.root) for act in watch.refused]
        except (IrreversibleError, KeyboardInterrupt):
            raise
        except BaseException as error:
            # Whatever failed behind the first refusal failed because of that.
            told = run.refusals[0] if run.refusals else error
            raised = told if isinstance(told, RevisionError) else failure_of(step, told, self.project.root)
            if isinstance(raised, RevisionError) and (told is error or _ended_by(error, run.refusals)):
                raised.stopped_at = lines_in(step, error)
            raise raised from None
        finally:
            self.recorder.run = None
        if run.refusals:
            raise run.refusals[0]
        return run

    def _call_back(self, step: Step) -> None:
        """Call env.py's on_version_apply functions as Alembic does; what they emit belongs to the step."""
        if not self.context.on_version_apply_callbacks:
            return
        info = MigrationInfo(
            revision_map=self.history.scripts.revision_map,
            is_upgrade=step.direction is Direction.UPGRADE,
            is_stamp=False,
            up_revisions=step.revision.id,
            down_revisions=step.revision.down,
        )
        for callback in self.context.on_version_apply_callbacks:
            callback(ctx=self.context, step=info, heads=set(step.after), run_args=self.arguments)

    def _is_own(self, step: Step, file: str) -> bool:
        """Tell whether a file's code is the project's; a revision may lie outside of its folder."""
        return file == str(step.revision.file) or is_inside(file, self.project.root)


def _ended_by(error: BaseException, refusals: Sequence[RevisionError]) -> bool:
    """Tell whether a function has ended at the only act that was refused; it may swallow others, and go on."""
    return len(refusals) == 1 and isinstance(error, ConnectionRefusedOffline | ChangeRefusedOffline)


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
    if iscoroutinefunction(function) or isgeneratorfunction(function) or isasyncgenfunction(function):
        raise RevisionError(
            f"revision {step.revision.id} ({step.revision.path}): {name_of(step)}() holds `async` or `yield`, "
            "so calling it runs nothing",
            hint="make it a plain function; op.run_async() runs what is asynchronous",
        )
    return function
