"""A revision that can't be taken back: its rollback says where it stops, and so do exit code and list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.projects import Rev, ThrowAway, make_project

if TYPE_CHECKING:
    from pathlib import Path

RAISES = 'raise NotImplementedError("the old values are gone")'
MIDDLE = "b (migrations/versions/b.py:20): its downgrade() raises NotImplementedError"


@pytest.fixture
def project(tmp_path: Path) -> ThrowAway:
    """Return a project of three revisions; the second can't be taken back."""
    return make_project(tmp_path / "project", [Rev("a"), Rev("b", ("a",), downgrade=RAISES), Rev("c", ("b",))])


def test_way_back_stops_above_the_revision(project: ThrowAway) -> None:
    """What lies above it is taken back, and every place where a person looks says that the rest is not."""
    outcome = project.run("sql", "base:c")
    assert outcome.code == 1
    assert f"  there is no whole way back: rollback.sql stops at {MIDDLE}\n" in outcome.err
    folder = project.output / "base__c"
    rollback, upgrade = ((folder / f"{name}.sql").read_text() for name in ("rollback", "upgrade"))
    assert "--   From         c\n--   STOPS        before base, at b (migrations/versions/b.py:20): its" in rollback
    assert "--   To           b    1 revision, 1 statement\n" in rollback
    assert '"OK: database DATABASE is at b"' in rollback
    assert "DROP TABLE t_c;" in rollback
    assert "DROP TABLE t_b" not in rollback
    assert "it does not lead back to base, but stops at b (migrations/versions/b.py:20)" in upgrade
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["scripts"]["rollback.sql"]["stops"] == MIDDLE
    assert manifest["scripts"]["upgrade.sql"]["stops"] is None
    assert f"    rollback.sql stops at {MIDDLE}\n" in project.run("list").out
    assert project.run("check").code == 0, "that is no drift"


def test_rollback_without_a_first_step_holds_no_statement(project: ThrowAway) -> None:
    """It is there, so that nobody looks for it, and says why it is empty."""
    assert project.run("sql", "a:b").code == 1
    lines = (project.output / "a__b" / "rollback.sql").read_text().splitlines()
    assert all(line.startswith("-- ") or line == "--" for line in lines)
    assert "--   STOPS        at once, at b (migrations/versions/b.py:20): its downgrade() raises" in lines
    assert project.run("check", "--allow-uncovered").code == 0


def test_missing_function_is_told_from_one_that_does_nothing(tmp_path: Path) -> None:
    """`pass` says that there is nothing to do; no function says nothing."""
    project = make_project(tmp_path / "project", [Rev("a", downgrade="pass"), Rev("b", ("a",))])
    file = project.file_of("b")
    text = file.read_text()
    file.write_text(text[: text.index("def downgrade")])
    outcome = project.run("sql", "base:b")
    assert outcome.code == 1
    assert "stops at b (migrations/versions/b.py:1): it has no downgrade() function" in outcome.err
    file.write_text(text)
    assert project.run("sql", "base:b").code == 0


@pytest.mark.parametrize("body", ["{}['x']", "op.get_bind().execute(sa.text('SELECT 1')).scalar()", "int('x')"])
def test_failure_in_a_downgrade_is_an_error(tmp_path: Path, body: str) -> None:
    """Only a `raise` of its own says that there is no way back."""
    project = make_project(tmp_path / "project", [Rev("a"), Rev("b", ("a",), downgrade=body)])
    outcome = project.run("sql", "base:b")
    assert outcome.code == 2
    assert "revision b" in outcome.err
    assert not project.output.exists()


def test_all_that_can_not_be_rendered_is_told_at_once(tmp_path: Path) -> None:
    """Both directions, every revision, each once and with its hint."""
    asks = "op.get_bind().execute(sa.text('SELECT 1')).scalar()"
    project = make_project(
        tmp_path / "project",
        [Rev("a", upgrade=asks), Rev("b", ("a",)), Rev("c", ("b",), upgrade="op.execute('COMMIT')", downgrade=asks)],
    )
    outcome = project.run("sql", "base:c")
    assert outcome.code == 2
    lines = outcome.err.splitlines()
    assert lines[0] == "changescript: 3 things can't be rendered"
    assert [line.split("(")[0] for line in lines if line.startswith("  revision ")] == [
        "  revision a ",
        "  revision c ",
        "  revision c ",
    ]
    assert sum(line.startswith("    ") for line in lines) >= 2
