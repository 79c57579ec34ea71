"""owner

Revision ID: ffdff9cc95e6
Revises: 761d5be09b92
Create Date: 2020-03-17 10:58:02.549494

"""
from alembic import op
import sqlalchemy as sa
import os


# revision identifiers, used by Alembic.
revision = 'ffdff9cc95e6'
down_revision = '761d5be09b92'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("tenant", sa.String(20), server_default=os.environ["SHOP_TENANT"], nullable=False))


def downgrade():
    op.drop_column("users", "tenant")
