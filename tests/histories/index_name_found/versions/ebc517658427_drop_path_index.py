"""drop path index

Revision ID: ebc517658427
Revises: 8ff4c139870d
Create Date: 2021-08-07 10:52:44.683212

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'ebc517658427'
down_revision = '8ff4c139870d'
branch_labels = None
depends_on = None


def upgrade():
    for index in sa.inspect(op.get_bind()).get_indexes("visits"):
        if index["column_names"] == ["path"] and not index["unique"]:
            op.drop_index(index["name"], table_name="visits")


def downgrade():
    op.create_index(op.f("ix_visits_path"), "visits", ["path"], unique=False)
