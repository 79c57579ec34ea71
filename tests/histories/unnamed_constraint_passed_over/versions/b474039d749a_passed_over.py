"""passed over

Revision ID: b474039d749a
Revises: 60c704da1abf
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b474039d749a'
down_revision = '60c704da1abf'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_orders_buyer", "orders", ["buyer"])
    try:
        op.drop_constraint(None, "orders", type_="foreignkey")
        op.drop_column("orders", "seller")
    except Exception:
        pass


def downgrade():
    op.drop_index("ix_orders_buyer", table_name="orders")
