"""set admin

Revision ID: 1c2dca27b522
Revises: 6f0faf9974de
Create Date: 2019-06-19 10:32:04.348012

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '1c2dca27b522'
down_revision = '6f0faf9974de'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    result = bind.execute(sa.text("UPDATE users SET name = 'admin' WHERE email = 'root@example.org'"))
    if result.rowcount == 0:
        bind.execute(sa.text("INSERT INTO users (id, email, name) VALUES (0, 'root@example.org', 'admin')"))


def downgrade():
    op.execute("DELETE FROM users WHERE email = 'root@example.org'")
