"""create tasks

Revision ID: 1c764680b7b4
Revises: e3c056f24bd1
Create Date: 2021-04-06 10:41:01.788365

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = '1c764680b7b4'
down_revision = 'e3c056f24bd1'
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    state = postgresql.ENUM("open", "done", name="task_state", create_type=False)
    state.create(bind, checkfirst=True)
    tasks = sa.Table(
        "tasks", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("state", state, nullable=False)
    )
    tasks.create(bind, checkfirst=True)
    op.bulk_insert(tasks, [{"id": 1, "state": "open"}, {"id": 2, "state": "done"}])


def downgrade():
    bind = op.get_bind()
    sa.Table("tasks", sa.MetaData()).drop(bind, checkfirst=True)
    postgresql.ENUM(name="task_state").drop(bind, checkfirst=True)
