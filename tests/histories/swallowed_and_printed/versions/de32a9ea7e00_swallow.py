"""swallow

Revision ID: de32a9ea7e00
Revises: fb66e4509f62
Create Date: 2021-08-17 10:02:34.762402

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'de32a9ea7e00'
down_revision = 'fb66e4509f62'
branch_labels = None
depends_on = None


def upgrade():
    try:
        columns = [c["name"] for c in sa.inspect(op.get_bind()).get_columns("users")]
        if "age" not in columns:
            op.add_column("users", sa.Column("age", sa.Integer))
    except Exception as e:
        print(e)


def downgrade():
    try:
        op.drop_column("users", "age")
    except Exception as e:
        print(f"ignored: {e}")
