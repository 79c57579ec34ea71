"""billing: keep invoices

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None
branch_labels = "billing"


def upgrade():
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("total", sa.Numeric(12, 2), nullable=False),
    )


def downgrade():
    op.drop_table("invoice")
