"""create view

Revision ID: 90ae6e89e213
Revises: 2e3a83ba704a
Create Date: 2020-11-09 10:26:46.481730

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '90ae6e89e213'
down_revision = '2e3a83ba704a'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE VIEW named_users AS SELECT id, name FROM users WHERE name IS NOT NULL")


def downgrade():
    op.execute("DROP VIEW named_users")
