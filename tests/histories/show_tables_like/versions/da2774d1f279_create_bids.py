"""create bids

Revision ID: da2774d1f279
Revises: eb897e01aca8
Create Date: 2021-06-09 10:34:50.255586

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'da2774d1f279'
down_revision = 'eb897e01aca8'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    if not conn.execute(sa.text("SHOW TABLES LIKE 'product_bids'")).fetchone():
        op.create_table("product_bids", sa.Column("id", sa.Integer, primary_key=True), sa.Column("product_id", sa.Integer))


def downgrade():
    op.drop_table("product_bids")
