"""plugin key

Revision ID: cfae142b29a6
Revises: 8a6f32be81d5
Create Date: 2021-03-16 12:31:47.617711

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'cfae142b29a6'
down_revision = '8a6f32be81d5'
branch_labels = None
depends_on = '42595b224c2d'


def upgrade():
    if sa.inspect(op.get_bind()).has_table("core_more"):
        op.add_column("plugin", sa.Column("core_id", sa.Integer))


def downgrade():
    op.drop_column("plugin", "core_id")
