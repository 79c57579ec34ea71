"""slugs

Revision ID: 3c2f6483b2a4
Revises: 2b181d4ac796
Create Date: 2019-05-02 10:33:57.213389

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '3c2f6483b2a4'
down_revision = '2b181d4ac796'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("slug", sa.String(80)))
    bind = op.get_bind()
    for row in bind.execute(sa.text("SELECT id, email FROM users")):
        bind.execute(sa.text("UPDATE users SET slug = :s WHERE id = :i"), {"s": row.email[:3], "i": row.id})
    op.create_index("ix_users_slug", "users", ["slug"])


def downgrade():
    op.drop_index("ix_users_slug", table_name="users")
    op.drop_column("users", "slug")
