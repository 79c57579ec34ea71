"""keep boxes with what follows from their sizes

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    op.create_table(
        "box",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), server_default=sa.text("2"), nullable=False),
        sa.Column("area", sa.Integer(), sa.Computed("width * height", persisted=True)),
        sa.Column("label", sa.String(40), server_default="it's a box; 100%", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_box"),
        sa.CheckConstraint("width > 0 AND label <> ';'", name="ck_box_width"),
    )
    op.create_index("ix_box_area", "box", ["area", "width"], unique=True)
    op.execute("INSERT INTO box (id, width) VALUES (1, 3)")
    op.execute("INSERT INTO box (id, width, height) VALUES (2, 5, 7)")


def downgrade():
    op.drop_index("ix_box_area", table_name="box")
    op.drop_table("box")
