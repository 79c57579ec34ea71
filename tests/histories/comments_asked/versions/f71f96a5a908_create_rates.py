"""create rates

Revision ID: f71f96a5a908
Revises: 
Create Date: 2020-09-13 09:16:08.973132

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'f71f96a5a908'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rates",
        sa.Column("id", sa.Integer, primary_key=True, comment="number"),
        sa.Column("rate", sa.Numeric(8, 4), nullable=False),
        comment="it's the bank's",
    )


def downgrade():
    op.drop_table("rates")
