"""copy members

Revision ID: cad8b191659d
Revises: 
Create Date: 2020-01-23 09:02:46.056734

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'cad8b191659d'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("names", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(50)))
    members = sa.Table("members", sa.MetaData(), autoload_with=op.get_bind())
    op.execute(sa.insert(sa.table("names", sa.column("id"), sa.column("name"))).from_select(["id", "name"], sa.select(members.c.id, members.c.name)))


def downgrade():
    op.drop_table("names")
