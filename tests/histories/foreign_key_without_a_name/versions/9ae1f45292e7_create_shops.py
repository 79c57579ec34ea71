"""create shops

Revision ID: 9ae1f45292e7
Revises: 59035255d0f3
Create Date: 2020-02-22 10:17:49.367357

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '9ae1f45292e7'
down_revision = '59035255d0f3'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("shops", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("shops")
