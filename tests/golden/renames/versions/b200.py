"""a person becomes a user, and the name a login

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


users = sa.table("user", sa.column("Login", sa.String()))


def rename_column(table, old, new):
    """SQLite's ALTER knows RENAME COLUMN, Alembic's implementation of it does not."""
    if op.get_context().dialect.name == "sqlite":
        quote = op.get_context().dialect.identifier_preparer.quote
        op.execute(f"ALTER TABLE {quote(table)} RENAME COLUMN {quote(old)} TO {quote(new)}")
    else:
        op.alter_column(table, old, new_column_name=new, existing_type=sa.String(80), existing_nullable=False)


def upgrade():
    op.rename_table("person", "user")
    rename_column("user", "name", "Login")
    op.execute(users.update().where(users.c.Login == "Ann").values(Login="ann"))


def downgrade():
    op.execute(users.update().where(users.c.Login == "ann").values(Login="Ann"))
    rename_column("user", "Login", "name")
    op.rename_table("user", "person")
