"""create billing

Revision ID: 0db1dcaab462
Revises: 
Create Date: 2019-08-01 09:08:04.773856

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0db1dcaab462'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE SCHEMA IF NOT EXISTS billing")
    op.create_table("invoices", sa.Column("id", sa.Integer, primary_key=True), sa.Column("total", sa.Numeric), schema="billing")
    op.create_table("invoices", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("invoices")
    op.drop_table("invoices", schema="billing")
    op.execute("DROP SCHEMA billing")
