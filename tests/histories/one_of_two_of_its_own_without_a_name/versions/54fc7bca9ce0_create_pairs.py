"""create pairs

Revision ID: 54fc7bca9ce0
Revises: 
Create Date: 2020-11-10 09:27:51.392839

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '54fc7bca9ce0'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "pairs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.Integer, unique=True),
        sa.Column("b", sa.Integer),
        sa.Column("c", sa.Integer),
    )


def downgrade():
    op.drop_table("pairs")
