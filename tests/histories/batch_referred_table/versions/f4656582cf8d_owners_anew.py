"""owners anew

Revision ID: f4656582cf8d
Revises: b86a81b5ba58
Create Date: 2020-06-07 10:52:44.357232

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'f4656582cf8d'
down_revision = 'b86a81b5ba58'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("owners") as batch_op:
        batch_op.alter_column("name", existing_type=sa.String(40), new_column_name="full_name")
        batch_op.add_column(sa.Column("born", sa.Date()))
        batch_op.create_check_constraint("ck_owners_name", "full_name <> 'nobody'")


def downgrade():
    with op.batch_alter_table("owners") as batch_op:
        batch_op.drop_constraint("ck_owners_name", type_="check")
        batch_op.drop_column("born")
        batch_op.alter_column("full_name", existing_type=sa.String(40), new_column_name="name")
