"""shop of product

Revision ID: f59a71549896
Revises: 9ae1f45292e7
Create Date: 2020-02-23 11:30:06.472086

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'f59a71549896'
down_revision = '9ae1f45292e7'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("products", sa.Column("shop_id", sa.Integer(), nullable=True))
    op.create_foreign_key(None, "products", "shops", ["shop_id"], ["id"])


def downgrade():
    op.drop_constraint(None, "products", type_="foreignkey")
    op.drop_column("products", "shop_id")
