"""index sku

Revision ID: 2a8274ed17f2
Revises: accf47601adc
Create Date: 2020-09-03 10:12:24.990752

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2a8274ed17f2'
down_revision = 'accf47601adc'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    indexes = {index["name"] for index in inspector.get_indexes("products")}
    if "ix_products_sku" not in indexes:
        op.create_index("ix_products_sku", "products", ["sku"], unique=True)
    if "ix_products_price" not in indexes:
        op.create_index("ix_products_price", "products", ["price", "sku"], unique=False)


def downgrade():
    existing = [ix["name"] for ix in sa.inspect(op.get_bind()).get_indexes("products")]
    for name in ("ix_products_price", "ix_products_sku", "ix_products_never_there"):
        if name in existing:
            op.drop_index(name, table_name="products")
