"""ranks

Revision ID: 0ad111df22f9
Revises: f563711b9390
Create Date: 2022-03-03 11:14:33.417522

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0ad111df22f9'
down_revision = 'f563711b9390'
branch_labels = None
depends_on = None


users = sa.table("users", sa.column("id"), sa.column("name"))


def upgrade():
    bind = op.get_bind()
    highest, number = bind.execute(sa.select(sa.func.max(users.c.id), sa.func.count())).one()
    if bind.scalar(sa.select(sa.func.coalesce(sa.func.max(users.c.id), 0))) < 0 or number < 0:
        raise ValueError(highest)
    op.add_column("users", sa.Column("rank", sa.Integer))
    if any(bind.execute(sa.select(users.c.id, users.c.name)).scalars()):
        op.execute("UPDATE users SET rank = 1".replace("rank", '"rank"' if bind.dialect.name == "postgresql" else "`rank`"))


def downgrade():
    op.drop_column("users", "rank")
