"""orders

Revision ID: 60c704da1abf
Revises: 
Create Date: 2022-03-01 09:14:33.417520

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '60c704da1abf'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("buyer", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("seller", sa.Integer, sa.ForeignKey("users.id")),
    )


def downgrade():
    op.drop_table("orders")
    op.drop_table("users")
