"""branch

Revision ID: 865f09f05d8c
Revises: 4a920468afa3
Create Date: 2019-10-01 10:46:26.314130

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '865f09f05d8c'
down_revision = '4a920468afa3'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("active", sa.Integer))
    if not op.get_context().as_sql:
        op.execute("UPDATE users SET active = 1")


def downgrade():
    op.drop_column("users", "active")
