"""create state

Revision ID: c4323fe5d14e
Revises: 
Create Date: 2019-10-24 09:21:33.399457

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c4323fe5d14e'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE TYPE state AS ENUM ('a', 'b')")
    op.execute("CREATE TABLE states (id int PRIMARY KEY, s state NOT NULL)")


def downgrade():
    op.execute("DROP TABLE states")
    op.execute("DROP TYPE state")
