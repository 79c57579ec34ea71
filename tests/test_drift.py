"""check: every bundle is named with what it is, why, and the one command that mends it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from changescript.bundle import MANIFEST, SUMS, read_bundle
from tests.projects import (
    Outcome,
    Rev,
    ThrowAway,
    cli_environment,
    contents,
    make_project,
    revs,
    run_cli,
    tree,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COUNT = 11
LAST = "r11"
STATUS = re.compile(
    r"(current|changed|hand-edited|incomplete|orphan|has other files|can't be rendered|uncovered) +(\S+)(  .*)?"
)
NAMES = {f"r{at}": f"r{at - 1}__r{at}" if at > 1 else "base__r1" for at in range(1, COUNT)}
GRAPH = "; ".join(f"r{at} < r{at - 1}" if at > 1 else "r1" for at in range(1, COUNT + 1))


def changed_rev(id_: str, upgrade: str) -> Rev:
    """Return one of the revisions with another body."""
    (rev,) = [rev for rev in revs(GRAPH) if rev.id == id_]
    return Rev(rev.id, rev.down, upgrade=upgrade)


def reseal(folder: Path, **changes: dict[str, str]) -> None:
    """Change the manifest as another machine would have written it, hashes and all."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for key, values in changes.items():
        manifest[key].update(values)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    sums = {name: data for name, data in read_bundle(folder).files.items() if name != SUMS}
    lines = [f"{data.sha256}  {name}\n" for name, data in sorted(sums.items())]
    (folder / SUMS).write_text("".join(lines))


def with_crlf(folder: Path, pattern: str = "*") -> None:
    """Turn line ends as a checkout on Windows does."""
    for file in folder.glob(pattern):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    """Return a project whose revisions but the last have a bundle each, all of them current."""
    project = make_project(tmp_path_factory.mktemp("drift") / "project", GRAPH)
    project.write_bundles({name.replace("__", ":"): f"CHG-{id_}" for id_, name in NAMES.items()})
    return project


@dataclass(frozen=True)
class Checked:
    """What one run of check said about each folder."""

    outcome: Outcome
    found: dict[str, tuple[str, list[str]]]
    """By name: the status, and the lines below it."""

    def status(self, id_: str) -> str:
        """Return the status of a revision's bundle."""
        return self.found[NAMES[id_]][0]

    def said(self, id_: str) -> str:
        """Return everything said about a revision's bundle."""
        return "\n".join(self.found[NAMES[id_]][1])


@pytest.fixture(scope="module")
def spoiled(template: ThrowAway, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Return what check says of a project in which every bundle is spoiled in another way."""
    root = tmp_path_factory.mktemp("spoiled") / "project"
    shutil.copytree(template.root, root)
    project = ThrowAway(root)
    folder = {id_: project.output / name for id_, name in NAMES.items()}
    project.put(changed_rev("r2", 'op.execute("SELECT 42")'))
    file = project.file_of("r3")
    file.write_text(file.read_text() + "# a remark\n")
    with (folder["r4"] / "upgrade.sql").open("a") as script:
        script.write("DROP TABLE t_r1;\n")
    (folder["r5"] / "rollback.sql").unlink()
    with_crlf(folder["r6"])
    (folder["r7"] / "notes.txt").write_text("mine")
    reseal(folder["r8"], packages={"alembic": "1.0.0"})
    reseal(folder["r9"], settings={"lock_timeout": "9s"})
    (folder["r10"] / SUMS).unlink()
    (project.output / "junk").mkdir()
    shutil.copytree(folder["r1"], project.output / "base__zz")
    shutil.copytree(folder["r1"], project.output / "gone__r1")
    manifest = project.output / "gone__r1" / MANIFEST
    manifest.write_text(manifest.read_text().replace('"from": []', '"from": ["gone"]'))
    before = tree(root)
    outcome = project.run("check")
    assert tree(root) == before
    return Checked(outcome, _sections(outcome.out))


def _sections(out: str) -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    lines: list[str] = []
    for line in out.splitlines():
        head = STATUS.fullmatch(line)
        if line.startswith("    "):
            lines.append(line[4:])
        elif head:
            lines = []
            found[head[2]] = (head[1], lines)
    return found


def test_check_names_every_folder_and_finds_drift(spoiled: Checked) -> None:
    """Exit code 1; the report is on stdout and nothing else is said."""
    assert spoiled.outcome.code == 1
    assert spoiled.outcome.err == ""
    assert set(spoiled.found) >= {*NAMES.values(), "junk", "base__zz", "gone__r1", LAST}


def test_bundle_that_the_revisions_give_is_current(spoiled: Checked) -> None:
    """Nothing more is said about it."""
    assert spoiled.found[NAMES["r1"]] == ("current", [])


def test_changed_revision_is_named_with_a_diff(spoiled: Checked) -> None:
    """Which file changed, and what that does to the scripts."""
    assert spoiled.status("r2") == "changed"
    said = spoiled.said("r2")
    assert "migrations/versions/r2.py (revision r2) has changed" in said
    assert "--- r1__r2/upgrade.sql (committed)\n+++ r1__r2/upgrade.sql (from the revisions)" in said
    assert "-CREATE TABLE t_r2 (" in said
    assert "+SELECT 42;" in said
    assert "r1.py" not in said


def test_remark_in_a_revision_changes_the_manifest_alone(spoiled: Checked) -> None:
    """The scripts are the same; the digest of what they were made from is not."""
    assert spoiled.status("r3") == "changed"
    said = spoiled.said("r3")
    assert "migrations/versions/r3.py (revision r3) has changed" in said
    assert "r2__r3/manifest.json (committed)" in said
    assert "upgrade.sql (committed)" not in said


def test_edited_script_is_told_from_a_changed_revision(spoiled: Checked) -> None:
    """Its digest is not the one in SHA256SUMS, though no revision has changed."""
    assert spoiled.status("r4") == "hand-edited"
    said = spoiled.said("r4")
    assert "upgrade.sql is not what SHA256SUMS says" in said
    assert "-DROP TABLE t_r1;" in said
    assert "has changed" not in said


@pytest.mark.parametrize(("id_", "file"), [("r5", "rollback.sql"), ("r10", SUMS)])
def test_missing_file_is_named(spoiled: Checked, id_: str, file: str) -> None:
    """The folder is incomplete."""
    assert spoiled.status(id_) == "incomplete"
    assert f"{file} is missing" in spoiled.said(id_)


def test_checkout_with_other_line_ends_is_recognised(spoiled: Checked) -> None:
    """Every file is named, and what to put into .gitattributes."""
    assert spoiled.status("r6") == "hand-edited"
    said = spoiled.said("r6")
    for file in ("upgrade.sql", "rollback.sql", MANIFEST):
        assert f"{file} was checked out with CRLF line ends" in said
    assert ".gitattributes" in said


def test_file_that_is_not_ours_is_named(spoiled: Checked) -> None:
    """What lies in the folder will be taken for what was signed."""
    assert spoiled.status("r7") == "has other files"
    assert "notes.txt is not a file of a bundle" in spoiled.said("r7")


def test_other_package_version_is_the_reason(spoiled: Checked) -> None:
    """The version that the bundle was made with, and the one that is installed."""
    assert spoiled.status("r8") == "changed"
    assert f"package alembic was 1.0.0, is {version('alembic')}" in spoiled.said("r8")
    assert "revision" not in spoiled.said("r8").splitlines()[0]


def test_other_setting_is_the_reason(spoiled: Checked) -> None:
    """The value that the bundle was made with, and the one that counts now."""
    assert spoiled.status("r9") == "changed"
    assert "setting lock_timeout was 9s, is 5s" in spoiled.said("r9")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("junk", "no manifest.json"),
        ("base__zz", "its manifest.json is about base__r1"),
        ("gone__r1", "no revision is called gone"),
    ],
)
def test_folder_of_no_range_is_an_orphan(spoiled: Checked, name: str, why: str) -> None:
    """And it is said why it belongs to none."""
    status, lines = spoiled.found[name]
    assert status == "orphan"
    assert why in "\n".join(lines)


def test_revision_without_a_bundle_is_named(spoiled: Checked) -> None:
    """With its message and its file."""
    assert spoiled.found[LAST][0] == "uncovered"
    assert f"{LAST}  step {LAST}  (migrations/versions/{LAST}.py)" in spoiled.outcome.out


def test_report_ends_with_one_command(spoiled: Checked) -> None:
    """The last line, to be copied whole."""
    assert spoiled.outcome.out.splitlines()[-1].startswith("to mend it:  ")


# What mends it ------------------------------------------------------------------------------------


@pytest.fixture
def project(template: ThrowAway, tmp_path: Path) -> ThrowAway:
    """Return a copy of the project whose bundles are all current, with nothing uncovered."""
    shutil.copytree(template.root, tmp_path / "project")
    copied = ThrowAway(tmp_path / "project")
    copied.file_of(LAST).unlink()
    return copied


def run_mending(folder: Path, report: str, bin_: Path) -> subprocess.CompletedProcess[str]:
    """Run the last line of a report in a shell, where changescript is installed."""
    command = report.splitlines()[-1].removeprefix("to mend it:  ")
    bin_.mkdir(exist_ok=True)
    script = bin_ / "changescript"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m changescript "$@"\n')
    script.chmod(0o755)
    environment = cli_environment()
    environment["PATH"] = f"{bin_}:{environment['PATH']}"
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _edit(project: ThrowAway) -> None:
    (project.output / NAMES["r4"] / "upgrade.sql").write_text("-- edited\n")


def _edit_revision(project: ThrowAway) -> None:
    project.put(changed_rev("r2", 'op.execute("SELECT 42")'))


def _add_revision(project: ThrowAway) -> None:
    project.put(changed_rev(LAST, 'op.execute("SELECT 43")'))


def _several(project: ThrowAway) -> None:
    _edit(project)
    _edit_revision(project)
    _add_revision(project)
    (project.output / "junk; touch '$HOME'").mkdir()


def _rename_last(project: ThrowAway) -> None:
    project.file_of("r10").unlink()
    project.put(Rev("r10b", ("r9",)))


def _crlf_sums(project: ThrowAway) -> None:
    with_crlf(project.output / NAMES["r6"], SUMS)


MENDED: dict[str, Callable[[ThrowAway], object]] = {
    "edited script": _edit,
    "changed revision": _edit_revision,
    "new revision": _add_revision,
    "several at once": _several,
    "renamed revision": _rename_last,
    "missing script": lambda project: (project.output / NAMES["r5"] / "rollback.sql").unlink(),
    "missing manifest": lambda project: (project.output / NAMES["r5"] / MANIFEST).unlink(),
    "missing folder in the middle": lambda project: shutil.rmtree(project.output / NAMES["r5"]),
    "setting": lambda project: project.set_options('lock_timeout = "7s"'),
    "line ends": lambda project: with_crlf(project.output / NAMES["r6"]),
    "line ends of the sums alone": _crlf_sums,
    "orphan": lambda project: (project.output / "junk").mkdir(),
}


@pytest.mark.parametrize("name", MENDED)
def test_command_of_the_report_mends_it(project: ThrowAway, tmp_path: Path, name: str) -> None:
    """Check finds it, its last line is run, check finds nothing."""
    MENDED[name](project)
    report = project.run("check")
    assert report.code == 1, report.text
    mended = run_mending(project.root, report.out, tmp_path / "bin")
    assert mended.returncode == 0, f"{report.out}\n{mended.stderr}"
    again = project.run("check")
    assert again.code == 0, again.text
    assert "mend" not in again.out


def test_mended_bundle_keeps_its_ticket(project: ThrowAway, tmp_path: Path) -> None:
    """It is the same change, in another version."""
    _edit_revision(project)
    run_mending(project.root, project.run("check").out, tmp_path / "bin")
    script = (project.output / NAMES["r2"] / "upgrade.sql").read_text()
    assert "--   Change       CHG-r2\n" in script


def test_command_of_the_report_works_where_it_was_asked_for(project: ThrowAway, tmp_path: Path) -> None:
    """In a folder inside the project, its paths start there."""
    (project.output / "junk").mkdir()
    _edit(project)
    inside = project.root / "migrations"
    report = _check_in(inside)
    assert report.code == 1
    mended = run_mending(inside, report.out, tmp_path / "bin")
    assert mended.returncode == 0, f"{report.out}\n{mended.stderr}"
    assert project.run("check").code == 0


def test_command_of_the_report_is_about_the_same_output_and_project(project: ThrowAway, tmp_path: Path) -> None:
    """With -o and -c, the command has them too."""
    project.output.rename(tmp_path / "else where")
    (tmp_path / "else where" / NAMES["r4"] / "upgrade.sql").write_text("-- edited\n")
    arguments = ("check", "-o", "else where", "-c", "project/alembic.ini")
    report = _check_in(tmp_path, *arguments)
    assert report.code == 1
    mended = run_mending(tmp_path, report.out, tmp_path / "bin")
    assert mended.returncode == 0, f"{report.out}\n{mended.stderr}"
    assert _check_in(tmp_path, *arguments).code == 0


def _check_in(folder: Path, *args: str) -> Outcome:
    return run_cli(folder, *(args or ("check",)))


def test_somebodys_file_is_for_somebody_to_move(project: ThrowAway, tmp_path: Path) -> None:
    """The report asks for that first, because no command may; with the file away, the rest mends it."""
    file = project.output / NAMES["r7"] / "notes.txt"
    file.write_text("mine")
    report = project.run("check")
    assert report.code == 1
    asked, _, command = report.out.splitlines()[-1].partition(" then ")
    assert asked == "to mend it:  move away the files named above"
    file.rename(tmp_path / "notes.txt")
    assert run_mending(project.root, command, tmp_path / "bin").returncode == 0
    assert project.run("check").code == 0


def test_revision_that_can_not_be_rendered_is_named_and_the_rest_is_checked(
    project: ThrowAway,
) -> None:
    """Exit code 2: it is an error to mend in the revision, not a drift to be written away."""
    project.put(changed_rev("r3", 'op.execute("SELECT :v")'))
    _edit(project)
    outcome = project.run("check")
    assert outcome.code == 2
    found = _sections(outcome.out)
    assert found[NAMES["r3"]][0] == "can't be rendered"
    assert "migrations/versions/r3.py:16" in "\n".join(found[NAMES["r3"]][1])
    assert found[NAMES["r4"]][0] == "hand-edited"
    assert found[NAMES["r5"]] == ("current", [])


@pytest.mark.parametrize("dialect", ["sqlite", "mariadb"])
def test_bundle_is_made_again_for_the_database_that_it_names(tmp_path: Path, dialect: str) -> None:
    """Whatever env.py configures: its script says how to make it, and what is drifted is written for it again."""
    project = make_project(tmp_path, "a; b < a")
    assert project.run("sql", "base:a", "--dialect", dialect, "--ticket", "CHG 1").code == 0
    assert project.run("sql", "a:b").code == 0
    script = project.output / "base__a" / "upgrade.sql"
    assert f"Regenerate   changescript sql base:a --dialect {dialect} --ticket 'CHG 1'" in script.read_text()
    header = (project.output / "a__b" / "upgrade.sql").read_text().partition("-- Client and session")[0]
    assert "--dialect" not in header
    checked = project.run("check")
    assert (checked.code, checked.out.count("current")) == (0, 2), checked.text
    before = contents(project.output)
    script.write_text("-- edited\n")
    assert project.run("sql", "--drifted").code == 0
    assert contents(project.output) == before
