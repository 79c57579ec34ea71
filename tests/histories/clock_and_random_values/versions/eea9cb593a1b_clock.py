"""clock

Revision ID: eea9cb593a1b
Revises: bef04b0663c1
Create Date: 2020-09-26 11:59:43.269699

"""
from alembic import op
import sqlalchemy as sa
import datetime


# revision identifiers, used by Alembic.
revision = 'eea9cb593a1b'
down_revision = 'bef04b0663c1'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("seen", sa.String(40)))
    op.get_bind().execute(sa.text("UPDATE users SET seen = :now"), {"now": str(datetime.datetime.now())})


def downgrade():
    op.drop_column("users", "seen")
