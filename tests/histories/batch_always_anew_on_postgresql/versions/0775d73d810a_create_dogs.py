"""create dogs

Revision ID: 0775d73d810a
Revises: 
Create Date: 2019-05-05 09:48:24.140336

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0775d73d810a'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("dogs", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(40), nullable=False))


def downgrade():
    op.drop_table("dogs")
