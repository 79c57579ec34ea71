"""by dialect

Revision ID: b403da49a8ce
Revises: b632fcde8b65
Create Date: 2020-04-03 10:52:44.882092

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b403da49a8ce'
down_revision = 'b632fcde8b65'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE users ALTER COLUMN name TYPE text USING upper(name)")
    elif op.get_context().dialect.name in ("mysql", "mariadb"):
        op.alter_column("users", "name", existing_type=sa.String(80), type_=sa.Text(), existing_nullable=True)
    else:
        op.execute("UPDATE users SET name = 'lite' WHERE name IS NULL")
    if op.get_context().impl.__dialect__ != "sqlite":
        op.create_unique_constraint("uq_users_email", "users", ["email"])


def downgrade():
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("uq_users_email", "users", type_="unique")
        op.alter_column("users", "name", type_=sa.String(80), existing_type=sa.Text(), existing_nullable=True)
