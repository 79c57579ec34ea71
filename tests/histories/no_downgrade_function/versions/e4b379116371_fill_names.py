"""fill names

Revision ID: e4b379116371
Revises: d01e1654c874
Create Date: 2019-04-10 10:13:17.055009

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'e4b379116371'
down_revision = 'd01e1654c874'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE users SET name = 'unknown' WHERE name IS NULL")
