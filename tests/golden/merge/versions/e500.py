"""send orders to an address

Revision: e500
"""

import sqlalchemy as sa
from alembic import op

revision = "e500"
down_revision = "d400"


def upgrade():
    op.add_column("orders", sa.Column("address_id", sa.Integer()))
    op.create_index("ix_orders_address", "orders", ["address_id"])


def downgrade():
    op.drop_index("ix_orders_address", table_name="orders")
    op.drop_column("orders", "address_id")
