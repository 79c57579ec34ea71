"""key

Revision ID: adc80f60a5d8
Revises: b8d06049a7a1
Create Date: 2019-11-24 10:43:47.717999

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'adc80f60a5d8'
down_revision = 'b8d06049a7a1'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("pets") as batch_op:
        batch_op.drop_constraint("fk_pets_owner", type_="foreignkey")
        batch_op.create_foreign_key("fk_pets_owner", "owners", ["owner_id"], ["id"], ondelete="SET NULL")


def downgrade():
    with op.batch_alter_table("pets") as batch_op:
        batch_op.drop_constraint("fk_pets_owner", type_="foreignkey")
        batch_op.create_foreign_key("fk_pets_owner", "owners", ["owner_id"], ["id"], ondelete="CASCADE")
