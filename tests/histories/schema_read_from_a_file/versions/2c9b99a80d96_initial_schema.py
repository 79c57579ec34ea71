"""initial schema

Revision ID: 2c9b99a80d96
Revises: 
Create Date: 2019-01-12 09:17:01.087109

"""
from alembic import op
import sqlalchemy as sa
import os


# revision identifiers, used by Alembic.
revision = '2c9b99a80d96'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "..", "sql", "schema.sql")) as file:
        for statement in file.read().split(";"):
            if statement.strip():
                op.execute(statement)


def downgrade():
    for table in ("loans", "books"):
        op.execute(f"DROP TABLE {table}")
