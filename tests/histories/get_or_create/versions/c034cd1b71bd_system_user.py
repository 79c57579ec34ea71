"""system user

Revision ID: c034cd1b71bd
Revises: 9baba3ec21dc
Create Date: 2019-08-02 10:21:21.878585

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c034cd1b71bd'
down_revision = '9baba3ec21dc'
branch_labels = None
depends_on = None


def upgrade():
    users = sa.table("users", sa.column("id", sa.Integer), sa.column("email", sa.String))
    conn = op.get_bind()
    found = conn.execute(sa.select(users.c.id).where(users.c.email == "system@example.org")).first()
    if not found:
        conn.execute(users.insert().values(id=100, email="system@example.org"))


def downgrade():
    op.execute("DELETE FROM users WHERE id = 100")
