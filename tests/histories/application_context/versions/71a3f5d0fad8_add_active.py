"""add active

Revision ID: 71a3f5d0fad8
Revises: fcced783650e
Create Date: 2019-11-28 11:17:37.846485

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '71a3f5d0fad8'
down_revision = 'fcced783650e'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("active", sa.Integer, server_default="1", nullable=False))


def downgrade():
    op.drop_column("users", "active")
