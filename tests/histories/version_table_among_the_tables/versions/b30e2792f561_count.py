"""count

Revision ID: b30e2792f561
Revises: 4f6fbd5d6780
Create Date: 2021-02-26 10:13:17.281549

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b30e2792f561'
down_revision = '4f6fbd5d6780'
branch_labels = None
depends_on = None


def upgrade():
    names = sa.inspect(op.get_bind()).get_table_names()
    if "alembic_version" in names:
        op.add_column("things", sa.Column("with_version", sa.Integer))
    if len(names) == 2:
        op.add_column("things", sa.Column("two", sa.Integer))


def downgrade():
    op.drop_column("things", "two")
    op.drop_column("things", "with_version")
