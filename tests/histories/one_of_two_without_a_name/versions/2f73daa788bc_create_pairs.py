"""create pairs

Revision ID: 2f73daa788bc
Revises: 
Create Date: 2019-02-06 09:51:03.261327

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2f73daa788bc'
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
