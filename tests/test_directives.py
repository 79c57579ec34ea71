"""What a database can't do for a directive is refused where it stands, in words that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from changescript.errors import ChangescriptError, ProjectError
from changescript.generate import generate_bundles
from changescript.history import load_history, resolve_range
from changescript.model import Request
from changescript.project import find_project
from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from pathlib import Path

ENV_PY = """\
from alembic import context

context.configure(url="{dialect}://")
with context.begin_transaction():
    context.run_migrations()
"""
WHERE = "revision a (migrations/versions/a.py:16): "


def render(root: Path, dialect: str, upgrade: str, release: str = "") -> str:
    """Return upgrade.sql of one revision, or why there is none."""
    project = make_project(root / "project", [Rev("a", upgrade=upgrade)], ENV_PY.format(dialect=dialect))
    if release:
        project.set_options(f'server_version = "{release}"')
    found = find_project(project.root)
    history = load_history(found)
    (files,) = generate_bundles(found, history, [Request(resolve_range(history, "base:a"))])
    if isinstance(files, ChangescriptError):
        return f"{files}\n{files.hint}"
    return files["upgrade.sql"].read().decode()


BATCH = "op.batch_alter_table('t', copy_from=...)"
SQLITE = {
    'op.alter_column("t", "c", nullable=False)': ("t.c: SQLite has no ALTER TABLE ... ALTER COLUMN", BATCH),
    'op.alter_column("t", "c", type_=sa.Text(), new_column_name="d")': ("t.c: SQLite has no ALTER TABLE", BATCH),
    'op.alter_column("t", "c", server_default=None)': ("t.c: SQLite has no ALTER TABLE ... ALTER COLUMN", BATCH),
    'op.alter_column("t", "c", server_default=sa.Identity())': ("t.c: SQLite has no ALTER TABLE", BATCH),
    'op.alter_column("t", "c", comment="x")': ("t.c: SQLite keeps no comments", "leave it out"),
    'op.alter_column("t", "c", comment=None)': ("t.c: SQLite keeps no comments", "leave it out"),
    'op.create_table_comment("t", "x")': ("SQLite keeps no comments", ""),
    'op.drop_table_comment("t")': ("SQLite keeps no comments", ""),
    'op.create_foreign_key("fk", "t", "u", ["a"], ["id"])': (
        "t: SQLite has no ALTER TABLE ... ADD CONSTRAINT fk",
        BATCH,
    ),
    'op.create_unique_constraint("uq", "t", ["a"])': ("ADD CONSTRAINT uq", BATCH),
    'op.create_check_constraint(None, "t", sa.column("a") > 0)': ("ADD CONSTRAINT\n", BATCH),
    'op.create_primary_key("pk", "t", ["a"])': ("ADD CONSTRAINT pk", BATCH),
    'op.drop_constraint("ck", "t")': ("t: SQLite has no ALTER TABLE ... DROP CONSTRAINT ck", BATCH),
    'op.drop_constraint("ck", "t", type_="check")': ("DROP CONSTRAINT ck", BATCH),
    'op.add_column("t", sa.Column("a", sa.Integer(), unique=True))': ("t.a: SQLite has no", "op.create_index()"),
    'op.add_column("t", sa.Column("a", sa.Integer(), sa.ForeignKey("u.id")))': (
        "foreign key",
        "inline_references=True",
    ),
    'op.add_column("t", sa.Column("a", sa.Integer(), primary_key=True), inline_primary_key=True)': (
        "t.a: SQLite can't add a primary key",
        BATCH,
    ),
    'op.add_column("t", sa.Column("a", sa.Integer()), if_not_exists=True)': ("no IF [NOT] EXISTS for columns", ""),
    'op.drop_column("t", "a", if_exists=True)': ("no IF [NOT] EXISTS for columns", ""),
    'op.execute("ALTER TABLE t ADD COLUMN a INTEGER UNIQUE")': ("SQLite can't add a column that is UNIQUE", ""),
    'op.create_table("t", sa.Column("a", sa.Integer()), schema="x")': ("a schema is an attached file", "leave it out"),
    'op.execute("UPDATE x.t SET a = 1")': ("a schema is an attached file", ""),
    'op.execute("INSERT INTO x.t VALUES (1)")': ("a schema is an attached file", ""),
    'op.drop_index("i", table_name="t", schema="x")': ("a schema is an attached file", ""),
    'op.create_table("t", sa.Column("a", sa.ARRAY(sa.Integer())))': ("t.a: sqlite has no ARRAY", "is 'sqlite'"),
    'op.create_table("t", sa.Column("a", sa.Integer()), sa.UniqueConstraint("a", deferrable=True))': (
        "SQLite can defer foreign keys alone",
        "is 'sqlite'",
    ),
    'op.execute(sa.schema.CreateSequence(sa.Sequence("s")))': ("SQLite has no CREATE SEQUENCE", ""),
    'op.execute("DROP EXTENSION x")': ("SQLite has no DROP EXTENSION", ""),
}


@pytest.mark.parametrize("upgrade", SQLITE)
def test_what_sqlite_can_not_do_is_refused(tmp_path: Path, upgrade: str) -> None:
    """With table and column, and a way that SQLite has."""
    reason, hint = SQLITE[upgrade]
    shown = render(tmp_path, "sqlite", upgrade)
    assert shown.startswith(WHERE)
    assert reason in shown
    assert hint in shown
    assert "Error" not in shown


SQLITE_CAN = {
    'op.alter_column("t", "c", new_column_name="d")': "RENAME COLUMN c TO d",
    'op.add_column("t", sa.Column("a", sa.Integer(), sa.ForeignKey("u.id")), inline_references=True)': "REFERENCES u",
    'op.add_column("t", sa.Column("a", sa.Integer(), sa.CheckConstraint("a > 0")))': "CHECK (a > 0)",
    'op.add_column("t", sa.Column("a", sa.Integer(), nullable=False, index=True))': "CREATE INDEX ix_t_a",
    'op.create_table("t", sa.Column("a", sa.Integer(), comment="x"), comment="y")': "CREATE TABLE t (",
    'op.create_table("t", sa.Column("a", sa.Integer()), schema="main")': "CREATE TABLE main.t",
    'op.execute("UPDATE t SET a = u.b FROM u")': "u.b",
    'op.execute("CREATE TEMP TABLE x AS SELECT main.t.a FROM main.t")': "TEMP TABLE",
    'with op.batch_alter_table("t", copy_from=sa.Table("t", sa.MetaData(), sa.Column("c", sa.Integer()))) as batch:\n'
    '    batch.alter_column("c", nullable=False)': "INSERT INTO _alembic_tmp_t",
}


@pytest.mark.parametrize("upgrade", SQLITE_CAN)
def test_what_sqlite_can_do_is_written(tmp_path: Path, upgrade: str) -> None:
    """Comments of a model are left out as they are online."""
    assert SQLITE_CAN[upgrade] in render(tmp_path, "sqlite", upgrade)


TABLE = """\
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("c", sa.String(50), nullable=False, server_default="x", comment="why"),
    sa.Column("b", sa.String(50, collation="utf8mb4_bin")), sa.Column("k", sa.Integer(), sa.CheckConstraint("k > 0")),
    sa.Column("g", sa.Integer(), sa.Computed("id + 1")),
    sa.Column("d", sa.DateTime(), server_default=sa.text("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP")))
"""
SAID = 'existing_nullable=False, existing_server_default="x", existing_comment="why"'
LOST = {
    'op.alter_column("t", "c", type_=sa.Text())': ("t.c", "NOT NULL", "existing_nullable=False"),
    'op.alter_column("t", "c", type_=sa.Text(), existing_nullable=False)': (
        "t.c",
        "default",
        "existing_server_default=",
    ),
    'op.alter_column("t", "C", type_=sa.Text(), existing_nullable=False)': ("t.C", "default", "or None to drop it"),
    'op.alter_column("t", "c", type_=sa.Text(), existing_nullable=False, existing_server_default="x")': (
        "t.c",
        "its comment",
        "existing_comment=..., or comment=None",
    ),
    'op.alter_column("t", "id", type_=sa.BigInteger(), nullable=False)': (
        "t.id",
        "AUTO_INCREMENT",
        "existing_autoincrement=True",
    ),
    'op.alter_column("t", "b", type_=sa.String(60), nullable=True)': ("t.b", "collation", "a type that has one"),
    'op.alter_column("t", "g", type_=sa.BigInteger(), nullable=True)': ("t.g", "its expression", "add it again"),
    'op.alter_column("t", "d", existing_type=sa.DateTime(), nullable=True)': ("t.d", "its default", "or None"),
    'op.rename_table("t", "u")\nop.alter_column("u", "c", existing_type=sa.Text(), nullable=True)': (
        "u.c",
        "its default",
        "",
    ),
    'op.alter_column("t", "c", new_column_name="z", existing_type=sa.Text(), existing_nullable=False)': (
        "t.c",
        "its default",
        "",
    ),
    f'op.alter_column("t", "c", new_column_name="z", existing_type=sa.Text(), {SAID})\n'
    'op.alter_column("t", "z", type_=sa.String(9), nullable=False)': ("t.z", "its default", ""),
    'op.add_column("t", sa.Column("n", sa.Integer(), server_default="7"))\n'
    'op.alter_column("t", "n", existing_type=sa.Integer(), nullable=False)': ("t.n", "its default", ""),
    'with op.batch_alter_table("t") as batch:\n    batch.alter_column("c", type_=sa.Text(), existing_nullable=False)': (
        "t.c",
        "its default",
        "",
    ),
    'op.alter_column("other", "c", new_column_name="d", existing_type=sa.Text())': (
        "other.c",
        "NOT NULL if it has that",
        "existing_nullable=False",
    ),
}


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
@pytest.mark.parametrize("change", LOST)
def test_a_modify_that_would_lose_something_is_refused(tmp_path: Path, change: str, dialect: str) -> None:
    """MODIFY repeats only what the directive says; what the column has is known from the directives before."""
    where, what, hint = LOST[change]
    shown = render(tmp_path, dialect, TABLE + change)
    assert shown.startswith("revision a (migrations/versions/a.py:2")
    assert f": {where}: MODIFY would drop " in shown
    assert what in shown
    assert hint in shown


KEPT = (
    f'op.alter_column("t", "c", type_=sa.Text(), {SAID})',
    'op.alter_column("t", "c", type_=sa.Text(), nullable=True, server_default=None, comment=None)',
    'op.alter_column("t", "c", type_=sa.Text(), nullable=True, existing_server_default=None, existing_comment="")',
    'op.alter_column("t", "id", type_=sa.BigInteger(), nullable=False, existing_autoincrement=False)',
    'op.alter_column("t", "b", type_=sa.String(60, collation="ascii_bin"), nullable=True)',
    'op.alter_column("t", "b", type_=sa.Integer(), nullable=True)',
    'op.alter_column("t", "c", server_default="y")',
    (
        'op.alter_column("t", "c", server_default=None)\n'
        'op.alter_column("t", "c", type_=sa.Text(), nullable=True, existing_comment="why")'
    ),
    'op.drop_column("t", "c")\nop.alter_column("t", "c", type_=sa.Text(), nullable=True)',
    'op.drop_table("t")\nop.alter_column("t", "c", type_=sa.Text(), nullable=True)',
    'op.execute("ALTER TABLE t ALTER c DROP DEFAULT")\nop.alter_column("t", "c", type_=sa.Text(), nullable=True)',
    'op.alter_column("other", "c", type_=sa.Text(), existing_type=sa.String(9), existing_nullable=True)',
)


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
@pytest.mark.parametrize("change", KEPT)
def test_a_modify_that_says_everything_is_written(tmp_path: Path, change: str, dialect: str) -> None:
    """That there is none can be said too; of a column from before the range only its NOT NULL has to be said."""
    assert "ALTER TABLE " in render(tmp_path, dialect, TABLE + change)


def test_a_check_of_a_column_is_lost_on_mariadb_alone(tmp_path: Path) -> None:
    """MySQL makes it a CHECK of the table."""
    change = TABLE + 'op.alter_column("t", "k", type_=sa.BigInteger(), nullable=True)'
    assert "t.k: MODIFY would drop its CHECK" in render(tmp_path / "a", "mariadb", change)
    assert "MODIFY k BIGINT NULL" in render(tmp_path / "b", "mysql", change)


BOTH = {
    'op.alter_column("t", "c", nullable=False)': ("t.c: MODIFY repeats the whole column", "existing_type="),
    'op.alter_column("t", "c", existing_type=sa.Integer(), server_default=sa.Computed("1"))': (
        "generated",
        "add it again",
    ),
    'op.drop_constraint("x", "t")': ("t: MySQL drops a constraint by its kind", "type_='foreignkey'"),
    'op.drop_index("i")': ("MySQL drops an index of a table", "table_name"),
    'op.create_foreign_key("f", "t", "u", ["a"], ["b"], deferrable=True)': ("can't defer a constraint", "leave"),
    'op.create_table("t", sa.Column("a", sa.Integer(), sa.ForeignKey("u.id", match="FULL")))': ("no MATCH", "leave"),
    'op.create_table("t", sa.Column("a", sa.String()))': ("t.a: VARCHAR needs a length", "sa.String(255)"),
    'op.create_table("t", sa.Column("a", sa.ARRAY(sa.Text())))': ("t.a: {dialect} has no ARRAY", "is '{dialect}'"),
    'op.create_index("i", "t", [sa.text("lower(a)")])': ("an expression in an index needs brackets", ""),
    'op.execute("CREATE UNIQUE INDEX i ON t (a) WHERE a > 0")': ("WHERE", ""),
    'op.execute("CREATE INDEX CONCURRENTLY i ON t (a)")': ("CONCURRENTLY is PostgreSQL's", ""),
    'op.execute("COMMENT ON TABLE t IS 1")': ("has no statement that begins with COMMENT", ""),
    'op.execute("CREATE EXTENSION x")': ("has no CREATE EXTENSION", ""),
    'op.execute("ALTER TABLE t ALTER COLUMN c TYPE text")': ("no ALTER COLUMN but for defaults", "op.alter_column()"),
}


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
@pytest.mark.parametrize("upgrade", BOTH)
def test_what_mysql_and_mariadb_can_not_do_is_refused(tmp_path: Path, upgrade: str, dialect: str) -> None:
    """Otherwise the server would refuse it, with half of a script done."""
    shown = render(tmp_path, dialect, upgrade)
    assert shown.startswith(WHERE)
    assert all(part.format(dialect=dialect) in shown for part in BOTH[upgrade])
    assert "Error" not in shown


ONE_OF_THEM = {
    'op.create_index("i", "t", [sa.func.lower(sa.column("a"))])': ("mariadb", "has no index of an expression"),
    'op.create_index("i", "t", ["a"], if_not_exists=True)': ("mysql", "no IF [NOT] EXISTS in CREATE INDEX"),
    'op.drop_index("i", "t", if_exists=True)': ("mysql", "no IF [NOT] EXISTS in DROP INDEX"),
    'op.add_column("t", sa.Column("a", sa.Integer()), if_not_exists=True)': (
        "mysql",
        "no IF [NOT] EXISTS in ALTER TABLE",
    ),
    'op.execute(sa.schema.CreateSequence(sa.Sequence("s")))': ("mysql", "MySQL has no CREATE SEQUENCE"),
    'op.create_table("t", sa.Column("a", sa.Text(), server_default="x"))': ("mysql", "t.a: MySQL takes no constant"),
    'op.add_column("t", sa.Column("a", sa.JSON(), server_default=sa.text("\'{}\'")))': ("mysql", "takes no constant"),
    'op.add_column("t", sa.Column("a", sa.Integer(), sa.ForeignKey("u.id")), inline_references=True)': (
        "mysql",
        "makes no foreign key",
    ),
}


@pytest.mark.parametrize("upgrade", ONE_OF_THEM)
def test_what_only_one_of_them_can_do_is_refused_for_the_other(tmp_path: Path, upgrade: str) -> None:
    """They have grown apart."""
    refusing, reason = ONE_OF_THEM[upgrade]
    (other,) = {"mysql", "mariadb"} - {refusing}
    assert reason in render(tmp_path / "a", refusing, upgrade)
    assert render(tmp_path / "b", other, upgrade).startswith("-- ===")


BOTH_CAN = (
    'op.create_index("i", "t", [sa.text("a DESC"), sa.text("b(10)")])',
    'op.create_index("i", "t", ["a", "b"], mysql_length={"b": 10}, mariadb_length={"b": 10})',
    'op.create_index("i", "t", ["a"], unique=True, postgresql_where=sa.text("a > 0"))',
    'op.add_column("t", sa.Column("a", sa.JSON(), server_default=sa.text("(json_object())")))',
    'op.add_column("t", sa.Column("a", sa.Text(), server_default=sa.text("NULL")))',
    'op.drop_constraint("ck", "t", type_="check")',
    'op.create_table("t", sa.Column("a", sa.Integer(), sa.CheckConstraint("a > 0"), comment="x"))',
)


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
@pytest.mark.parametrize("upgrade", BOTH_CAN)
def test_what_both_can_do_is_written(tmp_path: Path, upgrade: str, dialect: str) -> None:
    """What another dialect's options ask for is left out as it is online."""
    assert render(tmp_path, dialect, upgrade).startswith("-- ===")


RELEASES = {
    ("mysql", "5.7", 'op.create_table("t", sa.Column("a", sa.Float(), server_default=sa.text("1.5")))'): "MySQL 5.7'",
    (
        "mysql",
        "5.7",
        'op.add_column("t", sa.Column("a", sa.String(9), server_default=sa.func.uuid()))',
    ): "no such default",
    ("mysql", "5.7", 'op.add_column("t", sa.Column("a", sa.JSON(), server_default=sa.text("(1)")))'): "no such default",
    ("mysql", "5.7", 'op.drop_constraint("c", "t", type_="check")'): "MySQL 5.7 keeps no CHECK",
    ("mysql", "8", "pass"): "older than MySQL 8.0.17",
    ("mysql", "8.4", "pass"): "'^(5[.]5[.]5-)?8[.]4([^0-9]|$)",
    ("mariadb", "10.6", 'op.create_table("t", sa.Column("a", sa.Uuid()))'): "a CHAR(32)",
    ("mariadb", "10.11", 'op.create_table("t", sa.Column("a", sa.Uuid()))'): "a UUID",
    ("sqlite", "3.34", 'op.drop_column("t", "c")'): "t.c: SQLite before 3.35 drops no column",
    ("sqlite", "3.35", 'op.drop_column("t", "c")'): "DROP COLUMN c",
    ("sqlite", "3.30", 'op.create_table("t", sa.Column("a", sa.Integer(), sa.Computed("1")))'): "no generated columns",
}


@pytest.mark.parametrize(("dialect", "release", "upgrade"), RELEASES)
def test_a_stated_release_decides_what_is_written(tmp_path: Path, dialect: str, release: str, upgrade: str) -> None:
    """It stands in the header, and in the guard."""
    shown = render(tmp_path, dialect, upgrade, release)
    assert RELEASES[dialect, release, upgrade] in shown
    assert shown.startswith(WHERE) or f"{dialect} {release}\n" in shown


@pytest.mark.parametrize("dialect", ["mysql", "mariadb", "sqlite"])
def test_an_unknown_release_is_refused(tmp_path: Path, dialect: str) -> None:
    """With those that are known."""
    with pytest.raises(ProjectError) as caught:
        render(tmp_path, dialect, "pass", "2.1")
    assert "know no 2.1" in str(caught.value)
    assert "the releases are: " in caught.value.hint


def test_no_refusal_tells_a_value(tmp_path: Path) -> None:
    """A default or a comment may be a secret."""
    column = 'sa.Column("a", sa.Text(), server_default="hush", comment="quiet")'
    shown = [
        render(tmp_path / "a", "mysql", f'op.add_column("t", {column})'),
        render(tmp_path / "b", "mariadb", f'op.add_column("t", {column})\nop.alter_column("t", "a", type_=sa.JSON())'),
        render(tmp_path / "c", "sqlite", 'op.alter_column("t", "a", server_default="hush", comment="quiet")'),
    ]
    assert all(text.startswith("revision a (") for text in shown)
    assert not any(word in text for text in shown for word in ("hush", "quiet"))
