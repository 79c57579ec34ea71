"""drop born

Revision ID: 1ef765be52a2
Revises: bdd65d0210f4
Create Date: 2021-07-11 10:04:20.493156

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '1ef765be52a2'
down_revision = 'bdd65d0210f4'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("pets") as batch_op:
        batch_op.drop_column("born")


def downgrade():
    with op.batch_alter_table("pets") as batch_op:
        batch_op.add_column(sa.Column("born", sa.Date()))
