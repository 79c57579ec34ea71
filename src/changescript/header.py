"""The comment at the top of a script that answers a DBA's questions in the order they are asked."""

from __future__ import annotations

import shlex
import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from changescript.comments import safe_comment
from changescript.model import Assumed, Direction, Heads, Override, Range, Request, SourceLine, Stop, spelled
from changescript.segments import PlannedStep, is_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from changescript.dialects.base import Dialect, FrameInput

WIDTH = 100
RULE = "-- " + "=" * (WIDTH - 3)
_LABEL = 13
_MANY = 3
"""Parts alike from which they are told of together."""


@dataclass(frozen=True, slots=True)
class HeaderInput:
    """What the header of one script tells."""

    direction: Direction
    request: Request
    dialect: Dialect
    steps: tuple[PlannedStep, ...]
    frame: FrameInput
    losing: Sequence[int]
    """Numbers of the statements that overwrite or remove values."""
    target: str
    x: tuple[str, ...]
    asked_for: bool
    """Whether the dialect is another one than env.py configures."""
    stop: Stop | None
    """Where the way back ends before FROM, if it does."""
    overrides: Sequence[tuple[str, Override]]
    """Revisions, and the files that stand in their place."""

    @property
    def resumes(self) -> bool:
        """Whether the script, run again as a whole, goes on where it has stopped."""
        resumes = self.dialect.resumes
        return self.dialect.transactional_ddl if resumes is None else resumes

    @property
    def options(self) -> str:
        """What `changescript sql` needs besides a range and a ticket to make the script again."""
        options = [f"--target {self.target}"] if self.target else []
        if not self.target and (self.asked_for or self.request.no_env):
            options.append(f"--dialect {self.dialect.name}")
        if self.request.no_env:
            options.append("--no-env")
        if not self.target and self.request.engine is not None:
            options.append(f"--engine {shlex.quote(self.request.engine)}")
        # Their values may be secrets.
        options += [f"-x {shlex.quote(each.partition('=')[0])}=..." for each in self.x]
        return "".join(f" {option}" for option in options)


def build_header(given: HeaderInput, digest: str) -> str:
    """Return the header of a script, with its last line end; `digest` is the SHA-256 of the text below it."""
    lines = [
        RULE,
        f"-- changescript: {given.direction.value} script, generated; do not edit",
        "--",
        *_rows(_facts(given, digest)),
        "--",
        *_rows(_step_rows(given)),
        RULE,
    ]
    return "".join(f"{given.dialect.comment(line)}\n" for line in lines)


def build_empty_header(direction: Direction, at: Heads, request: Request, why: str) -> str:
    """Return a script that holds a comment alone, which says why nothing leads on from `at`."""
    facts = [
        *([("Change", request.ticket)] if request.ticket else []),
        *_labelled("From", [spelled(at)]),
        *_labelled("STOPS", [f"at once, at {why}"]),
        *_labelled("Expect", ["nothing: there is no way back, and no statement in this file"]),
    ]
    lines = [RULE, f"-- changescript: {direction.value} script, generated; do not edit", "--", *_rows(facts), RULE]
    return "".join(f"{line}\n" for line in lines)


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, text in rows:
        yield f"--   {label:<{_LABEL}}{safe_comment(text)}".rstrip()


def _wrapped(text: str) -> list[str]:
    """Return prose in lines that fit beside the labels."""
    return textwrap.wrap(text, WIDTH - len("--   ") - _LABEL, break_long_words=False, break_on_hyphens=False)


def _facts(given: HeaderInput, digest: str) -> Iterator[tuple[str, str]]:
    lower, upper = spelled(given.frame.lower), spelled(given.frame.upper)
    file = f"{given.direction.value}.sql"
    count = sum(len(step.statements) for step in given.steps)
    if given.request.ticket:
        yield "Change", given.request.ticket
    if given.target:
        yield "Target", given.target
    yield from _labelled("From", [lower])
    if given.stop and given.direction is Direction.ROLLBACK:
        yield from _labelled("STOPS", [f"before {spelled(given.request.revisions.lower)}, at {given.stop}"])
    holds = f"{_plural(len(given.steps), 'revision')}, {_plural(count, 'statement')}"
    yield from _labelled("To", [f"{upper}    {holds}"])
    release = given.frame.release
    yield "Dialect", f"{given.dialect.name} {release}" if release else given.dialect.title
    yield "Run", given.dialect.run_command.format(file=file)
    yield "Client", given.dialect.client
    yield from _labelled("Expect", [given.dialect.expect.format(state=upper)])
    markers = given.frame.markers
    half_done = " or half-way through this script" if markers and given.resumes else ""
    assumed = ", or not as assumed below" if given.frame.assumed else ""
    yield from _labelled(
        "Refuses",
        [f"any database that is not exactly at {lower}{half_done}{assumed}; nothing is changed then"],
    )
    yield from _labelled("Assumes", _assumptions(given.frame.assumed))
    yield from _labelled("If it fails", _failures(given))
    yield from _labelled("Undo", _undo(given))
    yield from _labelled("Hand-written", [f"{id_} is {override.path}" for id_, override in given.overrides])
    yield from _labelled("Manual", _manual_steps(given))
    if given.dialect.settings_shown:
        yield "Settings", _settings(given)
    yield "Regenerate", _command(given, given.request.revisions)
    yield "SHA-256", f"{digest} of all that follows"


def _labelled(label: str, sentences: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in (line for sentence in sentences for line in _wrapped(sentence)):
        yield label, line
        label = ""


def _assumptions(assumed: Iterable[Assumed]) -> Iterator[str]:
    """Yield what was told to each line of a revision; what has the same answer stands together."""
    alike: dict[tuple[SourceLine, str, str, str], list[str]] = {}
    for each in assumed:
        one = each.assumption
        where = f" behind statement {each.behind}" if one.later and each.behind else ""
        alike.setdefault((one.source, one.kind, one.answer, where), []).append(one.about)
    for (source, kind, answer, where), names in alike.items():
        about = ", ".join(dict.fromkeys(name for name in names if name))
        yield f"{source}: {kind}{' ' if about else ''}{about}{where}: {answer}"


def _manual_steps(given: HeaderInput) -> Iterator[str]:
    """Yield where the script stops until a person has done something."""
    for planned in given.frame.planned:
        if planned.statement.manual:
            says = safe_comment(planned.statement.manual.text)
            yield f"stops at statement {planned.number}, and says there how to go on: {says}"


def _failures(given: HeaderInput) -> Iterator[str]:
    """Yield, for each part of the script, what remains when it fails there and how to go on."""
    for alike in _alike(_failing_parts(given)):
        if len(alike) >= _MANY:
            first, last = alike[0], alike[-1]
            where = f"in statements {first.numbers[0]}-{last.numbers[0]}"
            says = f"alembic_version says {spelled(first.state)} to {spelled(last.state)}"
            yield f"{where}: those before the one that has failed stay, {says}; {_go_on(given, first.state)}"
        else:
            yield from (f"{part.where}: {_what_remains(given, part)}" for part in alike)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a script that leaves the same rows behind wherever it fails."""

    state: Heads
    numbers: tuple[int, ...]
    done: int
    """Number of the last statement before it; 0: none."""

    @property
    def where(self) -> str:
        if self.numbers:
            return f"in {_statements(self.numbers)}"
        return f"after statement {self.done}" if self.done else "before statement 1"


def _failing_parts(given: HeaderInput) -> Iterator[_Part]:
    done = 0
    for state, segments in groupby(given.frame.segments, key=lambda segment: segment.needs):
        numbers = tuple(number for segment in segments for number in segment.numbers)
        yield _Part(state, numbers, done)
        done = max([done, *numbers])


def _alike(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Group parts that follow each other and hold one statement of the same revision each, half-done before it."""

    def kind(part: _Part) -> object:
        single = is_marked(part.state) and len(part.numbers) == 1
        return tuple(head.partition(":")[0] for head in part.state) if single else part

    for _, group in groupby(parts, key=kind):
        yield list(group)


def _what_remains(given: HeaderInput, part: _Part) -> str:
    state, done = part.state, part.done
    if state == given.frame.lower and not is_marked(state):
        return "nothing has changed"
    kept = f"statements 1-{done} stay" if done > 1 else "statement 1 stays" if done else "no other has run"
    if is_marked(state):
        return f"{kept}, alembic_version says {spelled(state)}; {_go_on(given, state)}"
    asked = given.request.revisions
    if given.direction is Direction.UPGRADE:
        rest = Range(state, asked.upper)
    else:
        rest = Range(asked.upper if is_marked(given.frame.lower) else asked.lower, state)
    return f"{kept}, the database is at {spelled(state)}; go on with {_command(given, rest)}"


def _go_on(given: HeaderInput, state: Heads) -> str:
    return given.dialect.go_on.format(file=f"{given.direction.value}.sql", state=spelled(state))


def _undo(given: HeaderInput) -> Iterator[str]:
    if is_marked(given.frame.lower):
        yield "this script starts half-way through a revision; there is no way back to that"
    else:
        yield "rollback.sql of this folder" if given.direction is Direction.UPGRADE else "upgrade.sql of this folder"
    if given.stop and given.direction is Direction.UPGRADE:
        yield f"it does not lead back to {spelled(given.request.revisions.lower)}, but stops at {given.stop}"
    if given.frame.markers:
        rest = "this file to its end" if given.resumes else "what is left of this file"
        yield f"half-way through, run {rest} first"
        if not is_marked(given.frame.lower):
            yield from _ways_back(given)
    if given.losing:
        ending = "s" if len(given.losing) == 1 else ""
        yield f"no script brings back what {_statements(given.losing)} overwrite{ending} or remove{ending}"
    silent = [step.step.revision.id for step in given.steps if not step.statements]
    if silent:
        yield f"nothing is done here for {', '.join(silent)}: only the version changes"


def _ways_back(given: HeaderInput) -> Iterator[str]:
    """Yield from which half-done states a script leads back, and from which none can."""
    known = frozenset(given.frame.markers)
    for step in given.steps:
        states = [step.rows(done) for done in range(len(step.statements) + 1)]
        lasting = next((at for at, item in enumerate(step.statements) if item.statement.inverse is None), len(states))
        markers = [state for state in states if state in known]
        back = [state for state in markers if states.index(state) <= lasting]
        if back:
            yield f"at {_span(back)}, or back with {_command(given, Range(_whole(step), step.step.before))}"
        if markers[len(back) :]:
            yield f"at {_span(markers[len(back) :])}, nothing undoes statement {step.statements[lasting].number}"


def _whole(step: PlannedStep) -> Heads:
    """Return how a range names a half-done state of a step: by the whole id, and a count to be filled in."""
    count = "N" if step.step.direction is Direction.UPGRADE else "-N"
    kept = set(step.step.before) & set(step.step.after)
    return (*sorted(kept), f"{step.step.revision.id}:{count}")


def _span(states: Sequence[Heads]) -> str:
    """Return the first and the last of some states."""
    first, last = spelled(states[0]), spelled(states[-1])
    return first if first == last else f"{first} to {last}"


def _settings(given: HeaderInput) -> str:
    settings = given.frame.settings
    return ", ".join(f"{name} {getattr(settings, name)}" for name in given.dialect.settings_shown)


def _step_rows(given: HeaderInput) -> Iterator[tuple[str, str]]:
    for step in given.steps:
        revision = step.step.revision
        text = f"{revision.id}    {safe_comment(revision.message)}"
        yield from _labelled(f"{step.index} of {len(given.steps)}", [text])


def shortened(text: str, width: int) -> str:
    """Return outside text as it stands in a comment, cut to at most `width` columns; the header has it whole."""
    safe = safe_comment(text)
    return safe if len(safe) <= width else f"{safe[: width - 1]}…"


def _command(given: HeaderInput, revisions: Range) -> str:
    ticket = f" --ticket {shlex.quote(given.request.ticket)}" if given.request.ticket else ""
    return f"changescript sql {revisions}{given.options}{ticket}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _statements(numbers: Iterable[int]) -> str:
    """Return `statement 5` or `statements 1-4, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    single = len(runs) == 1 and len(runs[0]) == 1
    return f"{'statement' if single else 'statements'} {', '.join(spans)}"
