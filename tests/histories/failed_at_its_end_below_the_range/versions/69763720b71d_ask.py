"""ask

Revision ID: 69763720b71d
Revises: 0f149dab60d8
Create Date: 2022-03-03 11:14:33.417522

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '69763720b71d'
down_revision = '0f149dab60d8'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "ix_users_slug" in {index["name"] for index in inspector.get_indexes("users")}:
        op.drop_index("ix_users_slug", table_name="users")


def downgrade():
    op.create_index("ix_users_slug", "users", ["slug"])
