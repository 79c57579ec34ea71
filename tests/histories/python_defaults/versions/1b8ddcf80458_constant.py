"""constant

Revision ID: 1b8ddcf80458
Revises: 489a4512bcf1
Create Date: 2019-06-18 10:41:01.561825

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '1b8ddcf80458'
down_revision = '489a4512bcf1'
branch_labels = None
depends_on = None


def upgrade():
    teams = sa.Table(
        "teams",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("color", sa.String(10), default="red"),
        sa.Column("size", sa.Integer, default=0),
    )
    teams.create(op.get_bind(), checkfirst=False)
    op.bulk_insert(teams, [{"id": 1}, {"id": 2}])
    op.execute(teams.insert().values(id=3, size=5))


def downgrade():
    op.drop_table("teams")
