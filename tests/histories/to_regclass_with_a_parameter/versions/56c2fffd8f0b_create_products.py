"""create products

Revision ID: 56c2fffd8f0b
Revises: 
Create Date: 2021-04-13 09:08:04.525256

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '56c2fffd8f0b'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "products",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sku", sa.String(30), nullable=False),
        sa.Column("price", sa.Numeric(10, 2), nullable=False),
        sa.Column("note", sa.String(100)),
    )


def downgrade():
    op.drop_table("products")
