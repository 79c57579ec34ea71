"""drop note

Revision ID: 6278f4cc1c22
Revises: 21661ee5df40
Create Date: 2021-05-17 11:20:16.194016

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '6278f4cc1c22'
down_revision = '21661ee5df40'
branch_labels = None
depends_on = None


def upgrade():
    result = op.get_bind().execute(
        sa.text("SELECT 1 FROM information_schema.columns WHERE table_name='products' AND column_name='note'")
    )
    if result.first():
        op.drop_column("products", "note")


def downgrade():
    op.add_column("products", sa.Column("note", sa.String(100)))
