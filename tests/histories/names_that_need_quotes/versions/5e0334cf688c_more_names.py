"""more names

Revision ID: 5e0334cf688c
Revises: fc3fdf770695
Create Date: 2021-04-20 10:03:27.677499

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5e0334cf688c'
down_revision = 'fc3fdf770695'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    columns = [column["name"] for column in inspector.get_columns("order")]
    if "userid" not in columns and "userId" in columns:
        op.add_column("order", sa.Column("Select", sa.String(10), server_default="it's \"x\""))
    if not inspector.has_table("Order History"):
        op.create_table("Order History", sa.Column("from", sa.Integer, primary_key=True))
    if "two words" in columns:
        op.create_index("ix order", "order", ["two words"])


def downgrade():
    op.drop_index("ix order", table_name="order")
    if sa.inspect(op.get_bind()).has_table("Order History"):
        op.drop_table("Order History")
    op.drop_column("order", "Select")
