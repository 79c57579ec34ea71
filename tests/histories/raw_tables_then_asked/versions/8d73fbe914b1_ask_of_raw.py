"""ask of raw

Revision ID: 8d73fbe914b1
Revises: 37f2b768c47f
Create Date: 2021-02-14 10:49:05.186521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8d73fbe914b1'
down_revision = '37f2b768c47f'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    names = [column["name"] for column in inspector.get_columns("stations")]
    if "closed" in names and "opened" not in names:
        op.add_column("stations", sa.Column("opened", sa.Date))
    if [ix for ix in inspector.get_indexes("stations") if ix["name"] == "ix_height"]:
        op.drop_index("ix_height", table_name="stations")


def downgrade():
    op.create_index("ix_height", "stations", ["height"])
    op.drop_column("stations", "opened")
