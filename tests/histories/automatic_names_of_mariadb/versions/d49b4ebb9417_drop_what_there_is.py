"""drop what there is

Revision ID: d49b4ebb9417
Revises: 2f7ccaa137a1
Create Date: 2020-09-19 11:10:26.214266

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd49b4ebb9417'
down_revision = '2f7ccaa137a1'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    for key in inspector.get_foreign_keys("b"):
        op.drop_constraint(key["name"], "b", type_="foreignkey")
    for unique in inspector.get_unique_constraints("b"):
        op.drop_constraint(unique["name"], "b", type_="unique")


def downgrade():
    op.create_unique_constraint(None, "b", ["z", "x"])
    op.create_unique_constraint(None, "b", ["z"])
    op.create_foreign_key("b_ibfk_2", "b", "a", ["y"], ["id"])
    op.create_foreign_key("b_ibfk_3", "b", "a", ["z"], ["id"])
