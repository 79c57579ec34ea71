"""add locale

Revision ID: 897aefe66881
Revises: 7c1afa2eee96
Create Date: 2019-07-25 11:36:24.714068

"""
from alembic import op
import sqlalchemy as sa
import migration_helpers


# revision identifiers, used by Alembic.
revision = '897aefe66881'
down_revision = '7c1afa2eee96'
branch_labels = None
depends_on = None


def upgrade():
    if migration_helpers.has_table("users") and not migration_helpers.has_column("users", "locale"):
        op.add_column("users", sa.Column("locale", sa.String(5), server_default="en", nullable=False))


def downgrade():
    if migration_helpers.has_column("users", "locale"):
        op.drop_column("users", "locale")
