"""Measures scripts for MariaDB and SQLite against those for PostgreSQL: one history, whole processes, in turns."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.histories import INI
from tests.benchmarks.measure import CHANGESCRIPT, Ratio, cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

REVISIONS = 400
ROUNDS = 5
DIALECTS = ("mariadb", "sqlite")

_ENV = """\
from alembic import context

context.configure(url="postgresql://", literal_binds=True)
with context.begin_transaction():
    context.run_migrations()
"""

_REVISION = '''\
"""change number {number}"""

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = "{id}"
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade():
    table = op.create_table(
        "t{number}",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False, server_default="n"),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("made", sa.DateTime()),
        sa.Column("note", sa.Text()),
    )
    op.create_index("ix_t{number}_name", "t{number}", ["name"])
    op.add_column("t{number}", sa.Column("done", sa.Boolean(), nullable=False, server_default=sa.text("0")))
    op.alter_column(
        "t{number}", "note", new_column_name="remark", existing_type=sa.Text(), existing_nullable=True
    )
    op.bulk_insert(
        table,
        [
            {{"id": n, "name": f"name {{n}}", "price": Decimal(n) / 4, "made": dt.datetime(2024, 1, 1, n % 24)}}
            for n in range(20)
        ],
    )
    op.execute(table.update().where(table.c.id == 5).values(name="it's 5"))
    op.execute("UPDATE t{number} SET name = 'x' WHERE price > 5")


def downgrade():
    op.drop_index("ix_t{number}_name", table_name="t{number}")
    op.drop_table("t{number}")
'''


def measurements() -> Iterator[Ratio]:
    """Yield how much longer both scripts of the whole history take for each of the dialects."""
    with tempfile.TemporaryDirectory() as folder:
        project = _project(Path(folder))
        medians = _medians(project)
        for dialect in DIALECTS:
            what = f"{REVISIONS} revisions for {dialect} against the same for postgresql, whole processes"
            yield Ratio(what, medians[dialect], medians["postgresql"], "at most 1.2")


def _medians(project: Path) -> dict[str, float]:
    names = ("postgresql", *DIALECTS)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            command = (*CHANGESCRIPT, "sql", "base:head", "--dialect", name, "-o", f"sql_{name}")
            seconds[name].append(cpu_seconds(command, project))
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def _project(folder: Path) -> Path:
    versions = folder / "alembic" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text(INI, encoding="utf-8")
    (folder / "alembic" / "env.py").write_text(_ENV, encoding="utf-8")
    for number in range(1, REVISIONS + 1):
        down = f"{number - 1:06x}abcdef" if number > 1 else None
        text = _REVISION.format(number=number, id=f"{number:06x}abcdef", down=down)
        (versions / f"{number:06x}.py").write_text(text, encoding="utf-8")
    return folder
