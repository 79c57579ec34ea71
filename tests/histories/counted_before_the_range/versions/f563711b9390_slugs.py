"""slugs

Revision ID: f563711b9390
Revises: 40d956c2b064
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'f563711b9390'
down_revision = '40d956c2b064'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    op.add_column("users", sa.Column("slug", sa.String(80)))
    if bind.execute(sa.text("SELECT COUNT(*) FROM users WHERE slug IS NULL")).fetchone()[0] > 0:
        op.execute("UPDATE users SET slug = name")
    op.create_index("ix_users_slug", "users", ["slug"])


def downgrade():
    op.drop_index("ix_users_slug", table_name="users")
    op.drop_column("users", "slug")
