"""slugs

Revision ID: 2040fbf07e30
Revises: f7a81ebc8029
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2040fbf07e30'
down_revision = 'f7a81ebc8029'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("settings", sa.Column("name", sa.String(20), primary_key=True), sa.Column("value", sa.String(20)))
    op.execute("INSERT INTO settings VALUES ('length', '80')")
    length = op.get_bind().execute(sa.text("SELECT value FROM settings")).scalar_one()
    op.create_table("tags", sa.Column("name", sa.String(int(length)), primary_key=True))


def downgrade():
    op.drop_table("tags")
    op.drop_table("settings")
