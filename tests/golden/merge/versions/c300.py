"""keep their addresses

Revision: c300
"""

import sqlalchemy as sa
from alembic import op

revision = "c300"
down_revision = "a100"


def upgrade():
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("street", sa.String(120)),
    )


def downgrade():
    op.drop_table("address")
