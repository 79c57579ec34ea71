"""What becomes of the histories of tests/histories is what their case.toml says: a script, or refusals by line."""

from __future__ import annotations

import dataclasses
import re

import pytest

from changescript.errors import ChangescriptError
from tests.history_cases import (
    CLASSES,
    FOLDER,
    HISTORIES,
    RUNS,
    History,
    Outcome,
    assumptions,
    fits,
    misfits,
    refusals,
    rendered,
)

# A warning of SQLAlchemy's, such as that of a key that a batch makes anew, is none of a test's.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

of_histories = pytest.mark.parametrize("case", HISTORIES, ids=str)
RENDERED = [(dialect, case) for dialect, case in RUNS if not case.outcomes[dialect].refused]
REFUSED = [(dialect, case) for dialect, case in RUNS if case.outcomes[dialect].refused]


def named(runs: list[tuple[str, History]]) -> list[str]:
    """Return the names of tests."""
    return [f"{dialect}-{case}" for dialect, case in runs]


@pytest.mark.parametrize(("dialect", "case"), REFUSED, ids=named(REFUSED))
def test_what_can_not_be_rendered_is_refused_by_revision_and_line(dialect: str, case: History) -> None:
    """Each refusal is expected, and each that is expected is told: nothing is rendered by a guess."""
    found = refusals(case, dialect)
    assert misfits(case.outcomes[dialect].refused, found) == ([], []), found
    for text in found:
        assert re.match(r"revision \w+ \((versions/\w+\.\w+|[\w/]+\.py|\w+\.sql)(:\d+)?\): ", text), text


@pytest.mark.parametrize(("dialect", "case"), RENDERED, ids=named(RENDERED))
def test_script_says_what_it_assumes_and_where_it_stops(dialect: str, case: History) -> None:
    """Neither an assumption more nor one less than case.toml says."""
    expected = case.outcomes[dialect]
    try:
        made = rendered(case, dialect)
    except ChangescriptError as error:
        pytest.fail(f"{error}\n  {error.hint}")
    assert misfits(expected.upgrade, assumptions(made, "upgrade.sql")) == ([], [])
    assert misfits(expected.rollback, assumptions(made, "rollback.sql")) == ([], [])
    scripts = made.manifest["scripts"]
    assert fits(expected.stops, scripts["rollback.sql"]["stops"] or "")
    assert scripts["upgrade.sql"]["stops"] is None
    overrides = [each["file"] for script in scripts.values() for each in script["overrides"]]
    assert tuple(overrides) == expected.overrides
    text = made.upgrade + made.rollback
    assert [part for part in expected.contains if part not in text] == []
    assert [part for part in expected.lacks if part in text] == []
    assert rendered(case, dialect).files == made.files, "the same bytes every time"


@of_histories
def test_case_says_what_it_is_about(case: History) -> None:
    """Its pattern is a sentence, its class is one of those that were counted, and nothing in it is read over."""
    assert case.told["class"] in CLASSES
    assert case.told["pattern"].endswith(".")
    assert set(case.told) <= {"pattern", "class", "range", "outcome"}
    known = {field.name for field in dataclasses.fields(Outcome)} | {"dialects"}
    said = [dialect for entry in case.told["outcome"] for dialect in entry["dialects"]]
    assert len(said) == len(set(said)), "a dialect has one outcome"
    for entry in case.told["outcome"]:
        assert set(entry) <= known
        assert not entry.get("refused") or set(entry) <= {"dialects", "refused", "online", "online_back"}


def test_every_class_of_real_histories_is_there() -> None:
    """At least three of each kind that was counted, and sixty altogether."""
    assert len(HISTORIES) >= 60
    kinds = [case.told["class"] for case in HISTORIES]
    assert {kind: kinds.count(kind) for kind in CLASSES if kinds.count(kind) < 3} == {}


def test_every_folder_is_a_case() -> None:
    """So that nobody trusts one that nothing runs."""
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == {case.name for case in HISTORIES}
    for case in HISTORIES:
        assert (case.root / "alembic.ini").is_file(), case
