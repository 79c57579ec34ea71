"""reports: who reads them

Revision: y200
"""

import sqlalchemy as sa
from alembic import op

revision = "y200"
down_revision = "x100"


def upgrade():
    op.create_table(
        "reader",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
    )


def downgrade():
    op.drop_table("reader")
