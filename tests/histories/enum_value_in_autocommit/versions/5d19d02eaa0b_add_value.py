"""add value

Revision ID: 5d19d02eaa0b
Revises: c4323fe5d14e
Create Date: 2019-10-25 10:34:50.504186

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5d19d02eaa0b'
down_revision = 'c4323fe5d14e'
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE state ADD VALUE IF NOT EXISTS 'c' AFTER 'a'")
    op.execute("UPDATE states SET s = 'c' WHERE id = 1")


def downgrade():
    op.execute("UPDATE states SET s = 'a' WHERE s = 'c'")
