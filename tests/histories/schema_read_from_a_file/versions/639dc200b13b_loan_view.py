"""loan view

Revision ID: 639dc200b13b
Revises: 2c9b99a80d96
Create Date: 2019-01-13 10:30:18.191838

"""
from alembic import op
import sqlalchemy as sa
from pathlib import Path


# revision identifiers, used by Alembic.
revision = '639dc200b13b'
down_revision = '2c9b99a80d96'
branch_labels = None
depends_on = None

SQL = Path(__file__).parent.parent / "sql"


def upgrade():
    op.execute((SQL / "open_loans.sql").read_text())
    columns = sa.inspect(op.get_bind()).get_columns("loans")
    if not any(column["name"] == "returned" for column in columns):
        op.add_column("loans", sa.Column("returned", sa.Date))


def downgrade():
    op.execute("DROP VIEW open_loans")
    op.drop_column("loans", "returned")
