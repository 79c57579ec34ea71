"""add maker

Revision ID: 36744af3631d
Revises: 9829d4443264
Create Date: 2019-11-02 10:25:53.765513

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '36744af3631d'
down_revision = '9829d4443264'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("products", sa.Column("maker", sa.String(50)))
    op.create_index("ix_products_maker", "products", ["maker"])


def downgrade():
    inspector = sa.inspect(op.get_bind())
    if any(index["name"] == "ix_products_maker" for index in inspector.get_indexes("products")):
        op.drop_index("ix_products_maker", table_name="products")
    if any(column["name"] == "maker" for column in inspector.get_columns("products")):
        op.drop_column("products", "maker")
