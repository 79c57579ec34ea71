"""link threat events to the rule that matched

Revision: 0f93ad4e7b61
Revises: b7d2056ce318
Created: 2026-03-19 14:40:02+00:00

The column is filled before the foreign key exists, the key is added without looking at the rows
and then validated, and the index is built without blocking writers.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0f93ad4e7b61"
down_revision: str | tuple[str, ...] | None = "b7d2056ce318"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None

# Rule codes in matched_rules are trustworthy since the matcher was rewritten.
MATCHER_REWRITTEN = datetime(2025, 11, 3, 6, 0, tzinfo=UTC)

FIRST_MATCH = sa.text(
    """
    UPDATE threat_events
    SET rule_id = detection_rules.id
    FROM detection_rules
    WHERE detection_rules.code = threat_events.matched_rules ->> 0
      AND threat_events.created_at >= :since
      AND threat_events.threat_score >= :least_score
      AND coalesce(threat_events.review_label, '') <> :dismissed
    """
).bindparams(
    sa.bindparam("since", MATCHER_REWRITTEN, type_=sa.DateTime(timezone=True)),
    sa.bindparam("least_score", 0.35, type_=sa.Float()),
    sa.bindparam("dismissed", "analyst's mistake", type_=sa.String()),
)


def upgrade() -> None:
    op.add_column("threat_events", sa.Column("rule_id", sa.Integer(), nullable=True))
    op.execute(FIRST_MATCH)
    op.create_foreign_key(
        op.f("fk_threat_events_rule_id_detection_rules"),
        "threat_events",
        "detection_rules",
        ["rule_id"],
        ["id"],
        postgresql_not_valid=True,
    )
    op.execute("ALTER TABLE threat_events VALIDATE CONSTRAINT fk_threat_events_rule_id_detection_rules")
    with op.get_context().autocommit_block():
        op.create_index(
            op.f("ix_threat_events_rule_id"),
            "threat_events",
            ["rule_id"],
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_threat_events_rule_id"),
            table_name="threat_events",
            postgresql_concurrently=True,
            if_exists=True,
        )
    op.drop_constraint(op.f("fk_threat_events_rule_id_detection_rules"), "threat_events", type_="foreignkey")
    op.drop_column("threat_events", "rule_id")
