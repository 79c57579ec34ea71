"""tickets: longer titles, effort is never unknown

Revision: b200
"""

import sqlalchemy as sa
from alembic import op

revision = "b200"
down_revision = "a100"


BEFORE = sa.Table(
    "ticket",
    sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("title", sa.String(40), nullable=False),
    sa.Column("state", sa.String(10), server_default="new", nullable=False),
    sa.Column("effort", sa.Integer()),
    sa.PrimaryKeyConstraint("id", name="pk_ticket"),
    sa.Index("ix_ticket_state", "state"),
)
AFTER = sa.Table(
    "ticket",
    sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("state", sa.String(10), server_default="new", nullable=False),
    sa.Column("effort", sa.Integer(), server_default="1", nullable=False),
    sa.Column("opened_on", sa.Date()),
    sa.PrimaryKeyConstraint("id", name="pk_ticket"),
    sa.UniqueConstraint("title", name="uq_ticket_title"),
    sa.CheckConstraint("effort > 0", name="ck_ticket_effort"),
    sa.Index("ix_ticket_state", "state"),
)
ticket = sa.table("ticket", sa.column("effort", sa.Integer()))


def upgrade():
    op.execute(ticket.update().where(ticket.c.effort.is_(None)).values(effort=1))
    with op.batch_alter_table("ticket", copy_from=BEFORE) as batch:
        batch.alter_column("title", existing_type=sa.String(40), existing_nullable=False, type_=sa.String(200))
        batch.alter_column("effort", existing_type=sa.Integer(), nullable=False, server_default="1")
        batch.add_column(sa.Column("opened_on", sa.Date()))
        batch.create_unique_constraint("uq_ticket_title", ["title"])
        batch.create_check_constraint("ck_ticket_effort", "effort > 0")


def downgrade():
    with op.batch_alter_table("ticket", copy_from=AFTER) as batch:
        batch.drop_constraint("ck_ticket_effort", type_="check")
        batch.drop_constraint("uq_ticket_title", type_="unique")
        batch.drop_column("opened_on")
        batch.alter_column("effort", existing_type=sa.Integer(), nullable=True, server_default=None)
        batch.alter_column("title", existing_type=sa.String(200), existing_nullable=False, type_=sa.String(40))
