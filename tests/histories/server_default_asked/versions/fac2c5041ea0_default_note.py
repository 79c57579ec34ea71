"""default note

Revision ID: fac2c5041ea0
Revises: b92096e8e9a1
Create Date: 2021-06-02 10:45:33.200153

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fac2c5041ea0'
down_revision = 'b92096e8e9a1'
branch_labels = None
depends_on = None


def upgrade():
    for column in sa.inspect(op.get_bind()).get_columns("products"):
        if column["name"] == "note" and column["default"] is None and column["nullable"]:
            op.execute("UPDATE products SET note = '' WHERE note IS NULL")
            op.alter_column("products", "note", server_default="", nullable=False, existing_type=sa.String(100))


def downgrade():
    op.alter_column("products", "note", server_default=None, nullable=True, existing_type=sa.String(100))
