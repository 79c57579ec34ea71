"""more states

Revision ID: 813b1b7b6c62
Revises: b52962a95e93
Create Date: 2020-09-04 10:19:35.998671

"""
from alembic import op
import sqlalchemy as sa
from alembic_postgresql_enum import TableReference


# revision identifiers, used by Alembic.
revision = '813b1b7b6c62'
down_revision = 'b52962a95e93'
branch_labels = None
depends_on = None


def upgrade():
    op.sync_enum_values(
        enum_schema="public",
        enum_name="ticket_state",
        new_values=["new", "open", "done"],
        affected_columns=[TableReference(table_schema="public", table_name="tickets", column_name="state", existing_server_default="'new'::ticket_state")],
        enum_values_to_rename=[],
    )


def downgrade():
    op.sync_enum_values(
        enum_schema="public",
        enum_name="ticket_state",
        new_values=["new", "done"],
        affected_columns=[TableReference(table_schema="public", table_name="tickets", column_name="state", existing_server_default="'new'::ticket_state")],
        enum_values_to_rename=[],
    )
