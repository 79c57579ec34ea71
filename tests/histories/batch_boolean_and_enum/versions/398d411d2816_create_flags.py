"""create flags

Revision ID: 398d411d2816
Revises: 
Create Date: 2021-09-06 09:55:35.800215

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '398d411d2816'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("on", sa.Boolean(create_constraint=True, name="ck_flags_on"), nullable=False),
        sa.Column("kind", sa.Enum("a", "b", name="kind", create_constraint=True), nullable=False),
        sa.Column("at", sa.DateTime, server_default=sa.func.now(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_flags_kind", "flags", ["kind", sa.text("at DESC")], unique=True)


def downgrade():
    op.drop_table("flags")
