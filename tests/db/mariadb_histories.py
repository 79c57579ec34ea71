"""Small histories for MariaDB, with what a script and an online run make differently unless somebody takes care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.projects import Rev, make_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENV_PY = """\
import os

from alembic import context
from sqlalchemy import create_engine, pool

options = {options}
if context.is_offline_mode():
    context.configure(url="mariadb+pymysql://", literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
"""
ASYNC_ENV_PY = """\
import asyncio
import os

from alembic import context
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import create_async_engine


def run(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def online():
    url = os.environ["DATABASE_URL"].replace("pymysql", "aiomysql")
    async with create_async_engine(url, poolclass=pool.NullPool).connect() as connection:
        await connection.run_sync(run)


if context.is_offline_mode():
    context.configure(url="mariadb+aiomysql://", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(online())
"""


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
t = op.create_table("t", sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("v", sa.Text), sa.Column("n", sa.Numeric(9, 3)))
op.bulk_insert(t, [
    {"v": "a'b\\"c`d \\\\ \\\\n"}, {"v": "x\\r\\ny\\ndelimiter //\\nsource x;\\n;-- #"},
    {"v": ":a ?1 $x @y @@z %s %(x)s %%"},
    {"v": "\\t\\u202e \\U0001f600 \\x1a"}, {"v": ""},
    {"v": "'); DROP TABLE t; -- "}, {"v": "\\\\g \\\\! \\\\c /* */ /*! */"},
])
op.execute(sa.text("INSERT INTO t (v) VALUES (:v)").bindparams(v="it's\\n\\\\n//$$"))"""
_ROWS = """\
t = sa.table("t", sa.column("id", sa.Integer), sa.column("v", sa.Text), sa.column("n", sa.Numeric))
op.execute(t.update().where(t.c.id == 2).values(v="changed;\\n'"))
op.execute(t.delete().where(t.c.v == op.inline_literal("")))
op.execute("INSERT INTO t (v) SELECT CONCAT(v, ' again') FROM t WHERE id < 3 ORDER BY id")
op.execute("UPDATE t SET n = id / 7 WHERE n IS NULL;")"""

_TABLES = """\
op.create_table("p", sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.Enum("it's", 'b"c', "d\\\\e"), server_default="it's", nullable=False, comment="a 'kind'; of"),
    sa.Column("At", sa.DateTime, server_default=sa.func.now()),
    comment="parents; \\\\ 'all'", mysql_engine="InnoDB", mysql_charset="utf8mb4")
op.create_table("c", sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("note", sa.String(50), index=True),
    sa.Column("p_id", sa.BigInteger, sa.ForeignKey("p.id", name="fk_c_p", ondelete="CASCADE")),
    sa.UniqueConstraint("note", "p_id", name="uq_c"), sa.CheckConstraint("note <> ';'", name="ck_c"))
op.execute("INSERT INTO p (id, At) VALUES (1, '2026-01-02 03:04:05'), (2, '2026-01-02 03:04:05')")
op.execute("INSERT INTO c (note, p_id) VALUES ('a', 1), ('b', 2), (NULL, NULL)")"""
_TABLES_BACK = 'op.drop_table("c")\nop.drop_table("p")'
_ALTERED = """\
op.add_column("c", sa.Column("n", sa.Integer, server_default="7", nullable=False))
op.alter_column("c", "note", existing_type=sa.String(50), type_=sa.Text(), existing_nullable=True,
    new_column_name="remark")
op.execute("SET FOREIGN_KEY_CHECKS = 0")
op.drop_constraint("fk_c_p", "c", type_="foreignkey")
op.create_foreign_key("fk_c_p2", "c", "p", ["p_id"], ["id"])
op.execute("SET FOREIGN_KEY_CHECKS = 1")
op.create_index("ix_c_n", "c", ["n", "p_id"], unique=False)
op.execute("UPDATE c SET n = n + 1")
op.rename_table("c", "child")
op.create_table_comment("child", "it's; a child")
op.execute("UPDATE child SET n = n + 1 WHERE remark = 'a'")"""
_ALTERED_BACK = """\
op.drop_table_comment("child")
op.rename_table("child", "c")
op.drop_constraint("fk_c_p2", "c", type_="foreignkey")
op.drop_index("ix_c_n", "c")
op.create_foreign_key("fk_c_p", "c", "p", ["p_id"], ["id"], ondelete="CASCADE")
op.alter_column("c", "remark", existing_type=sa.Text(), type_=sa.String(50), existing_nullable=True,
    new_column_name="note")
op.drop_column("c", "n")"""

_ROUTINES = '''\
op.create_table("log", sa.Column("id", sa.Integer, primary_key=True), sa.Column("said", sa.Text))
op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("v", sa.Text))
op.execute("""
CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW
BEGIN
  -- it's only; a remark
  INSERT INTO log (said) SELECT CASE WHEN NEW.v = ';' THEN 'semi;colon // $$' ELSE 'END;\\\\n' END;
  IF NEW.v = 'x' THEN UPDATE log SET said = CONCAT(said, '!') WHERE id = LAST_INSERT_ID(); END IF; # so
END
""")
op.execute("CREATE PROCEDURE pr(IN a INT) BEGIN /* what; */ INSERT INTO t (v) VALUES (CONCAT('called; ', a)); END")
op.execute("CREATE FUNCTION fu(a INT) RETURNS INT DETERMINISTIC BEGIN DECLARE b INT DEFAULT 1; RETURN a + b; END")
op.execute("CREATE EVENT ev ON SCHEDULE EVERY 1 YEAR STARTS '2035-01-01 00:00:00' DO BEGIN DELETE FROM log; END")
op.execute("CREATE OR REPLACE VIEW w AS SELECT v, count(*) AS `how; many` FROM t GROUP BY v")
op.execute("INSERT INTO t (v) VALUES (';'), ('x'), (NULL)")
op.execute("CALL pr(5)")'''
_ROUTINES_BACK = """\
op.execute("DROP VIEW w")
op.execute("DROP EVENT ev")
op.execute("DROP FUNCTION fu")
op.execute("DROP PROCEDURE pr")
op.execute("DROP TRIGGER tr")
op.drop_table("t")
op.drop_table("log")"""

_AUTOCOMMIT = """\
op.create_table("auto", sa.Column("id", sa.Integer, primary_key=True))
with op.get_context().autocommit_block():
    op.execute("INSERT INTO auto (id) VALUES (5)")
op.execute("INSERT INTO auto (id) VALUES (6)")"""
_MIXED = """\
op.add_column("t_one", sa.Column("n", sa.Integer))
op.execute("INSERT INTO t_one (id, n) VALUES (1, 10)")
op.execute("UPDATE t_one SET n = n + 1")
op.execute("CREATE TRIGGER tr BEFORE INSERT ON t_one FOR EACH ROW BEGIN SET NEW.n = NEW.n + 100; END")
op.execute("ALTER TABLE t_one MODIFY n BIGINT")
op.execute("INSERT INTO t_one (id, n) VALUES (2, 20)")"""
_MIXED_BACK = """\
op.execute("DROP TRIGGER tr")
op.execute("DELETE FROM t_one")
op.drop_column("t_one", "n")"""
_REMEMBERS = """\
op.execute("SET @most = 5")
op.execute("CREATE TABLE remembered (n INT)")
op.execute("INSERT INTO remembered VALUES (@most)")"""
_MERGED_ROWS = 'op.execute("INSERT INTO auto (id) VALUES (7)")\nop.execute("CREATE TABLE made (x INT)")'
_MERGED_ROWS_BACK = 'op.execute("DROP TABLE made")\nop.execute("DELETE FROM auto WHERE id = 7")'

HISTORIES: Mapping[str, History] = {
    "texts": History(
        (Rev("texts", upgrade=_TEXTS, downgrade='op.drop_table("t")'), Rev("rows", ("texts",), upgrade=_ROWS)),
        ("texts", "rows"),
    ),
    "tables": History(
        (
            Rev("tables", upgrade=_TABLES, downgrade=_TABLES_BACK),
            Rev("altered", ("tables",), upgrade=_ALTERED, downgrade=_ALTERED_BACK),
        ),
        ("tables", "altered"),
        ASYNC_ENV_PY,
    ),
    "routines": History(
        (Rev("routines", upgrade=_ROUTINES, downgrade=_ROUTINES_BACK), Rev("after", ("routines",))),
        ("routines", "after"),
    ),
    "branches": History(
        (
            Rev("trunk"),
            Rev("left", ("trunk",), upgrade=_AUTOCOMMIT, downgrade='op.drop_table("auto")'),
            Rev("right", ("trunk",)),
            Rev("merged", ("left", "right"), upgrade=_MERGED_ROWS, downgrade=_MERGED_ROWS_BACK),
            Rev("top", ("merged",), upgrade="pass", downgrade="pass"),
        ),
        ("trunk", "left,right", "merged", "top"),
    ),
    "mixed": History(
        (
            Rev("one"),
            Rev("mixed", ("one",), upgrade=_MIXED, downgrade=_MIXED_BACK),
            Rev("remembers", ("mixed",), upgrade=_REMEMBERS, downgrade='op.drop_table("remembered")'),
        ),
        ("one", "mixed", "remembers"),
    ),
    "depends": History(
        (Rev("core"), Rev("core2", ("core",)), Rev("extra", depends_on=("core",)), Rev("extra2", ("extra",))),
        ("core", "core2,extra", "core2,extra2"),
    ),
    "own version table": History(
        (Rev("one"), Rev("two", ("one",)), Rev("three", ("two",))),
        ("one", "two", "three"),
        ENV_PY.format(options='{"version_table": "my version\'s", "version_table_pk": False}'),
    ),
    "reserved version table, long ids": History(
        (Rev("a_revision_with_an_id_of_32_chars"[:32]), Rev("b" * 32, ("a_revision_with_an_id_of_32_chars"[:32],))),
        ("a_revision_with_an_id_of_32_chars"[:32], "b" * 32),
        ENV_PY.format(options='{"version_table": "Select", "transaction_per_migration": True}'),
    ),
}
