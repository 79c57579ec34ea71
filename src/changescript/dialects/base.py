"""What a dialect's record holds; every dialect fills it in, and script.py knows nothing else of a database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from changescript.dialects.conditions import each_once
from changescript.dialects.directives import Directives
from changescript.formatting import ends_in_comment
from changescript.segments import Mode, is_marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from changescript.formatting.lexicon import Lexicon
    from changescript.model import Assumed, Heads, ManualStep, Settings, Step, VersionTable
    from changescript.segments import Planned, Segment


@dataclass(frozen=True, slots=True)
class ManualStop:
    """Where a script stops for a manual step, and how it was run."""

    step: ManualStep
    run_command: str
    """How the script is run, with its name."""
    file: str
    """The script's name."""
    state: Heads
    """The rows that it stops at; empty where nothing of it has run before."""

    @property
    def said(self) -> str:
        """What is to be done."""
        return f"MANUAL STEP {self.step.name}: {self.step.text}"

    @property
    def variable(self) -> str:
        """The name of the variable that says that it was done."""
        return f"changescript_manual_{self.step.name}"

    def run_with(self, option: str) -> str:
        """Return the command that runs the whole script with an option more."""
        program, rest = self.run_command.split(" ", 1)
        return f"{program} {option} {rest}"


@dataclass(frozen=True)
class FrameInput:
    """What one script's frame depends on."""

    lower: Heads
    """The rows the script starts from: FROM in upgrade.sql, TO in rollback.sql."""
    upper: Heads
    """The rows it leaves."""
    segments: tuple[Segment, ...]
    version_table: VersionTable
    settings: Settings
    pending: Planned | None = None
    """A statement that may have been executed, in a script that undoes those before it."""
    skipped: tuple[Planned, ...] = ()
    """Those that were executed before, in a script that goes on behind them."""

    assumed: tuple[Assumed, ...] = ()
    """What the revisions were told about the schema."""

    @cached_property
    def at_start(self) -> Mapping[str, Assumed]:
        """The conditions that must hold before the first statement, each once, with what they come from."""
        start = ((each.assumption.at_start, each) for each in self.assumed if each.assumption.at_start)
        return each_once((*start, *self._later(0)))

    def later(self, number: int) -> Mapping[str, Assumed]:
        """Return the same for what must hold behind a statement, where that says more than what held at the start."""
        return each_once(self._later(number)) if number else {}

    def _later(self, number: int) -> Iterator[tuple[str, Assumed]]:
        for each in self.assumed:
            if each.behind == number and each.assumption.later:
                yield each.assumption.later, each

    @cached_property
    def markers(self) -> tuple[Heads, ...]:
        """The half-done states that the script itself leaves behind, in its order."""
        needs = (segment.needs for segment in self.segments)
        return tuple(dict.fromkeys(rows for rows in needs if is_marked(rows) and rows != self.lower))

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """All statements of the script."""
        return tuple(planned for segment in self.segments for planned in segment.planned)

    def after_failure(self, segment: Segment) -> str:
        """Return what to do if a run has stopped in this segment, for a script that goes on at its own markers."""
        if segment.needs == self.lower or is_marked(segment.needs):
            return "if it fails, run this file again"
        return "if it fails, go on as the header says"

    @property
    def release(self) -> str:
        """The release of the server that the script is for; empty: any that the dialect knows."""
        return self.settings.server_version or ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a script's opening."""

    title: str
    text: str


class Frame(Protocol):
    """The text around a script's statements. Every method returns whole lines without the last line's end."""

    def opening(self) -> Sequence[Section]:
        """Return client strictness, session settings, safety catch and guard."""

    def begin(self, segment: Segment) -> str:
        """Return what stands before a segment: its check, with what a Postcondition in it asks, and its BEGIN."""

    def end(self, segment: Segment) -> str:
        """Return what stands behind a segment."""

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the statement that writes the progress line of a step into the client's log."""

    def precondition(self, sql: str) -> str:
        """Return the check that makes it safe to start, and to repeat, a statement outside a transaction."""

    def inside(self, planned: Planned, text: str) -> str:
        """Return a statement in a transaction with what has to stand around it; `text` has its terminator."""

    def outside(self, planned: Planned, text: str) -> str:
        """Return a statement that runs outside a transaction in a form that can be repeated after a failure.

        `text` is the statement laid out, with its terminator.
        """

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows, and the proof that it was exactly that."""

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""


class ModeOf(Protocol):
    """Tells how a statement may run, and takes whether it was emitted in an autocommit block."""

    def __call__(self, sql: str, *, autocommit: bool) -> Mode:
        """Return the mode of one statement."""


def with_semicolon(text: str, lexicon: Lexicon) -> str:
    """Return a statement with its semicolon, on a line of its own behind a comment."""
    return text + ("\n;" if ends_in_comment(text, lexicon) else ";")


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database with its client, as data."""

    name: str
    """SQLAlchemy's name, or our own where it has none."""
    title: str
    """Name and versions as the header shows them."""
    run_command: str
    """How to run a script; `{file}` is its name."""
    client: str
    """Which client it is for, and what others make of it."""
    lexicon: Lexicon
    make_frame: Callable[[FrameInput], Frame]
    mode_of: ModeOf
    refusal_of: Callable[[str], str | None]
    """Why a statement can't stand in a script for this client, or None."""
    protect: Callable[[str], str]
    """Change white space in a statement where the client would otherwise read a command or a variable into it."""
    loses_data: Callable[[str], bool]
    """Whether a statement overwrites or removes values."""
    settings_shown: tuple[str, ...] = ("lock_timeout", "statement_timeout", "search_path")
    """Which settings its scripts depend on, as the header shows them."""
    transactional_ddl: bool = True
    """Whether a revision can be undone by a rollback; if not, each is committed by itself."""
    sqlalchemy_name: str = ""
    """SQLAlchemy's name of the dialect, where it has none for this database; empty: as `name`."""
    releases: tuple[str, ...] = ()
    """Those that `server_version` may name, oldest first; its scripts refuse any other server then."""
    directives: type[Directives] = Directives
    """What objects to directives before they become SQL."""
    terminate: Callable[[str, Lexicon], str] = with_semicolon
    """Put a statement's terminator behind it."""
    manual: Callable[[ManualStop], str] | None = None
    """Make what fails unless a variable says that a person has done a manual step, and tells how to go on then."""
    manual_mode: Mode = Mode.ALONE
    """How that runs: with the stamp behind it, or before it."""
    expect: str = 'exit 0, and the last line "OK: database DATABASE is at {state}"'
    """How a run shows that it has worked; `{state}` is the state that it leaves."""
    go_on: str = "mend the cause and run this file again, it goes on there"
    """What the header says of a half-done state; `{file}` is the script's name, `{state}` what its check wants."""
    resumes: bool | None = None
    """Whether a whole script run again goes on from a half-done state; None: if DDL is transactional."""
    comment: Callable[[str], str] = str
    """Change a comment line of the script where the client would act on it."""
    assume: Callable[[int, Mapping[str, Assumed]], str] | None = None
    """Make the check of the conditions behind a statement in a transaction; None: the schema is never asked."""
    rule: str = "-"
    """What a section's title is followed by, up to the end of its line."""

    @property
    def models_schema(self) -> bool:
        """Whether a model of the schema answers what revisions ask."""
        return self.assume is not None
