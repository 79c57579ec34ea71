"""core more

Revision ID: 42595b224c2d
Revises: fab8d2ba61bd
Create Date: 2021-03-14 10:05:13.408253

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '42595b224c2d'
down_revision = 'fab8d2ba61bd'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("core_more", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("core_more")
