"""drop unnamed

Revision ID: 879a047eb83e
Revises: 72112423f379
Create Date: 2021-05-10 10:25:53.041773

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '879a047eb83e'
down_revision = '72112423f379'
branch_labels = None
depends_on = None

naming_convention = {
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
}


def upgrade():
    with op.batch_alter_table("rooms", naming_convention=naming_convention) as batch_op:
        batch_op.drop_constraint("fk_rooms_house_id_houses", type_="foreignkey")
        batch_op.drop_constraint("uq_rooms_code", type_="unique")


def downgrade():
    with op.batch_alter_table("rooms", naming_convention=naming_convention) as batch_op:
        batch_op.create_unique_constraint("uq_rooms_code", ["code"])
        batch_op.create_foreign_key("fk_rooms_house_id_houses", "houses", ["house_id"], ["id"])
