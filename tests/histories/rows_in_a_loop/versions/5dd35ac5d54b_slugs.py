"""slugs

Revision ID: 5dd35ac5d54b
Revises: 6700d35cc1b4
Create Date: 2019-01-07 10:48:12.144324

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5dd35ac5d54b'
down_revision = '6700d35cc1b4'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("slug", sa.String(80), nullable=True))
    bind = op.get_bind()
    for row in bind.execute(sa.text("SELECT id, email FROM users ORDER BY id")):
        slug = row.email.split("@")[0].lower()
        bind.execute(sa.text("UPDATE users SET slug = :slug WHERE id = :id"), {"slug": slug, "id": row.id})


def downgrade():
    op.drop_column("users", "slug")
