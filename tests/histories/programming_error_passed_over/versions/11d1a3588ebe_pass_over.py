"""pass over

Revision ID: 11d1a3588ebe
Revises: 039920ba2742
Create Date: 2020-11-11 10:40:08.497568

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError


# revision identifiers, used by Alembic.
revision = '11d1a3588ebe'
down_revision = '039920ba2742'
branch_labels = None
depends_on = None


def upgrade():
    try:
        op.add_column("users", sa.Column("age", sa.Integer))
    except (ProgrammingError, OperationalError):
        pass


def downgrade():
    op.drop_column("users", "age")
