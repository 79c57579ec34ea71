"""create threat events and model metadata

Revision: 4c8e1f0a9d27
Revises:
Created: 2026-02-03 09:12:44+00:00

MySQL and MariaDB have no partial index: there a column that is NULL unless the model is active
keeps a second active one out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision: str = "4c8e1f0a9d27"
down_revision: str | tuple[str, ...] | None = None
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None

# MySQL's own types would drop microseconds, and half the digits.
TIMESTAMP = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
SCORE = sa.Float().with_variant(sa.Double(), "mysql", "mariadb")


def upgrade() -> None:
    is_mysql = op.get_context().dialect.name in ("mysql", "mariadb")
    now = sa.text("CURRENT_TIMESTAMP(6)" if is_mysql else "CURRENT_TIMESTAMP")
    op.create_table(
        "threat_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", TIMESTAMP, server_default=now, nullable=False),
        sa.Column("source_ip", sa.String(length=45), nullable=False),
        sa.Column("request_method", sa.String(length=10), nullable=False),
        sa.Column("request_path", sa.Text(), nullable=False),
        sa.Column("status_code", sa.SmallInteger(), nullable=False),
        sa.Column("response_size", sa.Integer(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("threat_score", SCORE, nullable=False),
        sa.Column("severity", sa.String(length=6), nullable=False),
        sa.Column("component_scores", sa.JSON(), nullable=False),
        sa.Column("geo_country", sa.String(length=2), nullable=True),
        sa.Column("geo_city", sa.String(length=255), nullable=True),
        sa.Column("geo_lat", SCORE, nullable=True),
        sa.Column("geo_lon", SCORE, nullable=True),
        sa.Column("feature_vector", sa.JSON(), nullable=False),
        sa.Column("matched_rules", sa.JSON(), nullable=True),
        sa.Column("model_version", sa.String(length=64), nullable=True),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("review_label", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_events")),
    )
    op.create_index(op.f("ix_threat_events_created_at"), "threat_events", ["created_at"])
    op.create_index(op.f("ix_threat_events_source_ip"), "threat_events", ["source_ip"])
    op.create_index(op.f("ix_threat_events_severity"), "threat_events", ["severity"])
    op.create_index(op.f("ix_threat_events_threat_score"), "threat_events", ["threat_score"])
    op.create_index(
        op.f("ix_threat_events_unreviewed"),
        "threat_events",
        ["reviewed"],
        postgresql_where=sa.text("reviewed = FALSE"),
        sqlite_where=sa.text("reviewed = FALSE"),
    )

    op.create_table(
        "model_metadata",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", TIMESTAMP, server_default=now, nullable=False),
        sa.Column("model_type", sa.String(length=30), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("training_samples", sa.Integer(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("artifact_path", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("mlflow_run_id", sa.String(length=64), nullable=True),
        sa.Column("threshold", SCORE, nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_metadata")),
    )
    if is_mysql:
        active_type = sa.Computed("CASE WHEN is_active THEN model_type END")
        op.add_column("model_metadata", sa.Column("active_type", sa.String(length=30), active_type))
    op.create_index(
        op.f("ix_model_metadata_model_type_active"),
        "model_metadata",
        ["active_type" if is_mysql else "model_type"],
        unique=True,
        postgresql_where=sa.text("is_active = TRUE"),
        sqlite_where=sa.text("is_active = TRUE"),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_model_metadata_model_type_active"), table_name="model_metadata")
    op.drop_table("model_metadata")
    op.drop_index(op.f("ix_threat_events_unreviewed"), table_name="threat_events")
    op.drop_index(op.f("ix_threat_events_threat_score"), table_name="threat_events")
    op.drop_index(op.f("ix_threat_events_severity"), table_name="threat_events")
    op.drop_index(op.f("ix_threat_events_source_ip"), table_name="threat_events")
    op.drop_index(op.f("ix_threat_events_created_at"), table_name="threat_events")
    op.drop_table("threat_events")
