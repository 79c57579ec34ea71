"""create settings

Revision ID: dd152cf72525
Revises: 
Create Date: 2020-03-10 09:03:39.397251

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = 'dd152cf72525'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tags", postgresql.JSONB, server_default="[]", nullable=False),
        sa.Column("doc", sa.JSON),
        sa.Column("codes", postgresql.ARRAY(sa.Text)),
    )


def downgrade():
    op.drop_table("settings")
