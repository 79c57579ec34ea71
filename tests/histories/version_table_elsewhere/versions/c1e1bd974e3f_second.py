"""second

Revision ID: c1e1bd974e3f
Revises: 8d81e7d947bc
Create Date: 2021-01-08 10:51:51.917275

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c1e1bd974e3f'
down_revision = '8d81e7d947bc'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if inspector.get_table_names() == ["things"]:
        op.add_column("things", sa.Column("sole", sa.Integer))


def downgrade():
    op.drop_column("things", "sole")
