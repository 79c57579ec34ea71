"""link threat events to the rule that matched

Revision: 0f93ad4e7b61
Revises: b7d2056ce318
Created: 2026-03-19 14:40:02+00:00

The column is filled before the foreign key exists, the key is added without looking at the rows
and then validated, and the index is built without blocking writers.

Only PostgreSQL can do the last two. SQLite takes a foreign key with its column alone, MySQL and
MariaDB want an index for as long as the key is there.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision: str = "0f93ad4e7b61"
down_revision: str | tuple[str, ...] | None = "b7d2056ce318"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None

# Rule codes in matched_rules are trustworthy since the matcher was rewritten.
MATCHER_REWRITTEN = datetime(2025, 11, 3, 6, 0, tzinfo=UTC)

FIRST_MATCH = """
    UPDATE threat_events
    SET rule_id = detection_rules.id
    FROM detection_rules
    WHERE detection_rules.code = threat_events.matched_rules ->> 0
      AND threat_events.created_at >= :since
      AND threat_events.threat_score >= :least_score
      AND coalesce(threat_events.review_label, '') <> :dismissed
    """
FIRST_MATCH_MYSQL = """
    UPDATE threat_events
    JOIN detection_rules ON detection_rules.code = JSON_UNQUOTE(JSON_EXTRACT(threat_events.matched_rules, '$[0]'))
    SET threat_events.rule_id = detection_rules.id
    WHERE threat_events.created_at >= :since
      AND threat_events.threat_score >= :least_score
      AND coalesce(threat_events.review_label, '') <> :dismissed
    """

KEY = "fk_threat_events_rule_id_detection_rules"


def first_match(dialect: str) -> sa.TextClause:
    """Return the statement that links an event to the first rule it has matched."""
    mysql_times = mysql.DATETIME(fsp=6)
    since = {
        "postgresql": sa.bindparam("since", MATCHER_REWRITTEN, type_=sa.DateTime(timezone=True)),
        "sqlite": sa.bindparam("since", MATCHER_REWRITTEN.replace(tzinfo=None), type_=sa.DateTime()),
    }
    return sa.text(FIRST_MATCH_MYSQL if dialect in ("mysql", "mariadb") else FIRST_MATCH).bindparams(
        since.get(dialect, sa.bindparam("since", MATCHER_REWRITTEN.replace(tzinfo=None), type_=mysql_times)),
        sa.bindparam("least_score", 0.35, type_=sa.Double() if dialect in ("mysql", "mariadb") else sa.Float()),
        sa.bindparam("dismissed", "analyst's mistake", type_=sa.String()),
    )


# What SQLite copies on the way back: it can't drop a column that a foreign key stands on.
LINKED = sa.Table(
    "threat_events",
    sa.MetaData(),
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
    sa.Column("source_ip", sa.String(length=45), nullable=False),
    sa.Column("request_method", sa.String(length=10), nullable=False),
    sa.Column("request_path", sa.Text(), nullable=False),
    sa.Column("status_code", sa.SmallInteger(), nullable=False),
    sa.Column("response_size", sa.Integer(), nullable=False),
    sa.Column("user_agent", sa.Text(), nullable=False),
    sa.Column("threat_score", sa.Float(), nullable=False),
    sa.Column("severity", sa.String(length=6), nullable=False),
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
    sa.Index("ix_threat_events_created_at", "created_at"),
    sa.Index("ix_threat_events_source_ip", "source_ip"),
    sa.Index("ix_threat_events_severity", "severity"),
    sa.Index("ix_threat_events_threat_score", "threat_score"),
    sa.Index("ix_threat_events_unreviewed", "reviewed", sqlite_where=sa.text("reviewed = FALSE")),
)


def upgrade() -> None:
    dialect = op.get_context().dialect.name
    if dialect == "sqlite":
        referring = sa.Column("rule_id", sa.Integer(), sa.ForeignKey("detection_rules.id", name=op.f(KEY)))
        op.add_column("threat_events", referring, inline_references=True)
    else:
        op.add_column("threat_events", sa.Column("rule_id", sa.Integer(), nullable=True))
    op.execute(first_match(dialect))
    if dialect != "sqlite":
        op.create_foreign_key(
            op.f(KEY),
            "threat_events",
            "detection_rules",
            ["rule_id"],
            ["id"],
            postgresql_not_valid=True,
        )
    if dialect == "postgresql":
        op.execute(f"ALTER TABLE threat_events VALIDATE CONSTRAINT {KEY}")
    with op.get_context().autocommit_block():
        op.create_index(
            op.f("ix_threat_events_rule_id"),
            "threat_events",
            ["rule_id"],
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    dialect = op.get_context().dialect.name
    is_mysql = dialect in ("mysql", "mariadb")
    if is_mysql:
        op.drop_constraint(op.f(KEY), "threat_events", type_="foreignkey")
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_threat_events_rule_id"),
            table_name="threat_events",
            postgresql_concurrently=True,
            if_exists=not is_mysql,
        )
    if dialect == "postgresql":
        op.drop_constraint(op.f(KEY), "threat_events", type_="foreignkey")
    if dialect == "sqlite":
        with op.batch_alter_table("threat_events", copy_from=LINKED) as batch:
            batch.drop_constraint(KEY, type_="foreignkey")
            batch.drop_column("rule_id")
    else:
        op.drop_column("threat_events", "rule_id")
