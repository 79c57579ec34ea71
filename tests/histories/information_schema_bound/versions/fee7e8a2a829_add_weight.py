"""add weight

Revision ID: fee7e8a2a829
Revises: 5b1591b928d9
Create Date: 2019-09-08 10:19:35.147831

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'fee7e8a2a829'
down_revision = '5b1591b928d9'
branch_labels = None
depends_on = None


def upgrade():
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = :table AND column_name = :column"
        ),
        {"table": "products", "column": "weight"},
    ).fetchone()
    if found is None:
        op.add_column("products", sa.Column("weight", sa.Integer, server_default="0", nullable=False))


def downgrade():
    op.drop_column("products", "weight")
