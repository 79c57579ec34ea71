"""plugin

Revision ID: 8a6f32be81d5
Revises: 
Create Date: 2021-03-15 11:18:30.512982

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8a6f32be81d5'
down_revision = None
branch_labels = ('plugin',)
depends_on = None


def upgrade():
    op.create_table("plugin", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("plugin")
