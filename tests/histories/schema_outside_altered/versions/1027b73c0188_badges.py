"""badges

Revision ID: 1027b73c0188
Revises: aebf66f02ea2
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '1027b73c0188'
down_revision = 'aebf66f02ea2'
branch_labels = None
depends_on = None


def upgrade():
    if not sa.inspect(op.get_bind()).has_table("badges"):
        op.create_table("badges", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))
    if "members" in sa.inspect(op.get_bind()).get_table_names():
        op.execute("UPDATE members SET level = 1")


def downgrade():
    op.drop_table("badges")
