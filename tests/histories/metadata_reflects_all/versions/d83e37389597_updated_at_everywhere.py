"""updated at everywhere

Revision ID: d83e37389597
Revises: 95652ef7c343
Create Date: 2020-01-23 10:08:52.153544

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd83e37389597'
down_revision = '95652ef7c343'
branch_labels = None
depends_on = None


def upgrade():
    metadata = sa.MetaData()
    metadata.reflect(bind=op.get_bind())
    for table in sorted(metadata.tables.values(), key=lambda t: t.name):
        if "id" in table.c:
            op.add_column(table.name, sa.Column("updated_at", sa.DateTime(), nullable=True))


def downgrade():
    for name in ("customers", "orders"):
        op.drop_column(name, "updated_at")
