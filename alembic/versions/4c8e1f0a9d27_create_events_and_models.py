"""create threat events and model metadata

Revision: 4c8e1f0a9d27
Revises:
Created: 2026-02-03 09:12:44+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "4c8e1f0a9d27"
down_revision: str | tuple[str, ...] | None = None
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.create_table(
        "threat_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("CURRENT_TIMESTAMP"),
            nullable=False,
        ),
        sa.Column("source_ip", sa.String(length=45), nullable=False),
        sa.Column("request_method", sa.String(length=10), nullable=False),
        sa.Column("request_path", sa.Text(), nullable=False),
        sa.Column("status_code", sa.SmallInteger(), nullable=False),
        sa.Column("response_size", sa.Integer(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("threat_score", sa.Float(), nullable=False),
        sa.Column("severity", sa.String(length=6), nullable=False),
        sa.Column("component_scores", sa.JSON(), nullable=False),
        sa.Column("geo_country", sa.String(length=2), nullable=True),
        sa.Column("geo_city", sa.String(length=255), nullable=True),
        sa.Column("geo_lat", sa.Float(), nullable=True),
        sa.Column("geo_lon", sa.Float(), nullable=True),
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
    )

    op.create_table(
        "model_metadata",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("CURRENT_TIMESTAMP"),
            nullable=False,
        ),
        sa.Column("model_type", sa.String(length=30), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("training_samples", sa.Integer(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("artifact_path", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("mlflow_run_id", sa.String(length=64), nullable=True),
        sa.Column("threshold", sa.Float(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_metadata")),
    )
    op.create_index(
        op.f("ix_model_metadata_model_type_active"),
        "model_metadata",
        ["model_type"],
        unique=True,
        postgresql_where=sa.text("is_active = TRUE"),
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
