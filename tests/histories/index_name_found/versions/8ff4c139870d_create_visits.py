"""create visits

Revision ID: 8ff4c139870d
Revises: 
Create Date: 2021-08-06 09:39:27.578483

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8ff4c139870d'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("path", sa.String(100), index=True),
        sa.Column("referrer", sa.String(100), index=True),
    )


def downgrade():
    op.drop_table("visits")
