"""totals

Revision ID: 045c4838c12c
Revises: d3c09cbf822a
Create Date: 2021-04-15 10:28:32.637904

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '045c4838c12c'
down_revision = 'd3c09cbf822a'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "totals", sa.Column("customer", sa.String(60)), sa.Column("total", sa.Numeric(12, 2)), sa.Column("kind", sa.String(9))
    )
    customers = sa.table("customers", sa.column("id", sa.Integer), sa.column("name", sa.String))
    orders = sa.table("orders", sa.column("customer_id", sa.Integer), sa.column("total", sa.Numeric))
    totals = sa.table("totals", sa.column("customer", sa.String), sa.column("total", sa.Numeric), sa.column("kind", sa.String))
    query = (
        sa.select(customers.c.name, sa.func.sum(orders.c.total), sa.literal("sum: 'x'"))
        .select_from(customers.join(orders, customers.c.id == orders.c.customer_id))
        .group_by(customers.c.name)
        .having(sa.func.count() > sa.literal(0))
    )
    op.get_bind().execute(totals.insert().from_select(["customer", "total", "kind"], query))


def downgrade():
    op.drop_table("totals")
