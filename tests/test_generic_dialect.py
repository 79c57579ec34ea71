"""Dialects of other packages: what they render, what is refused, and a generic script run by DuckDB."""

from __future__ import annotations

import datetime as dt
import decimal
import re
import shutil
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from changescript.dialects import get_dialect
from changescript.dialects.drivers import ScriptDialect, install
from changescript.dialects.generic.statements import loses_data, refusal_of
from changescript.errors import ChangescriptError, ProjectError
from changescript.literals import LiteralRefused, compile_literal
from tests.projects import Rev, cli_environment, make_project
from tests.rendering import env_for, render

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Dialect

duckdb = pytest.importorskip("duckdb", reason="duckdb and duckdb-engine are in the extra `test`")
pytest.importorskip("duckdb_engine")
pytest.importorskip("sqlalchemy_redshift")

SED = shutil.which("sed") or "sed"
IMPLEMENTATION = """\
import alembic.ddl.impl

class Impl(alembic.ddl.impl.DefaultImpl):
    __dialect__ = "duckdb"

"""
DUCKDB_ENV = env_for("duckdb://", IMPLEMENTATION)
ONLINE_ENV = f"""\
{IMPLEMENTATION}
import sqlalchemy as sa
from alembic import context

with sa.create_engine("duckdb:///online.duckdb").connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""

HISTORY = (
    Rev(
        "a",
        upgrade="""\
op.create_table(
    "account",
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(40), nullable=False, server_default="n/a"),
    sa.Column("value", sa.Numeric(10, 2)),
    sa.Column("ratio", sa.Float()),
    sa.Column("born", sa.Date()),
    sa.Column("good", sa.Boolean()),
)
import datetime, decimal
account = sa.table(
    "account", sa.column("id", sa.Integer()), sa.column("name", sa.String()), sa.column("value", sa.Numeric(10, 2)),
    sa.column("ratio", sa.Float()), sa.column("born", sa.Date()), sa.column("good", sa.Boolean()),
)
op.bulk_insert(account, [
    {"id": 1, "name": "it's 100 % -- so; x", "value": decimal.Decimal("-1.50"), "ratio": 0.25,
     "born": datetime.date(2024, 2, 29), "good": True},
    {"id": 2, "name": "http://x", "value": None, "ratio": -3.0, "born": None, "good": False},
])
op.execute(account.update().where(account.c.name == "it's 100 % -- so; x").values(value=account.c.value + 1))""",
        downgrade='op.drop_table("account")',
    ),
    Rev(
        "b",
        ("a",),
        upgrade="""\
op.add_column("account", sa.Column("note", sa.String(10)))
op.execute(sa.text("UPDATE account SET note = :v WHERE id = :i").bindparams(v="x'y", i=2))""",
        downgrade='op.drop_column("account", "note")',
    ),
)


def run(file: Path, script: str) -> str:
    """Run a script as a client that stops at the first error; return the last result, or the error."""
    with duckdb.connect(str(file)) as connection:
        last = ""
        try:
            for statement in connection.extract_statements(script):
                rows = connection.execute(statement).fetchall()
                last = str(rows[-1][0]) if rows else last
        except duckdb.Error as error:
            return f"ERROR {error}"
    return last


def dump(file: Path) -> dict[str, Any]:
    """Return the catalog and all rows."""
    with duckdb.connect(str(file)) as connection:
        tables = connection.execute("SELECT sql FROM duckdb_tables() ORDER BY table_name").fetchall()
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            "": tables,
            **{name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names},
        }


def set_rows(file: Path, rows: list[str]) -> None:
    """Make alembic_version hold exactly these."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR NOT NULL)")
        connection.execute("DELETE FROM alembic_version")
        for row in rows:
            connection.execute("INSERT INTO alembic_version VALUES (?)", [row])


def test_a_generic_script_makes_what_an_online_upgrade_makes(tmp_path: Path) -> None:
    """DuckDB has the same tables and rows after both, and the rollback takes all away again."""
    make_project(tmp_path / "project", HISTORY, ONLINE_ENV)
    upgrade = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(
        upgrade, cwd=tmp_path / "project", env=cli_environment(), check=True, capture_output=True, timeout=60
    )
    scripts = render(HISTORY, env_py=DUCKDB_ENV)
    file = tmp_path / "script.duckdb"
    assert run(file, scripts.upgrade) == "OK: at b"
    assert dump(file) == dump(tmp_path / "project" / "online.duckdb")
    assert run(file, scripts.rollback) == "OK: at base"
    assert set(dump(file)) == {"", "alembic_version"}


@pytest.mark.parametrize("rows", [[], ["b"], ["a", "x"], ["x"], ["a:1"], ["A"], ["a", "b"]])
def test_a_database_that_is_elsewhere_is_left_alone(tmp_path: Path, rows: list[str]) -> None:
    """Whatever alembic_version holds, if it is not FROM the first check fails."""
    file = tmp_path / "x.duckdb"
    set_rows(file, rows)
    before = dump(file)
    assert "REFUSED: needs a, found " in run(file, render(HISTORY, env_py=DUCKDB_ENV, range_="a:b").upgrade)
    assert dump(file) == before


def test_without_a_version_table_only_a_script_from_base_runs(tmp_path: Path) -> None:
    """To be at base may mean to have none."""
    assert run(tmp_path / "x.duckdb", render(HISTORY, env_py=DUCKDB_ENV, range_="a:b").upgrade).startswith("ERROR")
    assert dump(tmp_path / "x.duckdb") == {"": []}


def parts(script: str) -> list[int]:
    """Return where each statement below the guard begins."""
    start = script.index("-- start\n")
    return [
        found.start()
        for found in re.finditer(r"^(?:SELECT|INSERT|UPDATE|CREATE|ALTER)\b", script[start:], re.MULTILINE)
    ]


def test_a_failure_anywhere_is_gone_on_from_where_the_state_says(tmp_path: Path) -> None:
    """The state names the line to go on from; the whole file refuses, what is left of it completes."""
    script = render(HISTORY, env_py=DUCKDB_ENV).upgrade
    whole = tmp_path / "whole.duckdb"
    run(whole, script)
    expected, offset = dump(whole), script.index("-- start\n")
    for number, at in enumerate(parts(script)[2:]):
        file = tmp_path / f"{number}.duckdb"
        broken = f"{script[: offset + at]}SELECT CAST(('x' || 1) AS INTEGER);\n{script[offset + at :]}"
        assert run(file, broken).startswith("ERROR"), at
        ((state,),) = dump(file)["alembic_version"] or [("",)]
        if state in {"", "a", "b"}:
            continue
        assert "REFUSED" in run(file, script)
        done = script[: offset + at].rpartition("\n-- go on at ")[2].partition("\n")[0]
        rest = subprocess.run(
            [SED, rf"/^-- start$/,/^-- go on at {done}$/d"], input=script, capture_output=True, text=True, check=True
        ).stdout
        assert run(file, rest) == "OK: at b", (done, at)
        assert dump(file) == expected, done


def script_dialect(name: str) -> Dialect:
    """Return the dialect that a URL of this name resolves to."""
    install()
    made: Dialect = make_url(f"{name}://").get_dialect()()
    return made


def literal(value: object, type_: sa.types.TypeEngine[Any], name: str = "duckdb") -> str:
    """Return how a value of a column is written."""
    insert = sa.table("t", sa.column("c", type_)).insert().values(c=value)
    return compile_literal(insert, script_dialect(name)).partition("VALUES (")[2][:-1]


@pytest.mark.parametrize(
    ("value", "type_", "sql"),
    [
        (None, sa.LargeBinary(), "NULL"),
        (-(2**31), sa.Integer(), "-2147483648"),
        (2**63 - 1, sa.BigInteger(), "9223372036854775807"),
        (True, sa.Boolean(), "true"),
        (decimal.Decimal("1.50"), sa.Numeric(10, 2), "1.50"),
        (decimal.Decimal("1E+2"), sa.Numeric(10, 2), "100"),
        (decimal.Decimal("-123456789012.345"), sa.Numeric(18, 3), "-123456789012.345"),
        (0.5, sa.Float(), "0.5"),
        (-3.0, sa.Float(), "-3"),
        ("a", sa.String(), "'a'"),
        ("a'b", sa.String(), "'a''b'"),
        ("a", sa.Enum("a", native_enum=False), "'a'"),
        (dt.date(2024, 2, 29), sa.Date(), "DATE '2024-02-29'"),
    ],
)
def test_what_every_database_reads_alike_is_written(value: object, type_: sa.types.TypeEngine[Any], sql: str) -> None:
    """These are literals of standard SQL that nothing rounds, cuts or escapes."""
    assert literal(value, type_) == sql


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (2**31, sa.Integer()),
        (decimal.Decimal("1.505"), sa.Numeric(10, 2)),
        (decimal.Decimal("1.5"), sa.Numeric()),
        (decimal.Decimal(10**9), sa.Numeric(10, 2)),
        (decimal.Decimal("1234567890123.4567"), sa.Numeric(20, 4)),
        (decimal.Decimal("NaN"), sa.Numeric(10, 2)),
        (0.1, sa.Float()),
        (float("nan"), sa.Float()),
        (float("inf"), sa.Float()),
        (-0.0, sa.Float()),
        (1e300, sa.Float()),
        ("", sa.String()),
        ("a\\b", sa.String()),
        ("a\nb", sa.String()),
        ("a\0", sa.String()),
        ("ä", sa.String()),
        ("\ud800", sa.String()),
        ("'a", sa.String()),
        ("a'", sa.String()),
        ("a''b", sa.String()),
        ("a", sa.CHAR(3)),
        (b"x", sa.LargeBinary()),
        (uuid.UUID(int=5), sa.Uuid()),
        (dt.datetime(2024, 2, 29, 1), sa.DateTime()),  # noqa: DTZ001 - the naive one
        (dt.time(1), sa.Time()),
        (dt.timedelta(1), sa.Interval()),
        (dt.date(1950, 1, 1), sa.Date()),
        ({"a": 1}, sa.JSON()),
        ([1], sa.ARRAY(sa.Integer())),
        (1.5, sa.types.NullType()),
        (dt.date(2024, 2, 29), sa.types.NullType()),
    ],
)
def test_what_some_database_may_read_otherwise_is_refused(value: object, type_: sa.types.TypeEngine[Any]) -> None:
    """The refusal names column and type, and not the value."""
    with pytest.raises(LiteralRefused, match=r"^t\.c ") as refused:
        literal(value, type_)
    assert str(value) not in f"{refused.value} {refused.value.hint}" or len(str(value)) < 3


def test_a_number_in_an_expression_has_the_type_of_its_parameter() -> None:
    """`1.5` alone is a double to some databases and a decimal to others."""
    column = sa.column("c", sa.Numeric(10, 2))
    sql = compile_literal(
        sa.table("t", column).update().values(c=column * decimal.Decimal("-1.50")), script_dialect("duckdb")
    )
    assert "CAST(-1.50 AS NUMERIC(10, 2))" in sql


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("BEGIN", "begins with BEGIN"),
        ("SET x = 1", "begins with SET"),
        ("CALL p()", "begins with CALL"),
        ("(BEGIN)", "may change how others run"),
        ("", "begins with no word"),
        ("CREATE TEMPORARY TABLE t (x INT)", "temporary"),
        ("CREATE OR REPLACE FUNCTION f() AS 'x'", "routine"),
        ("SELECT 'a\\b'", "backslash"),
        ("SELECT 'a", "never closed"),
        ("SELECT '''a' , 'b'''", "three quotes"),
        ("SELECT 'a''b'", None),
        ("SELECT 'a' 'b'", None),
        ("SELECT $$a$$", "$$"),
        ("SELECT 1 # x", "#"),
        ("SELECT 1 // x", "//"),
        ("SELECT 'http://x#$a:b?c'", None),
        ("SELECT 1 --x", "without a blank"),
        ("SELECT 1 -- it's fine", None),
        ("SELECT 1 /* a /* b */ c */", "not nested everywhere"),
        ("SELECT /*! 1 */ 2", "some databases run"),
        ("SELECT :name", "variable"),
        ("SELECT :'name'", "variable"),
        ("SELECT :{?name}", "variable"),
        ("SELECT x::int", None),
        ("SELECT &name", "variable"),
        ("SELECT ${name}", None),
        ("SELECT 1\0", "NUL"),
    ],
)
def test_sql_that_not_every_database_reads_alike_is_refused(sql: str, reason: str | None) -> None:
    """Only what stands outside of quotes counts, but for backslashes."""
    refused = refusal_of(sql)
    assert (reason is None) == (refused is None), refused
    assert (reason or "") in (refused or "")


def test_statements_that_lose_data_are_known() -> None:
    """The header says that no script brings it back."""
    losing = ["UPDATE t SET x = 1", "DROP TABLE t", "ALTER TABLE t DROP COLUMN x", "INSERT OVERWRITE INTO t SELECT 1"]
    keeping = [
        "INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD COLUMN x INT",
        "ALTER TABLE t DROP CONSTRAINT c",
        "DROP VIEW v",
    ]
    assert [sql for sql in losing if not loses_data(sql)] == []
    assert [sql for sql in keeping if loses_data(sql)] == []


def test_an_implementation_that_is_missing_is_asked_for() -> None:
    """Alembic itself says no more than the name."""
    with pytest.raises(ProjectError, match="no implementation for the dialect 'duckdb'") as refused:
        render("a", env_py=env_for("duckdb://", "from alembic.ddl import impl\nimpl._impls.pop('duckdb', None)\n"))
    assert '__dialect__ = "duckdb"' in refused.value.hint


def test_a_name_that_nothing_knows_is_refused() -> None:
    """The hint says which names there are."""
    for name in ("nope", "generic", "drivers"):
        with pytest.raises(ProjectError, match=f"for dialect '{name}'") as refused:
            get_dialect(name)
        assert "postgresql" in refused.value.hint


def test_a_refusal_names_the_revision_and_the_column() -> None:
    """As with every other dialect."""
    rev = Rev("a", upgrade='op.bulk_insert(sa.table("t", sa.column("c", sa.String())), [{"c": "secret\\\\word"}])')
    with pytest.raises(
        ChangescriptError, match=r"revision a \(migrations/versions/a.py:\d+\): t.c \(String"
    ) as refused:
        render([rev], env_py=DUCKDB_ENV)
    assert "secret" not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize("name", ["duckdb", "redshift"])
def test_no_driver_is_wanted_and_none_connects(name: str) -> None:
    """What resolves is a dialect for scripts, whichever driver the URL names."""
    dialect = script_dialect(name)
    assert isinstance(dialect, ScriptDialect)
    with pytest.raises(sa.exc.SQLAlchemyError, match="no database is connected"):
        dialect.connect()


def test_check_makes_a_bundle_again_for_its_own_dialect(tmp_path: Path) -> None:
    """Also where env.py configures another one, and the dialect has no record of its own."""
    env_py = env_for("postgresql://", IMPLEMENTATION)
    project = make_project(tmp_path / "project", "a; b < a", env_py)
    assert project.run("sql", "base:b", "--dialect", "duckdb").code == 0
    checked = project.run("check")
    assert (checked.code, checked.out) == (0, "current           base__b\n")
