"""Makes Alembic projects with as many revisions as a measurement needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

INI = """\
[alembic]
script_location = %(here)s/alembic
prepend_sys_path = %(here)s
"""

ENV = """\
from alembic import context

context.configure(url="postgresql://", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
"""

_REVISION = '''\
"""change number {number}"""

import sqlalchemy as sa
from alembic import op

revision = "{id}"
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "t{number}",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False, server_default="n"),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("CURRENT_TIMESTAMP")),
    )
    op.create_index("ix_t{number}_name", "t{number}", ["name"])
    op.execute("UPDATE t{number} SET name = 'x' WHERE price > 5")


def downgrade():
    op.drop_index("ix_t{number}_name", table_name="t{number}")
    op.drop_table("t{number}")
'''


def revision_id(number: int) -> str:
    """Return the id of the revision with that number, counted from 1."""
    return f"{number:06x}abcdef"


def make_project(folder: Path, count: int) -> Path:
    """Write a project with a line of `count` revisions into the folder, and return the folder."""
    versions = folder / "alembic" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text(INI, encoding="utf-8")
    (folder / "alembic" / "env.py").write_text(ENV, encoding="utf-8")
    for number in range(1, count + 1):
        down = revision_id(number - 1) if number > 1 else None
        text = _REVISION.format(number=number, id=revision_id(number), down=down)
        (versions / f"{revision_id(number)}_change.py").write_text(text, encoding="utf-8")
    return folder
