"""reports: sum up accounts

Revision: x100
"""

from alembic import op

revision = "x100"
down_revision = None
branch_labels = "reports"
depends_on = "b200"


def upgrade():
    op.execute("CREATE VIEW account_report AS SELECT owner, count(*) AS accounts FROM account GROUP BY owner")


def downgrade():
    op.execute("DROP VIEW account_report")
