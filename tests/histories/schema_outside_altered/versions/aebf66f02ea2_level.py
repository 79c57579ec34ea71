"""level

Revision ID: aebf66f02ea2
Revises: 
Create Date: 2022-03-01 09:14:33.417520

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'aebf66f02ea2'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("members", sa.Column("level", sa.Integer))


def downgrade():
    op.drop_column("members", "level")
