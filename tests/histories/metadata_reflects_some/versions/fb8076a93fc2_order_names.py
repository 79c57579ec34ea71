"""order names

Revision ID: fb8076a93fc2
Revises: 3c972ecb57ed
Create Date: 2020-10-26 10:09:45.394621

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fb8076a93fc2'
down_revision = '3c972ecb57ed'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("orders", sa.Column("customer_name", sa.String(60)))
    meta = sa.MetaData()
    meta.reflect(bind=op.get_bind(), only=("orders", "customers"))
    orders, customers = meta.tables["orders"], meta.tables["customers"]
    name = sa.select(customers.c.name).where(customers.c.id == orders.c.customer_id).scalar_subquery()
    op.execute(orders.update().values(customer_name=name).where(orders.c.total > 0))


def downgrade():
    op.drop_column("orders", "customer_name")
