"""not null

Revision ID: 084d31703883
Revises: e4b379116371
Create Date: 2019-04-11 11:26:34.159738

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '084d31703883'
down_revision = 'e4b379116371'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("active", sa.Integer))


def downgrade():
    op.drop_column("users", "active")
