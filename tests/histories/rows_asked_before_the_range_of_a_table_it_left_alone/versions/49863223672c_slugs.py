"""slugs

Revision ID: 49863223672c
Revises: 764381e7041d
Create Date: 2020-07-25 10:58:02.499774

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '49863223672c'
down_revision = '764381e7041d'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("slug", sa.String(80)))
    bind = op.get_bind()
    for row in bind.execute(sa.text("SELECT id, email FROM users")):
        bind.execute(sa.text("UPDATE users SET slug = :s WHERE id = :i"), {"s": row.email[:3], "i": row.id})


def downgrade():
    op.drop_column("users", "slug")
