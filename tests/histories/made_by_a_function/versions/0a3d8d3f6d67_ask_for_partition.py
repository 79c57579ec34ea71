"""ask for partition

Revision ID: 0a3d8d3f6d67
Revises: 052316ce0c95
Create Date: 2020-07-22 10:37:29.476017

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0a3d8d3f6d67'
down_revision = '052316ce0c95'
branch_labels = None
depends_on = None


def upgrade():
    if not sa.inspect(op.get_bind()).has_table("log_1"):
        op.create_table("log_1", sa.Column("id", sa.Integer))
    op.execute("INSERT INTO log_1 VALUES (1)")


def downgrade():
    pass
