"""copy of orders

Revision ID: fa58d6b1e658
Revises: 793a8ee71396
Create Date: 2020-12-01 10:02:34.861842

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fa58d6b1e658'
down_revision = '793a8ee71396'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    meta = sa.MetaData()
    orders = sa.Table("orders", meta, autoload_with=bind)
    copy = sa.Table(
        "orders_archive", meta, *[sa.Column(c.name, c.type, nullable=c.nullable, server_default=c.server_default) for c in orders.columns]
    )
    copy.create(bind, checkfirst=False)
    bind.execute(copy.insert().from_select([c.name for c in orders.columns], sa.select(orders)))


def downgrade():
    op.drop_table("orders_archive")
