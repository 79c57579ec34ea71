"""Requests that were scored, and what became of them."""

from __future__ import annotations

import uuid
from datetime import datetime  # noqa: TC003  # pydantic reads it at run time
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from schema.base import SCORE, TIMESTAMP, Model

SEVERITIES = ("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL")


class ThreatEvent(Model, table=True):
    """One scored request, with everything that the score was made from."""

    __tablename__: ClassVar[str] = "threat_events"
    __table_args__: ClassVar[tuple[sa.Index | sa.Constraint | dict[str, str], ...]] = (
        sa.CheckConstraint(sa.column("severity").in_(SEVERITIES), name="severity"),
        sa.ForeignKeyConstraint(["rule_id"], ["detection_rules.id"], name="fk_threat_events_rule_id_detection_rules"),
        sa.Index("ix_threat_events_created_at", "created_at"),
        sa.Index("ix_threat_events_source_ip", "source_ip"),
        sa.Index("ix_threat_events_severity", "severity"),
        sa.Index("ix_threat_events_threat_score", "threat_score"),
        sa.Index(
            "ix_threat_events_unreviewed",
            "reviewed",
            postgresql_where=sa.text("reviewed = FALSE"),
            sqlite_where=sa.text("reviewed = FALSE"),
        ),
        sa.Index("ix_threat_events_rule_id", "rule_id"),
        {"comment": "One row per scored request; kept 400 days, then archived"},
    )

    id: uuid.UUID = Field(default_factory=uuid.uuid4, sa_column=sa.Column(sa.Uuid, primary_key=True))
    created_at: datetime | None = Field(
        default=None,
        sa_column=sa.Column(
            TIMESTAMP,
            nullable=False,
            server_default=sa.text("CURRENT_TIMESTAMP"),
        ),
    )
    source_ip: str = Field(sa_column=sa.Column(sa.String(45), nullable=False))
    request_method: str = Field(sa_column=sa.Column(sa.String(10), nullable=False))
    request_path: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    status_code: int = Field(sa_column=sa.Column(sa.SmallInteger, nullable=False))
    response_size: int = Field(sa_column=sa.Column(sa.Integer, nullable=False))
    user_agent: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    threat_score: float = Field(
        sa_column=sa.Column(SCORE, nullable=False, comment="0 = harmless, 1 = certainly an attack")
    )
    severity: str = Field(
        default="LOW",
        sa_column=sa.Column(
            sa.String(16),
            nullable=False,
            server_default="LOW",
            comment="The analysts' scale; 'LOW' until a rule or a person says otherwise",
        ),
    )
    component_scores: dict[str, float] = Field(
        sa_column=sa.Column(
            sa.JSON,
            nullable=False,
            comment='Score by component, such as {"sqli": 0.97, "ua": 0.1}',
        )
    )
    geo_country: str | None = Field(default=None, sa_column=sa.Column(sa.String(2), nullable=True))
    geo_city: str | None = Field(default=None, sa_column=sa.Column(sa.String(255), nullable=True))
    geo_lat: float | None = Field(default=None, sa_column=sa.Column(SCORE, nullable=True))
    geo_lon: float | None = Field(default=None, sa_column=sa.Column(SCORE, nullable=True))
    feature_vector: list[float] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    matched_rules: list[str] | None = Field(
        default=None, sa_column=sa.Column(sa.JSON(none_as_null=True), nullable=True)
    )
    model_version: str | None = Field(default=None, sa_column=sa.Column(sa.String(64), nullable=True))
    reviewed: bool = Field(default=False, sa_column=sa.Column(sa.Boolean, nullable=False))
    review_label: str | None = Field(default=None, sa_column=sa.Column(sa.String(20), nullable=True))
    rule_id: int | None = Field(
        default=None,
        sa_column=sa.Column(sa.Integer, nullable=True, comment="The first rule that matched; NULL: only the model"),
    )
    updated_at: datetime | None = Field(
        default=None,
        sa_column=sa.Column(
            TIMESTAMP,
            nullable=False,
            server_default=sa.text("CURRENT_TIMESTAMP"),
        ),
    )
