"""The online path: it works when asked for by name, and is refused otherwise."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Never

import pytest
from alembic import command
from alembic.config import Config

from tests.db.postgres import ROOT, run_alembic

if TYPE_CHECKING:
    from tests.db.postgres import Database, Server

REFUSAL = "make sql FROM=... TO=..."
PASSWORD = "hunter2%24"  # noqa: S105  # made up, to look for it in outputs


def test_upgrade_to_head_leaves_schema_and_rows(server: Server) -> None:
    """All five revisions run online, with the rules stored as they were written."""
    database = server.create_database(at="head")
    assert len(database.heads()) == 1
    assert int(database.query("SELECT count(*) FROM detection_rules")) >= 25
    stored = database.query("SELECT encode(sample_payload, 'hex') FROM detection_rules WHERE code = 'TRAVERSAL-003'")
    assert bytes.fromhex(stored) == b"file=../../etc/passwd\x00.png"
    assert "\t" in database.query("SELECT prosrc FROM pg_proc WHERE proname = 'set_updated_at'")


def test_downgrade_to_base_leaves_only_the_version_table(database: Database) -> None:
    """Every downgrade takes back all of its upgrade."""
    database.online_upgrade("head")
    database.online_downgrade("base")
    assert database.heads() == []
    assert database.query("SELECT relname FROM pg_class WHERE relnamespace = 2200") == (
        "alembic_version\nalembic_version_pkc"
    )
    assert database.query("SELECT count(*) FROM pg_proc WHERE pronamespace = 2200") == "0"


EVENTS = """
INSERT INTO threat_events (id, created_at, source_ip, request_method, request_path, status_code,
    response_size, user_agent, threat_score, severity, component_scores, feature_vector,
    matched_rules, reviewed, review_label)
SELECT gen_random_uuid(), created_at::timestamptz, '203.0.113.9', 'GET', '/', 403,
    0, 'curl', score, 'HIGH', '{}', '[]', rules::json, false, label
FROM (VALUES
    ('2026-01-01 00:00Z', 0.9, '["XSS-001", "SQLI-001"]', NULL),
    ('2026-01-02 00:00Z', 0.9, '["XSS-001"]', 'analyst''s mistake'),
    ('2026-01-03 00:00Z', 0.1, '["XSS-001"]', NULL),
    ('2025-01-04 00:00Z', 0.9, '["XSS-001"]', NULL),
    ('2026-01-05 00:00Z', 0.9, NULL, NULL)
) AS event (created_at, score, rules, label)
"""


def test_backfill_links_only_what_its_parameters_allow(server: Server) -> None:
    """The third revision links an event to its first rule, by date, score and label."""
    database = server.create_database(at="b7d2056ce318")
    database.execute(EVENTS)
    database.online_upgrade("0f93ad4e7b61")
    linked = database.query(
        "SELECT created_at AT TIME ZONE 'UTC', code"
        " FROM threat_events JOIN detection_rules ON detection_rules.id = rule_id"
    )
    assert linked == "2026-01-01 00:00:00|XSS-001"


@pytest.mark.parametrize("back_to", ["4c8e1f0a9d27", "b7d2056ce318", "0f93ad4e7b61"])
def test_downgrade_restores_what_was(server: Server, back_to: str) -> None:
    """Up to head and back leaves the same catalog and the same rows."""
    database = server.create_database(at=back_to)
    database.execute(EVENTS)
    before = database.dump()
    database.online_upgrade("head")
    assert database.dump() != before
    database.online_downgrade(back_to)
    assert database.dump() == before


def test_trigger_keeps_updated_at(server: Server) -> None:
    """A change moves updated_at; an UPDATE that changes nothing leaves it."""
    database = server.create_database(at="b7d2056ce318")
    database.execute(EVENTS)
    database.online_upgrade("head")
    untouched = "SELECT count(*) FROM threat_events WHERE updated_at = created_at"
    assert database.query(untouched) == "5"
    database.execute("UPDATE threat_events SET reviewed = reviewed")
    assert database.query(untouched) == "5"
    database.execute("UPDATE threat_events SET reviewed = true WHERE threat_score < 0.5")
    assert database.query(untouched) == "4"


@pytest.mark.parametrize(
    "arguments",
    [
        ("upgrade", "head"),
        ("downgrade", "base"),
        ("current",),
        ("revision", "--autogenerate", "-m", "never made"),
        ("-x", "online=false", "upgrade", "head"),
        ("-x", "online", "upgrade", "head"),
    ],
)
def test_online_path_is_refused_without_the_flag(arguments: tuple[str, ...]) -> None:
    """The refusal comes before an engine: no driver of that name exists, and nobody notices."""
    url = f"postgresql+nosuchdriver://someone:{PASSWORD}@nowhere.invalid/x"
    refused = run_alembic(*arguments, url=url)
    shown = refused.output
    assert refused.exit_code != 0
    assert REFUSAL in shown
    assert "Traceback" not in shown
    assert PASSWORD not in shown


def test_unusable_url_is_named_but_not_shown() -> None:
    """A DATABASE_URL that can't be read is an error without its value and without a traceback."""
    failed = run_alembic("-x", "online=true", "current", url=f"postgres:{PASSWORD}")
    shown = failed.output
    assert failed.exit_code != 0
    assert "DATABASE_URL" in shown
    assert "Traceback" not in shown
    assert PASSWORD not in shown


def test_a_failing_upgrade_changes_nothing_and_shows_no_password(database: Database) -> None:
    """An error in the second revision takes back the first as well."""
    database.execute("CREATE TABLE detection_rules (in_the_way int)")
    before = database.dump()
    with_password = database.url.replace("postgres@", f"postgres:{PASSWORD}@")
    failed = run_alembic("-x", "online=true", "upgrade", "head", url=with_password)
    shown = failed.output
    assert failed.exit_code != 0
    assert 'relation "detection_rules" already exists' in shown
    assert PASSWORD not in shown
    assert database.dump() == before


class FailingEngine:
    """Stands in for an engine whose server is away, and notes that it was disposed of."""

    def __init__(self) -> None:
        self.disposed = False

    def connect(self) -> Never:
        raise ConnectionRefusedError

    async def dispose(self) -> None:
        self.disposed = True


def test_engine_is_disposed_of_when_connecting_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens on the way, the engine is disposed of."""
    engine = FailingEngine()
    monkeypatch.setattr("sqlalchemy.ext.asyncio.create_async_engine", lambda *_, **__: engine)
    config = Config(cmd_opts=Namespace(x=["online=true"]))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    with pytest.raises(ConnectionRefusedError):
        command.upgrade(config, "head")
    assert engine.disposed
