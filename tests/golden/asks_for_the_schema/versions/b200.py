"""date the notes, and find them by it

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "made" not in [column["name"] for column in inspector.get_columns("note")]:
        op.add_column("note", sa.Column("made", sa.Date()))
    if not inspector.get_indexes("note"):
        op.create_index("note_made", "note", ["made"])


def downgrade():
    if "note_made" in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("note")}:
        op.drop_index("note_made", table_name="note")
    op.drop_column("note", "made")
