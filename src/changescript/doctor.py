"""What becomes of each revision alone, in both directions; must not lay out a report, nor touch files."""

from __future__ import annotations

import enum
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from typing import TYPE_CHECKING

from changescript.errors import RevisionError
from changescript.history import plan_upgrade
from changescript.model import Direction, Range, Request, Step
from changescript.recording import record_each
from changescript.script import ScriptInput, build_script

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from changescript.errors import Asks
    from changescript.history import History, Unplaced
    from changescript.model import Project, RecordedStep, Recording
    from changescript.recording.plans import Outcome


_LINE = re.compile(r":\d+$")
_NO_WAY_BACK = "write a downgrade() if there is a way back; `pass` says that nothing has to be taken back"


class Status(enum.Enum):
    """What becomes of a revision in one direction; the value is what people read."""

    RENDERS = "renders"
    ASSUMES = "renders under assumptions"
    BY_HAND = "renders by hand-written SQL"
    NO_WAY_BACK = "no way back"
    NEEDS_OVERRIDE = "needs an SQL override"
    BROKEN = "broken"

    @property
    def renders(self) -> bool:
        """Whether there is a script."""
        return self in (Status.RENDERS, Status.ASSUMES, Status.BY_HAND)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a revision does not render."""

    place: str
    """`file:line`, or the file alone."""
    why: str
    hint: str = ""
    asks: Asks | None = None
    """What a database would have to answer, if that is the reason."""

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What becomes of a revision in one direction."""

    status: Status
    reasons: tuple[Reason, ...] = ()
    override: str | None = None
    """The file of hand-written SQL that stands in its place."""
    assumptions: tuple[str, ...] = ()
    """What the script assumes of the database, and checks there."""
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A revision file, and what becomes of it."""

    id: str
    """Empty where it can't be read."""
    path: str
    message: str
    upgrade: Diagnosis
    downgrade: Diagnosis
    is_placed: bool = True
    """Whether its place in the history is known; if not, it is broken in both directions."""

    @property
    def renders(self) -> bool:
        """Whether there is a script in both directions."""
        return self.upgrade.status.renders and self.downgrade.status.renders

    @property
    def simply_renders(self) -> bool:
        """Whether there is nothing to tell of it."""
        return self.upgrade.status is self.downgrade.status is Status.RENDERS


@dataclass(frozen=True)
class Examination:
    """What has been found out about a whole history."""

    revisions: tuple[Examined, ...]
    """Lowest first, and then those whose place is not known."""
    dialect: str
    """For which they were rendered; empty where no revision was."""
    target: str

    @property
    def all_render(self) -> bool:
        """Whether there is a script for each revision in each direction."""
        return all(each.renders for each in self.revisions)

    @cached_property
    def counts(self) -> Mapping[str, Mapping[Status, int]]:
        """How often there is each status, by direction."""
        return {
            "upgrade": Counter(each.upgrade.status for each in self.revisions),
            "downgrade": Counter(each.downgrade.status for each in self.revisions),
        }


def examine(
    project: Project, history: History, *, no_env: bool = False, progress: Callable[[], object] | None = None
) -> Examination:
    """Return what becomes of each revision alone; `progress` is called behind each of `steps_of()`.

    env.py runs once for all of them. Raises ProjectError when it can't run offline.
    """
    steps = steps_of(history)
    following = cycle(steps)  # an env.py that asks for them twice is refused in the end

    def look(outcome: Outcome) -> Diagnosis:
        found = _diagnose(project, next(following), outcome)
        if progress:
            progress()
        return found

    found = record_each(project, history, [[step] for step in steps], look, no_env=no_env) if steps else []
    ways = zip(steps[::2], found[::2], found[1::2], strict=True)
    placed = (_examined(*way) for way in ways)
    dialect = next((each.dialect for each in found if each.dialect), project.dialect)
    return Examination((*placed, *map(_unplaced, history.unplaced)), dialect, project.target)


def steps_of(history: History) -> list[Step]:
    """Return each revision's way up, and down again, lowest first."""
    whole = plan_upgrade(history, Range((), history.heads))
    return [way for step in whole for way in (step, Step(step.revision, Direction.ROLLBACK, step.after, step.before))]


def _examined(step: Step, upgrade: Diagnosis, downgrade: Diagnosis) -> Examined:
    revision = step.revision
    return Examined(revision.id, revision.path, revision.message, upgrade, downgrade)


def _unplaced(file: Unplaced) -> Examined:
    broken = Diagnosis(Status.BROKEN, (Reason(file.path, file.reason, "mend the file"),))
    return Examined(file.id, _LINE.sub("", file.path), "", broken, broken, is_placed=False)


def _diagnose(project: Project, step: Step, outcome: Outcome) -> Diagnosis:
    if isinstance(outcome, RevisionError):
        return _refused(step, outcome, outcome.dialect)
    if outcome.stop:
        reason = Reason(str(outcome.stop.source), outcome.stop.reason, _NO_WAY_BACK)
        return Diagnosis(Status.NO_WAY_BACK, (reason,), dialect=outcome.dialect)
    try:
        _build(project, step, outcome)
    except RevisionError as error:
        return _refused(step, error, outcome.dialect)
    (recorded,) = outcome.steps
    return _rendered(recorded, outcome.dialect)


def _build(project: Project, step: Step, recording: Recording) -> None:
    """Put the script together as `sql` does; raises RevisionError for what can't stand in one."""
    lower, upper = (step.before, step.after) if step.direction is Direction.UPGRADE else (step.after, step.before)
    request = Request(Range(lower, upper), engine=project.engine)
    build_script(ScriptInput(request, step.direction, project.settings, project.target, project.x, None), recording)


def _rendered(recorded: RecordedStep, dialect: str) -> Diagnosis:
    """Tell what a script rests on."""
    if recorded.override:
        return Diagnosis(Status.BY_HAND, override=recorded.override.path, dialect=dialect)
    assumptions = tuple(f"{each.source}: {each}" for each in recorded.assumptions)
    return Diagnosis(Status.ASSUMES if assumptions else Status.RENDERS, assumptions=assumptions, dialect=dialect)


def _refused(step: Step, error: RevisionError, dialect: str) -> Diagnosis:
    parts = error.parts or (error,)
    reasons = tuple(Reason(each.place or step.revision.path, each.why, each.hint, each.asks) for each in parts)
    status = Status.NEEDS_OVERRIDE if all(reason.asks for reason in reasons) else Status.BROKEN
    return Diagnosis(status, reasons, dialect=dialect)
