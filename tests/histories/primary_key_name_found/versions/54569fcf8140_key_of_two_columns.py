"""key of two columns

Revision ID: 54569fcf8140
Revises: 5ba3b69c0250
Create Date: 2019-01-12 10:23:07.183919

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '54569fcf8140'
down_revision = '5ba3b69c0250'
branch_labels = None
depends_on = None


def upgrade():
    name = sa.inspect(op.get_bind()).get_pk_constraint("prices")["name"]
    op.drop_constraint(name or "PRIMARY", "prices", type_="primary")
    op.create_primary_key("pk_prices", "prices", ["product", "currency"])


def downgrade():
    name = sa.inspect(op.get_bind()).get_pk_constraint("prices")["name"]
    op.drop_constraint(name or "PRIMARY", "prices", type_="primary")
    op.create_primary_key(None, "prices", ["product"])
