"""active

Revision ID: 5c394db0178a
Revises: f52fcfeafae7
Create Date: 2020-06-09 11:12:12.469880

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5c394db0178a'
down_revision = 'f52fcfeafae7'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("active", sa.Integer))


def downgrade():
    op.drop_column("users", "active")
