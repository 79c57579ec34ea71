"""settings are never without a value

Revision: c300
"""

import sqlalchemy as sa
from alembic import op

revision = "c300"
down_revision = "b200"


setting = sa.table("setting", sa.column("value", sa.Text()))


def upgrade():
    op.execute(setting.update().where(setting.c.value.is_(None)).values(value="none; yet"))


def downgrade():
    op.execute(setting.update().where(setting.c.value == "none; yet").values(value=None))
