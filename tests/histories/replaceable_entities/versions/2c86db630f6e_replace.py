"""replace

Revision ID: 2c86db630f6e
Revises: 85bd0a53330b
Create Date: 2020-11-06 11:11:19.554783

"""
from alembic import op
import sqlalchemy as sa
from alembic_utils.pg_function import PGFunction


# revision identifiers, used by Alembic.
revision = '2c86db630f6e'
down_revision = '85bd0a53330b'
branch_labels = None
depends_on = None

total = PGFunction(
    schema="public",
    signature="gross(net numeric)",
    definition="RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT net * 1.07 -- reduced\n $$",
)


def upgrade():
    op.replace_entity(total)


def downgrade():
    op.replace_entity(
        PGFunction(
            schema="public",
            signature="gross(net numeric)",
            definition="RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT net * 1.19::numeric $$",
        )
    )
