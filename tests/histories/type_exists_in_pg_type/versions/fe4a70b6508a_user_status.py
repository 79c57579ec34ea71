"""user status

Revision ID: fe4a70b6508a
Revises: d9be40ab5a73
Create Date: 2019-07-27 10:44:40.633096

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fe4a70b6508a'
down_revision = 'd9be40ab5a73'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    exists = bind.execute(sa.text("SELECT 1 FROM pg_type WHERE typname = 'user_status'")).fetchone()
    if not exists:
        op.execute("CREATE TYPE user_status AS ENUM ('new', 'active', 'gone')")
    op.execute("ALTER TABLE users ADD COLUMN status user_status NOT NULL DEFAULT 'active'")


def downgrade():
    op.drop_column("users", "status")
    op.execute("DROP TYPE IF EXISTS user_status")
