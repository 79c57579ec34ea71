"""Hand-written SQL in place of a revision that can't be rendered."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from tests.projects import Rev, ThrowAway, make_project

if TYPE_CHECKING:
    from pathlib import Path

ASKS = """\
op.add_column("t_a", sa.Column("n", sa.Integer()))
for row in op.get_bind().execute(sa.text("SELECT id FROM t_a")):
    op.execute(f"UPDATE t_a SET n = {row.id}")"""
WRITTEN = """\
-- by hand
ALTER TABLE t_a ADD COLUMN n INTEGER;

UPDATE t_a
SET n = id; DELETE FROM t_a WHERE n IS NULL;
"""


@pytest.fixture
def project(tmp_path: Path) -> ThrowAway:
    """Return a project whose second revision asks for rows."""
    down = 'op.drop_column("t_a", "n")'
    return make_project(tmp_path / "project", [Rev("a"), Rev("b", ("a",), upgrade=ASKS, downgrade=down)])


def written(project: ThrowAway, name: str, text: str, folder: str = "migrations/versions") -> None:
    """Write a file of SQL into the project."""
    (project.root / folder).mkdir(parents=True, exist_ok=True)
    (project.root / folder / name).write_text(text)


def test_file_stands_in_place_of_the_revision(project: ThrowAway) -> None:
    """Its statements are numbered and laid out as any, with the lines of the file; header and manifest name it."""
    assert project.run("sql", "a:b").code == 2
    written(project, "b.postgresql.upgrade.sql", WRITTEN)
    assert project.run("sql", "a:b").code == 0
    folder = project.output / "a__b"
    text = (folder / "upgrade.sql").read_text()
    file = "migrations/versions/b.postgresql.upgrade.sql"
    assert f"--   Hand-written b is {file}\n" in text
    for number, line in ((1, 1), (2, 4), (3, 5)):
        (found,) = [each for each in text.splitlines() if each.startswith(f"-- [{number}] hand-written")]
        assert found.endswith(f" {file}:{line}")
    assert "-- by hand\nALTER TABLE t_a ADD COLUMN n INTEGER;\n" in text
    assert "\nUPDATE t_a\nSET n = id;\n" in text
    assert "DROP COLUMN n" in (folder / "rollback.sql").read_text()
    scripts = json.loads((folder / "manifest.json").read_text())["scripts"]
    digest = hashlib.sha256(WRITTEN.encode()).hexdigest()
    assert scripts["upgrade.sql"]["overrides"] == [{"revision": "b", "file": file, "sha256": digest}]
    assert scripts["rollback.sql"]["overrides"] == []


def test_changed_file_is_drift_and_named(project: ThrowAway) -> None:
    """Also where only its comment has changed."""
    written(project, "b.postgresql.upgrade.sql", WRITTEN)
    assert project.run("sql", "a:b").code == 0
    assert project.run("check", "a:b").code == 0
    written(project, "b.postgresql.upgrade.sql", WRITTEN.replace("SET n = id", "SET n = 0"))
    found = project.run("check", "a:b")
    assert found.code == 1
    assert "    migrations/versions/b.postgresql.upgrade.sql (in place of revision b) has changed\n" in found.out


def test_file_for_another_database_or_direction_is_not_taken(project: ThrowAway) -> None:
    """The name says what it is for."""
    written(project, "b.mysql.upgrade.sql", WRITTEN)
    written(project, "b.postgresql.downgrade.sql", "ALTER TABLE t_a DROP COLUMN n;")
    outcome = project.run("sql", "a:b")
    assert outcome.code == 2
    assert "the rows of a statement are read" in outcome.err


def test_files_may_lie_in_a_folder_of_their_own(project: ThrowAway) -> None:
    """It is a setting."""
    (project.root / "pyproject.toml").write_text('[tool.changescript]\noverrides = "db/by_hand"\n')
    written(project, "b.postgresql.upgrade.sql", WRITTEN, "db/by_hand")
    assert project.run("sql", "a:b").code == 0
    assert (
        "Hand-written b is db/by_hand/b.postgresql.upgrade.sql\n"
        in (project.output / "a__b" / "upgrade.sql").read_text()
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("COMMIT;", "(migrations/versions/b.postgresql.upgrade.sql:1): COMMIT would end"),
        ("SELECT 1;\n\n\\! rm x\n", "(migrations/versions/b.postgresql.upgrade.sql:3)"),
        ("SELECT 'x", "revision b (migrations/versions/b.postgresql.upgrade.sql:"),
    ],
)
def test_hand_written_sql_goes_through_the_same_checks(project: ThrowAway, text: str, why: str) -> None:
    """What the client would take for its own, and what would end the script's transaction, is refused."""
    written(project, "b.postgresql.upgrade.sql", text)
    outcome = project.run("sql", "a:b")
    assert outcome.code == 2
    assert why in outcome.err


def test_file_is_started_with_what_can_be_rendered(project: ThrowAway) -> None:
    """What was asked stands above it; a file that is there is never overwritten."""
    assert project.run("override", "b").code == 0
    file = project.root / "migrations" / "versions" / "b.postgresql.upgrade.sql"
    text = file.read_text()
    assert "-- Hand-written SQL in place of revision b, migrations/versions/b.py\n" in text
    assert "the rows of a statement are read; offline there are none\n" in text
    assert "\n-- migrations/versions/b.py:16\nALTER TABLE t_a ADD COLUMN n INTEGER;\n" in text
    assert "UPDATE t_a" not in text
    again = project.run("override", "b")
    assert again.code == 2
    assert "b.postgresql.upgrade.sql is there already" in again.err
    assert file.read_text() == text
    assert project.run("sql", "a:b").code == 0
    assert project.run("override", "b", "--rollback", "--dialect", "mysql").code == 0
    assert "DROP COLUMN n;" in (file.parent / "b.mysql.downgrade.sql").read_text()


def test_manual_step_is_a_statement_of_its_own(project: ThrowAway) -> None:
    """It is committed by itself, so that the script can stop for it and go on."""
    text = WRITTEN.replace("\n\n", "\n-- MANUAL STEP: tell 'them' 100% of $it\n\n", 1)
    written(project, "b.postgresql.upgrade.sql", text)
    script = project.run("sql", "a:b", "--stdout").out
    assert "-- [2] MANUAL STEP   outside a transaction" in script
    assert "\n    'MANUAL STEP b_1: tell ''them'' 100% of $it',\n" in script
    assert 'PGOPTIONS="-c changescript.manual_b_1=done" psql -X -d DATABASE -f upgrade.sql' in script


def test_several_revisions_have_no_single_file(tmp_path: Path) -> None:
    """A file stands for one."""
    project = make_project(tmp_path / "project", "a; b < a; c < a")
    outcome = project.run("override", "heads")
    assert outcome.code == 2
    assert "'heads' is 2 revisions" in outcome.err


def test_file_says_what_the_revision_was_told(tmp_path: Path) -> None:
    """A person has to decide what it would have been told on the target."""
    asks = "bind = op.get_bind()\nsa.inspect(bind).has_table('t_a')\nbind.execute(sa.text('SELECT 1')).scalar()"
    project = make_project(tmp_path, [Rev("a"), Rev("b", ("a",), upgrade=asks)])
    assert project.run("override", "b").code == 0
    text = (project.root / "migrations" / "versions" / "b.postgresql.upgrade.sql").read_text()
    told = "-- It asks about the schema, and was told: migrations/versions/b.py:17: table or view t_a: exists\n"
    assert told in text
