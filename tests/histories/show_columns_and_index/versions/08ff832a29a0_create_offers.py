"""create offers

Revision ID: 08ff832a29a0
Revises: af39ac857364
Create Date: 2021-04-06 10:41:01.788365

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '08ff832a29a0'
down_revision = 'af39ac857364'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    if not conn.execute(sa.text("SHOW TABLES LIKE 'offers'")).fetchone():
        op.create_table("offers", sa.Column("id", sa.Integer, primary_key=True), sa.Column("product_id", sa.Integer))
    if not conn.execute(sa.text("SHOW COLUMNS FROM products LIKE 'offer_id'")).fetchall():
        op.add_column("products", sa.Column("offer_id", sa.Integer))
    if conn.execute(sa.text("SHOW INDEX FROM products WHERE Key_name = 'ix_products_offer'")).first() is None:
        op.create_index("ix_products_offer", "products", ["offer_id"])


def downgrade():
    op.drop_index("ix_products_offer", table_name="products")
    op.drop_column("products", "offer_id")
    op.drop_table("offers")
