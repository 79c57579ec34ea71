"""comment

Revision ID: 1a91b0e6c485
Revises: f71f96a5a908
Create Date: 2020-09-14 10:29:25.077861

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '1a91b0e6c485'
down_revision = 'f71f96a5a908'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if inspector.get_table_comment("rates")["text"] == "it's the bank's":
        op.create_table_comment("rates", "ours", existing_comment="it's the bank's")
    for column in inspector.get_columns("rates"):
        if not column["comment"]:
            op.alter_column("rates", column["name"], comment="no comment", existing_type=sa.Numeric(8, 4), existing_nullable=False)


def downgrade():
    op.alter_column("rates", "rate", comment=None, existing_comment="no comment", existing_type=sa.Numeric(8, 4), existing_nullable=False)
    op.create_table_comment("rates", "it's the bank's", existing_comment="ours")
