"""create lines

Revision ID: 13a3b65b168b
Revises: 0db1dcaab462
Create Date: 2019-08-02 10:21:21.878585

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '13a3b65b168b'
down_revision = '0db1dcaab462'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "billing" not in inspector.get_schema_names():
        op.execute("CREATE SCHEMA billing")
    if "lines" not in inspector.get_table_names(schema="billing"):
        op.create_table(
            "lines",
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("invoice_id", sa.Integer, sa.ForeignKey("billing.invoices.id")),
            schema="billing",
        )
    if not inspector.has_table("lines"):
        op.execute("UPDATE billing.invoices SET total = total + 1")
    if "total" in [c["name"] for c in inspector.get_columns("invoices", schema="billing")]:
        op.alter_column("invoices", "total", server_default="0", schema="billing")


def downgrade():
    op.alter_column("invoices", "total", server_default=None, schema="billing")
    op.execute("UPDATE billing.invoices SET total = total - 1")
    op.drop_table("lines", schema="billing")
