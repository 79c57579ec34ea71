"""add stock

Revision ID: 21661ee5df40
Revises: 73b5984f73da
Create Date: 2021-05-16 10:07:59.089287

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '21661ee5df40'
down_revision = '73b5984f73da'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    has_table = bind.execute(sa.text(
        """
        SELECT COUNT(*)
        FROM information_schema.tables
        WHERE table_schema = 'public' AND table_name = 'stock'
        """
    )).scalar()
    if not has_table:
        op.create_table("stock", sa.Column("product_id", sa.Integer, primary_key=True), sa.Column("amount", sa.Integer))


def downgrade():
    op.drop_table("stock")
