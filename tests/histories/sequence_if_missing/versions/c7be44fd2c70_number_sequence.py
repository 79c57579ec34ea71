"""number sequence

Revision ID: c7be44fd2c70
Revises: 1f7ec043037f
Create Date: 2019-12-21 10:38:22.915974

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c7be44fd2c70'
down_revision = '1f7ec043037f'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    if not sa.inspect(bind).has_sequence("product_number"):
        op.execute(sa.schema.CreateSequence(sa.Sequence("product_number", start=1000)))
    op.add_column("products", sa.Column("number", sa.BigInteger, server_default=sa.text("nextval('product_number')"), nullable=False))


def downgrade():
    op.drop_column("products", "number")
    if "product_number" in sa.inspect(op.get_bind()).get_sequence_names():
        op.execute("DROP SEQUENCE product_number")
