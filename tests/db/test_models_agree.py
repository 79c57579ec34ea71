"""The models say the same as the history that makes the database."""

from __future__ import annotations

import re
from pathlib import Path

from tests.db.postgres import ROOT, Server

AUTOGENERATE = ("-x", "online=true", "check")


def test_autogenerate_finds_nothing_at_head(server: Server) -> None:
    """Types, server defaults, comments, indexes and keys of the models are those of head."""
    database = server.create_database(at="head")
    checked = database.alembic(*AUTOGENERATE)
    assert (checked.exit_code, "No new upgrade operations detected" in checked.output) == (0, True)


DIFFERENCES = {
    "ALTER TABLE threat_events DROP COLUMN rule_id": "add_column",
    "ALTER TABLE threat_events ALTER severity TYPE varchar(15)": "modify_type",
    "ALTER TABLE threat_events ALTER severity SET DEFAULT 'HIGH'": "modify_default",
    "ALTER TABLE threat_events ALTER geo_city SET NOT NULL": "modify_nullable",
    "COMMENT ON COLUMN threat_events.threat_score IS 'anything else'": "modify_comment",
    "COMMENT ON TABLE threat_events IS NULL": "add_table_comment",
    "DROP INDEX ix_threat_events_source_ip": "add_index",
    "ALTER TABLE detection_rules DROP CONSTRAINT uq_detection_rules_code": "add_constraint",
}


def test_autogenerate_sees_each_kind_of_difference(server: Server) -> None:
    """The comparison above would fail if models and history parted in any of these ways."""
    database = server.create_database(at="head")
    database.execute(";".join(DIFFERENCES))
    checked = database.alembic(*AUTOGENERATE)
    assert checked.exit_code != 0
    assert [kind for kind in DIFFERENCES.values() if kind not in checked.output] == []


def test_partial_indexes_are_partial(server: Server) -> None:
    """Autogenerate does not compare conditions of indexes, so the catalog is asked."""
    database = server.create_database(at="head")
    found = database.query(
        "SELECT indexrelid::regclass, indisunique, pg_get_expr(indpred, indrelid)"
        " FROM pg_index WHERE indpred IS NOT NULL ORDER BY indexrelid::regclass::text"
    )
    assert found.splitlines() == [
        "ix_model_metadata_model_type_active|t|(is_active = true)",
        "ix_threat_events_unreviewed|f|(reviewed = false)",
    ]


def test_no_init_file_shadows_alembic() -> None:
    """A package in alembic/ would be imported in place of the real one."""
    assert not list(Path(ROOT, "alembic").rglob("__init__.py"))


def test_revisions_have_a_true_downgrade() -> None:
    """Each revision's downgrade does something."""
    for file in Path(ROOT, "alembic", "versions").glob("*.py"):
        body = file.read_text(encoding="utf-8").partition("def downgrade() -> None:\n")[2]
        assert re.search(r"\bop\.", body), file.name
