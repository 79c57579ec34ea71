"""split

Revision ID: 97c28f547d61
Revises: 52d4491face8
Create Date: 2019-01-10 10:09:45.168081

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '97c28f547d61'
down_revision = '52d4491face8'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("host", sa.String(80)))
    op.execute("UPDATE users SET host = 'example.org'")


def downgrade():
    for (id_, host) in op.get_bind().execute(sa.text("SELECT id, host FROM users")).fetchall():
        op.execute(f"UPDATE users SET name = '{host}' WHERE id = {id_} AND name IS NULL")
    op.drop_column("users", "host")
