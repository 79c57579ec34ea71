"""create products

Revision ID: f0cc290481dc
Revises: 
Create Date: 2020-11-04 09:45:45.345325

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'f0cc290481dc'
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
