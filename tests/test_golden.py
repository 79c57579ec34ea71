"""The histories of tests/golden are rendered as the files beside them say, for every dialect, to the last byte.

They are only compared here; `CHANGESCRIPT_GOLDEN=rewrite pytest tests/test_golden.py` writes them anew.
"""

from __future__ import annotations

import os
import re

import pytest

from tests.golden_cases import CASES, DIALECTS, FOLDER, REFUSED, SCRIPTS, Case, found

REWRITES = os.environ.get("CHANGESCRIPT_GOLDEN") == "rewrite"

of_dialects = pytest.mark.parametrize("dialect", DIALECTS)
of_cases = pytest.mark.parametrize("case", CASES, ids=str)


def rewrite(case: Case, dialect: str, files: dict[str, str]) -> None:
    """Put files beside the revisions, and take away what a dialect no longer has."""
    for name in (*SCRIPTS, REFUSED):
        case.file(dialect, name).unlink(missing_ok=True)
    for name, text in files.items():
        case.file(dialect, name).write_text(text, encoding="utf-8", newline="")


@of_dialects
@of_cases
def test_history_is_rendered_as_written(case: Case, dialect: str) -> None:
    """Both scripts, or the refusal, are those beside the revisions."""
    expected, made = case.expected(dialect), found(case, dialect)
    if REWRITES and made != expected:
        rewrite(case, dialect, made)
    assert made == expected, "see this module's first lines for how to write them anew"


@of_cases
def test_a_refusal_names_the_revision_and_its_line_or_the_setting(case: Case) -> None:
    """Whoever reads it finds the place, and is told what to do."""
    place = r"revision \w+ \(versions/\w+\.py:\d+\): |env\.py sets \w+"
    for dialect in DIALECTS:
        lines = case.expected(dialect).get(REFUSED, "").removeprefix("changescript: ").splitlines()
        if len(lines) > 2:
            count = lines.pop(0)
            assert count == f"{len(lines) // 2} things can't be rendered"
        for said, hint in zip(lines[::2], lines[1::2], strict=True):
            assert re.match(place, said.lstrip()), said
            assert hint.startswith("  "), said


def test_every_history_has_a_script_for_some_dialect_or_none_on_purpose() -> None:
    """What all refuse is there to show the refusal."""
    assert len(CASES) >= 10
    refused = [case.name for case in CASES if all(REFUSED in case.expected(dialect) for dialect in DIALECTS)]
    assert refused == ["asks_for_rows"]


def test_no_file_is_left_over() -> None:
    """Each file is one that the tests read, so that nobody trusts one that nothing compares."""
    known = {"alembic.ini", "pyproject.toml", "versions"}
    for case in CASES:
        for dialect in DIALECTS:
            names = (*SCRIPTS, REFUSED, "before.sql", "after.sql")
            known |= {case.file(dialect, name).name for name in names}
        assert {path.name for path in case.root.iterdir()} <= known, case
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == {case.name for case in CASES}
