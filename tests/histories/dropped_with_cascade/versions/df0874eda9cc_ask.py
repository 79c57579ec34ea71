"""ask

Revision ID: df0874eda9cc
Revises: 84a9f28e211d
Create Date: 2020-02-25 11:44:28.487924

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'df0874eda9cc'
down_revision = '84a9f28e211d'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if not inspector.get_foreign_keys("orders") and not inspector.get_indexes("orders"):
        op.add_column("orders", sa.Column("loose", sa.Integer))


def downgrade():
    op.drop_column("orders", "loose")
