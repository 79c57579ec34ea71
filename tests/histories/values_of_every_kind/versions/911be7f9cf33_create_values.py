"""create values

Revision ID: 911be7f9cf33
Revises: 
Create Date: 2021-08-13 09:28:44.633916

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '911be7f9cf33'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "kinds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date),
        sa.Column("at", sa.DateTime),
        sa.Column("amount", sa.Numeric(20, 6)),
        sa.Column("raw", sa.LargeBinary),
        sa.Column("key", sa.Uuid),
        sa.Column("on", sa.Boolean),
        sa.Column("ratio", sa.Double),
        sa.Column("text", sa.Text),
    )


def downgrade():
    op.drop_table("kinds")
