"""widen severity, check its values, and say what columns mean

Revision: e5a1c47082fb
Revises: 0f93ad4e7b61
Created: 2026-05-07 08:03:31+00:00

On the way back the two new values have no place in six characters: CRITICAL becomes HIGH and
INFORMATIONAL becomes LOW.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "e5a1c47082fb"
down_revision: str | tuple[str, ...] | None = "0f93ad4e7b61"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None

SEVERITIES = ("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL")
NARROWED = {"CRITICAL": "HIGH", "INFORMATIONAL": "LOW"}

threat_events = sa.table("threat_events", sa.column("severity", sa.String(length=16)))


def upgrade() -> None:
    op.alter_column(
        "threat_events",
        "severity",
        existing_type=sa.String(length=6),
        existing_nullable=False,
        type_=sa.String(length=16),
        server_default="LOW",
        comment="The analysts' scale; 'LOW' until a rule or a person says otherwise",
    )
    op.create_check_constraint(
        op.f("ck_threat_events_severity"),
        "threat_events",
        sa.column("severity").in_(SEVERITIES),
    )
    op.create_table_comment("threat_events", "One row per scored request; kept 400 days, then archived")
    op.alter_column(
        "threat_events",
        "threat_score",
        existing_type=sa.Float(),
        existing_nullable=False,
        comment="0 = harmless, 1 = certainly an attack",
    )
    op.alter_column(
        "threat_events",
        "component_scores",
        existing_type=sa.JSON(),
        existing_nullable=False,
        comment='Score by component, such as {"sqli": 0.97, "ua": 0.1}',
    )
    op.alter_column(
        "threat_events",
        "rule_id",
        existing_type=sa.Integer(),
        existing_nullable=True,
        comment="The first rule that matched; NULL: only the model",
    )


def downgrade() -> None:
    for column, type_, nullable in (
        ("rule_id", sa.Integer(), True),
        ("component_scores", sa.JSON(), False),
        ("threat_score", sa.Float(), False),
    ):
        op.alter_column(
            "threat_events",
            column,
            existing_type=type_,
            existing_nullable=nullable,
            comment=None,
        )
    op.drop_table_comment("threat_events")
    op.drop_constraint(op.f("ck_threat_events_severity"), "threat_events", type_="check")
    for value, narrowed in NARROWED.items():
        op.execute(threat_events.update().where(threat_events.c.severity == value).values(severity=narrowed))
    op.alter_column(
        "threat_events",
        "severity",
        existing_type=sa.String(length=16),
        existing_nullable=False,
        type_=sa.String(length=6),
        server_default=None,
        comment=None,
    )
