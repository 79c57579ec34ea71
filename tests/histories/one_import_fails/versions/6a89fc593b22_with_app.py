"""with app

Revision ID: 6a89fc593b22
Revises: 960e6b5e5173
Create Date: 2021-03-18 10:33:57.439929

"""
from alembic import op
import sqlalchemy as sa
from shop_application.settings import DEFAULT_SCORE


# revision identifiers, used by Alembic.
revision = '6a89fc593b22'
down_revision = '960e6b5e5173'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("score", sa.Integer, server_default=str(DEFAULT_SCORE), nullable=False))


def downgrade():
    op.drop_column("users", "score")
