"""FROM:TO, and the steps between: held against what Alembic itself does on the same graph."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from alembic.runtime.migration import HeadMaintainer, MigrationContext, RevisionStep
from alembic.script.revision import Revision as AlembicRevision
from alembic.script.revision import RevisionMap
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from changescript.errors import UsageError
from changescript.history import (
    History,
    make_range,
    plan_rollback,
    plan_upgrade,
    range_of_uncovered,
    resolve_range,
    uncovered_revisions,
)
from changescript.model import Range, Revision, Step
from tests.projects import Rev, revs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alembic.script import Script

LINE = "a; b < a; c < b; d < c; e < d"
FORK = "a; b < a; c < a; d < b; e < c"
DIAMOND = "a; b < a; c < a; m < b c; z < m"
DEPENDENT = "a; b < a; x @ side; y < x + b"
TWO_BASES = "a; b < a; x @ side; y < x"
LABELLED = "a; b < a @ left; c < a @ right; d < b; e < c"
LONG_IDS = "3f2a1c9d0b7e; 3f2b00000000 < 3f2a1c9d0b7e; 77aa < 3f2b00000000; 77 < 77aa"


def history_of(revisions: Sequence[Rev]) -> History:
    """Return the graph without files: planning needs no more than the revisions."""
    found = {
        rev.id: Revision(
            id=rev.id,
            down=tuple(sorted({*rev.down, *rev.depends_on})),
            message="",
            file=Path(),
            path="",
            labels=(rev.label,) if rev.label else (),
        )
        for rev in revisions
    }
    return History(found)


def spelled(revisions: Range) -> tuple[str, str]:
    """Return a range as two words."""
    return ",".join(revisions.lower) or "base", ",".join(revisions.upper) or "base"


@pytest.mark.parametrize(
    ("graph", "text", "lower", "upper"),
    [
        (LINE, "base:head", "base", "e"),
        (LINE, "base:heads", "base", "e"),
        (LINE, "b:d", "b", "d"),
        (LINE, " b : d ", "b", "d"),
        (LINE, "head-2:head", "c", "e"),
        (LINE, "head-1:head", "d", "e"),
        (LINE, "-2:head", "c", "e"),
        (LINE, "b:+1", "b", "c"),
        (LINE, "b:+3", "b", "e"),
        (LINE, "base:+2", "base", "b"),
        (LINE, "a+1:a+3", "b", "d"),
        (LINE, "b:b+1", "b", "c"),
        (LINE, "c-1:c+1", "b", "d"),
        (LINE, "a-1:b", "base", "b"),
        (LINE, "base:base+1", "base", "a"),
        (LONG_IDS, "3f2a:3f2b", "3f2a1c9d0b7e", "3f2b00000000"),
        (LONG_IDS, "3f2b:77", "3f2b00000000", "77"),
        (LONG_IDS, "3f2b:77a", "3f2b00000000", "77aa"),
        (LONG_IDS, "3f2a:3f2a+1", "3f2a1c9d0b7e", "3f2b00000000"),
        (FORK, "a:heads", "a", "d,e"),
        (FORK, "a:d,e", "a", "d,e"),
        (FORK, "b,c:d,e", "b,c", "d,e"),
        (FORK, "c,b:e,d", "b,c", "d,e"),
        (FORK, "b, c: d, e", "b,c", "d,e"),
        (FORK, "b:d,e", "b", "d,e"),
        (FORK, "b,c:d", "b,c", "c,d"),
        (FORK, "d:d,c", "d", "c,d"),
        (FORK, "b:heads", "b", "d,e"),
        (FORK, "base:a,b", "base", "b"),
        (DIAMOND, "b,c:m", "b,c", "m"),
        (DIAMOND, "b:m", "b", "m"),
        (DIAMOND, "b,c:z", "b,c", "z"),
        (DIAMOND, "base:z-1", "base", "m"),
        (LABELLED, "a:left@head", "a", "d"),
        (LABELLED, "a:left@heads", "a", "d"),
        (LABELLED, "a:right@head", "a", "e"),
        (LABELLED, "a:left@head,right@head", "a", "d,e"),
        (LABELLED, "left:left@head", "b", "d"),
        (LABELLED, "base:left", "base", "b"),
        (LABELLED, "a:left@+1", "a", "b"),
        (LABELLED, "a:right@+2", "a", "e"),
        (LABELLED, "left@head-1:left@head", "b", "d"),
        (LABELLED, "left@-1:left@head", "b", "d"),
        (LABELLED, "d-2:d", "a", "d"),
        (TWO_BASES, "base:heads", "base", "b,y"),
        (TWO_BASES, "base:side@head", "base", "y"),
        (TWO_BASES, "b:heads", "b", "b,y"),
        (TWO_BASES, "b:b,side@head", "b", "b,y"),
        (DEPENDENT, "base:head", "base", "y"),
        (DEPENDENT, "base:side@head", "base", "y"),
        (DEPENDENT, "b:y", "b", "y"),
        (DEPENDENT, "b,x:y", "b,x", "y"),
        ("a; b < a @ pay-roll", "base:pay-roll", "base", "b"),
        ("a; b < a @ pay-roll; c < b", "a:pay-roll@head", "a", "c"),
    ],
)
def test_range_means_what_alembic_calls_it(graph: str, text: str, lower: str, upper: str) -> None:
    """Each side is whatever Alembic takes anywhere, resolved to the full and sorted set of heads."""
    assert spelled(resolve_range(history_of(revs(graph)), text)) == (lower, upper)


@pytest.mark.parametrize(
    ("graph", "text", "said"),
    [
        (LINE, "", "is not a range"),
        (LINE, "b", "is not a range"),
        (LINE, ":", "is not a range"),
        (LINE, "b:", "is not a range"),
        (LINE, ":b", "is not a range"),
        (LINE, "a:b:c", "is not a range"),
        (LINE, "a:nope", "'nope'"),
        (LINE, "nope:b", "'nope'"),
        (LINE, "a:b,nope", "'nope'"),
        (LINE, "a:b,", "''"),
        (LINE, "a:nope@head", "'nope'"),
        (LINE, "a:b@", "no revision is called"),
        (LINE, "a:b+", "'b+'"),
        (LINE, "a:b+x", "'b+x'"),
        (LINE, "a:+9", "beyond the head"),
        (LINE, "a:e+1", "beyond the head"),
        (LINE, "c-9:e", "beyond the base"),
        (LINE, "base-1:e", "beyond the base"),
        (LONG_IDS, "3f2:head", "3f2a1c9d0b7e, 3f2b00000000"),
        (FORK, "a:head", "2 heads: d, e"),
        (FORK, "-1:heads", "d, e"),
        (FORK, "a:+1", "b, c"),
        (DIAMOND, "m-1:z", "b, c"),
        (TWO_BASES, "base:+1", "a, x"),
        (LABELLED, "a:left@e", "'e'"),
        (LINE, "d:b", "TO (b) is not above FROM (d)"),
        (LINE, "b:base", "TO (base) is not above FROM (b)"),
        (LINE, "head:base", "TO (base) is not above FROM (e)"),
        (LINE, "b:b", "the same: b"),
        (LINE, "base:base", "the same: base"),
        (LINE, "head:heads", "the same: e"),
        (FORK, "b:c", "TO (c) is not above FROM (b)"),
        (FORK, "b:e", "TO (e) is not above FROM (b)"),
        (FORK, "d,e:b", "TO (b) is not above FROM (d,e)"),
        (TWO_BASES, "b:side@head", "TO (y) is not above FROM (b)"),
        (DIAMOND, "m:b,c", "TO (b,c) is not above FROM (m)"),
        (DEPENDENT, "y:b", "TO (b) is not above FROM (y)"),
    ],
)
def test_what_can_not_be_meant_is_refused_by_name(graph: str, text: str, said: str) -> None:
    """The error names the side that is wrong, and has a hint that says what to write."""
    with pytest.raises(UsageError) as caught:
        resolve_range(history_of(revs(graph)), text)
    assert said in str(caught.value)
    assert caught.value.hint


def test_range_names_its_folder() -> None:
    """The folder is called after both ends; several heads are joined by a plus sign."""
    history = history_of(revs(FORK))
    assert resolve_range(history, "base:a").name == "base__a"
    assert resolve_range(history, "b,c:heads").name == "b+c__d+e"


@pytest.mark.parametrize(
    ("graph", "text", "expected"),
    [
        (LINE, "base:c", "base>a a>b b>c"),
        (FORK, "a:heads", "a>b b>d d>c,d c,d>d,e"),
        (FORK, "b:c,d", "b>b,c b,c>c,d"),
        (DIAMOND, "base:z", "base>a a>b b>b,c b,c>m m>z"),
        (DIAMOND, "b:m", "b>b,c b,c>m"),
        (DIAMOND, "b,c:m", "b,c>m"),
        (TWO_BASES, "base:heads", "base>a a>b b>b,x b,x>b,y"),
        (DEPENDENT, "base:y", "base>a a>b b>b,x b,x>y"),
        (DEPENDENT, "b,x:y", "b,x>y"),
    ],
)
def test_steps_upwards_say_the_rows_before_and_after(graph: str, text: str, expected: str) -> None:
    """A branch adds a row, a merge or a dependency takes rows away, a plain step replaces one."""
    history = history_of(revs(graph))
    steps = plan_upgrade(history, resolve_range(history, text))
    assert " ".join(f"{_rows(step.before)}>{_rows(step.after)}" for step in steps) == expected


def _rows(heads: Iterable[str]) -> str:
    return ",".join(heads) or "base"


@pytest.mark.parametrize(
    ("graph", "covered", "expected"),
    [
        (LINE, [], "a b c d e"),
        (LINE, ["base:b", "b:c"], "d e"),
        (LINE, ["b:c"], "a b d e"),
        (LINE, ["base:head"], ""),
        (LINE, ["base:d", "b:e"], ""),
        (FORK, ["a:d"], "a c e"),
        (DIAMOND, ["base:b,c"], "m z"),
        (DEPENDENT, ["base:b"], "x y"),
    ],
)
def test_uncovered_revisions_are_those_that_no_range_holds(graph: str, covered: Sequence[str], expected: str) -> None:
    """They come lowest first."""
    history = history_of(revs(graph))
    found = uncovered_revisions(history, [resolve_range(history, text) for text in covered])
    assert " ".join(found) == expected


@pytest.mark.parametrize(
    ("graph", "covered", "expected"),
    [
        (LINE, [], ("base", "e")),
        (LINE, ["base:b", "b:c"], ("c", "e")),
        (FORK, ["base:a"], ("a", "d,e")),
        (FORK, ["base:b", "b:d"], ("d", "d,e")),
        (FORK, ["base:c,b"], ("b,c", "d,e")),
        (DIAMOND, ["base:b,c"], ("b,c", "z")),
        (DEPENDENT, ["base:b"], ("b", "y")),
    ],
)
def test_range_of_the_uncovered_starts_where_the_covered_end(
    graph: str, covered: Sequence[str], expected: tuple[str, str]
) -> None:
    """It holds exactly what no bundle holds, up to all heads."""
    history = history_of(revs(graph))
    ranges = [resolve_range(history, text) for text in covered]
    uncovered = uncovered_revisions(history, ranges)
    found = range_of_uncovered(history, uncovered)
    assert spelled(found) == expected
    assert {step.revision.id for step in plan_upgrade(history, found)} == set(uncovered)


@pytest.mark.parametrize("covered", [["b:c"], ["base:b", "c:d"], ["base:a", "b:head"]])
def test_hole_below_a_covered_revision_is_no_range(covered: Sequence[str]) -> None:
    """One range can't hold the hole and leave out what stands on it, so its name is asked for."""
    history = history_of(revs(LINE))
    ranges = [resolve_range(history, text) for text in covered]
    with pytest.raises(UsageError, match="below others that have one") as caught:
        range_of_uncovered(history, uncovered_revisions(history, ranges))
    assert "FROM:TO" in caught.value.hint


# Random graphs ------------------------------------------------------------------------------------

# The same graphs on every machine: a test that fails here must fail there.
same_everywhere = settings(max_examples=100, deadline=None, derandomize=True, database=None)


@st.composite
def graphs(draw: st.DrawFn, *, tidy: bool) -> list[Rev]:
    """Return a graph whose ids sort in another order than they stand on each other.

    In a tidy one no revision names a parent, and besides it one that lies below that parent.
    """
    ids = draw(st.permutations("abcdefgh"[: draw(st.integers(1, 8))]))
    revisions: list[Rev] = []
    for at, id_ in enumerate(ids):
        below = st.lists(st.sampled_from(ids[:at]), max_size=3, unique=True) if at else st.just([])
        needs = draw(below)
        if tidy:
            needs = [id_ for id_ in needs if not _is_below_another(revisions, id_, needs)]
        count = draw(st.integers(0, len(needs)))
        revisions.append(Rev(id_, tuple(needs[:count]), tuple(needs[count:])))
    return revisions


def _is_below_another(revisions: Sequence[Rev], id_: str, ids: Iterable[str]) -> bool:
    return any(id_ in _below(revisions, [other]) for other in ids if other != id_)


@dataclass(frozen=True)
class Case:
    """A graph and a range in it."""

    revisions: list[Rev]
    wanted: Range

    @property
    def history(self) -> History:
        """Return the graph as the planner takes it."""
        return history_of(self.revisions)


@st.composite
def cases(draw: st.DrawFn, *, tidy: bool = False) -> Case:
    """Return a graph and a range that makes sense in it."""
    revisions = draw(graphs(tidy=tidy))
    history = history_of(revisions)
    ids = [rev.id for rev in revisions]
    upper = _below(revisions, draw(st.sets(st.sampled_from(ids), min_size=1, max_size=3)))
    lower = _below(revisions, draw(st.sets(st.sampled_from(sorted(upper)), max_size=2)))
    assume(lower != upper)
    return Case(revisions, make_range(history, history.top_of(lower), history.top_of(upper)))


def _below(revisions: Sequence[Rev], ids: Iterable[str]) -> set[str]:
    """Return ids and all below them, by going round until nothing is new."""
    found, size = set(ids), -1
    while size != len(found):
        size = len(found)
        found |= {down for rev in revisions if rev.id in found for down in rev.down}
        found |= {down for rev in revisions if rev.id in found for down in rev.depends_on}
    return found


def _rows_when_applied(revisions: Sequence[Rev], applied: set[str]) -> tuple[str, ...]:
    """Return what nothing applied stands on: by definition the rows of alembic_version."""
    held = {down for rev in revisions if rev.id in applied for down in (*rev.down, *rev.depends_on)}
    return tuple(sorted(applied - held))


def _alembic_rows(revisions: Sequence[Rev], steps: Sequence[Step], *, is_upgrade: bool) -> list[tuple[str, ...]]:
    """Return the rows after each step, as Alembic's own bookkeeping has them in the same order."""
    found = [AlembicRevision(rev.id, rev.down or None, dependencies=rev.depends_on or None) for rev in revisions]
    for revision in found:
        revision.module = AlwaysNothing  # type: ignore[attr-defined]
    revision_map = RevisionMap(lambda: found)
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": io.StringIO()}
    )
    maintainer = HeadMaintainer(context, steps[0].before)
    rows = []
    for step in steps:
        revision = cast("Script", revision_map.get_revision(step.revision.id))
        maintainer.update_to_step(RevisionStep(revision_map, revision, is_upgrade))
        rows.append(tuple(sorted(maintainer.heads)))
    return rows


class AlwaysNothing:
    """A revision's module."""

    @staticmethod
    def upgrade() -> None: ...

    @staticmethod
    def downgrade() -> None: ...


@given(cases())
@same_everywhere
def test_upgrade_applies_each_missing_revision_once_and_after_what_it_needs(case: Case) -> None:
    """What is at or below TO and not at or below FROM, in an order that a database can take."""
    applied = _below(case.revisions, case.wanted.lower)
    ids = [step.revision.id for step in plan_upgrade(case.history, case.wanted)]
    assert sorted(ids) == sorted(_below(case.revisions, case.wanted.upper) - applied)
    for id_ in ids:
        applied.add(id_)
        assert _below(case.revisions, [id_]) <= applied


@given(cases())
@same_everywhere
def test_rows_between_steps_are_the_tops_of_what_is_applied(case: Case) -> None:
    """Each step starts from the rows that the one before it left, from FROM to TO."""
    steps = plan_upgrade(case.history, case.wanted)
    applied = _below(case.revisions, case.wanted.lower)
    assert steps[0].before == case.wanted.lower
    assert steps[-1].after == case.wanted.upper
    assert all(step.after == following.before for step, following in pairwise(steps))
    for step in steps:
        applied.add(step.revision.id)
        assert step.after == _rows_when_applied(case.revisions, applied)


# Alembic miscounts the rows where a revision names a parent and one below that parent, which only
# a file written by hand does: there the test above alone says what is right.
@given(cases(tidy=True))
@same_everywhere
def test_alembic_keeps_the_same_rows_on_the_way_up(case: Case) -> None:
    """After each step of an upgrade, alembic_version holds what Alembic itself would leave there."""
    steps = plan_upgrade(case.history, case.wanted)
    assert [step.after for step in steps] == _alembic_rows(case.revisions, steps, is_upgrade=True)


@given(cases(tidy=True))
@same_everywhere
def test_alembic_keeps_the_same_rows_on_the_way_down(case: Case) -> None:
    """After each step of a rollback too."""
    steps = plan_rollback(case.history, case.wanted)
    assert [step.after for step in steps] == _alembic_rows(case.revisions, steps, is_upgrade=False)


@given(cases())
@same_everywhere
def test_rollback_is_the_upgrade_backwards(case: Case) -> None:
    """The same revisions and the same states, from the last to the first."""
    up, down = plan_upgrade(case.history, case.wanted), plan_rollback(case.history, case.wanted)
    assert [step.revision for step in reversed(down)] == [step.revision for step in up]
    assert [(step.after, step.before) for step in reversed(down)] == [(step.before, step.after) for step in up]


@given(cases(), st.permutations(range(8)))
@same_everywhere
def test_order_of_the_files_does_not_change_the_order_of_the_steps(case: Case, order: list[int]) -> None:
    """However the files are listed, and in whatever order a revision names its parents."""
    turned = [Rev(rev.id, rev.down[::-1], rev.depends_on[::-1]) for rev in case.revisions]
    shuffled = history_of([turned[at] for at in order if at < len(turned)])
    assert [step.revision.id for step in plan_upgrade(shuffled, case.wanted)] == [
        step.revision.id for step in plan_upgrade(case.history, case.wanted)
    ]
