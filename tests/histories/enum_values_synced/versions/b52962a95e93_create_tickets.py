"""create tickets

Revision ID: b52962a95e93
Revises: 
Create Date: 2020-09-03 09:06:18.893942

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
import alembic_postgresql_enum


# revision identifiers, used by Alembic.
revision = 'b52962a95e93'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    sa.Enum("new", "done", name="ticket_state").create(op.get_bind())
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", postgresql.ENUM("new", "done", name="ticket_state", create_type=False), server_default="new", nullable=False),
    )


def downgrade():
    op.drop_table("tickets")
    sa.Enum("new", "done", name="ticket_state").drop(op.get_bind())
