"""create rooms

Revision ID: 72112423f379
Revises: 
Create Date: 2021-05-09 09:12:36.937044

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '72112423f379'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("houses", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("house_id", sa.Integer, sa.ForeignKey("houses.id"), nullable=False),
        sa.Column("code", sa.String(5), unique=True),
    )


def downgrade():
    op.drop_table("rooms")
    op.drop_table("houses")
