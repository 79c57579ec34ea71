"""both

Revision ID: 48e4e5eec612
Revises: 296eb5a67800
Create Date: 2020-10-26 10:09:45.394621

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '48e4e5eec612'
down_revision = '296eb5a67800'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    if sa.inspect(bind).has_table("users"):
        if bind.execute(sa.text("SELECT count(*) FROM users WHERE name IS NULL")).scalar():
            op.execute("UPDATE users SET name = '' WHERE name IS NULL")
        op.alter_column("users", "name", existing_type=sa.String(80), nullable=False)


def downgrade():
    op.alter_column("users", "name", existing_type=sa.String(80), nullable=True)
