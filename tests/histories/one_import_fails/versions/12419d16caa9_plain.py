"""plain

Revision ID: 12419d16caa9
Revises: 6a89fc593b22
Create Date: 2021-03-19 11:46:14.544658

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '12419d16caa9'
down_revision = '6a89fc593b22'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("active", sa.Integer))


def downgrade():
    op.drop_column("users", "active")
