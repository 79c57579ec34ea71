"""ask

Revision ID: f16660f4ec3d
Revises: c07939c9bcc8
Create Date: 2019-04-02 11:23:55.088467

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'f16660f4ec3d'
down_revision = 'c07939c9bcc8'
branch_labels = None
depends_on = None


def upgrade():
    if "score" not in [c["name"] for c in sa.inspect(op.get_bind()).get_columns("users")]:
        op.add_column("users", sa.Column("score", sa.Integer))


def downgrade():
    pass
