"""create three

Revision ID: 8e8951986a99
Revises: 
Create Date: 2020-09-17 09:44:52.004808

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8e8951986a99'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("a", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "b",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("x", sa.Integer, sa.ForeignKey("a.id")),
        sa.Column("y", sa.Integer, sa.ForeignKey("a.id")),
        sa.Column("z", sa.Integer),
        sa.UniqueConstraint("z", "x"),
    )


def downgrade():
    op.drop_table("b")
    op.drop_table("a")
