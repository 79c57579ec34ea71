"""ask

Revision ID: 872a620be9c7
Revises: 9d0974ac1b41
Create Date: 2019-08-01 11:20:16.967476

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '872a620be9c7'
down_revision = '9d0974ac1b41'
branch_labels = None
depends_on = None


def upgrade():
    if "slug" in [column["name"] for column in sa.inspect(op.get_bind()).get_columns("users")]:
        op.create_index("ix_users_slug", "users", ["slug"])


def downgrade():
    op.drop_index("ix_users_slug", table_name="users")
