"""things

Revision ID: 4f6fbd5d6780
Revises: 
Create Date: 2021-02-25 09:00:00.176820

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '4f6fbd5d6780'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("things", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("things")
