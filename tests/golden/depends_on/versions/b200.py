"""core: accounts have an owner

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


def upgrade():
    op.add_column("account", sa.Column("owner", sa.String(80)))


def downgrade():
    op.drop_column("account", "owner")
