"""rename orders

Revision ID: 4254faeb4fb5
Revises: 764549d656f3
Create Date: 2020-04-17 10:14:10.771226

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '4254faeb4fb5'
down_revision = '764549d656f3'
branch_labels = None
depends_on = None


def upgrade():
    op.rename_table("orders", "purchases")


def downgrade():
    op.rename_table("purchases", "orders")
