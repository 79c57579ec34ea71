"""core

Revision ID: fab8d2ba61bd
Revises: 
Create Date: 2021-03-13 09:52:56.303524

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fab8d2ba61bd'
down_revision = None
branch_labels = ('core',)
depends_on = None


def upgrade():
    op.create_table("core", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("core")
