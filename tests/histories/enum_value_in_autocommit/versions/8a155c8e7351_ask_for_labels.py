"""ask for labels

Revision ID: 8a155c8e7351
Revises: 5d19d02eaa0b
Create Date: 2019-10-26 11:47:07.608915

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = '8a155c8e7351'
down_revision = '5d19d02eaa0b'
branch_labels = None
depends_on = None


def upgrade():
    labels = next(enum["labels"] for enum in sa.inspect(op.get_bind()).get_enums() if enum["name"] == "state")
    if labels == ["a", "c", "b"]:
        op.add_column("states", sa.Column("former", postgresql.ENUM(*labels, name="state", create_type=False)))


def downgrade():
    op.drop_column("states", "former")
