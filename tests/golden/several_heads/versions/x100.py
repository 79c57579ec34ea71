"""stock: keep items

Revision: x100
"""

import sqlalchemy as sa
from alembic import op

revision = "x100"
down_revision = None
branch_labels = "stock"


def upgrade():
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sku", sa.String(40), nullable=False),
    )


def downgrade():
    op.drop_table("item")
