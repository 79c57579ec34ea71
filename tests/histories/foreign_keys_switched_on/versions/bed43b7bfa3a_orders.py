"""orders

Revision ID: bed43b7bfa3a
Revises: 
Create Date: 2022-03-01 09:14:33.417520

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'bed43b7bfa3a'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(80)))
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", name="fk_orders_user", ondelete="CASCADE")),
    )


def downgrade():
    op.drop_table("orders")
    op.drop_table("users")
