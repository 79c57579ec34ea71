"""sku text again

Revision ID: fe4728df1be8
Revises: 3b9b52918111
Create Date: 2021-05-02 11:35:31.075231

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fe4728df1be8'
down_revision = '3b9b52918111'
branch_labels = None
depends_on = None


def upgrade():
    for column in sa.inspect(op.get_bind()).get_columns("products"):
        if column["name"] == "sku" and not isinstance(column["type"], sa.Text):
            op.execute("UPDATE products SET sku = 'once more'")


def downgrade():
    pass
