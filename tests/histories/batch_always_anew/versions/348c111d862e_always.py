"""always

Revision ID: 348c111d862e
Revises: 055a724d6d34
Create Date: 2021-01-13 10:26:46.956870

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '348c111d862e'
down_revision = '055a724d6d34'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("pets", recreate="always") as batch_op:
        batch_op.add_column(sa.Column("color", sa.String(20), server_default="black"), insert_after="name")


def downgrade():
    with op.batch_alter_table("pets", recreate="always") as batch_op:
        batch_op.drop_column("color")
