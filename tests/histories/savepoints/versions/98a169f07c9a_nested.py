"""nested

Revision ID: 98a169f07c9a
Revises: 12528ceb6306
Create Date: 2019-02-03 10:52:44.556112

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '98a169f07c9a'
down_revision = '12528ceb6306'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    with conn.begin_nested():
        conn.execute(sa.text("UPDATE users SET name = 'inside' WHERE id = :id"), {"id": 1})
    savepoint = conn.begin_nested()
    conn.execute(sa.text("UPDATE users SET name = 'behind' WHERE id = 2"))
    savepoint.commit()


def downgrade():
    op.execute("UPDATE users SET name = NULL WHERE id IN (1, 2)")
