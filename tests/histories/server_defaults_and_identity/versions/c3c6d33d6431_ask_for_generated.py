"""ask for generated

Revision ID: c3c6d33d6431
Revises: 70b53d2204cc
Create Date: 2019-02-09 10:18:42.381894

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c3c6d33d6431'
down_revision = '70b53d2204cc'
branch_labels = None
depends_on = None


def upgrade():
    for column in sa.inspect(op.get_bind()).get_columns("accounts"):
        if column["name"] == "gross" and column.get("computed"):
            op.execute("UPDATE accounts SET net = 100")
        if column["name"] == "id" and column.get("identity"):
            op.execute("INSERT INTO accounts (net, at) VALUES (5, '2024-01-01 00:00:00+00')")


def downgrade():
    op.execute("DELETE FROM accounts WHERE net = 5")
