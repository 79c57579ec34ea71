"""ask

Revision ID: 28b497ab991e
Revises: 8db4833d33e1
Create Date: 2020-07-27 12:24:36.709232

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '28b497ab991e'
down_revision = '8db4833d33e1'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "name" not in {column["name"] for column in inspector.get_columns("teams")}:
        op.add_column("teams", sa.Column("name", sa.String(40)))


def downgrade():
    op.drop_column("teams", "name")
