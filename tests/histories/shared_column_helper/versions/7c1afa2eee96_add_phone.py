"""add phone

Revision ID: 7c1afa2eee96
Revises: 5b34e2f0bfbf
Create Date: 2019-07-24 10:23:07.609339

"""
from alembic import op
import sqlalchemy as sa
from migration_helpers import add_column_if_missing, drop_column_if_there


# revision identifiers, used by Alembic.
revision = '7c1afa2eee96'
down_revision = '5b34e2f0bfbf'
branch_labels = None
depends_on = None


def upgrade():
    add_column_if_missing("users", sa.Column("phone", sa.String(30), nullable=True))
    add_column_if_missing("users", sa.Column("name", sa.String(80), nullable=True))


def downgrade():
    drop_column_if_there("users", "phone")
