"""keep updated_at by a trigger

Revision: 92d60b3fe84c
Revises: e5a1c47082fb
Created: 2026-06-24 16:55:19+00:00

Rows that are there count as last updated when they were created. They are filled before the
trigger exists, which would set the time of this change instead.

Outside PostgreSQL no row can be compared as a whole, so there every UPDATE counts. SQLite makes
the tables anew, because it adds no column with a default that is no constant.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

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


CREATE_TRIGGER = """
CREATE TRIGGER {table}_set_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION set_updated_at()
"""
CREATE_TRIGGER_MYSQL = """
CREATE TRIGGER {table}_set_updated_at BEFORE UPDATE ON {table} FOR EACH ROW
BEGIN
	IF NEW.updated_at = OLD.updated_at THEN  -- it's not the UPDATE that sets it
		SET NEW.updated_at = CURRENT_TIMESTAMP(6);
	END IF;
END
"""
CREATE_TRIGGER_SQLITE = """
CREATE TRIGGER {table}_set_updated_at AFTER UPDATE ON {table} FOR EACH ROW
WHEN NEW.updated_at = OLD.updated_at  -- it's not the UPDATE that sets it
BEGIN
	UPDATE {table} SET updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now') WHERE id = NEW.id;
END
"""

# What SQLite copies, as the revisions before this one have left it.
BEFORE = sa.MetaData()
sa.Table(
    "threat_events",
    BEFORE,
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
    sa.Column("source_ip", sa.String(length=45), nullable=False),
    sa.Column("request_method", sa.String(length=10), nullable=False),
    sa.Column("request_path", sa.Text(), nullable=False),
    sa.Column("status_code", sa.SmallInteger(), nullable=False),
    sa.Column("response_size", sa.Integer(), nullable=False),
    sa.Column("user_agent", sa.Text(), nullable=False),
    sa.Column("threat_score", sa.Float(), nullable=False),
    sa.Column("severity", sa.String(length=16), server_default="LOW", nullable=False),
    sa.Column("component_scores", sa.JSON(), nullable=False),
    sa.Column("geo_country", sa.String(length=2)),
    sa.Column("geo_city", sa.String(length=255)),
    sa.Column("geo_lat", sa.Float()),
    sa.Column("geo_lon", sa.Float()),
    sa.Column("feature_vector", sa.JSON(), nullable=False),
    sa.Column("matched_rules", sa.JSON()),
    sa.Column("model_version", sa.String(length=64)),
    sa.Column("reviewed", sa.Boolean(), nullable=False),
    sa.Column("review_label", sa.String(length=20)),
    sa.Column(
        "rule_id", sa.Integer(), sa.ForeignKey("detection_rules.id", name="fk_threat_events_rule_id_detection_rules")
    ),
    sa.PrimaryKeyConstraint("id", name="pk_threat_events"),
    sa.CheckConstraint(
        "severity IN ('INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')", name="ck_threat_events_severity"
    ),
    sa.Index("ix_threat_events_created_at", "created_at"),
    sa.Index("ix_threat_events_source_ip", "source_ip"),
    sa.Index("ix_threat_events_severity", "severity"),
    sa.Index("ix_threat_events_threat_score", "threat_score"),
    sa.Index("ix_threat_events_unreviewed", "reviewed", sqlite_where=sa.text("reviewed = FALSE")),
    sa.Index("ix_threat_events_rule_id", "rule_id"),
)
sa.Table(
    "model_metadata",
    BEFORE,
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
    sa.Column("model_type", sa.String(length=30), nullable=False),
    sa.Column("version", sa.String(length=64), nullable=False),
    sa.Column("training_samples", sa.Integer(), nullable=False),
    sa.Column("metrics", sa.JSON(), nullable=False),
    sa.Column("artifact_path", sa.Text(), nullable=False),
    sa.Column("is_active", sa.Boolean(), nullable=False),
    sa.Column("mlflow_run_id", sa.String(length=64)),
    sa.Column("threshold", sa.Float()),
    sa.Column("notes", sa.Text()),
    sa.PrimaryKeyConstraint("id", name="pk_model_metadata"),
    sa.Index(
        "ix_model_metadata_model_type_active", "model_type", unique=True, sqlite_where=sa.text("is_active = TRUE")
    ),
)


def add_updated_at(table: str, dialect: str) -> None:
    """Add the column, filled for the rows that are there."""
    is_mysql = dialect in ("mysql", "mariadb")
    type_ = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
    now = sa.text("CURRENT_TIMESTAMP(6)" if is_mysql else "CURRENT_TIMESTAMP")
    if dialect == "sqlite":
        with op.batch_alter_table(table, copy_from=BEFORE.tables[table], recreate="always") as batch:
            batch.add_column(sa.Column("updated_at", type_, server_default=now, nullable=False))
    else:
        op.add_column(table, sa.Column("updated_at", type_, nullable=True))
    op.execute(f"UPDATE {table} SET updated_at = created_at")  # noqa: S608  # our own names
    if dialect != "sqlite":
        op.alter_column(table, "updated_at", existing_type=type_, nullable=False, server_default=now)


def upgrade() -> None:
    dialect = op.get_context().dialect.name
    for table in TABLES:
        add_updated_at(table, dialect)
    if dialect == "postgresql":
        op.execute(CREATE_FUNCTION)
    triggers = {"postgresql": CREATE_TRIGGER, "sqlite": CREATE_TRIGGER_SQLITE}
    for table in TABLES:
        op.execute(triggers.get(dialect, CREATE_TRIGGER_MYSQL).format(table=table))


def downgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for table in reversed(TABLES):
        op.execute(f"DROP TRIGGER {table}_set_updated_at" + f" ON {table}" * is_postgresql)
    if is_postgresql:
        op.execute("DROP FUNCTION set_updated_at()")
    for table in reversed(TABLES):
        op.drop_column(table, "updated_at")
