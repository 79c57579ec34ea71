"""every table

Revision ID: de7663fc14ca
Revises: d6c5f5ec63a0
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'de7663fc14ca'
down_revision = 'd6c5f5ec63a0'
branch_labels = None
depends_on = None


def upgrade():
    for table in sa.inspect(op.get_bind()).get_table_names():
        op.add_column(table, sa.Column("changed", sa.DateTime))


def downgrade():
    pass
