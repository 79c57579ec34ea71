"""always

Revision ID: 49e6083bcc60
Revises: 0775d73d810a
Create Date: 2019-05-06 10:01:41.245065

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '49e6083bcc60'
down_revision = '0775d73d810a'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("dogs", recreate="always") as batch_op:
        batch_op.add_column(sa.Column("color", sa.String(20), server_default="black"))


def downgrade():
    with op.batch_alter_table("dogs") as batch_op:
        batch_op.drop_column("color")
