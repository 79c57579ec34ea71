"""slugs

Revision ID: 9d0974ac1b41
Revises: 2967035eb5c5
Create Date: 2019-08-28 10:07:59.862747

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '9d0974ac1b41'
down_revision = '2967035eb5c5'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("slug", sa.String(80), nullable=True))
    bind = op.get_bind()
    for row in bind.execute(sa.text("SELECT id, email FROM users ORDER BY id")):
        bind.execute(sa.text("UPDATE users SET slug = :slug WHERE id = :id"), {"slug": row.email.upper(), "id": row.id})


def downgrade():
    op.drop_column("users", "slug")
