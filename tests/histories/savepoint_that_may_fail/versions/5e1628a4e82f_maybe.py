"""maybe

Revision ID: 5e1628a4e82f
Revises: 4d5b14ff609a
Create Date: 2019-02-05 10:06:06.571950

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5e1628a4e82f'
down_revision = '4d5b14ff609a'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    try:
        with conn.begin_nested():
            conn.execute(sa.text("ALTER TABLE users ADD COLUMN name VARCHAR(80)"))
    except sa.exc.SQLAlchemyError:
        pass
    op.add_column("users", sa.Column("other", sa.Integer))


def downgrade():
    op.drop_column("users", "other")
