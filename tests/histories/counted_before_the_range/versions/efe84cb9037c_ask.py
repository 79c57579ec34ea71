"""ask

Revision ID: efe84cb9037c
Revises: 0ad111df22f9
Create Date: 2022-03-04 12:14:33.417523

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'efe84cb9037c'
down_revision = '0ad111df22f9'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "ix_users_slug" in {index["name"] for index in inspector.get_indexes("users")}:
        op.drop_index("ix_users_slug", table_name="users")
    if "rank" in {column["name"] for column in inspector.get_columns("users")}:
        op.add_column("users", sa.Column("ranked", sa.Boolean))


def downgrade():
    op.drop_column("users", "ranked")
    op.create_index("ix_users_slug", "users", ["slug"])
