"""allow zero

Revision ID: 985a754e0cc2
Revises: e68b91135adb
Create Date: 2021-01-26 10:57:09.059817

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '985a754e0cc2'
down_revision = 'e68b91135adb'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    for check in sa.inspect(bind).get_check_constraints("jobs"):
        op.drop_constraint(check["name"], "jobs", type_="check")
    op.create_check_constraint("ck_jobs_priority", "jobs", "priority >= 0")


def downgrade():
    op.drop_constraint("ck_jobs_priority", "jobs", type_="check")
