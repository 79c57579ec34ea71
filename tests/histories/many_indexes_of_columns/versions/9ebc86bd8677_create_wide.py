"""create wide

Revision ID: 9ebc86bd8677
Revises: 
Create Date: 2020-08-04 09:57:21.680129

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '9ebc86bd8677'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "wide",
        sa.Column("id", sa.Integer, primary_key=True),
        *[sa.Column(name, sa.Integer, index=True) for name in "hgfedcba"],
    )


def downgrade():
    op.drop_table("wide")
