"""What a revision was told about the schema is checked on the target, before anything changes and in every client."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.db.golden import MariadbPlace, Place, PostgresEngine, PostgresPlace, apply
from tests.db.mariadb_scripts import run_by_source
from tests.db.scripts import CLIENTS
from tests.projects import OFFLINE_ENV, Rev, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.golden import Engine
    from tests.projects import ThrowAway

DIALECTS = ("postgresql", "mariadb", "sqlite")

MADE = """\
op.create_table(
    "t",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("name", sa.String(20), server_default="x", nullable=False),
    sa.Column("u_id", sa.Integer()),
)
op.create_table("u", sa.Column("id", sa.Integer(), primary_key=True))
op.create_index("ix_name", "t", ["name"])
op.execute("INSERT INTO t (id, name) VALUES (1, 'it''s')")
"""
INSPECTOR = "inspector = sa.inspect(op.get_bind())\n"


@dataclass(frozen=True, slots=True)
class Asking:
    """A revision that asks, and what somebody may have done to a database so that the answer is wrong."""

    upgrade: str
    by_hand: str
    said: str
    """What the refusal tells."""
    dialects: tuple[str, ...] = DIALECTS
    made: str = ""
    """What the revision before it makes besides."""


def updating(condition: str) -> str:
    """Return a revision that changes rows where a condition holds."""
    return f"{INSPECTOR}if {condition}:\n    op.execute(\"UPDATE t SET name = 'y'\")"


def looking_up(source: str) -> str:
    """Return a revision that changes rows where a query of the catalogue finds something."""
    found = f'op.get_bind().execute(sa.text("SELECT 1 FROM {source}")).scalar()'
    return f"if {found}:\n    op.execute(\"UPDATE t SET name = 'y'\")"


BY_METHOD = updating('not inspector.get_indexes("t")[0]["dialect_options"].get("postgresql_using")')
BY_OPTIONS = updating('not inspector.get_indexes("t")[0].get("dialect_options")')
REFERS = 'op.create_foreign_key("fk_u", "t", "u", ["u_id"], ["id"])'
ASKING = {
    "whether a table is there": Asking(
        f'{INSPECTOR}if not inspector.has_table("v"):\n    op.create_table("v", sa.Column("id", sa.Integer()))',
        "CREATE TABLE v (id INTEGER)",
        "table or view v: doesn't exist",
    ),
    "whether a table is among all": Asking(
        f'{INSPECTOR}if "v" not in inspector.get_table_names():\n    op.execute("UPDATE t SET name = \'y\'")',
        "CREATE TABLE v (id INTEGER)",
        "table v: doesn't exist",
    ),
    "all tables": Asking(
        f"{INSPECTOR}for name in sorted(inspector.get_table_names()):\n"
        '    op.execute(f"DELETE FROM {name} WHERE 1 = 0")',
        "CREATE TABLE v (id INTEGER)",
        "tables: alembic_version, t, u",
    ),
    "the names of columns": Asking(
        f'{INSPECTOR}if "more" not in [one["name"] for one in inspector.get_columns("t")]:\n'
        '    op.add_column("t", sa.Column("more", sa.Integer()))',
        "ALTER TABLE t ADD COLUMN own INTEGER",
        "names of the columns of t: id, name, u_id",
    ),
    "types of columns": Asking(
        f'{INSPECTOR}if not [one for one in inspector.get_columns("t") if one["nullable"] and one["name"] == "name"]:\n'
        "    op.execute(\"UPDATE t SET name = 'y'\")",
        "ALTER TABLE t ALTER COLUMN name DROP NOT NULL",
        "columns of t: id, name, u_id",
        ("postgresql",),
    ),
    "the names of indexes": Asking(
        f'{INSPECTOR}if "ix_name" in {{one["name"] for one in inspector.get_indexes("t")}}:\n'
        '    op.drop_index("ix_name", table_name="t")',
        "CREATE INDEX own ON t (u_id)",
        "names of the indexes of t: ix_name",
    ),
    "whether nothing refers": Asking(
        f'{INSPECTOR}if not inspector.get_foreign_keys("t"):\n    op.execute("UPDATE t SET u_id = 1")',
        "ALTER TABLE t ADD CONSTRAINT own FOREIGN KEY (u_id) REFERENCES u (id)",
        "names of the foreign keys of t: none",
        ("postgresql", "mariadb"),
    ),
    "the catalogue": Asking(
        'found = op.get_bind().execute(sa.text("SELECT 1 FROM information_schema.columns WHERE table_schema = "\n'
        '    "SCHEMA() AND table_name = :t AND column_name = :c"), {"t": "t", "c": "more"}).scalar()\n'
        'if not found:\n    op.add_column("t", sa.Column("more", sa.Integer()))',
        "ALTER TABLE t ADD COLUMN more VARCHAR(9)",
        "column t.more: doesn't exist",
        ("mariadb",),
    ),
    "PostgreSQL's catalogue": Asking(
        "if not op.get_bind().execute(sa.text(\"SELECT 1 FROM pg_type WHERE typname = 'mood'\")).scalar():\n"
        "    op.execute(\"CREATE TYPE mood AS ENUM ('sad')\")",
        "CREATE TYPE mood AS ENUM ('ok')",
        "type mood: doesn't exist",
        ("postgresql",),
    ),
    "the table of an index": Asking(
        looking_up("pg_indexes WHERE tablename = 't' AND indexname = 'ix_name'"),
        "DROP INDEX ix_name; CREATE INDEX ix_name ON u (id)",
        "index t.ix_name: exists",
        ("postgresql",),
    ),
    "a table that is no view": Asking(
        looking_up("pg_tables WHERE tablename = 'u'"),
        "DROP TABLE u; CREATE VIEW u AS SELECT 1 AS id",
        "table u: exists",
        ("postgresql",),
    ),
    "a table by its kind": Asking(
        looking_up("information_schema.tables WHERE table_name = 'u' AND table_type = 'BASE TABLE'"),
        "DROP TABLE u; CREATE VIEW u AS SELECT 1 AS id",
        "table u: exists",
        ("postgresql",),
    ),
    "SQLite's catalogue": Asking(
        "if not op.get_bind().execute(sa.text(\"SELECT name FROM sqlite_master WHERE name = 'v'\")).fetchall():\n"
        '    op.create_table("v", sa.Column("id", sa.Integer()))',
        "CREATE TABLE v (id INTEGER)",
        "object v: none",
        ("sqlite",),
    ),
    "what a copied table looks like": Asking(
        'with op.batch_alter_table("t", recreate="always") as batch:\n    batch.alter_column("name", nullable=True)',
        "ALTER TABLE t ADD COLUMN own INTEGER",
        "columns of t: id, name, u_id",
        ("sqlite",),
    ),
    "a default in a copied table": Asking(
        'with op.batch_alter_table("t") as batch:\n    batch.drop_column("u_id")',
        "DROP TABLE t; CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'y', "
        "u_id INTEGER); CREATE INDEX ix_name ON t (name)",
        "columns of t: id, name, u_id",
        ("sqlite",),
    ),
    "a name that the server has given": Asking(
        'op.create_unique_constraint("uq", "t", ["u_id"])\nop.drop_constraint(None, "t", type_="primary")',
        "ALTER TABLE t RENAME CONSTRAINT t_pkey TO own",
        "primary key of t: t_pkey (id)",
        ("postgresql",),
    ),
    "the method of an index": Asking(
        BY_METHOD,
        "DROP INDEX ix_name; CREATE INDEX ix_name ON t USING hash (name)",
        "indexes of t: ix_name",
        ("postgresql",),
    ),
    "the order of an index": Asking(
        BY_METHOD, "DROP INDEX ix_name; CREATE INDEX ix_name ON t (name DESC)", "indexes of t: ix_name", ("postgresql",)
    ),
    "the operators of an index": Asking(
        BY_METHOD,
        "DROP INDEX ix_name; CREATE INDEX ix_name ON t (name varchar_pattern_ops)",
        "indexes of t: ix_name",
        ("postgresql",),
    ),
    "what an index holds besides": Asking(
        BY_METHOD,
        "DROP INDEX ix_name; CREATE INDEX ix_name ON t (name) INCLUDE (u_id)",
        "indexes of t: ix_name",
        ("postgresql",),
    ),
    "the options of an index": Asking(
        BY_METHOD,
        "DROP INDEX ix_name; CREATE INDEX ix_name ON t (name) WITH (fillfactor = 50)",
        "indexes of t: ix_name",
        ("postgresql",),
    ),
    "the kind of an index": Asking(
        BY_OPTIONS,
        "DROP INDEX ix_name ON t; CREATE FULLTEXT INDEX ix_name ON t (name)",
        "indexes of t: ix_name",
        ("mariadb",),
    ),
    "the length in an index": Asking(
        BY_OPTIONS,
        "DROP INDEX ix_name ON t; CREATE INDEX ix_name ON t (name(5))",
        "indexes of t: ix_name",
        ("mariadb",),
    ),
    "the order of MariaDB's index": Asking(
        BY_OPTIONS,
        "DROP INDEX ix_name ON t; CREATE INDEX ix_name ON t (name DESC)",
        "indexes of t: ix_name",
        ("mariadb",),
    ),
    "how an identity is made": Asking(
        updating('inspector.get_columns("v")[0]["identity"]["always"]'),
        "ALTER TABLE v ALTER COLUMN n SET GENERATED BY DEFAULT",
        "columns of v: n",
        ("postgresql",),
        'op.create_table("v", sa.Column("n", sa.Integer(), sa.Identity(always=True)))',
    ),
    "whether a number is given": Asking(
        updating('inspector.get_columns("t")[0]["autoincrement"]'),
        "ALTER TABLE t MODIFY id INTEGER NOT NULL",
        "columns of t: id, name, u_id",
        ("mariadb",),
    ),
    "when a foreign key is checked": Asking(
        updating('not inspector.get_foreign_keys("t")[0]["options"].get("deferrable")'),
        "ALTER TABLE t DROP CONSTRAINT fk_u; "
        "ALTER TABLE t ADD CONSTRAINT fk_u FOREIGN KEY (u_id) REFERENCES u (id) DEFERRABLE",
        "foreign keys of t: fk_u",
        ("postgresql",),
        REFERS,
    ),
    "names of constraints": Asking(
        updating('"uq_n" in {one["name"] for one in inspector.get_unique_constraints("v")}'),
        "DROP TABLE v; CREATE TABLE v (n INTEGER, CONSTRAINT other UNIQUE (n))",
        "unique constraints of v: uq_n",
        ("sqlite",),
        'op.create_table("v", sa.Column("n", sa.Integer()), sa.UniqueConstraint("n", name="uq_n"))',
    ),
    "what is made with checkfirst": Asking(
        'sa.Table("v", sa.MetaData(), sa.Column("id", sa.Integer())).create(op.get_bind(), checkfirst=True)',
        "CREATE TABLE v (id INTEGER)",
        "table or view v: doesn't exist",
    ),
}
CASES = [
    pytest.param(dialect, name, id=f"{dialect}-{name}")
    for name, asking in ASKING.items()
    for dialect in asking.dialects
]
of_cases = pytest.mark.parametrize(("dialect", "name"), CASES)


def scripts(project: ThrowAway, range_: str, dialect: str) -> tuple[str, str]:
    """Return both scripts of a range."""
    outcome = project.run("sql", range_, "--dialect", dialect, "-o", dialect)
    assert outcome.code == 0, outcome.text
    folder = project.root / dialect / range_.replace(":", "__")
    return (folder / "upgrade.sql").read_text(), (folder / "rollback.sql").read_text()


def careless(place: Place, text: str) -> str:
    """Run a script in ways that go on after errors; return what that shows."""
    if isinstance(place, PostgresPlace):
        return "".join(client.run(place.database, text).output for client in CLIENTS[1:])
    return run_by_source(place.database, text).output if isinstance(place, MariadbPlace) else ""


@of_cases
def test_wrong_answer_is_refused_and_changes_nothing(
    dialect: str, name: str, engine: Engine[Place], tmp_path: Path
) -> None:
    """Run as the header says, and in clients that go on after errors; where the answer is right, the script works."""
    asking = ASKING[name]
    project = make_project(
        tmp_path / "p",
        [
            Rev("a", upgrade=MADE + asking.made, downgrade="pass"),
            Rev("b", ("a",), upgrade=asking.upgrade),
        ],
    )
    made, _ = scripts(project, "base:a", dialect)
    upgrade, _ = scripts(project, "a:b", dialect)
    right, wrong = engine.create(), engine.create()
    for place in (right, wrong):
        apply(place, made, ["a"])
    for statement in asking.by_hand.split("; "):
        wrong.execute(statement)
    before = wrong.state()
    finished = wrong.run(upgrade)
    assert finished.exit_code != 0
    assert f"is not as assumed: {asking.said}" in finished.output
    assert "REFUSED: " in finished.output
    assert wrong.state() == before
    careless(wrong, upgrade)
    assert wrong.state() == before
    apply(right, upgrade, ["b"])
    right.drop()
    wrong.drop()


RENAMED = 'op.rename_table("t", "v")'
IN_BETWEEN = (
    f'{INSPECTOR}if "more" not in [one["name"] for one in inspector.get_columns("v")]:\n'
    '    op.add_column("v", sa.Column("more", sa.Integer()))'
)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_the_beginning_can_not_tell_is_checked_behind_its_statement(
    dialect: str, engine: Engine[Place], tmp_path: Path
) -> None:
    """A table that the script itself renames: a wrong one stops there, and what can be undone is."""
    revs = [Rev("a", upgrade=MADE), Rev("b", ("a",), upgrade=RENAMED), Rev("c", ("b",), upgrade=IN_BETWEEN)]
    project = make_project(tmp_path / "p", revs)
    made, _ = scripts(project, "base:a", dialect)
    upgrade, _ = scripts(project, "a:c", dialect)
    assert "names of the columns of v behind statement 1: id," in upgrade
    right, wrong = engine.create(), engine.create()
    for place in (right, wrong):
        apply(place, made, ["a"])
    apply(right, upgrade, ["c"])
    wrong.execute("ALTER TABLE t ADD COLUMN own INTEGER")
    before = wrong.state()
    finished = wrong.run(upgrade)
    assert finished.exit_code != 0
    assert "FAILED: " in finished.output
    assert "is not as assumed: names of the columns of v: id, name, u_id" in finished.output
    if dialect == "mariadb":
        assert "more" not in str(wrong.state())
    else:
        assert wrong.state() == before


@pytest.mark.parametrize("dialect", DIALECTS)
def test_baseline_stands_for_what_was_made_outside(dialect: str, engine: Engine[Place], tmp_path: Path) -> None:
    """Its tables are known; a database without them is refused."""
    asking = (
        f'{INSPECTOR}if "old" in inspector.get_table_names():\n    op.add_column("old", sa.Column("more", sa.Text()))'
    )
    project = make_project(tmp_path / "p", [Rev("a", upgrade=asking)])
    (project.root / "pyproject.toml").write_text('[tool.changescript]\nbaseline = "old.sql"\n')
    (project.root / "old.sql").write_text("CREATE TABLE old (id INTEGER NOT NULL PRIMARY KEY);\n")
    upgrade, _ = scripts(project, "base:a", dialect)
    right, wrong = engine.create(), engine.create()
    right.execute("CREATE TABLE old (id INTEGER NOT NULL PRIMARY KEY)")
    apply(right, upgrade, ["a"])
    assert "more" in str(right.state())
    finished = wrong.run(upgrade)
    assert finished.exit_code != 0
    assert "is not as assumed: table old: exists" in finished.output


@pytest.mark.parametrize("dialect", DIALECTS)
def test_scripts_from_base_take_a_database_with_and_without_a_version_table(
    dialect: str, engine: Engine[Place], tmp_path: Path
) -> None:
    """Alembic makes it before the first revision asks which tables there are."""
    asking = (
        f'{INSPECTOR}if inspector.get_table_names() == ["alembic_version"]:\n'
        '    op.create_table("t", sa.Column("id", sa.Integer()))'
    )
    project = make_project(tmp_path / "p", [Rev("a", upgrade=asking)])
    upgrade, _ = scripts(project, "base:a", dialect)
    without, with_table = engine.create(), engine.create()
    with_table.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    for place in (without, with_table):
        apply(place, upgrade, ["a"])
        place.execute("INSERT INTO t VALUES (1)")


def test_run_that_goes_on_asks_no_more_about_the_beginning(postgresql_engine: PostgresEngine, tmp_path: Path) -> None:
    """Statements before the half-done state have changed what was assumed there."""
    upgrade = textwrap.dedent(
        f"""\
        {INSPECTOR.strip()}
        if "more" not in [one["name"] for one in inspector.get_columns("t")]:
            op.add_column("t", sa.Column("more", sa.Integer()))
        with op.get_context().autocommit_block():
            op.create_index("ix_more", "t", ["name"], postgresql_concurrently=True, unique=True)
        """
    )
    project = make_project(tmp_path / "p", [Rev("a", upgrade=MADE), Rev("b", ("a",), upgrade=upgrade)], OFFLINE_ENV)
    made, _ = scripts(project, "base:a", "postgresql")
    script, _ = scripts(project, "a:b", "postgresql")
    place = postgresql_engine.create()
    apply(place, made, ["a"])
    place.execute("INSERT INTO t (id, name) VALUES (2, 'it''s')")
    assert place.run(script).exit_code != 0
    place.execute("DELETE FROM t WHERE id = 2")
    apply(place, script, ["b"])
