"""The frame of a psql script: what facts about psql and PostgreSQL it rests on stands beside each part."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS

from changescript.dialects.base import FrameInput, Section
from changescript.dialects.postgresql.statements import ConcurrentIndex, concurrent_index
from changescript.dialects.version_rows import version_changes
from changescript.model import Heads, Step, heads_name
from changescript.segments import Planned, Postcondition, Segment, is_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# QUIET hides the tags of the settings. ON_ERROR_ROLLBACK=on in a psqlrc swallows the guard's error and commits the
# rest; AUTOCOMMIT off loses everything with exit 0. Unaligned tuples make a progress line just that line.
_CLIENT = r"""
\set QUIET on
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set SINGLELINE off
\encoding UTF8
\pset pager off
\pset format unaligned
\pset tuples_only on
""".strip()

# DateStyle is given without an order of day, month and year: dates in raw SQL mean what they mean in this database.
_SESSION = """
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET search_path = {search_path}, pg_temp;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET IntervalStyle = 'postgres';
SET default_transaction_isolation = 'read committed';
SET default_transaction_deferrable = off;
SET lock_timeout = '{lock_timeout}';
SET statement_timeout = '{statement_timeout}';
SET idle_in_transaction_session_timeout = '10min';
SET check_function_bodies = on;
SET row_security = off;
SET client_min_messages = 'notice';
""".strip()

_HEADS = """
SET default_transaction_read_only = off;
CREATE OR REPLACE FUNCTION pg_temp.heads() RETURNS text[]
LANGUAGE plpgsql AS $guard$
BEGIN
    IF to_regclass({name}) IS NULL THEN
        RETURN '{{}}';
    END IF;
    RETURN (
        SELECT coalesce(array_agg(version_num::text ORDER BY version_num COLLATE "C"), '{{}}')
        FROM {table}
    );
END
$guard$;
""".strip()

# Line ends that mail or version control has converted would be stored in the bodies of functions. `found` would shadow
# PL/pgSQL's own, which plpgsql.extra_errors takes for a mistake.
_REQUIRE = """
CREATE OR REPLACE PROCEDURE pg_temp.require_heads(
    want text[],
    otherwise text DEFAULT 'REFUSED',
    target text[] DEFAULT NULL,
    half_done text[] DEFAULT '{{}}',
    index text DEFAULT NULL,
    state text DEFAULT NULL
)
LANGUAGE plpgsql AS $guard$
DECLARE
    have text[];
    actual text;
    needed text := coalesce(nullif(array_to_string(want, ', '), ''), 'base');
BEGIN
    IF strpos('
    ', E'\\r') > 0 THEN
        RAISE EXCEPTION 'REFUSED: the line ends of this file have been converted to CRLF';
    END IF;
    -- a session that has just ended may hold its lock for a moment
    FOR attempt IN 1..20 LOOP
        EXIT WHEN pg_try_advisory_lock({lock});
        IF attempt = 20 THEN
            RAISE EXCEPTION 'REFUSED: another script is running in database "%"', current_database();
        END IF;
        PERFORM pg_sleep(0.1);
    END LOOP;
    IF target IS NULL AND current_setting('changescript.started') <> 'yes' THEN
        RAISE EXCEPTION 'REFUSED: the first check of this script has not passed';
    END IF;
    have := pg_temp.heads();
    actual := coalesce(nullif(array_to_string(have, ', '), ''), 'base');
    IF have = target THEN
        RAISE EXCEPTION 'REFUSED: database "%" is already at %, nothing to do',
            current_database(), actual;
    ELSIF have <> want
        AND NOT EXISTS (SELECT FROM unnest(half_done) AS marker WHERE marker::text[] = have)
    THEN
        RAISE EXCEPTION '%: database "%" is at %, this script needs %',
            otherwise, current_database(), actual, needed;
    END IF;
    IF index IS NOT NULL THEN
        CALL pg_temp.require_index(index, state);
    END IF;
    PERFORM set_config('changescript.started', 'yes', false);
    -- the session stays read-only until a check has passed
    PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;
""".strip()

_REQUIRE_INDEX = """
CREATE OR REPLACE PROCEDURE pg_temp.require_index(name text, state text)
LANGUAGE plpgsql AS $guard$
DECLARE
    have text := (
        SELECT CASE WHEN indisvalid THEN 'valid' ELSE 'INVALID' END
        FROM pg_index
        WHERE indexrelid = to_regclass(name)
    );
BEGIN
    IF coalesce(have, 'missing') <> ALL (string_to_array(state, ' or ')) THEN
        RAISE EXCEPTION 'FAILED: index % is %, it must be % here',
            name, coalesce(have, 'missing'), state;
    END IF;
END
$guard$;
""".strip()

_DROP_INVALID_INDEX = """
CREATE OR REPLACE PROCEDURE pg_temp.drop_invalid_index(name text)
LANGUAGE plpgsql AS $guard$
BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(name) AND NOT indisvalid) THEN
        EXECUTE 'DROP INDEX ' || to_regclass(name);
    END IF;
END
$guard$;
""".strip()

# BEGIN and COMMIT end a transaction that the client may have opened by itself (AUTOCOMMIT off): the catch counts from
# the next one on. `SET transaction_read_only` is no way: it ends with the savepoints of psql's ON_ERROR_ROLLBACK.
_CATCH = """
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
""".strip()

# A client that goes on after the first refusal may find the database where a later part starts.
_NOT_STARTED = "SET changescript.started = 'no';"


@dataclass(frozen=True, slots=True)
class PostgresqlFrame:
    """The frame of one script."""

    given: FrameInput

    def opening(self) -> Sequence[Section]:
        """Return client strictness, session settings, safety catch and guard."""
        settings = self.given.settings
        session = _SESSION.format(
            search_path=settings.search_path,
            lock_timeout=settings.lock_timeout,
            statement_timeout=settings.statement_timeout,
        )
        return (
            Section("Client and session", f"{_CLIENT}\n{session}"),
            Section("Guard: how every check below looks at alembic_version", self._guard()),
        )

    def _guard(self) -> str:
        parts = [_HEADS.format(table=self._table, name=_literal(self._table)), _REQUIRE.format(lock=self._lock_key)]
        indexes = _indexes_of(self.given.segments)
        if indexes:
            parts.append(_REQUIRE_INDEX)
        if any(index.creates and index.conditional for index in indexes):
            parts.append(_DROP_INVALID_INDEX)
        parts += [_NOT_STARTED, _CATCH, self._first_check()]
        if self._stretches:
            parts.append(self._where_to_start())
        parts.append(r"\unset QUIET")
        return "\n".join(parts)

    def _first_check(self) -> str:
        arguments = [_array(self.given.lower), f"target => {_array(self.given.upper)}"]
        if self._markers:
            arguments.append(f"half_done => ARRAY[{', '.join(map(_array, self._markers))}]")
        return f"CALL pg_temp.require_heads({', '.join(arguments)});"

    @property
    def _markers(self) -> tuple[Heads, ...]:
        """The half-done states that a run can start from, in the order of the script."""
        return tuple(dict.fromkeys(segment.needs for segment in self.given.segments if is_marked(segment.needs)))

    @property
    def _stretches(self) -> dict[Heads, int]:
        """For each marker, the number of the stretch of segments that starts with it; what is before may be skipped."""
        return {heads: number for number, heads in enumerate(self._markers, start=1)}

    def _where_to_start(self) -> str:
        r"""Return the query that tells psql which stretches an earlier run has done.

        The lone `;` ends it in a client that does not know `\\gset`; there the checks alone decide.
        """
        later = [
            f"pg_temp.heads() NOT IN ({', '.join(map(_array, self._markers[at:]))})" for at in range(len(self._markers))
        ]
        columns = ",\n    ".join(f"{condition} AS stretch_{at}" for at, condition in enumerate(later, start=1))
        return f"SELECT\n    {columns}\n\\gset\n;"

    def begin(self, segment: Segment) -> str:
        """Return the segment's check, and the start of its transaction if it has one."""
        check = f"CALL pg_temp.require_heads({_array(segment.needs)});"
        lines = [*self._stretch_start(segment)]
        if segment is not self.given.segments[0] or self._markers:
            lines += [_CATCH, self._releasing_check(segment)]
            if segment.numbers and segment is not self.given.segments[0]:
                lines.append(f"SELECT 'going on with statement {segment.numbers[0]}' AS progress;")
        if segment.outside:
            return "\n".join(lines)
        lines += ["BEGIN;", *self._version_table(segment), f"LOCK TABLE {self._table} IN EXCLUSIVE MODE;", check]
        return "\n".join(lines)

    def _releasing_check(self, segment: Segment) -> str:
        """Return the check that releases the catch: not before a concurrent index is what it should be by now."""
        arguments = [_array(segment.needs)]
        done = [item.planned.statement.sql for item in segment.items if isinstance(item, Postcondition)]
        index = concurrent_index(done[0]) if done else None
        if index:
            arguments.append(f"index => {_literal(index.name)}")
            arguments.append(f"state => '{'valid' if index.creates else 'missing'}'")
        return f"CALL pg_temp.require_heads({', '.join(arguments)});"

    def _stretch_start(self, segment: Segment) -> list[str]:
        r"""Return the `\\if` that opens a stretch; the `;` ends it in a client that does not know `\\if`."""
        segments, stretches = self.given.segments, self._stretches
        if not stretches:
            return []
        starts = next(other for other in segments if other.needs == segment.needs) is segment
        number = stretches.get(segment.needs, 0) if starts else 0
        if segment is segments[0]:
            return [r"\if :stretch_1", ";"]
        if not number:
            return []
        return [
            r"\endif",
            *([rf"\if :stretch_{number + 1}"] if number < len(stretches) else []),
            ";",
        ]

    def _version_table(self, segment: Segment) -> list[str]:
        if segment is not self.given.segments[0] or self.given.lower:
            return []
        table = self.given.version_table
        key = (
            f",\n    CONSTRAINT {_identifier(f'{table.name}_pkc')} PRIMARY KEY (version_num)"
            if table.primary_key
            else ""
        )
        return [f"CREATE TABLE IF NOT EXISTS {self._table} (\n    version_num VARCHAR(32) NOT NULL{key}\n);"]

    def end(self, segment: Segment) -> str:
        """Return the end of the segment's transaction."""
        return "" if segment.outside else "COMMIT;"

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the statement that writes the step's progress line."""
        return f"SELECT '{index} of {count}: {heads_name(step.before)} -> {heads_name(step.after)}' AS progress;"

    def precondition(self, sql: str) -> str:
        """Return the check that an index to be made is not there yet, and one to be dropped is.

        From here on an index of that name is this script's own, so that a new run may drop it and start again.
        """
        index = concurrent_index(sql)
        if index is None or index.conditional:
            return ""
        state = "missing" if index.creates else "valid or INVALID"
        return f"CALL pg_temp.require_index({_literal(index.name)}, '{state}');"

    def inside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - nothing depends on the statement
        """Return the statement as it is."""
        return text

    def outside(self, planned: Planned, text: str) -> str:
        """Return the statement so that a new run can repeat it; a timeout would leave an index half made."""
        index = concurrent_index(planned.statement.sql)
        lines = _repeatable(index, text) if index else [text]
        settings = self.given.settings
        return "\n".join(
            [
                "SET lock_timeout = 0;",
                "SET statement_timeout = 0;",
                *lines,
                f"SET lock_timeout = '{settings.lock_timeout}';",
                f"SET statement_timeout = '{settings.statement_timeout}';",
            ]
        )

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows, and the check of the whole set, which proves that one row changed."""
        lines = version_changes(self._table, before, after)
        return "\n".join([*lines, f"CALL pg_temp.require_heads({_array(after)}, 'FAILED');"])

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""
        at = _array(self.given.upper)
        lines = [
            f"CALL pg_temp.require_heads({at}, 'FAILED');",
            f"SELECT CASE WHEN pg_temp.heads() = {at} THEN 'OK' ELSE 'FAILED' END",
            "    || ': database ' || current_database() || ' is at '",
            "    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;",
        ]
        return (Section("End: where the database really is", "\n".join(lines)),)

    @property
    def _table(self) -> str:
        table = self.given.version_table
        return ".".join(_identifier(name) for name in (table.schema, table.name) if name)

    @property
    def _lock_key(self) -> int:
        """The same number in every script for this version table; advisory locks are kept per database."""
        digest = hashlib.sha256(f"changescript {self._table}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)


def _repeatable(index: ConcurrentIndex, text: str) -> list[str]:
    """Return a concurrent index statement so that it can be started again after it failed or was cut off."""
    if not index.creates:
        return [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name};"]
    name = _literal(index.name)
    # A failed CREATE INDEX CONCURRENTLY leaves an INVALID index behind. IF NOT EXISTS would take that for done, and
    # must not take away a valid one that was there before.
    leftover = (
        f"CALL pg_temp.drop_invalid_index({name});"
        if index.conditional
        else f"DROP INDEX CONCURRENTLY IF EXISTS {index.name};"
    )
    return [leftover, text]


def _indexes_of(segments: Iterable[Segment]) -> list[ConcurrentIndex]:
    statements = [
        item.statement.sql
        for segment in segments
        if segment.outside
        for item in segment.items
        if isinstance(item, Planned)
    ]
    return [index for sql in statements if (index := concurrent_index(sql))]


def _array(heads: Heads) -> str:
    """Return heads as a text[] literal; ids hold no character that an array would need quoted, but may read NULL."""
    return "'{" + ",".join(f'"{head}"' if head.lower() == "null" else head for head in heads) + "}'"


def _identifier(name: str) -> str:
    plain = name.isascii() and name.isidentifier() and name == name.lower() and name not in RESERVED_WORDS
    return name if plain else '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
