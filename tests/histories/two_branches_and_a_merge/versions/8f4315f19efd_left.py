"""left

Revision ID: 8f4315f19efd
Revises: 9017a720e7f5
Create Date: 2019-04-28 10:03:27.975819

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8f4315f19efd'
down_revision = '9017a720e7f5'
branch_labels = None
depends_on = None


def upgrade():
    if not sa.inspect(op.get_bind()).has_table("shared"):
        op.create_table("shared", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("base_table", sa.Column("l", sa.Integer))


def downgrade():
    op.drop_column("base_table", "l")
    if sa.inspect(op.get_bind()).has_table("shared"):
        op.drop_table("shared")
