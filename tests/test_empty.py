"""What a query returns on empty tables, for revisions that are only run to learn what they do to the schema."""

from __future__ import annotations

import pytest

from changescript.formatting.lexicon import MYSQL, POSTGRESQL, Lexicon
from changescript.recording.empty import result_of

FOUND: dict[str, list[tuple[object, ...]]] = {
    "SELECT COUNT(*) FROM t WHERE a IS NULL": [(0,)],
    "select count(*) as c, max(x) m from t": [(0, None)],
    "SELECT count(*) AS count_1 \nFROM (SELECT x, y FROM u) AS anon_1": [(0,)],
    "SELECT count(DISTINCT a), sum(f(a, ')')) FROM t": [(0, None)],
    "SELECT COALESCE(MAX(id), 0), coalesce(max(a), 'none') FROM t": [(0, "none")],
    "SELECT EXISTS (SELECT 1 FROM x), NOT EXISTS (SELECT 1 FROM x)": [(False, True)],
    "SELECT a, b.c FROM t": [],
    "SELECT a, count(*) FROM t GROUP BY a": [],
    "SELECT count(*) + 1 FROM t": [],
    "SELECT coalesce(a, 0) FROM t": [],
    "SELECT (SELECT count(*) FROM u) FROM t": [],
    "WITH a AS (SELECT count(*) FROM t) SELECT * FROM a": [],
    "UPDATE t SET a = 1 RETURNING a": [],
    "": [],
}


@pytest.mark.parametrize("sql", FOUND)
def test_aggregates_make_a_row_of_nothing(sql: str) -> None:
    """Where there is nothing to group by; whatever else isn't sure to make one gives none."""
    assert result_of(sql, POSTGRESQL).fetchall() == FOUND[sql]


@pytest.mark.parametrize(("sql", "lexicon"), [("SELECT @@explicit_defaults_for_timestamp", MYSQL)])
def test_settings_are_on(sql: str, lexicon: Lexicon) -> None:
    """Most of those that a revision asks for are switches."""
    assert result_of(sql, lexicon).fetchall() == [(1,)]


@pytest.mark.parametrize("sql", ["SELECT id, name FROM t", "SELECT 1", "SHOW VARIABLES", ""])
def test_a_result_without_rows_is_one(sql: str) -> None:
    """It can be read in every way."""
    assert result_of(sql, POSTGRESQL).first() is None
    assert result_of(sql, POSTGRESQL).scalar() is None
    assert list(result_of(sql, POSTGRESQL).scalars()) == []
    assert result_of(sql, POSTGRESQL).mappings().all() == []
    assert result_of(sql, POSTGRESQL).rowcount == 0
    assert list(result_of("SELECT t.id, max(a) AS b FROM t", POSTGRESQL).keys()) == ["id", "b"]
