"""keep notes if nobody has yet

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    if "note" not in sa.inspect(op.get_bind()).get_table_names():
        op.create_table(
            "note",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("text", sa.String(200), nullable=False, server_default="-"),
        )


def downgrade():
    op.drop_table("note")
