"""ask

Revision ID: fea7bb2a0088
Revises: 2040fbf07e30
Create Date: 2022-03-03 11:14:33.417522

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fea7bb2a0088'
down_revision = '2040fbf07e30'
branch_labels = None
depends_on = None


def upgrade():
    if sa.inspect(op.get_bind()).has_table("tags"):
        op.add_column("tags", sa.Column("title", sa.String(20)))


def downgrade():
    pass
