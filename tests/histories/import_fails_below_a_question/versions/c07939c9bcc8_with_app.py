"""with app

Revision ID: c07939c9bcc8
Revises: 3e319e364ca3
Create Date: 2019-04-01 10:10:38.983738

"""
from alembic import op
import sqlalchemy as sa
from shop_application.settings import DEFAULT_SCORE


# revision identifiers, used by Alembic.
revision = 'c07939c9bcc8'
down_revision = '3e319e364ca3'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("score", sa.Integer, server_default=str(DEFAULT_SCORE), nullable=False))


def downgrade():
    op.drop_column("users", "score")
