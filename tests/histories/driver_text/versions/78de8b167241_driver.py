"""driver

Revision ID: 78de8b167241
Revises: ecae28ad762a
Create Date: 2020-11-22 10:57:09.584677

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '78de8b167241'
down_revision = 'ecae28ad762a'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    conn.exec_driver_sql("UPDATE users SET name = 'a:b' || '50%' WHERE id = 1")
    op.execute("UPDATE users SET name = 'at \\:noon, 100%' WHERE email LIKE 'grace%'")
    op.execute(sa.text("UPDATE users SET name = CAST(id AS varchar(10)) || '\\:' || name WHERE id = 3 AND name LIKE '%\\:%'"))
    op.execute("UPDATE users SET email = email || '?' WHERE id = 3")


def downgrade():
    op.execute("UPDATE users SET name = NULL")
