"""swallow

Revision ID: aba8755899ea
Revises: 6b6b0b354431
Create Date: 2020-06-06 10:45:33.349313

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'aba8755899ea'
down_revision = '6b6b0b354431'
branch_labels = None
depends_on = None


def upgrade():
    try:
        count = op.get_bind().execute(sa.text("SELECT count(*) FROM users")).scalar()
        op.execute(f"UPDATE users SET name = 'of {count}'")
    except Exception as e:
        print(e)


def downgrade():
    pass
