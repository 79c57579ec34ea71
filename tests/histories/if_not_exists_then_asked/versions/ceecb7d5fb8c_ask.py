"""ask

Revision ID: ceecb7d5fb8c
Revises: bc72e1b7960f
Create Date: 2019-12-09 11:20:16.917756

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'ceecb7d5fb8c'
down_revision = 'bc72e1b7960f'
branch_labels = None
depends_on = None


def upgrade():
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("products")]
    if "brand" in columns and columns.count("note") == 1:
        op.create_index("ix_products_brand", "products", ["brand"])


def downgrade():
    op.drop_index("ix_products_brand", table_name="products")
