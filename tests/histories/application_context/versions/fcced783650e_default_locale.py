"""default locale

Revision ID: fcced783650e
Revises: 63fb04202014
Create Date: 2019-11-27 10:04:20.741756

"""
from alembic import op
import sqlalchemy as sa
from flask import current_app


# revision identifiers, used by Alembic.
revision = 'fcced783650e'
down_revision = '63fb04202014'
branch_labels = None
depends_on = None


def upgrade():
    locale = current_app.config["DEFAULT_LOCALE"]
    op.add_column("users", sa.Column("locale", sa.String(5), server_default=locale, nullable=False))


def downgrade():
    op.drop_column("users", "locale")
