"""The commands as they are typed: exit codes, what goes to stdout and what to stderr."""

from __future__ import annotations

import hashlib
import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.projects import START, Rev, ThrowAway, cli_environment, make_project, run_cli, tree

if TYPE_CHECKING:
    from pathlib import Path

LINE = "a; b < a; c < b; d < c"
FILES = {"upgrade.sql", "rollback.sql", "manifest.json", "SHA256SUMS"}


@pytest.fixture
def project(tmp_path: Path) -> ThrowAway:
    """Return a project of four revisions without bundles."""
    return make_project(tmp_path / "project", LINE)


def test_range_becomes_a_folder_of_four_files(project: ThrowAway) -> None:
    """The folder has the full ids; stdout stays empty, stderr says what was written."""
    outcome = project.run("sql", "base:head-1", "--ticket", "CHG0012345")
    assert (outcome.code, outcome.out) == (0, "")
    assert "wrote base__c" in outcome.err
    assert {path.name for path in project.output.iterdir()} == {"base__c"}
    folder = project.output / "base__c"
    assert {path.name for path in folder.iterdir()} == FILES
    upgrade, rollback = (folder / f"{name}.sql" for name in ("upgrade", "rollback"))
    assert "--   Change       CHG0012345\n" in upgrade.read_text()
    assert upgrade.read_text().index("CREATE TABLE t_a") < upgrade.read_text().index("CREATE TABLE t_c")
    assert rollback.read_text().index("DROP TABLE t_c") < rollback.read_text().index("DROP TABLE t_a")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["from"], manifest["to"], manifest["ticket"]) == ([], ["c"], "CHG0012345")
    assert [revision["id"] for revision in manifest["revisions"]] == ["a", "b", "c"]
    digest = hashlib.sha256(project.file_of("b").read_bytes()).hexdigest()
    assert manifest["revisions"][1]["sha256"] == digest


def test_manifest_finds_each_statement_in_its_script(project: ThrowAway) -> None:
    """The line that it names is where the statement's text starts, below its comment."""
    assert project.run("sql", "base:head").code == 0
    folder = project.output / "base__d"
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, begins in (("upgrade.sql", "CREATE TABLE"), ("rollback.sql", "DROP TABLE")):
        lines = (folder / name).read_text().splitlines()
        for statement in manifest["scripts"][name]["statements"]:
            assert lines[statement["line"] - 1].startswith(begins)
            assert lines[statement["line"] - 2].startswith(f"-- [{statement['number']}] ")
            assert lines[statement["line"] - 2].endswith(f" {statement['source']}")
        assert len(manifest["scripts"][name]["statements"]) == 4


@pytest.mark.parametrize("command", ["--help", "list", "check", "sql"])
def test_each_command_works_in_a_process_that_has_imported_nothing(project: ThrowAway, command: str) -> None:
    """Other tests fork their processes off one that has imported already; here nothing hides a missing import."""
    outcome = run_cli(project.root, command, start=START)
    assert outcome.code == (1 if command == "check" else 0), outcome.text


def test_script_on_stdout_is_the_one_of_the_folder(project: ThrowAway) -> None:
    """Byte for byte in both directions, with nothing else on either stream, and nothing written."""
    before = tree(project.root)
    up = project.run("sql", "b:d", "--stdout", "--ticket", "CHG1")
    down = project.run("sql", "b:d", "--stdout", "--rollback", "--ticket", "CHG1")
    assert tree(project.root) == before
    assert (up.code, up.err, down.code, down.err) == (0, "", 0, "")
    assert project.run("sql", "b:d", "--ticket", "CHG1").code == 0
    assert (project.output / "b__d" / "upgrade.sql").read_text() == up.out
    assert (project.output / "b__d" / "rollback.sql").read_text() == down.out


def test_upgrade_alone_is_printed_where_the_way_down_can_not_be(project: ThrowAway) -> None:
    """One script was asked for; the bundle needs both."""
    project.put(Rev("d", ("c",), upgrade="pass", downgrade="int('x')"))
    assert project.run("sql", "c:d", "--stdout").code == 0
    assert project.run("sql", "c:d").code == 2
    assert not project.output.exists()


def test_what_env_py_and_revisions_print_is_no_part_of_the_script(project: ThrowAway) -> None:
    """It goes to stderr, where a developer sees it."""
    project.put(Rev("d", ("c",), upgrade='print("hello from d")'))
    env_py = project.root / "migrations" / "env.py"
    env_py.write_text('print("hello from env.py")\n' + env_py.read_text())
    outcome = project.run("sql", "c:d", "--stdout")
    assert outcome.code == 0
    assert "hello" not in outcome.out
    assert "hello from env.py" in outcome.err
    assert "hello from d" in outcome.err


def test_sql_alone_writes_what_no_bundle_covers(project: ThrowAway) -> None:
    """From where the covered revisions end, up to the head; then there is nothing left to do."""
    assert project.run("sql", "base:b").code == 0
    outcome = project.run("sql", "--ticket", "CHG2")
    assert outcome.code == 0
    assert {path.name for path in project.output.iterdir()} == {"base__b", "b__d"}
    before = tree(project.root)
    again = project.run("sql")
    assert (again.code, again.out) == (0, "")
    assert "nothing to write" in again.err
    assert tree(project.root) == before


def test_sql_alone_can_be_printed(project: ThrowAway) -> None:
    """What would be written, without writing it."""
    assert project.run("sql", "base:b").code == 0
    before = tree(project.root)
    assert project.run("sql", "--stdout").out == project.run("sql", "b:d", "--stdout").out
    assert tree(project.root) == before


def test_list_shows_what_is_covered_and_what_is_not(project: ThrowAway) -> None:
    """Each bundle with its ticket and revisions, then the rest."""
    project.write_bundles({"base:b": "CHG1", "b:c": ""})
    outcome = project.run("list")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "base__b  CHG1\n    a  step a\n    b  step b\nb__c  no ticket\n    c  step c\nuncovered:\n    d  step d\n"
    )


def test_list_of_a_covered_history_says_so(project: ThrowAway) -> None:
    """Nothing is left out in silence."""
    assert project.run("sql").code == 0
    assert project.run("list").out.endswith("every revision is covered\n")


def test_check_of_current_bundles_finds_nothing(project: ThrowAway) -> None:
    """Exit code 0, each is named, nothing is written, not even a time changes."""
    project.write_bundles({"base:b": "", "b:d": ""})
    before = tree(project.root)
    outcome = project.run("check")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.split() == ["current", "base__b", "current", "b__d"]
    assert tree(project.root) == before


def test_uncovered_revision_is_drift_unless_allowed(project: ThrowAway) -> None:
    """A range that is asked for by name is checked alone."""
    project.write_bundles({"base:b": "", "b:c": ""})
    outcome = project.run("check")
    assert outcome.code == 1
    assert "uncovered         d  step d" in outcome.out
    allowed = project.run("check", "--allow-uncovered")
    assert allowed.code == 0
    assert "uncovered         d  step d" in allowed.out
    one = project.run("check", "b:c")
    assert (one.code, one.out.split()) == (0, ["current", "b__c"])


def test_check_of_one_range_leaves_the_others_alone(project: ThrowAway) -> None:
    """Drift elsewhere is not asked about."""
    project.write_bundles({"base:b": "", "b:c": "", "c:d": ""})
    (project.output / "b__c" / "upgrade.sql").write_text("-- edited\n")
    assert project.run("check", "base:b", "c:head").code == 0
    assert project.run("check", "b:c").code == 1
    assert project.run("check").code == 1


def test_check_without_bundles_names_every_revision(project: ThrowAway) -> None:
    """An empty sql_out is not current."""
    outcome = project.run("check")
    assert outcome.code == 1
    assert outcome.out.count("uncovered") == 4
    assert not project.output.exists()


def test_drifted_bundles_are_written_again_with_their_tickets(project: ThrowAway) -> None:
    """Those that have drifted, and no others; without drift there is nothing to do."""
    project.write_bundles({"base:b": "CHG1", "b:d": "CHG2"})
    kept = tree(project.output / "base__b")
    project.put(Rev("d", ("c",), upgrade='op.execute("SELECT 1")'))
    outcome = project.run("sql", "--drifted")
    assert outcome.code == 0
    assert "wrote b__d" in outcome.err
    assert "base__b" not in outcome.err
    assert tree(project.output / "base__b") == kept
    script = (project.output / "b__d" / "upgrade.sql").read_text()
    assert "--   Change       CHG2\n" in script
    assert "SELECT 1;" in script
    assert project.run("check").code == 0
    again = project.run("sql", "--drifted")
    assert again.code == 0
    assert "nothing to write" in again.err


def test_writing_a_range_again_replaces_its_folder(project: ThrowAway) -> None:
    """With the new ticket; a second run with the same input changes no byte."""
    assert project.run("sql", "base:b", "--ticket", "CHG1").code == 0
    assert project.run("sql", "base:b", "--ticket", "CHG2").code == 0
    script = (project.output / "base__b" / "upgrade.sql").read_text()
    assert "CHG2" in script
    assert "CHG1" not in script


def test_output_is_where_it_is_asked_for(project: ThrowAway) -> None:
    """The setting starts at the project's root, -o at the working folder."""
    project.set_options('output = "db/scripts"')
    inside = project.root / "migrations"
    assert run_cli(inside, "sql", "base:b").code == 0
    assert run_cli(inside, "sql", "base:b", "-o", "here").code == 0
    assert (project.root / "db" / "scripts" / "base__b").is_dir()
    assert (inside / "here" / "base__b").is_dir()
    assert not project.output.exists()


def test_settings_reach_the_script(project: ThrowAway) -> None:
    """Time-outs, search path and transactions are the project's own."""
    project.set_options(
        'lock_timeout = "250ms"\nstatement_timeout = 7000\nsearch_path = "app, public"\ntransaction = "revision"'
    )
    script = project.run("sql", "a:c", "--stdout").out
    assert "SET lock_timeout = '250ms';" in script
    assert "SET statement_timeout = '7000';" in script
    assert "SET search_path = app, public, pg_temp;" in script
    assert script.count("\nLOCK TABLE ") == 2


def test_env_py_decides_about_transactions_where_no_setting_does(project: ThrowAway) -> None:
    """transaction_per_migration is what the project's online upgrade does."""
    env_py = project.root / "migrations" / "env.py"
    env_py.write_text(env_py.read_text().replace("literal_binds", "transaction_per_migration=True, literal_binds"))
    assert project.run("sql", "a:c", "--stdout").out.count("\nLOCK TABLE ") == 2
    project.set_options('transaction = "script"')
    assert project.run("sql", "a:c", "--stdout").out.count("\nLOCK TABLE ") == 1


@pytest.mark.parametrize("command", ["sql", "check", "list"])
def test_help_names_the_exit_codes(tmp_path: Path, command: str) -> None:
    """It needs no project."""
    outcome = run_cli(tmp_path, command, "--help")
    assert outcome.code == 0
    assert "Exit codes:" in outcome.out
    assert "1 check found drift" in outcome.out


def test_help_loads_neither_alembic_nor_sqlalchemy(tmp_path: Path) -> None:
    """It is there at once."""
    outcome = run_cli(tmp_path, "sql", "--help", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert outcome.code == 0
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in outcome.err.splitlines()}
    assert "click" in loaded
    assert loaded.isdisjoint({"alembic", "sqlalchemy", "sqlparse"})


def test_bug_of_ours_is_no_finding_and_shows_where_it_is(project: ThrowAway, tmp_path: Path) -> None:
    """CI must not take a crash for drift: another exit code than 0, 1 and 2, and a traceback."""
    (tmp_path / "sitecustomize.py").write_text(
        "import changescript.bundle as bundle\n\n\n"
        "def broken(*args):\n    raise RuntimeError('a bug')\n\n\nbundle.read_bundles = broken\n"
    )
    environment = cli_environment()
    environment["PYTHONPATH"] = f"{tmp_path}:{environment['PYTHONPATH']}"
    command = [*START, "check"]
    done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" in done.stderr
    assert "RuntimeError: a bug" in done.stderr
    assert done.returncode not in {0, 1, 2}
