"""roles

Revision ID: 453ae0236a5f
Revises: c1b2c8a10a21
Create Date: 2021-04-26 10:45:33.725013

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '453ae0236a5f'
down_revision = 'c1b2c8a10a21'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("roles", sa.Column("id", sa.Integer, primary_key=True), sa.Column("kind", sa.Enum("admin", "user", name="role_kind"), nullable=False))
    role = sa.Enum("admin", "user", name="role_kind", create_type=False)
    op.add_column("users", sa.Column("role", sa.String(10), server_default="user", nullable=False))
    op.alter_column("users", "role", server_default=None)
    op.alter_column("users", "role", type_=sa.Enum(name="role_kind"), postgresql_using="role::role_kind")


def downgrade():
    op.drop_column("users", "role")
    op.drop_table("roles")
    sa.Enum(name="role_kind").drop(op.get_bind(), checkfirst=False)
