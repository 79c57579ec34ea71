"""first

Revision ID: 8d81e7d947bc
Revises: 
Create Date: 2021-01-07 09:38:34.812546

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8d81e7d947bc'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("things", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("things")
