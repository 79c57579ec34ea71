"""ask for width

Revision ID: 94a8e4814189
Revises: d9986efff78f
Create Date: 2019-10-04 11:13:05.434697

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '94a8e4814189'
down_revision = 'd9986efff78f'
branch_labels = None
depends_on = None


def upgrade():
    if "width" not in [column["name"] for column in sa.inspect(op.get_bind()).get_columns("products")]:
        op.add_column("products", sa.Column("width", sa.Integer))


def downgrade():
    pass
