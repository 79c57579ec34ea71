"""random

Revision ID: bef04b0663c1
Revises: 04e90d87df13
Create Date: 2020-09-25 10:46:26.164970

"""
from alembic import op
import sqlalchemy as sa
import uuid


# revision identifiers, used by Alembic.
revision = 'bef04b0663c1'
down_revision = '04e90d87df13'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("token", sa.String(36)))
    op.execute(f"UPDATE users SET token = '{uuid.uuid4()}' WHERE id = 1")


def downgrade():
    op.drop_column("users", "token")
