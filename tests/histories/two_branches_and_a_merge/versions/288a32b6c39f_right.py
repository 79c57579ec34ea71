"""right

Revision ID: 288a32b6c39f
Revises: 9017a720e7f5
Create Date: 2019-04-01 11:16:44.080548

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '288a32b6c39f'
down_revision = '9017a720e7f5'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("base_table", sa.Column("r", sa.Integer))


def downgrade():
    op.drop_column("base_table", "r")
