r"""The frame of a psql script for PostgreSQL's relatives, where DDL commits by itself and pg_temp may hold no routine.

A check is one prepared query. It hands '0' to set_config(), which releases the safety catch, only where all is well;
else the text that its CAST finds is the message. It wants a word from psql's own variables, so no other client gets
past it, and in psql none gets past a statement or a check that has failed, not even when the script is pasted.
Run with psql 10 and later on PostgreSQL; what the relatives need otherwise is from their manuals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from changescript.dialects.base import FrameInput, Section
from changescript.dialects.generic.by_hand import how_to_go_on, manual_checks, started, way_on
from changescript.dialects.postgresql.guard import CLIENT
from changescript.dialects.postgresql.spelling import array_of, identifier, literal
from changescript.dialects.version_rows import version_changes
from changescript.model import Heads, Step, heads_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from changescript.segments import Planned, Segment

_SESSION = """
SET client_encoding = 'UTF8';
SET search_path = {search_path};
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET IntervalStyle = 'postgres';
SET lock_timeout = '{lock_timeout}';
SET statement_timeout = '{statement_timeout}';
SET client_min_messages = 'notice';
""".strip()

# The cast holds version(), or the planner would try it before the WHERE. No row means no output.
_SERVER = """
SELECT CAST('REFUSED: {message}, this server is ' || version() AS INTEGER)
WHERE NOT ({right});
""".strip()

_NO_TABLE = """
SELECT CAST('REFUSED: database ' || current_database() || ' is at base, this script needs {needs}' AS INTEGER)
WHERE to_regclass({name}) IS NULL;
""".strip()

# The table has to be there before the check can be prepared. In a session that the server check has refused it is
# not made: nothing else releases the catch here.
_MAKE_TABLE = r"""
SELECT set_config('default_transaction_read_only', CAST(CAST(CASE
    WHEN {right} AND :'state' = 'passed' THEN '0' ELSE 'REFUSED: ' || version()
END AS INTEGER) AS TEXT), false) AS changescript
\gset
CREATE TABLE IF NOT EXISTS {table} (
    version_num VARCHAR(32) NOT NULL{key}
);
SET default_transaction_read_only = on;
""".strip()

_CHECK = """
PREPARE changescript_check (text[], text, text) AS
SELECT 'passed' AS state, set_config('default_transaction_read_only', CAST(CAST(CASE
    WHEN $2 <> 'passedfalse' OR NOT ({right})
    THEN $3 || ': a check or a statement before this one has failed ' || CAST(COUNT(*) AS TEXT)
    WHEN COUNT(*) = COALESCE(array_length($1, 1), 0)
        AND COUNT(*) = COUNT(DISTINCT version_num)
        AND COUNT(*) = COUNT(CASE WHEN version_num = ANY ($1) THEN 1 END)
    THEN '0'
    WHEN COALESCE(string_agg(version_num, ', '), 'base') = {target}
    THEN $3 || ': database ' || current_database() || ' is already at {at}, nothing to do'
    ELSE $3 || ': database ' || current_database() || ' is at ' || COALESCE(string_agg(version_num, ', '), 'base')
        || ', this script needs ' || COALESCE(NULLIF(array_to_string($1, ', '), ''), 'base')
END AS INTEGER) AS TEXT), false) AS changescript
FROM {table};
""".strip()

_EXECUTE = r"""
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check({heads}, :'before', '{word}') \gset
""".strip()

_RESULT = r"""
SELECT CASE WHEN :'state' = 'passed' THEN 'OK' ELSE 'FAILED' END || ': database ' || current_database()
    || ' is at ' || COALESCE(string_agg(version_num, ', ' ORDER BY version_num), 'base') AS result
FROM {table};
""".strip()

# One row, or the transaction fails: a second script at the same time finds none.
_STAMP = r"""
WITH changed AS ({change} RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset
""".strip()


@dataclass(frozen=True, slots=True)
class PlainFrame:
    """The frame of one script."""

    given: FrameInput

    right_server: ClassVar[str]
    """Condition that holds on the servers that the script is for."""
    wrong_server: ClassVar[str]
    """What to tell of any other."""
    session: ClassVar[tuple[str, ...]] = ()
    """Settings beyond those that PostgreSQL and all relatives have; they follow the check of the server."""

    def opening(self) -> Sequence[Section]:
        """Return client strictness, session settings, safety catch and guard."""
        settings = self.given.settings
        session = _SESSION.format(
            search_path=settings.search_path,
            lock_timeout=settings.lock_timeout,
            statement_timeout=settings.statement_timeout,
        )
        by_hand = [*how_to_go_on(self.given), *manual_checks(self.given)]
        lines = [*by_hand, *self._guard(), r"\unset QUIET", "-- start"]
        return (
            Section("Client and session", f"{CLIENT}\n{session}"),
            Section("Guard: how every check below looks at alembic_version", "\n".join(lines)),
        )

    def _guard(self) -> Iterator[str]:
        given, name = self.given, literal(self._table)
        yield "SET default_transaction_read_only = on;"
        yield r"\set state passed"
        yield _SERVER.format(message=self.wrong_server, right=self.right_server)
        yield from self.session
        if given.lower:
            yield _NO_TABLE.format(needs=", ".join(given.lower), name=name)
        else:
            yield _MAKE_TABLE.format(table=self._table, key=self._key, right=self.right_server)
        at = ", ".join(given.upper) or "base"
        yield _CHECK.format(table=self._table, right=self.right_server, target=literal(at), at=at)

    @property
    def _key(self) -> str:
        table = self.given.version_table
        name = identifier(f"{table.name}_pkc")
        return f",\n    CONSTRAINT {name} PRIMARY KEY (version_num)" if table.primary_key else ""

    def begin(self, segment: Segment) -> str:
        """Return where a run may go on, the segment's check, and the start of its transaction if it has one."""
        first = segment is self.given.segments[0]
        lines = [*way_on(segment), _execute(segment.needs, "REFUSED" if first else "FAILED"), *started(segment)]
        if segment.is_several_changes:
            lines.append("BEGIN;")
        return "\n".join(lines)

    def end(self, segment: Segment) -> str:
        """Return the end of the segment's transaction."""
        return "COMMIT;" if segment.is_several_changes else ""

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the statement that writes the step's progress line."""
        return f"SELECT '{index} of {count}: {heads_name(step.before)} -> {heads_name(step.after)}' AS progress;"

    def precondition(self, sql: str) -> str:  # noqa: ARG002 - a person looks for its work
        """Return nothing: the check right before a statement that commits by itself says what must hold."""
        return ""

    def inside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - nothing depends on the statement
        """Return the statement as it is."""
        return text

    def outside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - as above
        """Return the statement as it is; the check behind it asks psql whether it has failed."""
        return text

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows, each of which fails unless it changes one row."""
        changes = version_changes(self._table, before, after)
        return "\n".join(_STAMP.format(change=change.removesuffix(";")) for change in changes)

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""
        lines = [_execute(self.given.upper, "FAILED"), _RESULT.format(table=self._table)]
        return (Section("End: where the database really is", "\n".join(lines)),)

    @property
    def _table(self) -> str:
        table = self.given.version_table
        return ".".join(identifier(name) for name in (table.schema, table.name) if name)


def _execute(heads: Heads, word: str) -> str:
    return _EXECUTE.format(heads=array_of(heads), word=word)
