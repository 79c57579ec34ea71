"""select

Revision ID: bb515261975d
Revises: 038fd1e38c46
Create Date: 2020-06-20 10:07:59.238447

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'bb515261975d'
down_revision = '038fd1e38c46'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("SELECT setval(pg_get_serial_sequence('products', 'id'), 100)")
    op.execute("INSERT INTO products (sku, price) VALUES ('C-3', 1)")


def downgrade():
    op.execute("DELETE FROM products WHERE sku = 'C-3'")
