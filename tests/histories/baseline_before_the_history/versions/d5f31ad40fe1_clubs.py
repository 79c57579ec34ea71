"""clubs

Revision ID: d5f31ad40fe1
Revises: 
Create Date: 2021-03-14 09:59:07.311443

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd5f31ad40fe1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "clubs" not in inspector.get_table_names():
        op.create_table("clubs", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(50)))
    if "club" in {column["name"] for column in inspector.get_columns("members")}:
        op.execute("INSERT INTO clubs (id, name) SELECT DISTINCT club, 'Club' FROM members WHERE club IS NOT NULL")
    if any(index["name"] == "ix_members_club" for index in inspector.get_indexes("members")):
        op.drop_index("ix_members_club", table_name="members")


def downgrade():
    op.create_index("ix_members_club", "members", ["club"])
    op.drop_table("clubs")
