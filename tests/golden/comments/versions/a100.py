"""keep readings, and say what they are

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("celsius", sa.Numeric(5, 2), nullable=False, comment="as the sensor's display; never corrected"),
        comment="one row per minute; 100% raw",
    )


def downgrade():
    op.drop_table("reading")
