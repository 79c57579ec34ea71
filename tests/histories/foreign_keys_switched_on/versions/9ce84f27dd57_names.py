"""names

Revision ID: 9ce84f27dd57
Revises: bed43b7bfa3a
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '9ce84f27dd57'
down_revision = 'bed43b7bfa3a'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("PRAGMA foreign_keys = ON")
    op.execute("DELETE FROM users WHERE id = 1")


def downgrade():
    pass
