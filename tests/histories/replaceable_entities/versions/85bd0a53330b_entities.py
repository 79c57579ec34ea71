"""entities

Revision ID: 85bd0a53330b
Revises: f0cc290481dc
Create Date: 2020-11-05 10:58:02.450054

"""
from alembic import op
import sqlalchemy as sa
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_view import PGView


# revision identifiers, used by Alembic.
revision = '85bd0a53330b'
down_revision = 'f0cc290481dc'
branch_labels = None
depends_on = None

total = PGFunction(
    schema="public",
    signature="gross(net numeric)",
    definition="""
    RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT net * 1.19::numeric $$
    """,
)
cheap = PGView(schema="public", signature="cheap", definition="SELECT id, sku, gross(price) AS gross FROM products WHERE price < 5")


def upgrade():
    op.create_entity(total)
    op.create_entity(cheap)


def downgrade():
    op.drop_entity(cheap)
    op.drop_entity(total)
