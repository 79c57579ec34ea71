"""one

Revision ID: 5e94124d2ca4
Revises: 3f2f55d1d68b
Create Date: 2019-03-21 10:58:02.698654

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5e94124d2ca4'
down_revision = '3f2f55d1d68b'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("one", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("one")
