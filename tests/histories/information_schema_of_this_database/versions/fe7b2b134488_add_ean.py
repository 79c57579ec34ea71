"""add ean

Revision ID: fe7b2b134488
Revises: b539d2f568d0
Create Date: 2020-10-07 10:56:16.244160

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fe7b2b134488'
down_revision = 'b539d2f568d0'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    there = conn.execute(
        sa.text(
            "SELECT COUNT(*) FROM information_schema.COLUMNS "
            "WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :t AND COLUMN_NAME = :c"
        ),
        {"t": "products", "c": "ean"},
    ).scalar()
    if there == 0:
        op.execute("ALTER TABLE products ADD COLUMN ean CHAR(13) NULL")
    index = conn.execute(
        sa.text(
            "SELECT 1 FROM information_schema.statistics "
            "WHERE table_schema = DATABASE() AND table_name = 'products' AND index_name = 'ix_products_ean'"
        )
    ).fetchone()
    if not index:
        op.create_index("ix_products_ean", "products", ["ean"])


def downgrade():
    op.drop_index("ix_products_ean", table_name="products")
    op.drop_column("products", "ean")
