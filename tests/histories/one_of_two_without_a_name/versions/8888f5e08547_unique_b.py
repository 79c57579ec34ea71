"""unique b

Revision ID: 8888f5e08547
Revises: 2f73daa788bc
Create Date: 2019-02-07 10:04:20.366056

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8888f5e08547'
down_revision = '2f73daa788bc'
branch_labels = None
depends_on = None


def upgrade():
    op.create_unique_constraint(None, "pairs", ["b"])


def downgrade():
    op.drop_constraint(None, "pairs", type_="unique")
