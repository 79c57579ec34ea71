"""another key

Revision ID: 2f7ccaa137a1
Revises: 8e8951986a99
Create Date: 2020-09-18 10:57:09.109537

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2f7ccaa137a1'
down_revision = '8e8951986a99'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_constraint("b_ibfk_1", "b", type_="foreignkey")
    op.create_foreign_key(None, "b", "a", ["z"], ["id"])
    op.create_unique_constraint(None, "b", ["z"])


def downgrade():
    op.drop_constraint("b_ibfk_3", "b", type_="foreignkey")
    op.drop_constraint("z_2", "b", type_="unique")
    op.create_foreign_key("b_ibfk_1", "b", "a", ["x"], ["id"])
