"""ask

Revision ID: e261a674f34e
Revises: b474039d749a
Create Date: 2022-03-03 11:14:33.417522

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'e261a674f34e'
down_revision = 'b474039d749a'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "seller" in {column["name"] for column in inspector.get_columns("orders")}:
        op.add_column("orders", sa.Column("sold", sa.DateTime))


def downgrade():
    op.drop_column("orders", "sold")
