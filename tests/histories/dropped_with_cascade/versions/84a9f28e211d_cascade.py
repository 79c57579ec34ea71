"""cascade

Revision ID: 84a9f28e211d
Revises: 6c92aa890d5a
Create Date: 2020-02-24 10:31:11.383195

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '84a9f28e211d'
down_revision = '6c92aa890d5a'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_orders_total", "orders", ["total"])
    op.execute("DROP TABLE customers CASCADE")
    op.drop_column("orders", "total")


def downgrade():
    op.create_table("customers", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(60), nullable=False))
    op.add_column("orders", sa.Column("total", sa.Numeric(10, 2), server_default="0", nullable=False))
