"""create all

Revision ID: b98396fd646b
Revises: 
Create Date: 2021-01-11 09:06:18.844222

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b98396fd646b'
down_revision = None
branch_labels = None
depends_on = None

metadata = sa.MetaData()
sa.Table("parents", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("code", sa.String(9), index=True, unique=True))
sa.Table(
    "children",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent_id", sa.ForeignKey("parents.id", name="fk_children_parent"), index=True),
    sa.Column("born", sa.Date),
)


def upgrade():
    metadata.create_all(op.get_bind(), checkfirst=False)


def downgrade():
    metadata.drop_all(op.get_bind(), checkfirst=False)
