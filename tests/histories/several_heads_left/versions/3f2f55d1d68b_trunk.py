"""trunk

Revision ID: 3f2f55d1d68b
Revises: 
Create Date: 2019-03-20 09:45:45.593925

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '3f2f55d1d68b'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("trunk", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("trunk")
