"""drop names

Revision ID: f52fcfeafae7
Revises: cefda531a138
Create Date: 2020-06-08 10:59:55.365151

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'f52fcfeafae7'
down_revision = 'cefda531a138'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_column("users", "name")


def downgrade():
    raise NotImplementedError("the names are gone")
