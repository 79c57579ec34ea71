"""plain string

Revision ID: bf18d5d6aa5b
Revises: 7c359d46f3e5
Create Date: 2019-10-28 10:39:15.306211

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'bf18d5d6aa5b'
down_revision = '7c359d46f3e5'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    conn.execute("UPDATE users SET name = 'x'")


def downgrade():
    pass
