"""default group

Revision ID: 545d301fa8dc
Revises: fd75023e6f54
Create Date: 2020-01-05 10:02:34.011002

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '545d301fa8dc'
down_revision = 'fd75023e6f54'
branch_labels = None
depends_on = None


def upgrade():
    groups = op.create_table("groups", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))
    result = op.get_bind().execute(groups.insert().values(name="all"))
    op.add_column("users", sa.Column("group_id", sa.Integer, server_default=str(result.inserted_primary_key[0])))


def downgrade():
    op.drop_column("users", "group_id")
    op.drop_table("groups")
