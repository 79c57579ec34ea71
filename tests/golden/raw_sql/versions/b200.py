"""a view that is replaced

Revision: b200
"""

from alembic import op

revision = "b200"
down_revision = "a100"


def upgrade():
    op.execute("CREATE VIEW things AS SELECT id, note FROM thing WHERE note <> ''")
    op.execute("DROP VIEW things; CREATE VIEW things AS SELECT id FROM thing;")


def downgrade():
    op.execute("DROP VIEW things")
