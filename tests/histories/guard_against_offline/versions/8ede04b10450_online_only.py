"""online only

Revision ID: 8ede04b10450
Revises: 681957ca70a8
Create Date: 2021-01-10 10:05:13.933113

"""
from alembic import op
import sqlalchemy as sa
from alembic import context


# revision identifiers, used by Alembic.
revision = '8ede04b10450'
down_revision = '681957ca70a8'
branch_labels = None
depends_on = None


def upgrade():
    if context.is_offline_mode():
        raise RuntimeError("this migration needs a database")
    op.add_column("users", sa.Column("active", sa.Integer))


def downgrade():
    op.drop_column("users", "active")
