"""other default

Revision ID: ac1520b6a8b8
Revises: 19549f319253
Create Date: 2020-11-25 10:18:42.608434

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'ac1520b6a8b8'
down_revision = '19549f319253'
branch_labels = None
depends_on = None


def upgrade():
    default = {column["name"]: column for column in sa.inspect(op.get_bind()).get_columns("items")}["state"]["default"]
    if default and "new" in default:
        op.alter_column("items", "state", server_default="fresh", existing_type=sa.String(10), existing_nullable=False)
        op.execute("UPDATE items SET state = 'fresh' WHERE state = 'new'")


def downgrade():
    op.alter_column("items", "state", server_default="new", existing_type=sa.String(10), existing_nullable=False)
