"""Manual steps of hand-written SQL through the vendors' clients, with the very commands that the scripts name."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from changescript.errors import RevisionError
from tests.db import mariadb_scripts, scripts, sqlite
from tests.db.mariadb import MariaDBDatabase
from tests.db.postgres import Database, Server
from tests.db.sqlite import File
from tests.db.test_halfway_db import rendered, rendered_rollback
from tests.projects import Rev, ThrowAway, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

UP = """\
-- MANUAL STEP: stop the "workers", 100% of 'them'
CREATE TABLE t_b (id int);
-- MANUAL STEP: rotate the keys; they're $old, `now` \\n
INSERT INTO t_b VALUES (1);
INSERT INTO t_b VALUES (2);
-- MANUAL STEP: call 4711
-- MANUAL STEP: start them again
"""
DOWN = """\
INSERT INTO t_b VALUES (3);
-- MANUAL STEP: look at t_b
DROP TABLE t_b;
"""
UP_STOPS = {1: "", 2: "b:2", 3: "b:5", 4: "b:6"}
"""By their numbers, the states that the manual steps of the upgrade stop at; the first one at its place's."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database, and how a command in a shell reaches it."""

    dialect: str
    database: Database | MariaDBDatabase | File
    folder: Path
    substitutes: Mapping[str, str]
    """What has to stand in a command in place of what the script leaves open."""
    environment: Mapping[str, str]
    failed: int
    """The exit code of the client after an error."""
    first: str
    """The state at which a script from `a` stops, if a manual step is the first that it holds."""

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a command where the scripts are."""
        for placeholder, ours in self.substitutes.items():
            assert command.count(placeholder) == 1, command
            command = command.replace(placeholder, ours)
        return subprocess.run(
            ["/bin/sh", "-c", command],
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env={**os.environ, **self.environment},
            timeout=60,
        )

    def rows(self) -> str:
        """Return what t_b holds."""
        found = self.database.query("SELECT id FROM t_b ORDER BY id")
        return found if isinstance(found, str) else "\n".join(str(row[0]) for row in found)

    def heads(self) -> str:
        """Return the version rows."""
        return ", ".join(self.database.heads())

    def state(self) -> object:
        """Return all there is."""
        return self.database.state() if isinstance(self.database, File) else self.database.dump()

    def write(self, project: ThrowAway) -> None:
        """Write both scripts, and one that leads to `a`."""
        (self.folder / "first.sql").write_text(rendered(project, "base:a", self.dialect))
        (self.folder / "upgrade.sql").write_text(rendered(project, "a:c", self.dialect))
        (self.folder / "rollback.sql").write_text(rendered_rollback(project, "a:c", self.dialect))

    def text(self, name: str = "upgrade.sql") -> str:
        """Return a script."""
        return (self.folder / name).read_text()

    def command(self, name: str = "upgrade.sql") -> str:
        """Return the command in a script's header."""
        found = re.search(r"^--   Run +(.*)$", self.text(name), re.MULTILINE)
        assert found
        return found[1].replace("upgrade.sql", name)

    def prepare(self, *steps: str) -> str:
        """Return the command that runs a script to its end, because all steps have been done before."""
        return with_variables(self.dialect, self.command(), steps)


def with_variables(dialect: str, command: str, steps: tuple[str, ...]) -> str:
    """Return a command that says of several steps that they are done."""
    program, rest = command.split(" ", 1)
    if dialect == "postgresql":
        options = " ".join(f"-c changescript.manual_{step}=done" for step in steps)
        return f'PGOPTIONS="{options}" {command}'
    if dialect == "mariadb":
        variables = ", ".join(f"@changescript_manual_{step} = 'done'" for step in steps)
        return f'{program} --init-command="SET {variables}" {rest}'
    options = " ".join(f'-cmd ".parameter set :changescript_manual_{step} done"' for step in steps)
    return f"{program} {options} {rest}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the scripts are."""
    (tmp_path / "sql").mkdir()
    return tmp_path / "sql"


@pytest.fixture
def postgresql_place(servers: Callable[[str], Server], folder: Path) -> Place:
    """Return a database of PostgreSQL."""
    server = servers("embedded")
    database = server.create_database()
    programs = str(Path(server.installation.program("psql")).parent)
    environment = {**database.client_environment(), "PATH": f"{programs}{os.pathsep}{os.defpath}"}
    return Place(
        "postgresql", database, folder, {" DATABASE": f" {database.name}"}, environment, scripts.REFUSED_EXIT, "b:0"
    )


@pytest.fixture
def mariadb_place(mariadb: MariaDBDatabase, folder: Path) -> Place:
    """Return a database of MariaDB."""
    ours = f" --user=root --socket={mariadb.server.socket} {mariadb.name}"
    environment = {"HOME": str(folder), "PATH": os.defpath}
    return Place("mariadb", mariadb, folder, {" DATABASE": ours}, environment, mariadb_scripts.FAILED_EXIT, "a")


@pytest.fixture
def sqlite_place(folder: Path) -> Place:
    """Return a database of SQLite."""
    file = File(folder / "app.db")
    file.path.touch()
    return Place("sqlite", file, folder, {":DATABASE": ":app.db"}, {"HOME": str(folder)}, sqlite.FAILED_EXIT, "a")


@pytest.fixture(params=["postgresql", "mariadb", "sqlite"])
def place(request: pytest.FixtureRequest) -> Place:
    """Return a database of each."""
    found = request.getfixturevalue(f"{request.param}_place")
    assert isinstance(found, Place)
    return found


@pytest.fixture
def project(tmp_path: Path) -> ThrowAway:
    """Return a project in which a person has written the SQL of the second revision."""
    made = make_project(tmp_path / "project", [Rev("a"), Rev("b", ("a",)), Rev("c", ("b",))])
    for dialect in ("postgresql", "mariadb", "sqlite"):
        write(made, dialect, UP, DOWN)
    return made


def write(project: ThrowAway, dialect: str, up: str, down: str = DOWN) -> None:
    """Write what stands in place of the second revision."""
    versions = project.root / "migrations" / "versions"
    (versions / f"b.{dialect}.upgrade.sql").write_text(up)
    (versions / f"b.{dialect}.downgrade.sql").write_text(down)


def output_of(ended: subprocess.CompletedProcess[str]) -> str:
    """Return all that a terminal would show."""
    return ended.stdout + ended.stderr


def way_on(place: Place, ended: subprocess.CompletedProcess[str], said: str) -> str:
    """Return the command that a stopped run names."""
    output = output_of(ended)
    assert ended.returncode == place.failed, output
    assert said in output
    assert "OK: " not in output
    found = re.search(r"when it is done, run(?: this file again)?: (.*)$", output, re.MULTILINE)
    assert found, output
    return found[1]


def finish(place: Place, command: str, head: str) -> None:
    """Run a command that has to bring the database to a head."""
    ended = place.run(command)
    assert ended.returncode == 0, output_of(ended)
    assert re.fullmatch(rf"OK: database \S+ is at {head}", ended.stdout.splitlines()[-1]), output_of(ended)
    assert place.heads() == ("" if head == "base" else head)


def test_script_stops_for_each_manual_step_and_goes_on_with_the_command_that_it_names(
    place: Place, project: ThrowAway
) -> None:
    """What is before a step stays, nothing behind it is run; at the file's beginning and end, and on the way back."""
    place.write(project)
    finish(place, place.command("first.sql"), "a")
    before = place.state()
    texts = [line.removeprefix("-- MANUAL STEP: ") for line in UP.splitlines() if line.startswith("--")]
    rows = {1: None, 2: "", 3: "1\n2", 4: "1\n2"}
    command = place.command()
    for number, state in UP_STOPS.items():
        said = f"MANUAL STEP b_{number}: {texts[number - 1]}"
        command = way_on(
            place, place.run(command), said.replace("\\n", "\\\\n") if place.dialect == "mariadb" else said
        )
        assert place.heads() == (state or place.first)
        if number > 1:
            assert place.rows() == rows[number]
    finish(place, command, "c")
    assert place.rows() == "1\n2"
    back = way_on(place, place.run(place.command("rollback.sql")), "MANUAL STEP b_down_1: look at t_b")
    assert place.heads() == "b:-1"
    assert place.rows() == "1\n2\n3"
    finish(place, back, "a")
    assert place.state() == before


def test_wrong_database_is_refused_before_any_manual_step(place: Place, project: ThrowAway) -> None:
    """With the variable or without it, for the whole file and for what is left of it: it stays as it is."""
    place.write(project)
    finish(place, place.command("first.sql"), "a")
    stopped = way_on(place, place.run(place.command()), "MANUAL STEP b_1")
    left = way_on(place, place.run(stopped), "MANUAL STEP b_2")
    for heads in (["zz"], ["a", "zz"], [], ["b:9"]):
        values = ", ".join(f"('{head}')" for head in heads)
        insert = f"INSERT INTO alembic_version VALUES {values};" if heads else ""
        place.database.execute(f"DELETE FROM alembic_version; {insert}")
        before = place.state()
        for command in (place.command(), place.prepare("b_1", "b_2", "b_3", "b_4"), stopped, left):
            ended = place.run(command)
            assert ended.returncode == place.failed
            assert "REFUSED: " in output_of(ended)
            assert "MANUAL STEP" not in output_of(ended)
            assert place.state() == before


def test_nothing_stops_where_all_has_been_done_before(place: Place, project: ThrowAway) -> None:
    """Another value than `done` is none; nor is the variable of another step."""
    place.write(project)
    finish(place, place.command("first.sql"), "a")
    other = place.prepare("b_1", "b_2", "b_3", "b_5", "b_down_1", "a_1")
    way_on(place, place.run(place.prepare("b_1", "b_3", "b_4").replace("done", "soon")), "MANUAL STEP b_1: ")
    assert place.heads() == place.first
    write_back = "UPDATE alembic_version SET version_num = 'a'"
    place.database.execute(write_back)
    way_on(place, place.run(other), "MANUAL STEP b_4: ")
    assert place.heads() == "b:6"
    place.database.execute(f"DROP TABLE t_b; {write_back}")
    finish(place, place.prepare("b_1", "b_2", "b_3", "b_4"), "c")


def test_script_of_its_own_goes_on_from_a_manual_step(place: Place, project: ThrowAway) -> None:
    """It stops for the same steps, by the same variables."""
    place.write(project)
    finish(place, place.command("first.sql"), "a")
    command = way_on(place, place.run(place.command()), "MANUAL STEP b_1")
    way_on(place, place.run(command), "MANUAL STEP b_2")
    (place.folder / "upgrade.sql").write_text(rendered(project, "b:2:c", place.dialect))
    command = way_on(place, place.run(place.command()), "MANUAL STEP b_2: rotate")
    assert place.heads() == "b:2"
    command = way_on(place, place.run(command), "MANUAL STEP b_3")
    assert place.heads() == "b:5"
    assert place.rows() == "1\n2"
    command = way_on(place, place.run(command), "MANUAL STEP b_4")
    finish(place, command, "c")


def test_script_of_its_own_leads_on_and_back_from_before_the_first_statement(place: Place, project: ThrowAway) -> None:
    """Where a script has stopped before the first statement of a revision that is not its own first."""
    place.write(project)
    finish(place, place.command("first.sql"), "a")
    before = place.state()
    place.database.execute("DROP TABLE t_a; DROP TABLE alembic_version")
    (place.folder / "upgrade.sql").write_text(rendered(project, "base:c", place.dialect))
    way_on(place, place.run(place.command()), "MANUAL STEP b_1: ")
    assert place.heads() == "b:0"
    (place.folder / "rollback.sql").write_text(rendered(project, "b:0:a", place.dialect))
    finish(place, place.command("rollback.sql"), "a")
    assert place.state() == before
    place.database.execute("UPDATE alembic_version SET version_num = 'b:0'")
    (place.folder / "upgrade.sql").write_text(rendered(project, "b:0:c", place.dialect))
    finish(place, place.prepare("b_1", "b_2", "b_3", "b_4"), "c")


def loosely(place: Place, text: str) -> Iterator[object]:
    """Run a script in clients that go on after errors, one after another."""
    database = place.database
    if isinstance(database, Database):
        for client in scripts.CLIENTS:
            yield client.run(database, text)
    elif isinstance(database, MariaDBDatabase):
        yield mariadb_scripts.run(database, text, "--force")
        yield mariadb_scripts.run_by_source(database, text)
    else:
        for other in sqlite.OTHER_CLIENTS.values():
            yield other(database, text)
        for options in (("-batch",), ("-interactive",), ("-interactive", "-bail")):
            yield sqlite.shell(database, text, *options)


def test_client_that_goes_on_after_errors_skips_no_manual_step(place: Place, project: ThrowAway) -> None:
    """Nothing behind one is run in any, however often it is tried."""
    place.write(project)
    finish(place, place.command("first.sql"), "a")
    for _ in loosely(place, place.text()):
        assert place.heads() in {"a", "b:0"}
        place.database.execute("UPDATE alembic_version SET version_num = 'a'")
    command = way_on(place, place.run(place.command()), "MANUAL STEP b_1")
    for _ in loosely(place, place.text()):
        assert place.heads() == place.first
    way_on(place, place.run(command), "MANUAL STEP b_2")
    left = mariadb_scripts.Script(place.text(), ("a",), ("c",)).from_line("go on at b:2")
    for _ in chain(loosely(place, place.text()), loosely(place, left) if "-- start" in place.text() else ()):
        assert (place.heads(), place.rows()) == ("b:2", "")


def test_several_transactions_stop_just_as_one_does(place: Place, project: ThrowAway) -> None:
    """One for each revision, by the project's settings; from base, so that the table of versions is made too."""
    (project.root / "pyproject.toml").write_text('[tool.changescript]\ntransaction = "revision"\n')
    (place.folder / "upgrade.sql").write_text(rendered(project, "base:c", place.dialect))
    command = place.command()
    for number, state in UP_STOPS.items():
        command = way_on(place, place.run(command), f"MANUAL STEP b_{number}: ")
        assert place.heads() == (state or "b:0")
    finish(place, command, "c")


def test_manual_step_may_be_the_first_of_a_script_from_base(place: Place, project: ThrowAway) -> None:
    """And the only statement of its revision."""
    versions = project.root / "migrations" / "versions"
    (versions / f"a.{place.dialect}.upgrade.sql").write_text("-- MANUAL STEP: begin\n")
    (place.folder / "upgrade.sql").write_text(rendered(project, "base:a", place.dialect))
    command = way_on(place, place.run(place.command()), "MANUAL STEP a_1: begin")
    finish(place, command, "a")


@pytest.mark.parametrize(
    ("dialect", "before", "why"),
    [
        ("mariadb", "SET @x = 1;", "leaves something in its session"),
        ("mariadb", "CREATE TEMPORARY TABLE x (id int);", "leaves something in its session"),
        ("sqlite", "CREATE TEMP TABLE x (id int);", "makes something temporary"),
        ("sqlite", "CREATE TABLE temp.x (id int);", "makes something temporary"),
    ],
)
def test_what_the_next_session_would_miss_is_refused_before_a_manual_step(
    project: ThrowAway, dialect: str, before: str, why: str
) -> None:
    """Told when the script is made, with the line of the step."""
    write(project, dialect, f"{before}\n-- MANUAL STEP: wait\nSELECT 1;\n")
    with pytest.raises(RevisionError, match=rf"b\.{dialect}\.upgrade\.sql:2\b.*{why}"):
        rendered(project, "a:c", dialect)


def test_pragma_of_the_session_is_set_again_behind_a_manual_step(sqlite_place: Place, project: ThrowAway) -> None:
    """Without that, LIKE would find other rows in the session that goes on."""
    text = (
        "CREATE TABLE t_b (id int, name text);\nINSERT INTO t_b VALUES (1, 'A'), (2, 'a');\n"
        "PRAGMA case_sensitive_like = ON;\n-- MANUAL STEP: wait\nDELETE FROM t_b WHERE name LIKE 'a';\n"
    )
    write(project, "sqlite", text)
    sqlite_place.write(project)
    finish(sqlite_place, sqlite_place.command("first.sql"), "a")
    finish(sqlite_place, way_on(sqlite_place, sqlite_place.run(sqlite_place.command()), "MANUAL STEP b_1"), "c")
    assert sqlite_place.rows() == "1"
