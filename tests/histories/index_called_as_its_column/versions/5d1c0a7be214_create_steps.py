"""create steps

Revision ID: 5d1c0a7be214
Revises:
Create Date: 2021-02-11 08:14:52.310744

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5d1c0a7be214'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer, primary_key=True),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("plan_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"]),
        sa.Index("plan_id", "plan_id"),
    )


def downgrade():
    op.drop_table("steps")
    op.drop_table("plans")
