"""concurrently

Revision ID: 6e5049a5543c
Revises: 3892aaf2b35a
Create Date: 2019-01-05 10:34:50.128486

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '6e5049a5543c'
down_revision = '3892aaf2b35a'
branch_labels = None
depends_on = None


def upgrade():
    indexes = [ix["name"] for ix in sa.inspect(op.get_bind()).get_indexes("products")]
    with op.get_context().autocommit_block():
        if "ix_products_sku" not in indexes:
            op.create_index("ix_products_sku", "products", ["sku"], unique=True, postgresql_concurrently=True)
        op.execute("CREATE INDEX CONCURRENTLY ix_products_price ON products (price) WHERE price > 0")


def downgrade():
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_products_price")
        op.drop_index("ix_products_sku", "products", postgresql_concurrently=True)
