"""number the notes that have none

Revision: a100
"""

import sqlalchemy as sa
from alembic import op

revision = "a100"
down_revision = None


def upgrade():
    op.create_table("note", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("number", sa.Integer()))
    bind = op.get_bind()
    for number, note in enumerate(bind.execute(sa.text("SELECT id FROM note WHERE number IS NULL"))):
        bind.execute(sa.text("UPDATE note SET number = :number WHERE id = :id"), {"number": number, "id": note.id})


def downgrade():
    op.drop_table("note")
