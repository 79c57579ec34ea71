"""constraints

Revision ID: bd29c44ff8d2
Revises: f75f73a2dae0
Create Date: 2020-02-18 10:49:05.335681

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'bd29c44ff8d2'
down_revision = 'f75f73a2dae0'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("pets", schema=None) as batch_op:
        batch_op.drop_constraint("uq_pets_name", type_="unique")
        batch_op.create_unique_constraint("uq_pets_name_born", ["name", "born"])
        batch_op.create_check_constraint("ck_pets_name", "name <> ''")
        batch_op.create_index("ix_pets_owner", ["owner_id"])


def downgrade():
    with op.batch_alter_table("pets", schema=None) as batch_op:
        batch_op.drop_index("ix_pets_owner")
        batch_op.drop_constraint("ck_pets_name", type_="check")
        batch_op.drop_constraint("uq_pets_name_born", type_="unique")
        batch_op.create_unique_constraint("uq_pets_name", ["name", "owner_id"])
