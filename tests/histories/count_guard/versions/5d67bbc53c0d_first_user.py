"""first user

Revision ID: 5d67bbc53c0d
Revises: 842a9472d014
Create Date: 2021-03-01 10:50:58.527038

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5d67bbc53c0d'
down_revision = '842a9472d014'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    count = bind.execute(sa.text("SELECT count(*) FROM users")).scalar()
    if count == 0:
        op.execute("INSERT INTO users (id, email) VALUES (99, 'admin@example.org')")


def downgrade():
    op.execute("DELETE FROM users WHERE id = 99")
