"""What `alembic upgrade --sql` gets wrong without a word: here it is right, or refused by name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.projects import OFFLINE_ENV, Rev, ThrowAway, make_project, run_cli

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_STOCK = """\
import io, json, sys
from alembic import command
from alembic.config import Config

outputs = {}
for range_ in json.loads(sys.argv[1]):
    text = io.StringIO()
    command.upgrade(Config("alembic.ini", output_buffer=text), range_, sql=True)
    outputs[range_] = text.getvalue()
print(json.dumps(outputs))
"""
"""A process in which nothing but Alembic has been imported. An error in one range would end it."""


_OURS = """\
import json, os, sys
from click.testing import CliRunner
from changescript.cli import main

outcomes = {}
for range_ in json.loads(sys.argv[1]):
    done = CliRunner().invoke(main, ["sql", range_])
    if done.exit_code not in (0, 2):
        raise done.exception
    printed = CliRunner().invoke(main, ["sql", range_, "--stdout"])
    folder = "sql_out/" + range_.replace(":", "__")
    outcomes[range_] = done.exit_code, printed.stdout, done.stderr, os.path.exists(folder)
print(json.dumps(outcomes))
"""
"""All ranges in one process: exit code, script, messages, and whether a bundle was written."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A revision that Alembic gets wrong offline: what it writes, and what we write or say instead."""

    name: str
    upgrade: str
    stock: str
    """What stands in Alembic's script, wrong, while it exits with 0."""
    ours: tuple[str, ...] = ()
    """What stands in ours; empty if the revision is refused."""
    refused: tuple[str, ...] = ()
    """What the refusal says; the first of them is the line of the body at fault."""


TABLE = 't = sa.table("t", sa.column("id", sa.Integer), sa.column("a", sa.Text))\n'
DEFAULTS = """\
t = sa.Table(
    "t", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("a", sa.Text, {})
)
"""

SILENT = (
    # A1: a name in SQL text that nobody has bound becomes NULL.
    Silent(
        "colon_in_json",
        """op.execute("INSERT INTO t VALUES ('{\\"k\\":1}')")""",
        """'{"k"NULL}'""",
        refused=("1", ":1 has no value", r"write '\:'"),
    ),
    Silent(
        "new_in_a_rule",
        'op.execute("CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (:new.id)")',
        "VALUES (NULL.id)",
        refused=("1", ":new has no value", r"write '\:'"),
    ),
    Silent(
        "name_in_a_default",
        """op.create_table("t", sa.Column("a", sa.Text, server_default=sa.text("':y'")))""",
        "DEFAULT 'NULL'",
        refused=("1", ":y has no value", r"write '\:'"),
    ),
    Silent(
        "name_in_a_check",
        """op.create_check_constraint("c", "t", "a <> ':x'")""",
        "CHECK (a <> 'NULL')",
        refused=("1", ":x has no value", r"write '\:'"),
    ),
    Silent(
        "name_in_an_index",
        """op.create_index("i", "t", [sa.text("(a || ':x')")], postgresql_where=sa.text("a > 'b'"))""",
        "(a || 'NULL')",
        refused=("1", ":x has no value", r"write '\:'"),
    ),
    # A2: parameters of the connection are dropped.
    Silent(
        "parameters",
        'op.get_bind().execute(sa.text("UPDATE t SET a=:v WHERE id=:i"), {"v": "x", "i": 5})',
        "SET a=NULL WHERE id=NULL",
        ours=("SET a=CAST('x' AS VARCHAR)", "WHERE id=5;"),
    ),
    Silent(
        "sets_of_parameters",
        'op.get_bind().execute(sa.text("INSERT INTO t VALUES (:i, :v)"), [{"i": 1, "v": "x"}, {"i": 2, "v": "y"}])',
        "VALUES (NULL, NULL)",
        ours=("(1, CAST('x' AS VARCHAR))", "(2, CAST('y' AS VARCHAR))"),
    ),
    Silent(
        "parameters_of_a_construct",
        TABLE + 'op.get_bind().execute(t.insert(), [{"id": 1, "a": "x"}, {"id": 2, "a": "y"}])',
        "VALUES (:id::INTEGER, :a::VARCHAR)",
        ours=("(1, 'x')", "(2, 'y')"),
    ),
    Silent(
        "parameters_without_a_place",
        'op.get_bind().execute(sa.text("UPDATE t SET a=:v"), {"v": "x", "w": "y"})',
        "SET a=NULL",
        refused=("1", "'w' has no place"),
    ),
    # A3: Python-side defaults become NULL.
    Silent(
        "default",
        DEFAULTS.format('default="new"') + "op.execute(t.insert().values(id=1))",
        "VALUES (1, NULL)",
        ours=("(1, 'new');",),
    ),
    Silent(
        "default_of_rows",
        DEFAULTS.format('default="new"') + 'op.bulk_insert(t, [{"id": 1}, {"id": 2}])',
        "VALUES (1, NULL)",
        ours=("(1, 'new')", "(2, 'new')"),
    ),
    Silent(
        "onupdate",
        DEFAULTS.format('onupdate="old"') + "op.execute(t.update().values(id=1))",
        "a=NULL",
        ours=("a='old';",),
    ),
    Silent(
        "default_from_a_function",
        "import uuid\n" + DEFAULTS.format("default=lambda: uuid.uuid4().hex") + "op.execute(t.insert().values(id=1))",
        "VALUES (1, NULL)",
        refused=("5", "t.a", "default is a function", "pass the value"),
    ),
    Silent(
        "onupdate_from_a_function",
        "import datetime\n" + DEFAULTS.format("onupdate=datetime.datetime.now") + "op.execute(t.update().values(id=1))",
        "a=NULL",
        refused=("5", "t.a", "default is a function", "pass the value"),
    ),
    # A4: tabs become blanks, in data and in bodies.
    Silent(
        "tab_in_a_value",
        TABLE + 'op.bulk_insert(t, [{"id": 1, "a": "x\\ty"}])',
        "'x    y'",
        ours=(r"E'x\ty'",),
    ),
    Silent(
        "tab_in_a_comment",
        'op.create_table_comment("t", "x\\ty")',
        "'x    y'",
        ours=(r"IS E'x\ty'",),
    ),
    Silent(
        "tab_in_a_body",
        'op.execute("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\\n\\tSELECT 1\\n$$")',
        "\n    SELECT 1\n",
        ours=("$$\n\tSELECT 1\n$$;",),
    ),
    # A8: rows with other keys than the first.
    Silent(
        "rows_with_more_keys",
        TABLE + 'op.bulk_insert(t, [{"id": 1}, {"id": 2, "a": "x"}])',
        "(id, a) VALUES (2, 'x')",
        refused=("2", "row 2 for t has other keys than row 1: a", "the same keys"),
    ),
    Silent(
        "rows_with_fewer_keys",
        TABLE + 'op.bulk_insert(t, [{"id": 1, "a": "x"}, {"id": 2}])',
        "(id) VALUES (2)",
        refused=("2", "row 2 for t has other keys than row 1: a", "the same keys"),
    ),
    # A9: what a type wraps around its values is dropped.
    Silent(
        "bind_expression",
        "class Lower(sa.types.UserDefinedType):\n"
        '    get_col_spec = lambda self: "text"\n'
        "    literal_processor = lambda self, dialect: lambda value: f\"'{value}'\"\n"
        "    bind_expression = lambda self, value: sa.func.lower(value)\n"
        't = sa.table("t", sa.column("a", Lower))\n'
        'op.bulk_insert(t, [{"a": "X"}])',
        "VALUES ('X')",
        ours=("lower('X')",),
    ),
    # A10: a step that is only there online.
    Silent(
        "online_only",
        'from alembic import context\nop.execute("SELECT 1")\n'
        'if not context.is_offline_mode():\n    op.execute("SELECT 2")',
        "SELECT 1;\n\nINSERT INTO alembic_version",
        ours=("SELECT 1;", "SELECT 2;"),
    ),
    Silent(
        "online_only_by_op",
        'op.execute("SELECT 1")\nif not op.get_context().as_sql:\n    op.execute("SELECT 2")',
        "SELECT 1;\n\nINSERT INTO alembic_version",
        ours=("SELECT 1;", "SELECT 2;"),
    ),
    Silent(
        "online_only_by_impl",
        'op.execute("SELECT 1")\nif not op.get_context().impl.as_sql:\n    op.execute("SELECT 2")',
        "SELECT 1;\n\nINSERT INTO alembic_version",
        ours=("SELECT 1;", "SELECT 2;"),
    ),
    Silent(
        "online_only_by_options",
        'op.execute("SELECT 1")\nif not op.get_context().opts["as_sql"]:\n    op.execute("SELECT 2")',
        "SELECT 1;\n\nINSERT INTO alembic_version",
        ours=("SELECT 1;", "SELECT 2;"),
    ),
    Silent(
        "online_only_by_connection",
        'op.execute("SELECT 1")\nif isinstance(op.get_bind(), sa.engine.Connection):\n    op.execute("SELECT 2")\n'
        'if hasattr(op.get_bind(), "in_transaction"):\n    op.execute("SELECT 3")',
        "SELECT 1;\n\nINSERT INTO alembic_version",
        ours=("SELECT 1;", "SELECT 2;", "SELECT 3;"),
    ),
    # Values.
    Silent(
        "backslash_before_a_colon",
        'op.execute(sa.text("INSERT INTO t VALUES (:v)").bindparams(v=r"C\\:x"))',
        "'C:x'",
        ours=(r"'C\:x'",),
    ),
    Silent(
        "minus_before_a_negative",
        'op.execute(sa.text("UPDATE t SET id = id -:n WHERE id = 1").bindparams(n=-5))',
        "id --5 WHERE id = 1",
        ours=("id -(-5)", "WHERE id = 1;"),
    ),
    Silent(
        "float_for_an_integer",
        TABLE + 'op.bulk_insert(t, [{"id": 5.7, "a": "x"}])',
        "(5, 'x')",
        refused=("2", "t.id (Integer())", "for a float"),
    ),
    Silent(
        "days_of_an_interval",
        "import datetime\n"
        't = sa.table("t", sa.column("d", sa.Interval))\n'
        'op.bulk_insert(t, [{"d": datetime.timedelta(days=40, microseconds=1)}])',
        "make_interval(secs=>3456000.000001)",
        ours=("INTERVAL '40 days +0.000001 secs'",),
    ),
    Silent(
        "bytes_that_read_as_hex",
        't = sa.table("t", sa.column("b", sa.LargeBinary))\nop.bulk_insert(t, [{"b": b"\\\\x41"}])',
        r"'\x41'",
        ours=(r"'\x5c783431'",),
    ),
    Silent(
        "bytes_in_a_default",
        'op.add_column("t", sa.Column("b", sa.LargeBinary, server_default=sa.literal(b"\\\\x41", sa.LargeBinary)))',
        r"DEFAULT '\x41'",
        refused=("1", "(LargeBinary())", "reads as other bytes", "sa.text("),
    ),
    Silent(
        "days_in_a_default",
        "import datetime\n"
        'op.add_column("t", sa.Column("d", sa.Interval, '
        "server_default=sa.literal(datetime.timedelta(1), sa.Interval)))",
        "make_interval(secs=>86400.0)",
        refused=("2", "(Interval)", "makes seconds of its days", "INTERVAL '1 day'"),
    ),
    Silent(
        "whole_number_division",
        'op.execute(sa.text("UPDATE t SET id = 10*(:a/4)").bindparams(a=5.0))',
        "10*(5.0/4)",
        ours=("CAST(5.0 AS FLOAT)",),
    ),
    Silent(
        "offset_for_a_column_without",
        "import datetime\n"
        't = sa.table("t", sa.column("at", sa.DateTime))\n'
        'op.bulk_insert(t, [{"at": datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)}])',
        "'2024-01-01 00:00:00+00:00'",
        refused=("3", "t.at (DateTime())", "time zone would be lost"),
    ),
    Silent(
        "negative_zero",
        't = sa.table("t", sa.column("f", sa.Float))\nop.bulk_insert(t, [{"f": -0.0}])',
        "(-0.0)",
        ours=("('-0.0')",),
    ),
    Silent(
        "none_of_a_decorator",
        "class Named(sa.types.TypeDecorator):\n    impl = sa.Text\n    cache_ok = True\n"
        '    def process_bind_param(self, value, dialect):\n        return value or "nobody"\n'
        't = sa.table("t", sa.column("a", Named))\nop.bulk_insert(t, [{"a": None}])',
        "(NULL)",
        ours=("('nobody')",),
    ),
    Silent(
        "unterminated_by_a_comment",
        'op.execute("UPDATE t SET a = 1 -- all of them")\nop.execute("SELECT 1")',
        "-- all of them;",
        ours=("-- all of them\n;",),
    ),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    """Make a project in which each of the revisions is a head."""
    revisions = [Rev(each.name, upgrade=each.upgrade, downgrade="pass") for each in SILENT]
    return make_project(tmp_path_factory.mktemp("silent") / "project", revisions)


@pytest.fixture(scope="module")
def stock(project: ThrowAway) -> Mapping[str, str]:
    """Return what Alembic writes for each of them."""
    return stock_scripts(project, *(f"base:{each.name}" for each in SILENT))


def stock_scripts(project: ThrowAway, *ranges: str) -> dict[str, str]:
    """Return what Alembic writes offline for each range, all without an error."""
    outcome = run_cli(project.root, json.dumps(ranges), code=_STOCK)
    assert outcome.code == 0, outcome.err
    scripts: dict[str, str] = json.loads(outcome.out)
    return scripts


@pytest.fixture(scope="module")
def ours(project: ThrowAway) -> Mapping[str, tuple[int, str, str, bool]]:
    """Return what we write or say for each of them."""
    ranges = json.dumps([f"base:{each.name}" for each in SILENT])
    outcome = run_cli(project.root, ranges, code=_OURS)
    assert outcome.code == 0, outcome.err
    outcomes: dict[str, tuple[int, str, str, bool]] = json.loads(outcome.out)
    return outcomes


@pytest.mark.parametrize("case", SILENT, ids=lambda case: case.name)
def test_what_alembic_writes_wrong_is_right_or_refused(
    project: ThrowAway, stock: Mapping[str, str], ours: Mapping[str, tuple[int, str, str, bool]], case: Silent
) -> None:
    """Alembic's script holds the mistake; ours holds the right thing, or the line is refused and nothing written."""
    assert case.stock in stock[f"base:{case.name}"]
    code, script, said, written = ours[f"base:{case.name}"]
    assert (code, written) == ((0, True) if case.ours else (2, False)), said
    if case.ours:
        statements = script[script.index("LOCK TABLE") :]
        assert [part for part in case.ours if part not in statements] == [], statements
        return
    line, *reasons = case.refused
    place = f"migrations/versions/{case.name}.py:{line_of(project, case, int(line))}"
    assert f"revision {case.name} ({place})" in said
    assert [reason for reason in reasons if reason not in said] == [], said
    assert script == ""


def line_of(project: ThrowAway, case: Silent, number: int) -> int:
    """Return the line of a revision's file that a line of its body is on."""
    text = project.file_of(case.name).read_text(encoding="utf-8")
    return text[: text.index("def upgrade():")].count("\n") + 1 + number


BRANCHES = "a; b < a; c < b; a2 < a; b2 < a2; m < c b2"


@pytest.fixture(scope="module")
def branches(tmp_path_factory: pytest.TempPathFactory) -> ThrowAway:
    """Make a project with two branches and their merge."""
    return make_project(tmp_path_factory.mktemp("branches") / "project", BRANCHES)


def test_a_wrong_start_is_seen_by_the_script_itself(branches: ThrowAway) -> None:
    """Alembic's stamp changes no row, and says nothing, where the database is elsewhere; ours checks first."""
    stock = stock_scripts(branches, "b:c")["b:c"]
    assert "UPDATE alembic_version SET version_num='c' WHERE alembic_version.version_num = 'b'" in stock
    assert "RAISE" not in stock
    script = branches.run("sql", "b:c", "--stdout").out
    first_check = script.index("CALL pg_temp.require_heads('{b}', target => '{c}');")
    assert first_check < script.index("CREATE TABLE t_c") < script.index("CALL pg_temp.require_heads('{c}', 'FAILED');")


@pytest.mark.parametrize(("range_", "stock"), [("c:a", []), ("c:b2", ["t_a2", "t_b2"])])
def test_a_range_that_is_none_is_refused(branches: ThrowAway, range_: str, stock: list[str]) -> None:
    """Alembic writes an empty transaction for a range upside down, and goes up the other branch of two."""
    assert re.findall(r"CREATE TABLE (\w+)", stock_scripts(branches, range_)[range_]) == stock
    outcome = branches.run("sql", range_)
    assert outcome.code == 2
    assert "is not above FROM" in outcome.err
    assert not branches.output.exists()


def test_a_merge_needs_all_of_its_heads(branches: ThrowAway) -> None:
    """From one head alone Alembic runs the other branch again; ours runs it only where nothing of it is there."""
    stock = stock_scripts(branches, "c:m")["c:m"]
    assert "CREATE TABLE t_a2" in stock
    script = branches.run("sql", "c,b2:m", "--stdout").out
    assert re.findall(r"^CREATE TABLE (?!IF)(\w+)", script, re.MULTILINE) == ["t_m"]
    assert "CALL pg_temp.require_heads('{b2,c}', target => '{m}');" in script
    alone = branches.run("sql", "c:m", "--stdout").out
    assert "CALL pg_temp.require_heads('{c}', target => '{m}');" in alone


NULL_OF_JSON = Rev(
    "n",
    upgrade='t = sa.table("t", sa.column("j", sa.JSON))\nop.bulk_insert(t, [{"j": None}])\n'
    "op.execute(t.insert().values(j=None))",
    downgrade="pass",
)


def test_none_in_a_json_column_is_the_null_of_json(tmp_path: Path) -> None:
    """Alembic writes the NULL of SQL, where an online run stores a document that is null."""
    project = make_project(tmp_path / "project", [NULL_OF_JSON], OFFLINE_ENV)
    assert stock_scripts(project, "base:n")["base:n"].count("VALUES (NULL)") == 2
    script = project.run("sql", "base:n", "--stdout").out
    assert script.count("('null')") == 2
    assert "(NULL)" not in script
