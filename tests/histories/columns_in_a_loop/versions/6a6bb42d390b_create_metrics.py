"""create metrics

Revision ID: 6a6bb42d390b
Revises: 
Create Date: 2019-04-04 09:25:05.910685

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '6a6bb42d390b'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "metrics",
        sa.Column("id", sa.Integer, primary_key=True),
        *[sa.Column(f"old_{n}", sa.Integer) for n in range(3)],
        sa.Column("value", sa.Numeric(12, 4), nullable=False),
    )


def downgrade():
    op.drop_table("metrics")
