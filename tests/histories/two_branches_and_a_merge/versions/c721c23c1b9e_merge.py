"""merge

Revision ID: c721c23c1b9e
Revises: 8f4315f19efd, 288a32b6c39f
Create Date: 2019-04-02 12:29:01.185277

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c721c23c1b9e'
down_revision = ('8f4315f19efd', '288a32b6c39f')
branch_labels = None
depends_on = None


def upgrade():
    names = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("base_table")}
    if {"l", "r"} <= names:
        op.create_index("ix_base_lr", "base_table", ["l", "r"])


def downgrade():
    op.drop_index("ix_base_lr", table_name="base_table")
