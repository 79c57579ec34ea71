"""plain

Revision ID: 5d85e0279d12
Revises: e8bf43cf7054
Create Date: 2020-06-13 10:34:50.404746

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5d85e0279d12'
down_revision = 'e8bf43cf7054'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("active", sa.Integer))


def downgrade():
    op.drop_column("users", "active")
