"""drop old columns

Revision ID: d78deebcd744
Revises: 6a6bb42d390b
Create Date: 2019-04-05 10:38:22.015414

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'd78deebcd744'
down_revision = '6a6bb42d390b'
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    for column in inspector.get_columns("metrics"):
        if column["name"].startswith("old_"):
            op.drop_column("metrics", column["name"])


def downgrade():
    for n in range(3):
        op.add_column("metrics", sa.Column(f"old_{n}", sa.Integer))
