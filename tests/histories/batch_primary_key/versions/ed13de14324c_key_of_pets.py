"""key of pets

Revision ID: ed13de14324c
Revises: d083e76d36de
Create Date: 2019-10-11 10:56:16.393320

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'ed13de14324c'
down_revision = 'd083e76d36de'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_index("ix_pets_born", table_name="pets")
    with op.batch_alter_table("pets") as batch_op:
        batch_op.drop_column("born")
        batch_op.create_primary_key("pk_pets", ["id", "name"])


def downgrade():
    with op.batch_alter_table("pets") as batch_op:
        batch_op.create_primary_key("pk_pets", ["id"])
        batch_op.add_column(sa.Column("born", sa.Date()))
    op.create_index("ix_pets_born", "pets", ["born"])
