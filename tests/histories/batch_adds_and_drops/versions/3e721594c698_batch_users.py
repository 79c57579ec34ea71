"""batch users

Revision ID: 3e721594c698
Revises: c9eb48e2060e
Create Date: 2020-12-24 10:27:39.822247

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '3e721594c698'
down_revision = 'c9eb48e2060e'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("created", sa.DateTime(), nullable=True))
        batch_op.alter_column("name", existing_type=sa.String(80), new_column_name="full_name")
        batch_op.alter_column("email", existing_type=sa.String(120), type_=sa.String(200), existing_nullable=False)


def downgrade():
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("email", existing_type=sa.String(200), type_=sa.String(120), existing_nullable=False)
        batch_op.alter_column("full_name", existing_type=sa.String(80), new_column_name="name", existing_nullable=True)
        batch_op.drop_column("created")
