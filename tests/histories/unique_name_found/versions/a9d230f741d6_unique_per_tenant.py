"""unique per tenant

Revision ID: a9d230f741d6
Revises: 95b27df4327b
Create Date: 2019-02-26 10:17:49.516517

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'a9d230f741d6'
down_revision = '95b27df4327b'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    for constraint in inspector.get_unique_constraints("accounts"):
        if constraint["column_names"] == ["login"]:
            op.drop_constraint(constraint["name"], "accounts", type_="unique")
    op.create_unique_constraint("uq_accounts_tenant_login", "accounts", ["tenant", "login"])


def downgrade():
    op.drop_constraint("uq_accounts_tenant_login", "accounts", type_="unique")
    op.create_unique_constraint("accounts_login_key", "accounts", ["login"])
