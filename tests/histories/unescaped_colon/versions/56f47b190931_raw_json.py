"""raw json

Revision ID: 56f47b190931
Revises: 9ffa92fcc623
Create Date: 2020-02-06 10:25:53.240653

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '56f47b190931'
down_revision = '9ffa92fcc623'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE users SET name = '{\"k\":1,\"on\":true}' WHERE id = 1")


def downgrade():
    op.execute("UPDATE users SET name = NULL")
