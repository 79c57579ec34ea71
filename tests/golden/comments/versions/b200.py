"""say it better

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


def upgrade():
    op.create_table_comment("reading", "one row a minute\nor none", existing_comment="one row per minute; 100% raw")
    op.alter_column(
        "reading",
        "celsius",
        existing_type=sa.Numeric(5, 2),
        existing_nullable=False,
        comment="C:\\sensor \\ 'raw'",
        existing_comment="as the sensor's display; never corrected",
    )


def downgrade():
    op.alter_column(
        "reading",
        "celsius",
        existing_type=sa.Numeric(5, 2),
        existing_nullable=False,
        comment="as the sensor's display; never corrected",
        existing_comment="C:\\sensor \\ 'raw'",
    )
    op.create_table_comment("reading", "one row per minute; 100% raw", existing_comment="one row a minute\nor none")
