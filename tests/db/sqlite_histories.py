"""Small histories for SQLite, each with what online and offline runs make differently unless somebody takes care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.db.sqlite import ASYNC_ENV_PY, ENV_PY
from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class History:
    """A history, and the revisions at which it is cut into ranges, lowest first."""

    revs: tuple[Rev, ...]
    stops: tuple[str, ...]
    """As Alembic takes them; several heads are joined by commas."""
    env_py: str = ENV_PY.format(options="{}")

    @property
    def ranges(self) -> list[str]:
        """Return the ranges between the stops, and the whole."""
        single = [f"{low}:{high}" for low, high in zip(("base", *self.stops), self.stops, strict=False)]
        return list(dict.fromkeys([*single, f"base:{self.stops[-1]}"]))

    def make(self, root: Path) -> Path:
        """Write the project."""
        root.mkdir()
        return make_project(root, self.revs, self.env_py).root


_TEXTS = """\
t = op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("v", sa.Text),
    sa.Column("f", sa.Float))
op.bulk_insert(t, [
    {"v": "a'b\\"c`d", "f": 0.1},
    {"v": "x\\r\\ny\\n.bail off\\n/\\ngo\\n;--", "f": None},
    {"v": ":a ?1 $x @y #z", "f": 1e300},
    {"v": "\\t\\u200b\\u202e \\U0001f600", "f": -0.0}, {"v": "", "f": 5},
    {"v": "%s %(x)s %%", "f": 2.5}, {"v": "'); DROP TABLE t;", "f": 3},
])
op.execute(sa.text("INSERT INTO t (v) VALUES (:v)").bindparams(v="it's\\n\\\\n"))"""
_ROWS = """\
t = sa.table("t", sa.column("id", sa.Integer), sa.column("v", sa.Text))
op.execute(t.update().where(t.c.id == 2).values(v="changed;\\n'"))
op.execute(t.delete().where(t.c.v == op.inline_literal("")))
op.execute("INSERT INTO t (v) SELECT v || ' again' FROM t WHERE id < 3 ORDER BY id")
op.execute("UPDATE t SET f = id WHERE f IS NULL;")"""

_PARENTS = """\
op.create_table("p", sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20), nullable=False))
op.create_table("c", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.Text),
    sa.Column("p_id", sa.Integer, sa.ForeignKey("p.id", ondelete="CASCADE")), sqlite_autoincrement=True)
op.create_index("ix_c_p", "c", ["p_id"], sqlite_where=sa.text("p_id IS NOT NULL"))
op.execute("-- two; of them\\n/* it's */\\n  /* a\\n remark; */ INSERT INTO p "
    "VALUES (1, 'one'), (2, 'two') -- why; not")
op.execute("INSERT INTO c (note, p_id) VALUES ('a', 1), ('b', 2), (NULL, NULL)")"""
_PARENTS_BACK = 'op.drop_table("c")\nop.drop_table("p")'
_BATCH = """\
p = sa.Table("p", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20), nullable=False))
with op.batch_alter_table("p", copy_from=p) as batch:
    batch.alter_column("name", type_=sa.Text(), nullable=True, new_column_name="title")
    batch.add_column(sa.Column("n", sa.Integer, server_default="7"))
    batch.create_check_constraint("ck_n", "n > 0")
    batch.create_unique_constraint("uq_title", ["title"])
with op.batch_alter_table("c", recreate="never") as batch:
    batch.add_column(sa.Column("more", sa.Text))
op.rename_table("c", "child")"""
_BATCH_BACK = """\
op.rename_table("child", "c")
op.execute("ALTER TABLE c DROP COLUMN more")
p = sa.Table("p", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("title", sa.Text),
    sa.Column("n", sa.Integer, server_default="7"), sa.CheckConstraint("n > 0", name="ck_n"),
    sa.UniqueConstraint("title", name="uq_title"))
with op.batch_alter_table("p", copy_from=p) as batch:
    batch.drop_constraint("uq_title", type_="unique")
    batch.drop_constraint("ck_n", type_="check")
    batch.drop_column("n")
    batch.alter_column("title", type_=sa.String(20), nullable=False, new_column_name="name")"""

_TRIGGERS = '''\
op.create_table("log", sa.Column("id", sa.Integer, primary_key=True), sa.Column("said", sa.Text))
op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("v", sa.Text))
op.execute("""
CREATE TRIGGER tr AFTER INSERT ON t WHEN NEW.v IS NOT NULL
BEGIN
  -- it's only; a remark
  INSERT INTO log (said) SELECT CASE WHEN NEW.v = ';' THEN 'semi;colon' ELSE 'END;' END;
  UPDATE log SET said = said || '!' WHERE id = last_insert_rowid();
END;
""")
op.execute("""
CREATE VIEW w AS SELECT v, count(*) AS "how; many" FROM t GROUP BY v /* a ; in a comment */
""")
op.execute("INSERT INTO t (v) VALUES (';'), ('x'), (NULL)")'''
_TRIGGERS_BACK = 'op.execute("DROP VIEW w")\nop.execute("DROP TRIGGER tr")\nop.drop_table("t")\nop.drop_table("log")'

_AUTOCOMMIT = """\
with op.get_context().autocommit_block():
    op.execute("PRAGMA user_version = 7")
    op.execute("CREATE TABLE auto (id INTEGER PRIMARY KEY, g INT AS (id * 2) STORED)")
op.execute("INSERT INTO auto (id) VALUES (5)")"""
_AUTOCOMMIT_BACK = 'op.execute("PRAGMA user_version = 0")\nop.execute("DROP TABLE auto")'

HISTORIES: Mapping[str, History] = {
    "texts": History(
        (Rev("texts", upgrade=_TEXTS, downgrade='op.drop_table("t")'), Rev("rows", ("texts",), upgrade=_ROWS)),
        ("texts", "rows"),
    ),
    "batch": History(
        (
            Rev("parents", upgrade=_PARENTS, downgrade=_PARENTS_BACK),
            Rev("batch", ("parents",), upgrade=_BATCH, downgrade=_BATCH_BACK),
        ),
        ("parents", "batch"),
    ),
    "triggers": History(
        (Rev("triggers", upgrade=_TRIGGERS, downgrade=_TRIGGERS_BACK), Rev("after", ("triggers",))),
        ("triggers", "after"),
        ASYNC_ENV_PY,
    ),
    "branches": History(
        (
            Rev("trunk"),
            Rev("left", ("trunk",), upgrade=_AUTOCOMMIT, downgrade=_AUTOCOMMIT_BACK),
            Rev("right", ("trunk",)),
            Rev("merged", ("left", "right"), upgrade="pass", downgrade="pass"),
            Rev("top", ("merged",)),
        ),
        ("trunk", "left,right", "merged", "top"),
    ),
    "depends": History(
        (Rev("core"), Rev("core2", ("core",)), Rev("extra", depends_on=("core",)), Rev("extra2", ("extra",))),
        ("core", "core2,extra", "core2,extra2"),
    ),
    "own version table": History(
        (Rev("one"), Rev("two", ("one",)), Rev("three", ("two",))),
        ("one", "two", "three"),
        ENV_PY.format(
            options='{"version_table": "my version\'s", "version_table_pk": False, "transaction_per_migration": True}'
        ),
    ),
    "one after the other": History(
        (Rev("first", upgrade=_PARENTS, downgrade=_PARENTS_BACK), Rev("second", ("first",)), Rev("third", ("second",))),
        ("first", "third"),
        ENV_PY.format(options='{"transaction_per_migration": True}'),
    ),
}
