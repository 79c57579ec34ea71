"""What a script leaves to the person who runs it, where DDL commits by itself and its work is not looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changescript.model import spelled
from changescript.segments import Segment, is_marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.dialects.base import FrameInput, ManualStop
    from changescript.model import Heads

GO_ON = 'mend the cause and run what is left, as told below under "Guard"'

HOW_TO_GO_ON = """
-- What commits by itself (DDL above all) can't be undone. While a revision is half applied, alembic_version
-- says so: "b:2" means that 2 statements of b's upgrade are done ("b:-2": of its downgrade), and that the
-- third may have been started.
-- After a failure mend its cause, and look whether the statement that the state speaks of has done its work.
-- Run only what is left, from the line that names the state:
--     sed '/^-- start$/,/^-- go on at STATE$/d' FILE
-- If the work of that statement is there already, go on behind it:
--     sed '/^-- start$/,/^-- go on at STATE, statement N done$/d' FILE
""".strip()


def how_to_go_on(given: FrameInput) -> Iterator[str]:
    """Yield how to go on after a failure, where one can leave a half-done state."""
    if given.markers or is_marked(given.lower):
        yield HOW_TO_GO_ON


def manual_checks(given: FrameInput) -> Iterator[str]:
    """Yield what a person has to look for, where the script starts in a half-done state."""
    first = given.segments[0]
    if given.pending:
        place = given.pending.statement.source
        yield f"-- MANUAL CHECK: the statement of {place} may have been executed; undo it by hand if it was"
    if is_marked(first.needs) and first.outside:
        yield f"-- MANUAL CHECK: statement {first.numbers[0]} may have been executed; if it was, go on behind it"


def started(segment: Segment) -> Iterator[str]:
    """Yield the line that names a statement, for the log of a run that stops at it."""
    if segment.outside and segment.numbers:
        yield f"SELECT 'statement {segment.numbers[0]}; {from_line_of(segment)}' AS progress;"


def what_is_left(state: Heads, file: str) -> str:
    """Return the command that writes what is left of a script from a state on."""
    return f"sed '/^-- start$/,/^-- go on at {spelled(state)}$/d' {file}"


def when_done(stop: ManualStop, option: str) -> str:
    """Return what to run once a manual step is done, with the option that says so; the script is read from stdin."""
    command = stop.run_with(option)
    if stop.state:
        from_stdin = command.removesuffix(f" < {stop.file}").replace(f" -f {stop.file}", " -f -")
        command = f"{what_is_left(stop.state, stop.file)} | {from_stdin}"
    return f"when it is done, run: {command}"


def from_line_of(segment: Segment) -> str:
    """Return what to do if a run has stopped in a segment that starts from a half-done state."""
    return f'if it fails, run this file from its line "-- go on at {spelled(segment.needs)}"'


def way_on(segment: Segment) -> Iterator[str]:
    """Yield the line that a run may go on from."""
    if is_marked(segment.needs):
        behind = f", statement {segment.done_before.number} done" if segment.done_before else ""
        yield f"-- go on at {spelled(segment.needs)}{behind}"
