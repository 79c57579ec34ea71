"""create items

Revision ID: 19549f319253
Revises: 
Create Date: 2020-11-24 09:05:25.503705

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '19549f319253'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("items", sa.Column("id", sa.Integer, primary_key=True), sa.Column("state", sa.String(10), server_default="new", nullable=False))


def downgrade():
    op.drop_table("items")
