"""settings have a name

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


setting = sa.table("setting", sa.column("id", sa.Integer()), sa.column("name", sa.String()))


def upgrade():
    op.add_column("setting", sa.Column("name", sa.String(40)))
    op.execute(setting.insert().values(id=1, name="colour"))


def downgrade():
    op.execute(setting.delete().where(setting.c.id == 1))
    op.drop_column("setting", "name")
