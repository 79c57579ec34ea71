"""keep authors

Revision: c300
"""

import sqlalchemy as sa
from alembic import op

revision = "c300"
down_revision = "a100"


def upgrade():
    op.create_table(
        "author",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
    )


def downgrade():
    op.drop_table("author")
