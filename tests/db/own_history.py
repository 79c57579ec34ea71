"""This repository's own history on MariaDB and SQLite: rows that are added on the way, and its ranges.

What PostgreSQL makes of it is in stages.py; nothing here knows pytest.
"""

from __future__ import annotations

import gc
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.db.postgres import ROOT
from tests.db.scripts import FIRST, LINKS, REVISIONS, RULES, SEVERITY, TRIGGER
from tests.golden_cases import Case, Rendered, render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STOPS = ("base", *REVISIONS)
SINGLES = tuple(f"{low}:{high}" for low, high in pairwise(STOPS))

# Each revision that fills a column finds rows to fill, and each that narrows one rows to narrow.
_SEVERITIES = {FIRST: "HIGH", RULES: "LOW", LINKS: "MEDIUM", SEVERITY: "CRITICAL", TRIGGER: "INFORMATIONAL"}
_EVENTS = (
    ("2026-01-01", 0.9, """'["XSS-001", "SQLI-001"]'""", "NULL"),
    ("2026-01-02", 0.9, """'["XSS-001"]'""", "'analyst''s mistake'"),
    ("2026-01-03", 0.1, """'["XSS-001"]'""", "'low score'"),
    ("2025-01-04", 0.9, """'["XSS-001"]'""", "'too early'"),
    ("2026-01-05", 0.9, "NULL", "'no rule'"),
)


class OwnHistory(Case):
    """The history in alembic/, as a case."""

    @property
    def root(self) -> Path:
        """Return this repository."""
        return ROOT


OWN = OwnHistory("own history")


def ranges(dialect: str) -> Mapping[str, Rendered]:
    """Render each revision by itself, and the whole."""
    gc.collect()  # models of an earlier rendering in this process would still be known to SQLModel
    return render(ROOT, dialect, (*SINGLES, "base:head"))


def rows_at(revision: str) -> str:
    """Return INSERTs of the rows that are added once a revision is there."""
    updated, value = (", updated_at", ", '2026-06-01 00:00:00'") if revision == TRIGGER else ("", "")
    serial = (REVISIONS.index(revision) + 1) * 100
    events = [
        f"('{serial + at:032x}', '{day} 00:00:00', '203.0.113.9', 'GET', '/a?b=''\\\\1', 403, 0, 'curl', {score},"
        f" '{_SEVERITIES[revision]}', '{{\"sqli\": 0.5}}', '[1, 2]', {rules}, FALSE, {label}{value})"
        for at, (day, score, rules, label) in enumerate(_EVENTS)
    ]
    models = [
        f"('{serial + at:032x}', '2026-02-01 12:00:00', '{revision}', '1', 7, '{{}}', 's3://x', {active}{value})"
        for at, active in enumerate(("TRUE", "FALSE", "FALSE"))
    ]
    return (
        "INSERT INTO threat_events (id, created_at, source_ip, request_method, request_path, status_code,"
        " response_size, user_agent, threat_score, severity, component_scores, feature_vector, matched_rules,"
        f" reviewed, review_label{updated}) VALUES {', '.join(events)};\n"
        "INSERT INTO model_metadata (id, created_at, model_type, version, training_samples, metrics,"
        f" artifact_path, is_active{updated}) VALUES {', '.join(models)};\n"
    )
