"""Ranges that start where a script has stopped: what they mean, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.projects import Rev, ThrowAway, make_project

if TYPE_CHECKING:
    from pathlib import Path

_TWO_TABLES = """\
op.create_table("b1", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("b2", sa.Column("id", sa.Integer(), primary_key=True))"""
_DOWN = 'op.drop_table("b2")\nop.drop_table("b1")'
_ROWS = 'op.execute("DELETE FROM t_a")\nop.create_table("x", sa.Column("id", sa.Integer()))'


@pytest.fixture
def project(tmp_path: Path) -> ThrowAway:
    """Return a project of a line with a branch and its merge."""
    return make_project(
        tmp_path / "project",
        [
            Rev("a"),
            Rev("b", ("a",), upgrade=_TWO_TABLES, downgrade=_DOWN),
            Rev("c", ("b",)),
            Rev("side", ("a",), upgrade=_ROWS, downgrade='op.drop_table("x")'),
            Rev("m", ("c", "side"), upgrade=_TWO_TABLES.replace("b1", "m1").replace("b2", "m2"), downgrade="pass"),
        ],
    )


@pytest.mark.parametrize(
    ("range_", "folder", "file", "rows"),
    [
        ("b:1:b", "b-1__b", "upgrade.sql", ("b:1", "b")),
        ("b:0:c", "b-0__c", "upgrade.sql", ("b:0", "c")),
        ("b:1:a", "b-1__a", "rollback.sql", ("b:1", "a")),
        ("b:-1:a", "b--1__a", "rollback.sql", ("b:-1", "a")),
        ("b:-1:base", "b--1__base", "rollback.sql", ("b:-1", "base")),
        ("side,b:1:side,c", "b-1+side__c+side", "upgrade.sql", ("b:1, side", "c, side")),
        ("side,b:1:side", "b-1+side__side", "rollback.sql", ("b:1, side", "side")),
        ("m:1:m", "m-1__m", "upgrade.sql", ("m:1", "m")),
        ("m:1:c,side", "m-1__c+side", "rollback.sql", ("m:1", "c, side")),
    ],
)
def test_half_way_range_has_one_script(
    project: ThrowAway, range_: str, folder: str, file: str, rows: tuple[str, str]
) -> None:
    """It goes on to TO, or undoes what is done; it is committed and checked as any other bundle."""
    outcome = project.run("sql", range_, "--dialect", "mariadb", "--ticket", "CHG9")
    assert outcome.code == 0, outcome.err
    assert {path.name for path in (project.output / folder).iterdir()} == {file, "manifest.json", "SHA256SUMS"}
    text = (project.output / folder / file).read_text()
    assert f"--   From         {rows[0]}\n" in text
    assert f"--   To           {rows[1]} " in text
    assert f"--   Regenerate   changescript sql {','.join(rows[0].split(', '))}:" in text
    assert json.loads((project.output / folder / "manifest.json").read_text())["scripts"].keys() == {file}
    checked = project.run("check", "--allow-uncovered")
    assert (checked.code, checked.out.splitlines()[0]) == (0, f"current           {folder}")
    assert "uncovered         b" in checked.out, "it covers no revision"


def test_script_that_goes_on_holds_what_is_left_alone(project: ThrowAway) -> None:
    """Its statements keep their numbers; an undoing one names what it undoes and where that came from."""
    on = project.run("sql", "b:1:c", "--dialect", "mariadb", "--stdout").out
    assert "CREATE TABLE b1" not in on
    assert "\n-- [2] create_table " in on
    assert on.index("-- 1 of 2   b") < on.index("-- [2] create_table") < on.index("-- [3] create_table")
    back = project.run("sql", "b:1:a", "--dialect", "mariadb", "--stdout").out
    assert "\n-- [1] undo create_table " in back
    assert "\nDROP TABLE b1;\n" in back
    assert "CREATE TABLE b" not in back


@pytest.mark.parametrize(
    ("range_", "why"),
    [
        ("b:2:c", "no script stops with 2 of its 2 statements done"),
        ("b:7:a", "no script stops with 7 of its 2 statements done"),
        ("b:1:base", "the way back from b:1 ends at a"),
        ("x:1:b", "no revision is called 'x'"),
        ("base:1:b", "no state that a script can leave"),
        ("side:1:a", "nothing undoes execute"),
        ("c:-0:c", "no script stops with 0 of its 1 statements done"),
        ("b:-1:b", "nothing undoes drop_table"),
        ("b:1:side", "ends at a"),
        ("b:1:", "is not a range"),
    ],
)
def test_state_or_way_that_is_none_is_refused(project: ThrowAway, range_: str, why: str) -> None:
    """The message says what there is instead, and nothing is written."""
    dialect = "postgresql" if range_.startswith("c:") else "mariadb"
    outcome = project.run("sql", range_, "--dialect", dialect)
    assert outcome.code == 2
    assert why in outcome.err
    assert not project.output.exists()


def test_header_says_from_where_a_script_leads_back(project: ThrowAway) -> None:
    """Where nothing undoes a statement, it says so too."""
    text = project.run("sql", "a:m", "--dialect", "mariadb", "--stdout").out
    assert "at b:0 to b:1, or back with changescript sql b:N:a --dialect mariadb\n" in text
    assert "at c, side:1, nothing undoes statement" in text


def test_half_way_bundle_without_its_revision_is_an_orphan(project: ThrowAway) -> None:
    """As that of any range that is no more."""
    assert project.run("sql", "b:1:a", "--dialect", "mariadb").code == 0
    manifest = project.output / "b-1__a" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"b:1"', '"gone:1"'))
    (project.output / "b-1__a").rename(project.output / "gone-1__a")
    checked = project.run("check", "--allow-uncovered")
    assert checked.code == 1
    assert "orphan            gone-1__a" in checked.out


def test_state_before_what_is_committed_by_itself_is_one_that_a_script_leaves(tmp_path: Path) -> None:
    """Where one transaction holds several revisions, the first statement of a later one has a marker before it."""
    upgrade = "with op.get_context().autocommit_block():\n    op.execute('UPDATE t_a SET id = 1')"
    project = make_project(tmp_path / "project", [Rev("a"), Rev("b", ("a",), upgrade=upgrade, downgrade="pass")])
    assert "require_heads('{b:0}')" in project.run("sql", "base:b", "--stdout").out
    assert "--   From         b:0\n" in project.run("sql", "b:0:b", "--stdout").out
    project.set_options('transaction = "revision"')
    assert "b:0" not in project.run("sql", "base:b", "--stdout").out
    refused = project.run("sql", "b:0:b", "--stdout")
    assert "no script stops with 0 of its 1 statements done" in refused.err
