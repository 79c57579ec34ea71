"""core

Revision ID: b5592258d9ee
Revises: f992ec3c400f
Create Date: 2020-04-12 10:55:23.953363

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b5592258d9ee'
down_revision = 'f992ec3c400f'
branch_labels = None
depends_on = None


def upgrade():
    users = sa.table("users", sa.column("id", sa.Integer), sa.column("email", sa.String), sa.column("name", sa.String))
    conn = op.get_bind()
    conn.execute(users.insert().values([{"id": 7, "email": "a\\b%s@x", "name": "tab\there"}, {"id": 8, "email": ":c", "name": None}]))
    conn.execute(sa.update(users).where(users.c.name.is_(None)).values(name=sa.func.upper(users.c.email) + "!"))
    op.execute(
        users.update().values(name=sa.case((users.c.id.in_([1, 2]), sa.literal("low")), else_=users.c.name))
    )
    conn.execute(sa.delete(users).where(users.c.email.like("%@x")))
    conn.execute(users.insert(), [{"id": 20, "email": "m", "name": "n"}, {"id": 21, "email": "o", "name": "p"}])


def downgrade():
    users = sa.table("users", sa.column("id", sa.Integer), sa.column("name", sa.String))
    op.execute(users.delete().where(users.c.id >= 8))
    op.execute(users.update().values(name=None))
