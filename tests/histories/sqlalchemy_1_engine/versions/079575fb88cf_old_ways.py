"""old ways

Revision ID: 079575fb88cf
Revises: dc8fd5eabe51
Create Date: 2019-03-15 10:16:56.651140

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '079575fb88cf'
down_revision = 'dc8fd5eabe51'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    if not conn.engine.has_table("users"):
        op.execute("UPDATE users SET name = 'x'")


def downgrade():
    pass
