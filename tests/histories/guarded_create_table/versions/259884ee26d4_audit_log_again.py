"""audit log again

Revision ID: 259884ee26d4
Revises: 1d47c4253d0d
Create Date: 2020-07-28 11:25:41.620341

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '259884ee26d4'
down_revision = '1d47c4253d0d'
branch_labels = None
depends_on = None


def upgrade():
    if "audit_log" not in sa.inspect(op.get_bind()).get_table_names():
        op.create_table("audit_log", sa.Column("id", sa.Integer(), primary_key=True))
    else:
        op.add_column("audit_log", sa.Column("at", sa.DateTime(), nullable=True))


def downgrade():
    op.drop_column("audit_log", "at")
