"""cascade

Revision ID: 689ffb76c723
Revises: 27b80d5d877f
Create Date: 2020-01-13 10:58:02.074354

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '689ffb76c723'
down_revision = '27b80d5d877f'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    names = [
        key["name"]
        for key in inspector.get_foreign_keys("orders")
        if key["referred_table"] == "customers" and key["constrained_columns"] == ["customer_id"]
    ]
    for name in names:
        op.drop_constraint(name, "orders", type_="foreignkey")
    op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"], ondelete="CASCADE")


def downgrade():
    op.drop_constraint("fk_orders_customer", "orders", type_="foreignkey")
    op.create_foreign_key(None, "orders", "customers", ["customer_id"], ["id"])
