"""rename products

Revision ID: c69f321ab3b3
Revises: 5c91c61629c2
Create Date: 2020-03-19 10:12:24.565332

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c69f321ab3b3'
down_revision = '5c91c61629c2'
branch_labels = None
depends_on = None


def upgrade():
    tables = sa.inspect(op.get_bind()).get_table_names()
    if "products" in tables and "articles" not in tables:
        op.rename_table("products", "articles")
    columns = [c["name"] for c in sa.inspect(op.get_bind()).get_columns("articles")]
    if "sku" in columns and "number" not in columns:
        op.alter_column("articles", "sku", new_column_name="number", existing_type=sa.String(30), existing_nullable=False)


def downgrade():
    op.alter_column("articles", "number", new_column_name="sku", existing_type=sa.String(30), existing_nullable=False)
    if sa.inspect(op.get_bind()).has_table("articles"):
        op.rename_table("articles", "products")
