"""pg catalogue

Revision ID: 36f2bc3bcad7
Revises: a8e0f379bae2
Create Date: 2021-08-24 10:51:51.817835

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '36f2bc3bcad7'
down_revision = 'a8e0f379bae2'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    index = bind.execute(
        sa.text("SELECT indexname FROM pg_indexes WHERE tablename = 'orders' AND indexname = 'ix_orders_total'")
    ).scalar()
    if index is None:
        op.create_index("ix_orders_total", "orders", ["total"])
    constraint = bind.execute(
        sa.text("SELECT 1 FROM pg_constraint WHERE conname = :name"), {"name": "ck_orders_total"}
    ).fetchone()
    if not constraint:
        op.create_check_constraint("ck_orders_total", "orders", "total >= 0")
    exists = bind.execute(
        sa.text("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'payments')")
    ).scalar()
    if not exists:
        op.create_table("payments", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("payments")
    op.drop_constraint("ck_orders_total", "orders", type_="check")
    op.drop_index("ix_orders_total", table_name="orders")
