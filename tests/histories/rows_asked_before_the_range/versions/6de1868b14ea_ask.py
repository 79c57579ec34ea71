"""ask

Revision ID: 6de1868b14ea
Revises: 3c2f6483b2a4
Create Date: 2019-05-03 11:46:14.318118

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '6de1868b14ea'
down_revision = '3c2f6483b2a4'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "ix_users_slug" in {index["name"] for index in inspector.get_indexes("users")}:
        op.drop_index("ix_users_slug", table_name="users")


def downgrade():
    op.create_index("ix_users_slug", "users", ["slug"])
