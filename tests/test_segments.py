"""What is committed together, and what alembic_version says in between."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changescript.model import (
    Direction,
    Heads,
    RecordedStep,
    Revision,
    SourceLine,
    Statement,
    Step,
    TransactionMode,
)
from changescript.segments import (
    Heading,
    Mode,
    Planned,
    PlannedStep,
    Postcondition,
    Precondition,
    Segment,
    Stamp,
    is_marked,
    marker,
    plan_segments,
    plan_step,
)

LETTERS = {"j": Mode.JOINS, "a": Mode.ALONE, "o": Mode.OUTSIDE}
same_everywhere = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def step_of(id_: str, before: Heads, after: Heads, direction: Direction = Direction.UPGRADE) -> Step:
    """Return a step that only the states matter of."""
    return Step(Revision(id_, (), "", Path(), ""), direction, before, after)


def planned(step: Step, modes: str, index: int, first: int) -> PlannedStep:
    """Return the step with a statement for each letter of `modes`."""
    statements = tuple(
        Statement(f"{step.revision.id} {at}", None, SourceLine("a.py", at)) for at, _ in enumerate(modes)
    )
    return plan_step(index, first, RecordedStep(step, statements), [LETTERS[letter] for letter in modes])


def chain(*modes: str, direction: Direction = Direction.UPGRADE) -> list[PlannedStep]:
    """Return steps r1, r2, … upwards (or …, r2, r1 down) with a statement for each letter."""
    steps, first = [], 1
    for at, letters in enumerate(modes):
        index = at if direction is Direction.UPGRADE else len(modes) - 1 - at
        below = (f"r{index}",) if index else ()
        above = (f"r{index + 1}",)
        before, after = (below, above) if direction is Direction.UPGRADE else (above, below)
        step = step_of(above[0], before, after, direction)
        steps.append(planned(step, letters, at + 1, first))
        first += len(letters)
    return steps


def drawn(segments: tuple[Segment, ...]) -> str:
    """Return segments as one line: `needs[items]`, with round brackets outside a transaction."""
    return " ".join(
        f"{_rows(segment.needs)}{'(' if segment.outside else '['}"
        f"{' '.join(_drawn_item(item) for item in segment.items)}{')' if segment.outside else ']'}"
        for segment in segments
    )


def _drawn_item(item: object) -> str:
    if isinstance(item, Heading):
        return f"#{item.step.index}"
    if isinstance(item, Precondition):
        return f"?{item.planned.number}"
    if isinstance(item, Postcondition):
        return f"!{item.planned.number}"
    if isinstance(item, Planned):
        return str(item.number)
    assert isinstance(item, Stamp)
    return f"={_rows(item.after)}"


def _rows(heads: Heads) -> str:
    return ",".join(heads) or "base"


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        (["jj"], "base[#1 1 2 =r1]"),
        ([""], "base[#1 =r1]"),
        (["jj", "j"], "base[#1 1 2 =r1 #2 3 =r2]"),
        (["j", "", "j"], "base[#1 1 =r1 #2 =r2 #3 2 =r3]"),
        (["o"], "base[#1 ?1 =r1:0] r1:0(1) r1:0[!1 =r1]"),
        (["jo"], "base[#1 1 ?2 =r1:1] r1:1(2) r1:1[!2 =r1]"),
        (
            ["joj"],
            "base[#1 1 ?2 =r1:1] r1:1(2) r1:1[!2 =r1:2] r1:2[3 =r1]",
        ),
        (
            ["oo"],
            "base[#1 ?1 =r1:0] r1:0(1) r1:0[!1 ?2 =r1:1] r1:1(2) r1:1[!2 =r1]",
        ),
        (["a"], "base[#1 1 =r1]"),
        (["aa"], "base[#1 1 =r1:1] r1:1[2 =r1]"),
        (["ja"], "base[#1 1 =r1:1] r1:1[2 =r1]"),
        (["aj"], "base[#1 1 =r1:1] r1:1[2 =r1]"),
        (["j", "a"], "base[#1 1 =r1 =r2:0] r2:0[2 =r2]"),
        (["j", "o"], "base[#1 1 =r1 #2 ?2 =r2:0] r2:0(2) r2:0[!2 =r2]"),
        (
            ["o", "j"],
            "base[#1 ?1 =r1:0] r1:0(1) r1:0[!1 =r1:1] r1:1[=r1 #2 2 =r2]",
        ),
        (
            ["o", "o"],
            "base[#1 ?1 =r1:0] r1:0(1) r1:0[!1 =r1:1] r1:1[=r1 #2 ?2 =r2:0] r2:0(2) r2:0[!2 =r2]",
        ),
    ],
)
def test_one_transaction_holds_all_that_it_can(modes: list[str], expected: str) -> None:
    """Only a statement that can't join cuts the script, and then a marker stands in the table."""
    found = plan_segments(chain(*modes), TransactionMode.SCRIPT)
    # A heading may stand on either side of a cut that its step makes before its first statement.
    assert _without_headings(drawn(found)) == _without_headings(expected)


def _without_headings(text: str) -> str:
    words = text.replace("[", "[ ").replace("]", " ]").split()
    return " ".join(word for word in words if not word.startswith("#"))


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        (["jj", "j"], "base[#1 1 2 =r1] r1[#2 3 =r2]"),
        (["j", "", "j"], "base[#1 1 =r1] r1[#2 =r2] r2[#3 2 =r3]"),
        (["j", "o"], "base[#1 1 =r1] r1[#2 ?2 =r2:0] r2:0(2) r2:0[!2 =r2]"),
        (["a", "a"], "base[#1 1 =r1] r1[#2 2 =r2]"),
        (["jo", "j"], "base[#1 1 ?2 =r1:1] r1:1(2) r1:1[!2 =r1] r1[#2 3 =r2]"),
    ],
)
def test_one_transaction_a_revision_commits_each(modes: list[str], expected: str) -> None:
    """Every revision ends with a commit of its own id."""
    found = plan_segments(chain(*modes), TransactionMode.REVISION)
    assert _without_headings(drawn(found)) == _without_headings(expected)


def test_rollback_counts_with_a_minus_sign() -> None:
    """A marker on the way down is not one of the way up, so neither script goes on from the other's."""
    found = plan_segments(chain("jo", direction=Direction.ROLLBACK), TransactionMode.SCRIPT)
    assert drawn(found) == "r1[#1 1 ?2 =r1:-1] r1:-1(2) r1:-1[!2 =base]"


def test_rows_of_other_branches_stay_beside_the_marker() -> None:
    """A marker replaces the rows that the step replaces, and no others."""
    merge = planned(step_of("m", ("b", "c", "x"), ("m", "x")), "jo", 1, 1)
    found = plan_segments([merge], TransactionMode.SCRIPT)
    assert [segment.needs for segment in found] == [("b", "c", "x"), ("m:1", "x"), ("m:1", "x")]


# Any mix ------------------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn) -> list[PlannedStep]:
    """Return steps in one direction: a line with a branch that begins, stays and is merged."""
    direction = draw(st.sampled_from(Direction))
    modes = draw(st.lists(st.text("jjao", max_size=5), min_size=1, max_size=5))
    states: list[Heads] = [draw(st.sampled_from([(), ("base1",), ("base1", "x")]))]
    for at in range(len(modes)):
        kept = draw(st.integers(0, len(states[-1])))
        new = draw(st.text("abcdef0123456789_", min_size=1, max_size=31)) + str(at)
        states.append(tuple(sorted({*states[-1][:kept], new})))
    steps, first = [], 1
    for at, letters in enumerate(modes):
        revision = (set(states[at + 1]) - set(states[at])).pop()
        steps.append(planned(step_of(revision, states[at], states[at + 1], direction), letters, at + 1, first))
        first += len(letters)
    return steps


modes_of_transaction = st.sampled_from(TransactionMode)


def _items(segments: tuple[Segment, ...], kind: type) -> list[object]:
    return [item for segment in segments for item in segment.items if isinstance(item, kind)]


@given(plans(), modes_of_transaction)
@same_everywhere
def test_every_statement_and_heading_stands_once_and_in_order(steps: list[PlannedStep], mode: TransactionMode) -> None:
    """Cutting loses nothing, repeats nothing and moves nothing."""
    segments = plan_segments(steps, mode)
    expected: list[object] = []
    for step in steps:
        expected += [step, *step.statements]
    found = [
        item.step if isinstance(item, Heading) else item
        for segment in segments
        for item in segment.items
        if isinstance(item, Heading | Planned)
    ]
    assert found == expected
    assert [number for segment in segments for number in segment.numbers] == list(
        range(1, 1 + sum(len(step.statements) for step in steps))
    )


@given(plans(), modes_of_transaction)
@same_everywhere
def test_each_segment_starts_from_the_rows_that_the_one_before_it_left(
    steps: list[PlannedStep], mode: TransactionMode
) -> None:
    """Stamps follow on each other, from the first step's rows to those of the last."""
    segments = plan_segments(steps, mode)
    state = steps[0].step.before
    for segment in segments:
        assert segment.needs == state
        for item in segment.items:
            if isinstance(item, Stamp):
                assert item.before == state
                assert item.after != item.before
                state = item.after
    assert state == steps[-1].step.after


@given(plans(), modes_of_transaction)
@same_everywhere
def test_a_statement_that_can_not_join_is_the_only_one_of_its_segment(
    steps: list[PlannedStep], mode: TransactionMode
) -> None:
    """Nothing but such a statement runs outside a transaction, and then nothing else does with it."""
    for segment in plan_segments(steps, mode):
        modes = [item.mode for item in segment.items if isinstance(item, Planned)]
        assert segment.outside == (Mode.OUTSIDE in modes)
        if segment.outside:
            assert len(segment.items) == 1
        if Mode.JOINS not in modes:
            assert len(modes) <= 1
        else:
            assert set(modes) == {Mode.JOINS}


@given(plans(), modes_of_transaction)
@same_everywhere
def test_what_runs_outside_a_transaction_starts_from_a_marker(steps: list[PlannedStep], mode: TransactionMode) -> None:
    """If it fails, the table says that it was started, and how many statements were done."""
    marker_before = {
        item.number: marker(step.step.revision.id, step.step.direction, done)
        for step in steps
        for done, item in enumerate(step.statements)
    }
    for segment in plan_segments(steps, mode):
        if segment.outside:
            (number,) = segment.numbers
            assert marker_before[number] in segment.needs


@given(plans(), modes_of_transaction)
@same_everywhere
def test_precondition_comes_before_the_marker_is_committed(steps: list[PlannedStep], mode: TransactionMode) -> None:
    """Once for each statement outside: while its failure still leaves everything as it was."""
    segments = plan_segments(steps, mode)
    outside = [item for item in _items(segments, Planned) if item.mode is Mode.OUTSIDE]  # type: ignore[attr-defined]
    checked = [item.planned for item in _items(segments, Precondition)]  # type: ignore[attr-defined]
    assert checked == outside
    for before, segment in pairwise(segments):
        if segment.outside:
            kinds = [type(item) for item in before.items]
            assert kinds[-2:] == [Precondition, Stamp]
            assert before.items[-2] == Precondition(segment.items[0])  # type: ignore[arg-type]
            assert before.items[-1] == Stamp(before.items[-1].before, segment.needs)  # type: ignore[union-attr]


@given(plans(), modes_of_transaction)
@same_everywhere
def test_postcondition_comes_before_the_marker_says_done(steps: list[PlannedStep], mode: TransactionMode) -> None:
    """Right behind each statement outside, in the transaction that books it: a failed one is never booked."""
    segments = plan_segments(steps, mode)
    for segment, after in pairwise(segments):
        if segment.outside:
            assert after.items[0] == Postcondition(segment.items[0])  # type: ignore[arg-type]
            assert any(isinstance(item, Stamp) for item in after.items)


@given(plans())
@same_everywhere
def test_script_wide_transaction_never_rests_on_a_revision_in_the_middle(
    steps: list[PlannedStep],
) -> None:
    """Between FROM and TO the table holds a marker, so that no other script starts from there."""
    for segment in plan_segments(steps, TransactionMode.SCRIPT)[1:]:
        assert is_marked(segment.needs)


@given(plans())
@same_everywhere
def test_revision_wide_transaction_rests_on_every_revision(steps: list[PlannedStep]) -> None:
    """After each step a segment ends with its rows committed."""
    left = [
        segment.items[-1].after
        for segment in plan_segments(steps, TransactionMode.REVISION)
        if isinstance(segment.items[-1], Stamp)
    ]
    assert [rows for rows in left if not is_marked(rows)] == [step.step.after for step in steps]


@given(plans(), modes_of_transaction)
@same_everywhere
def test_state_between_segments_tells_where_to_go_on(steps: list[PlannedStep], mode: TransactionMode) -> None:
    """The same rows are left twice only by a marker and the statement outside that it announces."""
    segments = plan_segments(steps, mode)
    for number, segment in enumerate(segments):
        repeated = [other for other in segments[:number] if other.needs == segment.needs]
        assert all(other.outside for other in repeated)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("length", [1, 12, 30, 31, 32])
@pytest.mark.parametrize("done", [0, 9, 10, 12345])
def test_marker_fits_the_column_and_can_not_be_an_id(direction: Direction, length: int, done: int) -> None:
    """Alembic's version_num holds 32 characters; no revision id may hold a colon."""
    found = marker("f" * length, direction, done)
    assert len(found) <= 32
    assert ":" in found
    assert is_marked(("other", found))
    assert not is_marked(("other",))


def test_markers_of_long_ids_tell_the_revisions_apart() -> None:
    """A script must not go on from the half-done state of another revision."""
    ids = ["add_severity_to_threat_events_v1", "add_severity_to_threat_events_v2"]
    assert len({marker(id_, Direction.UPGRADE, 3) for id_ in ids}) == 2
