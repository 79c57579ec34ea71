"""use

Revision ID: 00ece7e8ccf2
Revises: fb737e189ada
Create Date: 2019-08-02 11:27:27.975395

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '00ece7e8ccf2'
down_revision = 'fb737e189ada'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("kept", sa.Column("n", sa.Integer))


def downgrade():
    op.drop_column("kept", "n")
