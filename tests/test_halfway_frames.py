"""Scripts that start half-way, on the models of the databases that no server is here for."""

from __future__ import annotations

import pytest

from tests import mssql_runs
from tests.oracle_model import Database, Session
from tests.projects import Rev
from tests.rendering import render_one
from tests.sqlplus import Client
from tests.test_frame_oracle import effects
from tests.tsql import Database as SqlServer

_UP = """\
op.create_table("b1", sa.Column("id", sa.Integer(), primary_key=True))
op.add_column("t_a", sa.Column("n", sa.Integer()))
op.create_index("ix_n", "t_a", ["n"])"""
HISTORY = [Rev("a"), Rev("b", ("a",), upgrade=_UP, downgrade="pass"), Rev("c", ("b",))]
STATEMENTS = ("CREATE TABLE b1", "ALTER TABLE t_a ADD", "CREATE INDEX ix_n", "CREATE TABLE t_c")
INVERSES = ("DROP TABLE b1", "ALTER TABLE t_a DROP COLUMN n", "DROP INDEX ix_n")


def run_on_oracle(script: str, rows: list[str]) -> tuple[int, Database]:
    """Run a script on the model of SQL*Plus and Oracle."""
    database = Database(rows=rows)
    return Client(Session(database)).run(script), database


def starts(executed: list[str]) -> list[str]:
    """Return what each statement begins with."""
    return [next(begin for begin in (*STATEMENTS, *INVERSES) if sql.startswith(begin)) for sql in executed]


@pytest.mark.parametrize("done", range(3))
def test_oracle_goes_on_behind_what_is_done(done: int) -> None:
    """Each statement that is left is executed once, on a database in that state alone."""
    script = render_one(HISTORY, "oracle", f"b:{done}:c")
    code, database = run_on_oracle(script, [f"b:{done}"])
    assert (code, database.rows) == (0, ["c"])
    assert starts(database.executed) == list(STATEMENTS[done:])
    assert database.executed == effects(script)
    code, database = run_on_oracle(script, ["b:9"])
    assert (code, database.rows, database.executed) == (1, ["b:9"], [])


@pytest.mark.parametrize("done", range(3))
def test_oracle_undoes_what_is_done(done: int) -> None:
    """Last one first; a failure on the way leaves a state that both ways go on from."""
    script = render_one(HISTORY, "oracle", f"b:{done}:a")
    code, database = run_on_oracle(script, [f"b:{done}"])
    assert (code, database.rows) == (0, ["a"])
    assert starts(database.executed) == list(reversed(INVERSES[:done]))


def test_sql_server_goes_on_and_back_where_it_can_stop() -> None:
    """Only what runs outside a transaction leaves a half-done state there."""
    outside = (
        'op.create_table("b1", sa.Column("id", sa.Integer(), primary_key=True))\n'
        "with op.get_context().autocommit_block():\n"
        '    op.execute("CREATE FULLTEXT CATALOG texts")\n'
        'op.create_index("ix_n", "t_a", ["id"])'
    )
    history = [Rev("a"), Rev("b", ("a",), upgrade=outside, downgrade="pass")]
    on = mssql_runs.run(render_one(history, "mssql", "b:1:b"), database := SqlServer(heads=["b:1"]))
    assert mssql_runs.is_ok(on), on.output
    assert database.heads == ["b"]
    back = mssql_runs.run(render_one(history, "mssql", "b:1:a"), database := SqlServer(heads=["b:1"]))
    assert mssql_runs.is_ok(back), back.output
    assert database.heads == ["a"]
    refused = mssql_runs.run(render_one(history, "mssql", "b:1:a"), database := SqlServer(heads=["a"]))
    assert not mssql_runs.is_ok(refused)
    assert database.heads == ["a"]
