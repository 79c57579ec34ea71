"""shirts may be blue; never wholly undone on PostgreSQL

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


OLD = sa.Enum("red", "it's green", name="colour")
NEW = sa.Enum("red", "it's green", "blue", name="colour")
shirt = sa.table("shirt", sa.column("colour", sa.String()))


def upgrade():
    dialect = op.get_context().dialect.name
    if dialect == "postgresql":
        with op.get_context().autocommit_block():
            op.execute("ALTER TYPE colour ADD VALUE IF NOT EXISTS 'blue'")
    elif dialect == "mariadb":
        op.alter_column(
            "shirt",
            "colour",
            existing_type=OLD,
            type_=NEW,
            existing_nullable=False,
            existing_server_default="red",
        )


def downgrade():
    dialect = op.get_context().dialect.name
    if dialect == "postgresql":
        op.execute("UPDATE shirt SET colour = 'red' WHERE colour = 'blue'")
        return
    op.execute(shirt.update().where(shirt.c.colour == "blue").values(colour="red"))
    if dialect == "mariadb":
        op.alter_column(
            "shirt",
            "colour",
            existing_type=NEW,
            type_=OLD,
            existing_nullable=False,
            existing_server_default="red",
        )
