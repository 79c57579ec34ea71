"""add color

Revision ID: 7dee9e0a04f6
Revises: c4e4daad9716
Create Date: 2019-06-20 10:39:15.355931

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '7dee9e0a04f6'
down_revision = 'c4e4daad9716'
branch_labels = None
depends_on = None


def upgrade():
    columns = [row[1] for row in op.get_bind().execute(sa.text("PRAGMA table_info(products)"))]
    if "color" not in columns:
        op.add_column("products", sa.Column("color", sa.String(20), server_default="grey"))
    names = [row[1] for row in op.get_bind().exec_driver_sql("PRAGMA table_info('products')").fetchall()]
    if "color" in names:
        op.create_index("ix_products_color", "products", ["color"])


def downgrade():
    op.drop_index("ix_products_color", table_name="products")
    op.drop_column("products", "color")
