"""keep shirts

Revision: a100
"""

import enum

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


def upgrade():
    shirt = op.create_table(
        "shirt",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("size", sa.Enum(Size, name="size"), nullable=False),
        sa.Column("colour", sa.Enum("red", "it's green", name="colour"), server_default="red", nullable=False),
    )
    op.bulk_insert(shirt, [{"id": 1, "size": Size.LARGE, "colour": "it's green"}])


def downgrade():
    op.drop_table("shirt")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TYPE size")
        op.execute("DROP TYPE colour")
