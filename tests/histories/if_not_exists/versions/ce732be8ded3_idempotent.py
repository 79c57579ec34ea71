"""idempotent

Revision ID: ce732be8ded3
Revises: cb7e24f77913
Create Date: 2019-02-02 10:45:33.548193

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'ce732be8ded3'
down_revision = 'cb7e24f77913'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE products ADD COLUMN IF NOT EXISTS brand varchar(30)")
    op.execute("ALTER TABLE products ADD COLUMN IF NOT EXISTS note varchar(1)")
    op.execute("CREATE INDEX IF NOT EXISTS ix_brand ON products (brand)")
    op.execute("DROP TABLE IF EXISTS never_there")
    op.create_table("brands", sa.Column("id", sa.Integer, primary_key=True), if_not_exists=True)


def downgrade():
    op.drop_table("brands", if_exists=True)
    op.execute("DROP INDEX IF EXISTS ix_brand")
    op.execute("ALTER TABLE products DROP COLUMN IF EXISTS brand")
