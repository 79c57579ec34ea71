"""create tags

Revision ID: d56bc55efbd4
Revises: 
Create Date: 2019-09-04 09:45:45.019345

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd56bc55efbd4'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("tags", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))


def downgrade():
    op.drop_table("tags")
