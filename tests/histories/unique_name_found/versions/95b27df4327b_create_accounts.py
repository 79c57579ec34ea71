"""create accounts

Revision ID: 95b27df4327b
Revises: 
Create Date: 2019-02-25 09:04:32.411788

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '95b27df4327b'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant", sa.Integer, nullable=False),
        sa.Column("login", sa.String(50), nullable=False, unique=True),
    )


def downgrade():
    op.drop_table("accounts")
