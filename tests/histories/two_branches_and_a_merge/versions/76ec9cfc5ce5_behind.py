"""behind

Revision ID: 76ec9cfc5ce5
Revises: c721c23c1b9e
Create Date: 2019-04-03 13:42:18.290006

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '76ec9cfc5ce5'
down_revision = 'c721c23c1b9e'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("behind", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("behind")
