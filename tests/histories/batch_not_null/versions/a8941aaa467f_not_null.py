"""not null

Revision ID: a8941aaa467f
Revises: fcde92038681
Create Date: 2020-11-06 10:05:13.457973

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'a8941aaa467f'
down_revision = 'fcde92038681'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE pets SET born = '1970-01-01' WHERE born IS NULL")
    with op.batch_alter_table("pets") as batch_op:
        batch_op.alter_column("born", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("weight", existing_type=sa.Numeric(6, 2), type_=sa.Numeric(10, 3), existing_nullable=True)
        batch_op.add_column(sa.Column("chip", sa.String(20), nullable=True))


def downgrade():
    with op.batch_alter_table("pets") as batch_op:
        batch_op.drop_column("chip")
        batch_op.alter_column("weight", existing_type=sa.Numeric(10, 3), type_=sa.Numeric(6, 2), existing_nullable=True)
        batch_op.alter_column("born", existing_type=sa.Date(), nullable=True)
