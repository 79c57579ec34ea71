"""sku text

Revision ID: 3b9b52918111
Revises: 22eaf75c705f
Create Date: 2021-05-01 10:22:14.970502

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '3b9b52918111'
down_revision = '22eaf75c705f'
branch_labels = None
depends_on = None


def upgrade():
    for column in sa.inspect(op.get_bind()).get_columns("products"):
        if column["name"] == "sku" and isinstance(column["type"], sa.VARCHAR):
            op.alter_column("products", "sku", type_=sa.Text(), existing_nullable=False)


def downgrade():
    op.alter_column("products", "sku", type_=sa.String(30), existing_nullable=False)
