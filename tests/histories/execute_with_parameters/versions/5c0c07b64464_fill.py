"""fill

Revision ID: 5c0c07b64464
Revises: a071987486d4
Create Date: 2021-05-01 10:22:14.970502

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5c0c07b64464'
down_revision = 'a071987486d4'
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    conn.execute(sa.text("UPDATE users SET name = :name WHERE id = :id"), {"name": "Gräce: it's \\ 5%", "id": 2})
    conn.execute(
        sa.text("INSERT INTO users (id, email, name) VALUES (:id, :email, :name)"),
        [{"id": 10, "email": "x@example.org", "name": None}, {"id": 11, "email": "y@example.org", "name": ":not a parameter"}],
    )
    op.execute(sa.text("UPDATE users SET name = :n WHERE name IS NULL AND id > :low").bindparams(n="-- nobody", low=5))


def downgrade():
    conn = op.get_bind()
    conn.execute(sa.text("DELETE FROM users WHERE id IN :ids").bindparams(sa.bindparam("ids", [10, 11], expanding=True)))
    conn.execute(sa.text("UPDATE users SET name = :name WHERE id = :id").bindparams(name=None, id=2))
