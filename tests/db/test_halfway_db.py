"""What a stopped script leaves can be finished by another script, or undone by one, on a real server."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from changescript.errors import RevisionError
from changescript.generate import generate_script
from changescript.halfway import resolve
from changescript.history import load_history
from changescript.model import Request
from changescript.project import find_project
from tests.db import mariadb_scripts, scripts
from tests.db.mariadb_scripts import BROKEN
from tests.projects import Rev, ThrowAway, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.mariadb import MariaDBDatabase
    from tests.db.postgres import Database, Server

_UP = """\
op.create_table("b1", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer(), index=True))
op.add_column("t_a", sa.Column("n", sa.Integer()))
op.create_index("ix_n", "t_a", ["n"])
op.create_unique_constraint("uq_n", "b1", ["n"])
op.rename_table("b1", "b9")
op.create_table("b2", sa.Column("id", sa.Integer(), primary_key=True))"""
_DOWN = """\
op.drop_table("b2")
op.rename_table("b9", "b1")
op.execute("DELETE FROM b1")
op.drop_constraint("uq_n", "b1", type_="unique")
op.drop_index("ix_n", "t_a")
op.drop_column("t_a", "n")
op.drop_table("b1")"""
_AUTOCOMMIT = """\
op.add_column("t_a", sa.Column("n", sa.Integer()))
op.create_table("b1", sa.Column("id", sa.Integer(), primary_key=True))
with op.get_context().autocommit_block():
    op.create_index("ix_n", "t_a", ["n"], unique=True, postgresql_concurrently=True)
op.create_table("b2", sa.Column("id", sa.Integer(), primary_key=True))
with op.get_context().autocommit_block():
    op.create_index("ix_id", "t_a", ["id"], postgresql_concurrently=True)"""


def rendered(project: ThrowAway, range_: str, dialect: str) -> str:
    """Return the one script of a range that starts half-way, or the upgrade of any other."""
    found = find_project(project.root, dialect=dialect)
    with contextlib.chdir(project.root):
        history = load_history(found)
        script = generate_script(found, history, Request(resolve(history, range_)), rollback=False)
        return b"".join(script.pieces()).decode()


def stopped_by(text: str, number: int, sql: str = BROKEN) -> str:
    """Return a script that fails before the statement of this number."""
    at = text.index("\n", text.index(f"\n-- [{number}] ") + 1) + 1
    return f"{text[:at]}{sql}{text[at:]}"


@pytest.fixture(scope="module")
def mysql_project(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    """Return a project whose second revision has seven statements, each committed by itself."""
    root = tmp_path_factory.mktemp("halfway") / "project"
    return make_project(root, [Rev("a"), Rev("b", ("a",), upgrade=_UP, downgrade=_DOWN), Rev("c", ("b",))])


@pytest.fixture(scope="module")
def postgres_project(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    """Return a project whose second revision makes two indexes concurrently."""
    root = tmp_path_factory.mktemp("halfway") / "project"
    return make_project(root, [Rev("a"), Rev("b", ("a",), upgrade=_AUTOCOMMIT, downgrade="pass"), Rev("c", ("b",))])


def run_on_mariadb(database: MariaDBDatabase, text: str, heads: str) -> bool:
    """Run a script, and tell whether it has worked."""
    return mariadb_scripts.succeeded(database, tuple(filter(None, [heads])), mariadb_scripts.run(database, text))


def stop_on_mariadb(database: MariaDBDatabase, project: ThrowAway, number: int) -> str:
    """Bring an empty database to `b` half-way; return its dump at `a`."""
    assert run_on_mariadb(database, rendered(project, "base:a", "mariadb"), "a")
    before = database.dump()
    text = stopped_by(rendered(project, "a:c", "mariadb"), number)
    assert mariadb_scripts.run(database, text).exit_code == mariadb_scripts.FAILED_EXIT
    assert database.heads() == [f"b:{number - 1}"]
    return before


@pytest.mark.parametrize("number", range(1, 8))
def test_other_script_finishes_or_undoes_what_mariadb_keeps(
    mariadb: MariaDBDatabase, mysql_project: ThrowAway, number: int
) -> None:
    """Stopped at any statement: undone to the last table; stopped again, finished, it equals a run without a stop."""
    before = stop_on_mariadb(mariadb, mysql_project, number)
    state = f"b:{number - 1}"
    undo = rendered(mysql_project, f"{state}:a", "mariadb")
    assert run_on_mariadb(mariadb, undo, "a")
    assert mariadb.dump() == before
    assert not run_on_mariadb(mariadb, undo, "a"), "it is not at b any more"
    assert run_on_mariadb(mariadb, rendered(mysql_project, "a:c", "mariadb"), "c")
    whole = mariadb.dump()
    mariadb.execute("DROP TABLE t_c, b2, b9, t_a, alembic_version")
    stop_on_mariadb(mariadb, mysql_project, number)
    assert run_on_mariadb(mariadb, rendered(mysql_project, f"{state}:c", "mariadb"), "c")
    assert mariadb.dump() == whole


def test_way_back_can_stop_and_go_on_in_either_direction(mariadb: MariaDBDatabase, mysql_project: ThrowAway) -> None:
    """Its own half-done states are those of the upgrade."""
    before = stop_on_mariadb(mariadb, mysql_project, 6)
    undo = stopped_by(rendered(mysql_project, "b:5:a", "mariadb"), 3)
    assert not run_on_mariadb(mariadb, undo, "a")
    assert mariadb.heads() == ["b:3"]
    again = stopped_by(rendered(mysql_project, "b:3:c", "mariadb"), 7)
    assert not run_on_mariadb(mariadb, again, "c")
    assert mariadb.heads() == ["b:6"]
    assert run_on_mariadb(mariadb, rendered(mysql_project, "b:6:a", "mariadb"), "a")
    assert mariadb.dump() == before


def test_nothing_is_undone_while_the_next_statement_may_be_done(
    mariadb: MariaDBDatabase, mysql_project: ThrowAway
) -> None:
    """A statement that was executed just before its marker could say so is seen, and told of."""
    stop_on_mariadb(mariadb, mysql_project, 4)
    mariadb.execute("CREATE INDEX ix_n ON t_a (n)")
    dump = mariadb.dump()
    finished = mariadb_scripts.run(mariadb, rendered(mysql_project, "b:3:a", "mariadb"))
    assert finished.exit_code == mariadb_scripts.FAILED_EXIT
    assert "REFUSED: the work of statement 4 is there already, undo that first" in finished.output
    assert mariadb.dump() == dump


@pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")
@pytest.mark.parametrize(("number", "state"), [(3, "b:2"), (5, "b:4")])
def test_concurrent_index_is_taken_back(
    server: Server, database: Database, postgres_project: ThrowAway, number: int, state: str
) -> None:
    """What its failure has left INVALID goes too; and from the same state another script comes to the end."""
    assert scripts.run_text(database, rendered(postgres_project, "base:a", "postgresql")).exit_code == 0
    before = database.dump()
    stopped = stopped_by(rendered(postgres_project, "a:c", "postgresql"), number, "SELECT 1/0;\n")
    for undo_first in (True, False):
        assert scripts.run_text(database, stopped).exit_code == scripts.REFUSED_EXIT
        assert database.heads() == [state]
        if undo_first:
            database.execute(f"CREATE INDEX {'ix_n' if number == 3 else 'ix_id'} ON t_a (id)")
            _run(database, rendered(postgres_project, f"{state}:a", "postgresql"), "a")
            assert database.dump() == before
    _run(database, rendered(postgres_project, f"{state}:c", "postgresql"), "c")
    finished = database.dump()
    other = server.create_database()
    _run(other, rendered(postgres_project, "base:c", "postgresql"), "c")
    assert finished == other.dump()
    other.drop()


def _run(database: Database, text: str, head: str) -> None:
    finished = scripts.run_text(database, text)
    assert finished.stdout.splitlines()[-1:] == [scripts.ok_line(database, [head])], finished.output


def test_downgrade_is_finished_or_refused(mariadb: MariaDBDatabase, mysql_project: ThrowAway) -> None:
    """What deletes rows can't be undone; what is left of it is another script."""
    assert run_on_mariadb(mariadb, rendered(mysql_project, "base:a", "mariadb"), "a")
    before = mariadb.dump()
    assert run_on_mariadb(mariadb, rendered(mysql_project, "a:b", "mariadb"), "b")
    down = rendered_rollback(mysql_project, "a:b", "mariadb")
    assert not run_on_mariadb(mariadb, stopped_by(down, 5), "a")
    assert mariadb.heads() == ["b:-4"]
    with pytest.raises(RevisionError, match="nothing undoes drop_constraint"):
        rendered(mysql_project, "b:-4:b", "mariadb")
    assert run_on_mariadb(mariadb, rendered(mysql_project, "b:-4:a", "mariadb"), "a")
    assert mariadb.dump() == before


def rendered_rollback(project: ThrowAway, range_: str, dialect: str) -> str:
    """Return the rollback of a range."""
    found = find_project(project.root, dialect=dialect)
    with contextlib.chdir(project.root):
        history = load_history(found)
        script = generate_script(found, history, Request(resolve(history, range_)), rollback=True)
        return b"".join(script.pieces()).decode()


@pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")
@pytest.mark.parametrize("other_script", [False, True])
def test_run_that_goes_on_makes_the_settings_that_it_has_missed(
    database: Database, tmp_path: Path, *, other_script: bool
) -> None:
    """Or a table would be made in another schema than it would have been without the stop."""
    upgrade = (
        'op.execute("CREATE SCHEMA app")\n'
        'op.execute("SET search_path = app, public")\n'
        "with op.get_context().autocommit_block():\n"
        '    op.create_index("ix", "t_a", ["id"], postgresql_concurrently=True)\n'
        'op.create_table("t_b", sa.Column("id", sa.Integer()))'
    )
    project = make_project(tmp_path / "project", [Rev("a"), Rev("b", ("a",), upgrade=upgrade, downgrade="pass")])
    _run(database, rendered(project, "base:a", "postgresql"), "a")
    text = rendered(project, "a:b", "postgresql")
    assert scripts.run_text(database, stopped_by(text, 3, "SELECT 1/0;\n")).exit_code == scripts.REFUSED_EXIT
    assert database.heads() == ["b:2"]
    _run(database, rendered(project, "b:2:b", "postgresql") if other_script else text, "b")
    assert database.query("SELECT schemaname FROM pg_tables WHERE tablename = 't_b'") == "app"
