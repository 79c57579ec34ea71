"""base table

Revision ID: 9017a720e7f5
Revises: 
Create Date: 2019-04-27 09:50:10.871090

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '9017a720e7f5'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("base_table", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.String(20)))


def downgrade():
    op.drop_table("base_table")
