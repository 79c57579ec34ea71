"""keep visits

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    visit = op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("page", sa.String(200), nullable=False),
        sa.Column("seconds", sa.Integer()),
    )
    op.bulk_insert(visit, [{"id": number, "page": f"/{number}", "seconds": None} for number in range(1, 6)])


def downgrade():
    op.drop_table("visit")
