"""idempotent

Revision ID: bc72e1b7960f
Revises: 1e23fdfd1299
Create Date: 2019-12-08 10:07:59.813027

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'bc72e1b7960f'
down_revision = '1e23fdfd1299'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE products ADD COLUMN IF NOT EXISTS brand varchar(30)")
    op.execute("ALTER TABLE products ADD COLUMN IF NOT EXISTS note varchar(1)")


def downgrade():
    op.execute("ALTER TABLE products DROP COLUMN IF EXISTS brand")
