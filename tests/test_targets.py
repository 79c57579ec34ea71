"""Several databases from the same revisions: a folder for each target, rendered apart from one another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.projects import Rev, ThrowAway, make_project

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = """\
[tool.changescript]
lock_timeout = "7s"
server_version = "14"

[tool.changescript.targets.main]
server_version = "15"

[tool.changescript.targets.shop]
dialect = "mariadb"
lock_timeout = "10s"

[tool.changescript.targets.local]
dialect = "sqlite"
"""
NAMES = ["main", "shop", "local"]


@pytest.fixture
def project(tmp_path: Path) -> ThrowAway:
    """Return a project of three revisions and three targets."""
    made = make_project(tmp_path / "project", "a; b < a; c < b")
    (made.root / "pyproject.toml").write_text(TARGETS)
    return made


def header_of(project: ThrowAway, target: str, name: str = "upgrade.sql") -> str:
    """Return the header of a target's script from base to b."""
    text: str = (project.output / target / "base__b" / name).read_text()
    return text.partition("-- Client and session")[0]


def test_each_target_has_its_folder_dialect_and_settings(project: ThrowAway) -> None:
    """What a target does not set is as for all; but for the server's release, which is that of one database."""
    outcome = project.run("sql", "base:b", "--ticket", "CHG1")
    assert outcome.code == 0
    assert [line.split()[1] for line in outcome.err.splitlines()] == [f"{name}/base__b:" for name in NAMES]
    said = {name: header_of(project, name) for name in NAMES}
    assert "--   Dialect      postgresql 15\n" in said["main"]
    assert "--   Dialect      mariadb 10.6 or later\n" in said["shop"]
    assert "--   Dialect      sqlite 3.28 or later\n" in said["local"]
    assert "lock_timeout 7s" in said["main"]
    assert "lock_timeout 10s" in said["shop"]
    for name in NAMES:
        assert f"--   Target       {name}\n" in said[name]
        assert f"--   Regenerate   changescript sql base:b --target {name} --ticket CHG1\n" in said[name]
        manifest = json.loads((project.output / name / "base__b" / "manifest.json").read_text())
        assert manifest["target"] == name


def test_one_target_alone_is_written_and_checked(project: ThrowAway) -> None:
    """The command in the header makes the folder again, and no other."""
    assert project.run("sql", "base:b", "--target", "shop").code == 0
    assert {path.name for path in project.output.iterdir()} == {"shop"}
    before = header_of(project, "shop")
    assert project.run("sql", "base:b", "--target", "shop").code == 0
    assert header_of(project, "shop") == before
    assert "current           shop/base__b\n" in project.run("check", "--target", "shop", "--allow-uncovered").out


def test_check_looks_at_every_target(project: ThrowAway) -> None:
    """A setting of one target lets its bundles alone drift, and the command that mends them names it."""
    assert project.run("sql", "base:head").code == 0
    assert project.run("check").code == 0
    pyproject = project.root / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('"10s"', '"11s"'))
    found = project.run("check")
    assert found.code == 1
    assert "current           main/base__c\n" in found.out
    assert "changed           shop/base__c\n    setting lock_timeout was 10s, is 11s\n" in found.out
    assert "sql --target shop --drifted\n" in found.out
    assert project.run("sql", "--target", "shop", "--drifted").code == 0
    assert project.run("check").code == 0


def test_other_dialect_of_a_target_is_drift(project: ThrowAway) -> None:
    """The settings say what the target is, and not what it was."""
    assert project.run("sql", "base:head", "--target", "local").code == 0
    pyproject = project.root / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('"sqlite"', '"mysql"'))
    found = project.run("check", "--target", "local")
    assert found.code == 1
    assert "changed           local/base__c\n" in found.out
    assert "+--   Dialect      mysql" in found.out


def test_nothing_is_written_unless_every_target_renders(project: ThrowAway) -> None:
    """What only one database takes is refused with the target's name, and the others stay as they were."""
    (project.root / "migrations" / "versions" / "b.py").write_text(
        Rev("b", ("a",), upgrade='op.alter_column("t_a", "id", nullable=True)').text()
    )
    outcome = project.run("sql", "base:b")
    assert outcome.code == 2
    assert "changescript: target local: revision b" in outcome.err
    assert "wrote" not in outcome.err
    assert not project.output.exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("base:b", "--target", "shpo"), "no target is called 'shpo'"),
        (("base:b", "--dialect", "sqlite"), "--dialect goes without targets"),
        (("base:b", "--stdout"), "--stdout prints one script"),
    ],
)
def test_what_does_not_go_with_targets_is_refused(project: ThrowAway, arguments: tuple[str, ...], why: str) -> None:
    """Each says what to write instead, and writes nothing."""
    outcome = project.run("sql", *arguments)
    assert outcome.code == 2
    assert why in outcome.err
    assert not project.output.exists()


def test_folder_of_no_target_is_an_orphan(project: ThrowAway) -> None:
    """A bundle from before there were targets, and one of a target that is gone, are found."""
    assert project.run("sql", "base:head").code == 0
    (project.output / "shop").rename(project.output / "gone")
    found = project.run("check")
    assert found.code == 1
    assert "orphan            gone\n    no target is called gone\n" in found.out
    assert "uncovered         shop/a" in found.out


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("[tool.changescript.targets]\nmain = 1\n", "[tool.changescript.targets.main] must be a table"),
        ("[tool.changescript]\ntargets = 1\n", "[tool.changescript.targets] must be a table"),
        ('[tool.changescript.targets."a/b"]\n', "a target's name is a folder"),
        ('[tool.changescript.targets.main]\noutput = "x"\n', "has no setting 'output'"),
        ("[tool.changescript.targets.main]\ndialect = 1\n", "dialect must be the name of a dialect"),
        ('[tool.changescript.targets.main]\nserver_version = "9.6"\n', "scripts for postgresql know no 9.6"),
        ('[tool.changescript.targets.main]\nserver_version = "x"\n', "must be a release of the server"),
    ],
)
def test_bad_target_is_named(project: ThrowAway, table: str, why: str) -> None:
    """The message has the table and the setting."""
    (project.root / "pyproject.toml").write_text(table)
    outcome = project.run("sql", "base:b")
    assert outcome.code == 2
    assert why in outcome.err
    assert not project.output.exists()
