"""with app

Revision ID: 1e79a914a6ef
Revises: 5d85e0279d12
Create Date: 2020-06-14 11:47:07.509475

"""
from alembic import op
import sqlalchemy as sa
from shop_application.settings import DEFAULT_SCORE


# revision identifiers, used by Alembic.
revision = '1e79a914a6ef'
down_revision = '5d85e0279d12'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("score", sa.Integer, server_default=str(DEFAULT_SCORE), nullable=False))


def downgrade():
    op.drop_column("users", "score")
