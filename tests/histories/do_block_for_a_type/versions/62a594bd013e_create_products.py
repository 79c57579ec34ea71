"""create products

Revision ID: 62a594bd013e
Revises: 
Create Date: 2019-04-10 09:07:11.958199

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '62a594bd013e'
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
