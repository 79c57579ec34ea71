"""other

Revision ID: 65e348bdc9dc
Revises: 3f2f55d1d68b
Create Date: 2019-03-22 11:11:19.803383

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '65e348bdc9dc'
down_revision = '3f2f55d1d68b'
branch_labels = None
depends_on = None


def upgrade():
    if "note" in [c["name"] for c in sa.inspect(op.get_bind()).get_columns("trunk")]:
        op.alter_column("trunk", "note", new_column_name="remark", existing_type=sa.String(20), existing_nullable=True)


def downgrade():
    op.alter_column("trunk", "remark", new_column_name="note", existing_type=sa.String(20), existing_nullable=True)
