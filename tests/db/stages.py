"""This repository's history as online upgrades and downgrades make it, with rows added on the way.

What scripts make is compared with it. Made once for each server; nothing here knows pytest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.db.scripts import FIRST, LINKS, REVISIONS, RULES, SEVERITY, TRIGGER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.postgres import Database, Server

_EVENTS = """
INSERT INTO threat_events (id, created_at, source_ip, request_method, request_path, status_code,
    response_size, user_agent, threat_score, severity, component_scores, feature_vector,
    matched_rules, reviewed, review_label)
SELECT md5('{stage}' || label)::uuid, day::timestamptz, '203.0.113.9', 'GET', E'/a?b=\\'\\\\1\\n', 403,
    0, 'curl', score, '{severity}', '{{"sqli": 0.5}}', '[1, 2]', rules::json, false, nullif(label, '')
FROM (VALUES
    ('2026-01-01 00:00Z', 0.9, '["XSS-001", "SQLI-001"]', ''),
    ('2026-01-02 00:00Z', 0.9, '["XSS-001"]', 'analyst''s mistake'),
    ('2026-01-03 00:00Z', 0.1, '["XSS-001"]', 'low score'),
    ('2025-01-04 00:00Z', 0.9, '["XSS-001"]', 'too early'),
    ('2026-01-05 00:00Z', 0.9, NULL, 'no rule')
) AS event (day, score, rules, label);
"""
_MODELS = """
INSERT INTO model_metadata (id, created_at, model_type, version, training_samples, metrics,
    artifact_path, is_active)
SELECT md5('{stage}' || active)::uuid, '2026-02-01 12:00Z', '{stage}', '1', 7, '{{}}', 's3://x', active
FROM unnest(ARRAY[true, false]) AS model (active);
"""
# Each revision that fills a column finds rows to fill, and each that narrows one rows to narrow.
_SEVERITIES = {
    FIRST: "HIGH",
    RULES: "LOW",
    LINKS: "MEDIUM",
    SEVERITY: "CRITICAL",
    TRIGGER: "INFORMATIONAL",
}


@dataclass(frozen=True, slots=True)
class Stages:
    """Databases and dumps by the revision that they are at; `base` is one of them."""

    seeded: dict[str, Database] = field(default_factory=dict)
    """At a revision, with rows that were added after each revision up to it."""
    dumps: dict[str, str] = field(default_factory=dict)
    """Their dumps."""
    arrived: dict[str, str] = field(default_factory=dict)
    """Dumps as an online upgrade by one revision from the seeded database below left them."""


def _make_stages(server: Server) -> Stages:
    stages = Stages()
    database = server.create_database()
    stages.seeded["base"] = database.copy()
    stages.dumps["base"] = database.dump()
    for revision in REVISIONS:
        database.online_upgrade(revision)
        stages.arrived[revision] = database.dump()
        database.execute((_EVENTS + _MODELS).format(stage=revision, severity=_SEVERITIES[revision]))
        stages.seeded[revision] = database.copy()
        stages.dumps[revision] = database.dump()
    database.drop()
    return stages


_MADE: dict[Path, Stages] = {}
_RETURNED: dict[Path, dict[str, str]] = {}


def stages_of(server: Server) -> Stages:
    """Return the stages of a server, made when they are first asked for."""
    if server.folder not in _MADE:
        _MADE[server.folder] = _make_stages(server)
    return _MADE[server.folder]


def returned_dumps(server: Server) -> dict[str, str]:
    """Return dumps as online downgrades by one revision after the other, from the seeded head, leave them."""
    if server.folder not in _RETURNED:
        database = stages_of(server).seeded[TRIGGER].copy()
        dumps = _RETURNED[server.folder] = {}
        for revision in (*reversed(REVISIONS[:-1]), "base"):
            database.online_downgrade(revision)
            dumps[revision] = database.dump()
        database.drop()
    return _RETURNED[server.folder]
