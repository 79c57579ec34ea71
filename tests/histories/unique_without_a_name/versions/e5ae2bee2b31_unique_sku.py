"""unique sku

Revision ID: e5ae2bee2b31
Revises: 9ce01d0803b3
Create Date: 2021-01-19 10:08:52.004384

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'e5ae2bee2b31'
down_revision = '9ce01d0803b3'
branch_labels = None
depends_on = None


def upgrade():
    op.create_unique_constraint(None, "products", ["sku"])


def downgrade():
    op.drop_constraint(None, "products", type_="unique")
