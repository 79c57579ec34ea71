"""The frame of a psql script: what facts about psql and PostgreSQL it rests on stands beside each part."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, ClassVar

from changescript.dialects.base import FrameInput, Section, with_semicolon
from changescript.dialects.postgresql.assuming import assume, require_schema
from changescript.dialects.postgresql.guard import (
    CATCH,
    CLIENT,
    DROP_INVALID_INDEX,
    HEADS,
    IS_RELATIVE,
    NOT_POSTGRESQL,
    NOT_STARTED,
    REFUSE_SERVER,
    REQUIRE,
    REQUIRE_INDEX,
    REQUIRE_MANUAL,
    REQUIRE_SCHEMA_AT_START,
    SESSION,
)
from changescript.dialects.postgresql.manual import checked_again
from changescript.dialects.postgresql.spelling import array_of, identifier, literal
from changescript.dialects.postgresql.statements import ConcurrentIndex, concurrent_index, setting_of
from changescript.dialects.version_rows import version_changes
from changescript.formatting.lexicon import POSTGRESQL as LEXICON
from changescript.model import Heads, Step, heads_name
from changescript.segments import is_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from changescript.model import Assumed
    from changescript.segments import Planned, Segment


@dataclass(frozen=True, slots=True)
class PostgresqlFrame:
    """The frame of one script."""

    given: FrameInput

    before_guard: ClassVar[tuple[str, ...]] = ()
    behind_guard: ClassVar[tuple[str, ...]] = ()
    """Settings around the routines of the guard."""

    def opening(self) -> Sequence[Section]:
        """Return client strictness, session settings, safety catch and guard."""
        settings = self.given.settings
        session = SESSION.format(
            search_path=settings.search_path,
            lock_timeout=settings.lock_timeout,
            statement_timeout=settings.statement_timeout,
        )
        return (
            Section("Client and session", f"{CLIENT}\n{session}"),
            Section("Guard: how every check below looks at alembic_version", self._guard()),
        )

    def _guard(self) -> str:
        parts = [
            NOT_POSTGRESQL,
            *self.before_guard,
            HEADS.format(table=self._table, name=literal(self._table)),
            REQUIRE.format(
                lock=self._lock_key,
                server=self._server_checks(),
                schema=REQUIRE_SCHEMA_AT_START if self.given.at_start else "",
            ),
        ]
        if self._assumed:
            parts.append(require_schema(self._assumed))
        indexes = _indexes_of(self.given.segments)
        if indexes:
            parts.append(REQUIRE_INDEX)
        if any(index.creates and index.conditional for index in indexes):
            parts.append(DROP_INVALID_INDEX)
        if any(planned.statement.manual for planned in self.given.planned):
            parts.append(REQUIRE_MANUAL)
        parts += [*self.behind_guard, NOT_STARTED, CATCH, self._first_check()]
        if self._stretches:
            parts.append(self._where_to_start())
        parts.append(r"\unset QUIET")
        return "\n".join(parts)

    @property
    def _assumed(self) -> dict[int, Mapping[str, Assumed]]:
        """What has to hold of the schema, by the number of the statement behind which it has to."""
        later = {item.number: self.given.later(item.number) for item in self.given.planned}
        return {number: found for number, found in {0: self.given.at_start, **later}.items() if found}

    def wrong_servers(self) -> Iterator[tuple[str, str]]:
        """Yield what a server must not be, as a condition of PL/pgSQL, with what to tell of it."""
        yield IS_RELATIVE
        release = self.given.release
        if release:
            wrong = f"current_setting('server_version_num')::integer / 10000 <> {release}"
            yield wrong, f"this script is for PostgreSQL {release}"

    def _server_checks(self) -> str:
        checks = (REFUSE_SERVER.format(condition=wrong, message=message) for wrong, message in self.wrong_servers())
        return "".join(checks)

    def _first_check(self) -> str:
        arguments = [array_of(self.given.lower), f"target => {array_of(self.given.upper)}"]
        if self._markers:
            arguments.append(f"half_done => ARRAY[{', '.join(map(array_of, self._markers))}]")
        return f"CALL pg_temp.require_heads({', '.join(arguments)});"

    @property
    def _markers(self) -> tuple[Heads, ...]:
        """The half-done states that another run can start from, in the order of the script."""
        return self.given.markers

    @property
    def _stretches(self) -> dict[Heads, int]:
        """For each marker, the number of the stretch of segments that starts with it; what is before may be skipped."""
        return {heads: number for number, heads in enumerate(self._markers, start=1)}

    def _where_to_start(self) -> str:
        r"""Return the query that tells psql which stretches an earlier run has done.

        The lone `;` ends it in a client that does not know `\\gset`; there the checks alone decide.
        """
        later = [
            f"pg_temp.heads() NOT IN ({', '.join(map(array_of, self._markers[at:]))})"
            for at in range(len(self._markers))
        ]
        columns = ",\n    ".join(f"{condition} AS stretch_{at}" for at, condition in enumerate(later, start=1))
        return f"SELECT\n    {columns}\n\\gset\n;"

    def begin(self, segment: Segment) -> str:
        """Return the segment's check, and the start of its transaction if it has one."""
        check = f"CALL pg_temp.require_heads({array_of(segment.needs)});"
        lines = [*self._stretch_start(segment)]
        if segment is not self.given.segments[0] or self._markers:
            lines += [CATCH, self._releasing_check(segment)]
            if segment.numbers and segment is not self.given.segments[0]:
                after = self.given.after_failure(segment)
                lines.append(f"SELECT 'statement {segment.numbers[0]}; {after}' AS progress;")
        lines += self._replayed(segment)
        if segment is self.given.segments[0] and self.given.pending:
            lines += _taken_away(self.given.pending)
        if segment.outside:
            return "\n".join(lines)
        lines += ["BEGIN;", *self._version_table(segment), f"LOCK TABLE {self._table} IN EXCLUSIVE MODE;", check]
        if segment.done_before and self.given.later(segment.done_before.number):
            lines.append(assume(segment.done_before.number, {}))
        return "\n".join(lines)

    def _replayed(self, segment: Segment) -> list[str]:
        """Return the settings that statements before have changed; a run that starts here has not made them."""
        if not is_marked(segment.needs):
            return []
        before = takewhile(lambda each: each is not segment, self.given.segments)
        done = [*self.given.skipped, *(planned for each in before for planned in each.planned)]
        last = {name: planned.statement.sql for planned in done if (name := setting_of(planned.statement.sql))}
        return [with_semicolon(sql, LEXICON) for sql in last.values()]

    def _releasing_check(self, segment: Segment) -> str:
        """Return the check that releases the catch: not before a concurrent index is what it should be by now."""
        if segment.done_before and segment.done_before.statement.manual:
            return checked_again(segment.done_before.statement.manual, segment.needs)
        arguments = [array_of(segment.needs)]
        index = concurrent_index(segment.done_before.statement.sql) if segment.done_before else None
        if index:
            arguments.append(f"index => {literal(index.name)}")
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
            f",\n    CONSTRAINT {identifier(f'{table.name}_pkc')} PRIMARY KEY (version_num)"
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
        return f"CALL pg_temp.require_index({literal(index.name)}, '{state}');"

    def inside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - nothing depends on the statement
        """Return the statement as it is."""
        return text

    def outside(self, planned: Planned, text: str) -> str:
        """Return the statement so that a new run can repeat it; a timeout would leave an index half made."""
        if planned.statement.manual:
            return text
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
        return "\n".join([*lines, f"CALL pg_temp.require_heads({array_of(after)}, 'FAILED');"])

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""
        at = array_of(self.given.upper)
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
        return ".".join(identifier(name) for name in (table.schema, table.name) if name)

    @property
    def _lock_key(self) -> int:
        """The same number in every script for this version table; advisory locks are kept per database."""
        digest = hashlib.sha256(f"changescript {self._table}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)


def _taken_away(pending: Planned) -> list[str]:
    """Return what takes away a concurrent index that may be there, whole or INVALID; its marker says it is ours."""
    index = concurrent_index(pending.statement.sql)
    if index and index.creates and not index.conditional:
        return [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name};"]
    return [f"-- no check can tell whether statement {pending.number} is done: look before undoing what was before it"]


def _repeatable(index: ConcurrentIndex, text: str) -> list[str]:
    """Return a concurrent index statement so that it can be started again after it failed or was cut off."""
    if not index.creates:
        return [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name};"]
    name = literal(index.name)
    # A failed CREATE INDEX CONCURRENTLY leaves an INVALID index behind. IF NOT EXISTS would take that for done, and
    # must not take away a valid one that was there before.
    leftover = (
        f"CALL pg_temp.drop_invalid_index({name});"
        if index.conditional
        else f"DROP INDEX CONCURRENTLY IF EXISTS {index.name};"
    )
    return [leftover, text]


def _indexes_of(segments: Iterable[Segment]) -> list[ConcurrentIndex]:
    statements = [planned.statement.sql for segment in segments if segment.outside for planned in segment.planned]
    return [index for sql in statements if (index := concurrent_index(sql))]
