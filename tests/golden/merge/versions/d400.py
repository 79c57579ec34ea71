"""merge orders and addresses

Revision: d400
"""

from alembic import op

revision = "d400"
down_revision = ("b200", "c300")


def upgrade():
    pass


def downgrade():
    pass
