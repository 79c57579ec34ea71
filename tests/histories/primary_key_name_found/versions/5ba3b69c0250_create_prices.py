"""create prices

Revision ID: 5ba3b69c0250
Revises: 
Create Date: 2019-01-11 09:10:50.079190

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5ba3b69c0250'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "prices",
        sa.Column("product", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount", sa.Integer),
        sa.PrimaryKeyConstraint("product"),
    )


def downgrade():
    op.drop_table("prices")
