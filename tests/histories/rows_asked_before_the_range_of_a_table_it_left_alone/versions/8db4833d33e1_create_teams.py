"""create teams

Revision ID: 8db4833d33e1
Revises: 49863223672c
Create Date: 2020-07-26 11:11:19.604503

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8db4833d33e1'
down_revision = '49863223672c'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("teams", sa.Column("id", sa.Integer, primary_key=True), sa.Column("slug", sa.String(9)))


def downgrade():
    op.drop_table("teams")
