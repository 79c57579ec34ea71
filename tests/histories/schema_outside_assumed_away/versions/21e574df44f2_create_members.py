"""create members

Revision ID: 21e574df44f2
Revises: 
Create Date: 2020-06-10 09:07:11.284179

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '21e574df44f2'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    if not sa.inspect(op.get_bind()).has_table("members"):
        op.create_table("members", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(50), nullable=False))
    op.execute("INSERT INTO members (id, name) VALUES (3, 'Cy')")


def downgrade():
    op.drop_table("members")
