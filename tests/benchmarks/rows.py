"""Measures op.bulk_insert() of many rows against plain Alembic: rows a second, growth, memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.histories import ENV, INI
from tests.benchmarks.measure import ALEMBIC, CHANGESCRIPT, Ratio, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.measure import Usage

FEW, ROWS = 100, 100_000
ROUNDS = 3

_SEED = '''\
"""seed"""

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = "seed"
down_revision = None


def upgrade():
    table = op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50)),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("at", sa.DateTime()),
        sa.Column("day", sa.Date()),
        sa.Column("done", sa.Boolean()),
        sa.Column("note", sa.Text()),
        sa.Column("ratio", sa.Float()),
    )
    start = dt.datetime(2024, 1, 1)
    op.bulk_insert(
        table,
        [
            {{
                "id": n,
                "name": f"name {{n}}",
                "price": Decimal(n) / 100,
                "at": start + dt.timedelta(seconds=n),
                "day": start.date(),
                "done": n % 2 == 0,
                "note": "it's a note" if n % 3 else None,
                "ratio": n / 8,
            }}
            for n in range({rows})
        ],
    )


def downgrade():
    op.drop_table("reading")
'''


def measurements() -> Iterator[Ratio]:
    """Yield how rows compare with plain Alembic, and large numbers of them with small ones."""
    with tempfile.TemporaryDirectory() as folder:
        few, some, many = (_project(Path(folder) / str(rows), rows) for rows in (FEW, ROWS, 10 * ROWS))
        ours, theirs = _best(some, "changescript"), _best(some, "alembic")
        ours_of_few, theirs_of_few = _best(few, "changescript"), _best(few, "alembic")
        what = f"{ROWS} rows x 8 columns, both scripts, against `alembic upgrade --sql`: rows a second"
        yield Ratio(f"{what}, with the start of the processes", theirs.seconds, ours.seconds, "at least 6")
        ours_alone, theirs_alone = ours.seconds - ours_of_few.seconds, theirs.seconds - theirs_of_few.seconds
        yield Ratio(f"{what}, without it", theirs_alone, ours_alone, "at least 10")
        ours_of_many, theirs_of_many = _once(many, "changescript"), _once(many, "alembic")
        what = f"time of {10 * ROWS} rows against 10 times that of {ROWS}"
        yield Ratio(what, ours_of_many.seconds, 10 * ours.seconds, "at most 1.1")
        what = f"peak memory with {10 * ROWS} rows against plain Alembic's and 100 MB"
        yield Ratio(what, ours_of_many.megabytes, theirs_of_many.megabytes + 100, "at most 1")


def _project(folder: Path, rows: int) -> Path:
    versions = folder / "alembic" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text(INI, encoding="utf-8")
    (folder / "alembic" / "env.py").write_text(ENV, encoding="utf-8")
    (versions / "seed.py").write_text(_SEED.format(rows=rows), encoding="utf-8")
    return folder


def _best(project: Path, program: str) -> Usage:
    return min((_once(project, program) for _ in range(ROUNDS)), key=lambda usage: usage.seconds)


def _once(project: Path, program: str) -> Usage:
    commands = {
        "changescript": (*CHANGESCRIPT, "sql", "base:seed"),
        "alembic": (*ALEMBIC, "upgrade", "base:seed", "--sql"),
    }
    return measure(commands[program], project)
