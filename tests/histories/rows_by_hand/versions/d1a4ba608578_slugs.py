"""slugs

Revision ID: d1a4ba608578
Revises: 77c38d05773b
Create Date: 2019-01-16 10:51:51.215595

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd1a4ba608578'
down_revision = '77c38d05773b'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("slug", sa.String(80), nullable=True))
    bind = op.get_bind()
    for row in bind.execute(sa.text("SELECT id, email FROM users ORDER BY id")):
        bind.execute(sa.text("UPDATE users SET slug = :slug WHERE id = :id"), {"slug": row.email.upper(), "id": row.id})


def downgrade():
    op.drop_column("users", "slug")
