"""slugs

Revision ID: 0f149dab60d8
Revises: 83eeaf019f5b
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0f149dab60d8'
down_revision = '83eeaf019f5b'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("settings", sa.Column("name", sa.String(20), primary_key=True), sa.Column("value", sa.String(20)))
    op.execute("INSERT INTO settings VALUES ('length', '80')")
    op.add_column("users", sa.Column("slug", sa.String(80)))
    op.create_index("ix_users_slug", "users", ["slug"])
    length = op.get_bind().execute(sa.text("SELECT value FROM settings")).scalar_one()
    op.create_table("tags", sa.Column("name", sa.String(int(length)), primary_key=True))


def downgrade():
    op.drop_table("tags")
    op.drop_index("ix_users_slug", table_name="users")
    op.drop_column("users", "slug")
    op.drop_table("settings")
