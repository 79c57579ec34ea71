"""find key

Revision ID: 2d198704e84b
Revises: 4254faeb4fb5
Create Date: 2020-04-18 11:27:27.875955

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2d198704e84b'
down_revision = '4254faeb4fb5'
branch_labels = None
depends_on = None


def upgrade():
    for key in sa.inspect(op.get_bind()).get_foreign_keys("purchases"):
        op.drop_constraint(key["name"], "purchases", type_="foreignkey")
    op.create_foreign_key("fk_purchases_customer", "purchases", "customers", ["customer_id"], ["id"])


def downgrade():
    op.drop_constraint("fk_purchases_customer", "purchases", type_="foreignkey")
    op.create_foreign_key(None, "purchases", "customers", ["customer_id"], ["id"])
