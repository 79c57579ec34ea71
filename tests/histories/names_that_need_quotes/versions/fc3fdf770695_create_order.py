"""create order

Revision ID: fc3fdf770695
Revises: 
Create Date: 2021-04-19 09:50:10.572770

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fc3fdf770695'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "order",
        sa.Column("userId", sa.Integer, primary_key=True),
        sa.Column("group", sa.String(10)),
        sa.Column("two words", sa.Integer),
    )


def downgrade():
    op.drop_table("order")
