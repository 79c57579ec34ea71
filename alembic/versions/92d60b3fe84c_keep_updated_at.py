"""keep updated_at by a trigger

Revision: 92d60b3fe84c
Revises: e5a1c47082fb
Created: 2026-06-24 16:55:19+00:00

Rows that are there count as last updated when they were created. They are filled before the
trigger exists, which would set the time of this change instead.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "92d60b3fe84c"
down_revision: str | tuple[str, ...] | None = "e5a1c47082fb"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None

TABLES = ("threat_events", "model_metadata")

# json has no "=", so rows are compared by their bytes (*<>).
CREATE_FUNCTION = """
CREATE FUNCTION set_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
	changed boolean := NEW *<> OLD;  -- an UPDATE that changes nothing isn't one
BEGIN
	IF changed AND NEW.updated_at = OLD.updated_at THEN
		NEW.updated_at := clock_timestamp();
	END IF;
	RETURN NEW;
END;
$$
"""


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(f"UPDATE {table} SET updated_at = created_at")  # noqa: S608  # our own names
        op.alter_column(
            table,
            "updated_at",
            existing_type=sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("CURRENT_TIMESTAMP"),
        )
    op.execute(CREATE_FUNCTION)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_set_updated_at BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TRIGGER {table}_set_updated_at ON {table}")
    op.execute("DROP FUNCTION set_updated_at()")
    for table in reversed(TABLES):
        op.drop_column(table, "updated_at")
