"""The trained models that score requests, and which of each type is in use."""

from __future__ import annotations

import uuid
from datetime import datetime  # noqa: TC003  # pydantic reads it at run time
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from schema.base import SCORE, TIMESTAMP, Model


class ModelMetadata(Model, table=True):
    """One trained model. At most one of each type is active."""

    __tablename__: ClassVar[str] = "model_metadata"
    __table_args__: ClassVar[tuple[sa.Index, ...]] = (
        sa.Index(
            "ix_model_metadata_model_type_active",
            "model_type",
            unique=True,
            postgresql_where=sa.text("is_active = TRUE"),
            sqlite_where=sa.text("is_active = TRUE"),
        ),
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
    model_type: str = Field(sa_column=sa.Column(sa.String(30), nullable=False))
    version: str = Field(sa_column=sa.Column(sa.String(64), nullable=False))
    training_samples: int = Field(sa_column=sa.Column(sa.Integer, nullable=False))
    metrics: dict[str, float] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    artifact_path: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    is_active: bool = Field(default=False, sa_column=sa.Column(sa.Boolean, nullable=False))
    mlflow_run_id: str | None = Field(default=None, sa_column=sa.Column(sa.String(64), nullable=True))
    threshold: float | None = Field(default=None, sa_column=sa.Column(SCORE, nullable=True))
    notes: str | None = Field(default=None, sa_column=sa.Column(sa.Text, nullable=True))
    updated_at: datetime | None = Field(
        default=None,
        sa_column=sa.Column(
            TIMESTAMP,
            nullable=False,
            server_default=sa.text("CURRENT_TIMESTAMP"),
        ),
    )
