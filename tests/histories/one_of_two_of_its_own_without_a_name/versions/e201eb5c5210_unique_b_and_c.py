"""unique b and c

Revision ID: e201eb5c5210
Revises: 54fc7bca9ce0
Create Date: 2020-11-11 10:40:08.497568

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'e201eb5c5210'
down_revision = '54fc7bca9ce0'
branch_labels = None
depends_on = None


def upgrade():
    op.create_unique_constraint(None, "pairs", ["b"])
    op.create_unique_constraint(None, "pairs", ["c"])


def downgrade():
    op.drop_constraint(None, "pairs", type_="unique")
