"""keep parts, and a log of what became of them

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("in_stock", sa.Integer(), nullable=False),
    )
    op.create_table(
        "part_log",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(200), nullable=False),
    )


def downgrade():
    op.drop_table("part_log")
    op.drop_table("part")
