"""stock: count items

Revision: y200
"""

import sqlalchemy as sa
from alembic import op

revision = "y200"
down_revision = "x100"


def upgrade():
    op.add_column("item", sa.Column("counted", sa.Integer(), server_default="0", nullable=False))


def downgrade():
    op.drop_column("item", "counted")
