"""keep appointments with their offset

Revision: a100
"""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30))


def upgrade():
    appointment = op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
    )
    op.bulk_insert(appointment, [{"id": 1, "starts_at": dt.datetime(2026, 1, 15, 9, 30, tzinfo=INDIA)}])


def downgrade():
    op.drop_table("appointment")
