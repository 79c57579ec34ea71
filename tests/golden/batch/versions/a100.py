"""keep tickets

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    ticket = op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), server_default="new", nullable=False),
        sa.Column("effort", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
    )
    op.create_index("ix_ticket_state", "ticket", ["state"])
    op.bulk_insert(
        ticket,
        [
            {"id": 1, "title": "it's broken", "state": "new", "effort": None},
            {"id": 2, "title": "mend; it", "state": "done", "effort": 5},
        ],
    )


def downgrade():
    op.drop_table("ticket")
