"""widen severity, check its values, and say what columns mean

Revision: e5a1c47082fb
Revises: 0f93ad4e7b61
Created: 2026-05-07 08:03:31+00:00

On the way back the two new values have no place in six characters: CRITICAL becomes HIGH and
INFORMATIONAL becomes LOW.

SQLite keeps no comments, and makes the whole table anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "e5a1c47082fb"
down_revision: str | tuple[str, ...] | None = "0f93ad4e7b61"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None

SEVERITIES = ("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL")
SCORE = sa.Float().with_variant(sa.Double(), "mysql", "mariadb")
NARROWED = {"CRITICAL": "HIGH", "INFORMATIONAL": "LOW"}

threat_events = sa.table("threat_events", sa.column("severity", sa.String(length=16)))

# What SQLite copies, as the revisions before this one have left it.
BEFORE = sa.Table(
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
    sa.Index("ix_threat_events_rule_id", "rule_id"),
)


def after() -> sa.Table:
    """Return the table that SQLite copies on the way back."""
    table = BEFORE.to_metadata(sa.MetaData())
    table.c.severity.type = sa.String(length=16)
    table.c.severity.server_default = sa.DefaultClause("LOW")
    table.append_constraint(sa.CheckConstraint(sa.column("severity").in_(SEVERITIES), name="ck_threat_events_severity"))
    return table


def upgrade_sqlite() -> None:
    with op.batch_alter_table("threat_events", copy_from=BEFORE) as batch:
        batch.alter_column("severity", type_=sa.String(length=16), server_default="LOW")
        batch.create_check_constraint(op.f("ck_threat_events_severity"), sa.column("severity").in_(SEVERITIES))


def downgrade_sqlite() -> None:
    with op.batch_alter_table("threat_events", copy_from=after()) as batch:
        batch.drop_constraint(op.f("ck_threat_events_severity"), type_="check")
        batch.alter_column("severity", type_=sa.String(length=6), server_default=None)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        upgrade_sqlite()
        return
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
        existing_type=SCORE,
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


def take_back_comments_and_check() -> None:
    for column, type_, nullable in (
        ("rule_id", sa.Integer(), True),
        ("component_scores", sa.JSON(), False),
        ("threat_score", SCORE, False),
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


def downgrade() -> None:
    is_sqlite = op.get_context().dialect.name == "sqlite"
    if not is_sqlite:
        take_back_comments_and_check()
    for value, narrowed in NARROWED.items():
        op.execute(threat_events.update().where(threat_events.c.severity == value).values(severity=narrowed))
    if is_sqlite:
        downgrade_sqlite()
        return
    op.alter_column(
        "threat_events",
        "severity",
        existing_type=sa.String(length=16),
        existing_nullable=False,
        type_=sa.String(length=6),
        server_default=None,
        comment=None,
    )
