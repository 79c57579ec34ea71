"""core: keep accounts

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None
branch_labels = "core"


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
    )


def downgrade():
    op.drop_table("account")
