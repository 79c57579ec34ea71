"""The signatures that requests are matched against."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # pydantic reads it at run time
from decimal import Decimal  # noqa: TC003  # pydantic reads it at run time
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from schema.base import TIMESTAMP, Model


class DetectionRule(Model, table=True):
    """One signature: a regular expression, what it catches, and how much it weighs."""

    __tablename__: ClassVar[str] = "detection_rules"
    __table_args__: ClassVar[tuple[sa.UniqueConstraint, ...]] = (
        sa.UniqueConstraint("code", name="uq_detection_rules_code"),
    )

    id: int | None = Field(default=None, sa_column=sa.Column(sa.Integer, sa.Identity(always=True), primary_key=True))
    code: str = Field(sa_column=sa.Column(sa.String(32), nullable=False))
    category: str = Field(sa_column=sa.Column(sa.String(32), nullable=False))
    title: str = Field(sa_column=sa.Column(sa.String(120), nullable=False))
    pattern: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    tags: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    weight: Decimal = Field(sa_column=sa.Column(sa.Numeric(6, 3), nullable=False))
    introduced_at: datetime = Field(sa_column=sa.Column(TIMESTAMP, nullable=False))
    sample_payload: bytes | None = Field(default=None, sa_column=sa.Column(sa.LargeBinary, nullable=True))
    enabled: bool = Field(
        default=True,
        sa_column=sa.Column(sa.Boolean, nullable=False, server_default=sa.text("true")),
    )
