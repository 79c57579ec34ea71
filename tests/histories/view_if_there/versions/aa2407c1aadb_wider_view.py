"""wider view

Revision ID: aa2407c1aadb
Revises: 90ae6e89e213
Create Date: 2020-11-10 11:39:03.586459

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'aa2407c1aadb'
down_revision = '90ae6e89e213'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "named_users" in inspector.get_view_names():
        op.execute("DROP VIEW named_users")
    if "named_users" not in inspector.get_table_names():
        op.execute("CREATE VIEW named_users AS SELECT id, name, email FROM users WHERE name IS NOT NULL")


def downgrade():
    op.execute("DROP VIEW named_users")
    op.execute("CREATE VIEW named_users AS SELECT id, name FROM users WHERE name IS NOT NULL")
