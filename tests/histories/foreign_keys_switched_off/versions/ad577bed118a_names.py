"""names

Revision ID: ad577bed118a
Revises: 665d127af615
Create Date: 2022-03-02 10:14:33.417521

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'ad577bed118a'
down_revision = '665d127af615'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("PRAGMA foreign_keys=OFF")
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("name", existing_type=sa.String(80), type_=sa.String(200))
    op.execute("PRAGMA foreign_keys=ON")


def downgrade():
    op.execute("PRAGMA foreign_keys=OFF")
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("name", existing_type=sa.String(200), type_=sa.String(80))
    op.execute("PRAGMA foreign_keys=ON")
