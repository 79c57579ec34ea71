"""keep

Revision ID: fb737e189ada
Revises: bfa004e61336
Create Date: 2019-08-01 10:14:10.870666

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fb737e189ada'
down_revision = 'bfa004e61336'
branch_labels = None
depends_on = None


def upgrade():
    if not sa.inspect(op.get_bind()).has_table("kept"):
        op.create_table("kept", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    pass
