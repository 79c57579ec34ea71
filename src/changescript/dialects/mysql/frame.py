"""The frame of a script for the mysql or mariadb client; beside each part stands what it rests on.

Run with MariaDB 10.11, client and server. What MySQL needs otherwise is from its manual and sources: no MySQL was run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy.dialects.mysql.reserved_words import RESERVED_WORDS_MARIADB, RESERVED_WORDS_MYSQL

from changescript.dialects.base import FrameInput, Section
from changescript.dialects.generic.by_hand import from_line_of
from changescript.dialects.mysql.assuming import assume
from changescript.dialects.mysql.checks import (
    ERRORS,
    LOOK_AGAIN,
    OPENING_CHECKS,
    START_TRANSACTION,
    check,
    end_of_transaction,
    literal,
)
from changescript.dialects.mysql.evidence import Evidence, evidence_of
from changescript.dialects.mysql.releases import wrong_mariadb, wrong_mysql
from changescript.dialects.mysql.statements import delimiter_for, keeps_in_session, replayed_setting
from changescript.errors import RevisionError
from changescript.model import Heads, Step, heads_name, spelled
from changescript.segments import Planned, Segment, is_marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A delimiter, --safe-updates and init-command may stand in a my.cnf. MySQL takes literals apart by sql_mode, so the
# modes that change what a quote or a backslash means are never kept; all others are the server's, because triggers,
# routines and events store the mode they are made in. Likewise the time zone, in which NOW() and literals are read.
# The client sees DELIMITER only behind a statement or at a file's start; behind comments not if lines end in CRLF.
_SESSION = """
SET NAMES utf8mb4;
DELIMITER ;
SET SESSION sql_mode = IF(
    @@GLOBAL.sql_mode REGEXP 'ANSI|NO_BACKSLASH_ESCAPES|ORACLE|MSSQL|DB2|MAXDB|POSTGRESQL|EMPTY_STRING',
    'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    CONCAT_WS(',', NULLIF(@@GLOBAL.sql_mode, ''), 'STRICT_TRANS_TABLES', 'NO_ENGINE_SUBSTITUTION')
);
SET SESSION autocommit = 1, completion_type = 0;
SET SESSION time_zone = @@GLOBAL.time_zone;
SET SESSION foreign_key_checks = 1, unique_checks = 1;
SET SESSION sql_safe_updates = 0, sql_select_limit = DEFAULT, max_join_size = DEFAULT;
SET SESSION lock_wait_timeout = {lock}, innodb_lock_wait_timeout = {lock}
    /*!50708 , max_execution_time = {milliseconds} */ /*M! , max_statement_time = {seconds:g} */;
""".strip()

# GROUP_CONCAT leaves NULL out, so that a table with such a row would count as one without it; and a row that holds the
# separator must not look like two.
_HEADS = """
SELECT COALESCE(GROUP_CONCAT(
    COALESCE(NULLIF(REPLACE(CONVERT(version_num USING utf8mb4), ', ', ' , '), ''), '(nothing)')
    ORDER BY CAST(CONVERT(version_num USING utf8mb4) AS BINARY) SEPARATOR ', '
), '') INTO @changescript_at FROM {table}
""".strip()

_HOW_TO_GO_ON = """
-- What commits by itself (DDL above all) can't be undone. While a revision is half applied, alembic_version
-- says so: "b:2" means that 2 statements of b's upgrade are done ("b:-2": of its downgrade), and that the
-- third may have been started.
-- After a failure mend its cause; then run only what is left, from the line that names the state:
--     sed '/^-- start$/,/^-- go on at STATE$/d' FILE | {client} ... DATABASE
-- If it says that the work of that statement is there already, go on behind it:
--     sed '/^-- start$/,/^-- go on at STATE, statement N done$/d' FILE | {client} ... DATABASE
""".strip()

_LONGEST_LOOKED_AT = 100_000
"""Characters; what is longer holds rows, and leaves nothing in its session."""

_TEMPORARY = re.compile(r"\s*CREATE\s+(OR\s+REPLACE\s+)?TEMPORARY\b", re.IGNORECASE)

_RESERVED = RESERVED_WORDS_MYSQL | RESERVED_WORDS_MARIADB

_FORGOTTEN = "-- No way on from {state}: statement {number} left something in its session; restore a backup"

_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86400}
_NO_LIMIT = 31536000
"""Seconds: the most that lock_wait_timeout takes; 0 would mean not to wait at all."""


@dataclass(frozen=True, slots=True)
class _Session:
    """What a new session would miss: numbers of the statements that leave it there."""

    kept: int | None
    temporary: int | None
    switches: list[tuple[int, str, str]]


@dataclass(frozen=True)
class MysqlFrame:
    """The frame of one script for MySQL."""

    given: FrameInput

    client = "mysql"

    @property
    def wrong_server(self) -> str:
        """What refuses a server."""
        return wrong_mysql(self.given.release)

    def opening(self) -> Sequence[Section]:
        """Return session settings, safety catch, and what all checks are made of."""
        settings = self.given.settings
        session = _SESSION.format(
            lock=_whole_seconds(settings.lock_timeout),
            milliseconds=round(_seconds(settings.statement_timeout) * 1000),
            seconds=_seconds(settings.statement_timeout),
        )
        table = self.given.version_table
        schema = literal(table.schema) if table.schema else "DATABASE()"
        checks = OPENING_CHECKS.format(
            target=literal(", ".join(self.given.upper)),
            lock_scope=f"{schema}, {literal('.' + table.name)}",
            heads=literal(_HEADS.format(table=self._table)),
            schema=schema,
            table=literal(table.name),
            wrong_server=self.wrong_server.replace("'", "''"),
        )
        how = [_HOW_TO_GO_ON.format(client=self.client)] if self.given.markers else []
        self._refuse_forgotten()
        return (
            Section("Client and session", session),
            Section("Guard: how every check below looks at alembic_version", "\n".join([*how, checks, "-- start"])),
        )

    def _refuse_forgotten(self) -> None:
        forgotten = self._left_in_session(self.given.segments[0]) if self.given.skipped else None
        if forgotten is not None:
            raise RevisionError(
                f"statement {forgotten} of the script that has stopped left something in its session",
                hint="no other script can go on behind it; restore a backup",
            )

    def begin(self, segment: Segment) -> str:
        """Return where a run may go on, the segment's check, and the start of its transaction if it has one."""
        self._refuse_to_stop(segment)
        lines = [*self._way_on(segment), *self._check(segment), *self._version_table(segment)]
        lines += [f"{sql};" for sql in self._replayed(segment)]
        if segment.numbers:
            lines.append(f"SELECT 'statement {segment.numbers[0]}; {self._after_failure(segment)}' AS progress;")
        if segment.is_several_changes:
            lines.append(START_TRANSACTION)
        return "\n".join(lines)

    def _refuse_to_stop(self, segment: Segment) -> None:
        """Raise RevisionError for a manual step behind something that the session which goes on would miss."""
        manual = next((planned for planned in segment.planned if planned.statement.manual), None)
        forgotten = self._left_in_session(segment)
        if manual and forgotten is not None:
            raise RevisionError(
                f"{manual.statement.source}: statement {forgotten} of the script leaves something in its session, "
                "which is another one behind the manual step",
                hint="do without user variables, temporary tables and settings of the session before it",
            )

    def _after_failure(self, segment: Segment) -> str:
        """Return what to do if this is the last line that a run has written."""
        if not is_marked(segment.needs):
            return self.given.after_failure(segment)
        if self._left_in_session(segment) is not None:
            return "if it fails, restore a backup"
        return from_line_of(segment)

    def _way_on(self, segment: Segment) -> Iterator[str]:
        if not is_marked(segment.needs):
            return
        state, done = spelled(segment.needs), segment.done_before
        forgotten = self._left_in_session(segment)
        if forgotten is not None:
            yield _FORGOTTEN.format(state=state, number=forgotten)
        elif done is None:
            planned = segment.planned
            if segment.outside and self._evidence(planned[0]) is None:
                yield f"-- no check can tell whether statement {planned[0].number} is done: look before going on here"
            yield f"-- go on at {state}"
        else:
            yield f"-- go on at {state}, statement {done.number} done"

    def _check(self, segment: Segment) -> list[str]:
        done, pending, besides = segment.done_before, self.given.pending, self._assumed(segment)
        if segment is self.given.segments[0] and pending:
            return self._not_pending(segment, pending)
        if done is not None:
            evidence = self._evidence(done)
            if evidence:
                said = f"statement {done.number} has left no trace"
                return check(segment.needs, evidence.done(), said, besides=besides)
        elif segment.outside:
            (number,) = segment.numbers
            evidence = self._evidence(segment.planned[0])
            if evidence and not evidence.repeatable:
                said = f"the work of statement {number} is there already"
                return check(segment.needs, evidence.not_done(), said, besides=besides)
        return check(segment.needs, besides=besides)

    def _assumed(self, segment: Segment) -> str:
        """Return what asks whether the schema is as assumed where the segment starts."""
        done = segment.done_before
        if segment is self.given.segments[0]:
            return assume(0, self.given.at_start) if self.given.at_start else ""
        later = self.given.later(done.number) if done else {}
        return assume(done.number, later) if done and later else ""

    def _not_pending(self, segment: Segment, pending: Planned) -> list[str]:
        evidence = self._evidence(pending)
        if evidence and not evidence.repeatable:
            said = f"the work of statement {pending.number} is there already, undo that first"
            return check(segment.needs, evidence.not_done(), said)
        look = (
            f"-- no check can tell whether statement {pending.number} is done: look before undoing what was before it"
        )
        return [look, *check(segment.needs)]

    def _evidence(self, planned: Planned) -> Evidence | None:
        """Return how to see what a statement has done; a temporary table could hide another of its name."""
        hidden = self._session.temporary is not None and self._session.temporary < planned.number
        return None if hidden else evidence_of(planned.statement.sql)

    @cached_property
    def _session(self) -> _Session:
        """What statements leave in their session, found once; long ones hold rows."""
        items = [*self.given.skipped, *self.given.planned]
        short = [
            (item.number, item.statement.text)
            for item in items
            if isinstance(item.statement.text, str) and len(item.statement.text) < _LONGEST_LOOKED_AT
        ]
        return _Session(
            kept=next((number for number, sql in short if keeps_in_session(sql)), None),
            temporary=next((number for number, sql in short if _TEMPORARY.match(sql)), None),
            switches=[(number, name, sql) for number, sql in short if (name := replayed_setting(sql))],
        )

    def _left_in_session(self, segment: Segment) -> int | None:
        kept = self._session.kept
        return kept if kept is not None and kept < _next_number(segment) else None

    def _replayed(self, segment: Segment) -> list[str]:
        """Return the switches of checks that earlier statements have set; a new run has lost them."""
        if not is_marked(segment.needs):
            return []
        last = {name: sql for number, name, sql in self._session.switches if number < _next_number(segment)}
        return list(last.values())

    def _version_table(self, segment: Segment) -> list[str]:
        """Return the table as Alembic makes it; it is DDL, and so it can't be in the first transaction."""
        if segment is not self.given.segments[0] or self.given.lower:
            return []
        table = self.given.version_table
        key = f",\n    CONSTRAINT {_identifier(f'{table.name}_pkc')} PRIMARY KEY (version_num)"
        return [
            f"CREATE TABLE IF NOT EXISTS {self._table} (",
            f"    version_num VARCHAR(32) NOT NULL{key if table.primary_key else ''}",
            ");",
            ERRORS,
            LOOK_AGAIN,
        ]

    def end(self, segment: Segment) -> str:
        """Return the proof that the rows are as they should be, and the COMMIT, which is a ROLLBACK without it."""
        if not segment.is_several_changes:
            return ""
        return "\n".join(end_of_transaction(segment.leaves))

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the statement that writes the step's progress line."""
        return f"SELECT '{index} of {count}: {heads_name(step.before)} -> {heads_name(step.after)}' AS progress;"

    def precondition(self, sql: str) -> str:  # noqa: ARG002
        """Return nothing: what must hold stands in the check right before a statement that commits by itself."""
        return ""

    def inside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - nothing depends on the statement
        """Return the statement, and the count of its errors."""
        return f"{text}\n{ERRORS}"

    def outside(self, planned: Planned, text: str) -> str:
        """Return the statement, between DELIMITER lines if it holds semicolons, and the count of its errors."""
        delimiter = delimiter_for(planned.statement.sql)
        if delimiter is None:
            return f"{text}\n{ERRORS}"
        body = text.removesuffix(";").rstrip("\n")
        return f"DELIMITER {delimiter}\n{body}\n{delimiter}\nDELIMITER ;\n{ERRORS}"

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows; nothing changes once a statement has failed."""
        gone, new = sorted(set(before) - set(after)), sorted(set(after) - set(before))
        paired, clean = min(len(gone), len(new)), "@changescript_errors = 0"
        lines = [
            f"UPDATE {self._table} SET version_num = '{to}'\nWHERE version_num = '{from_}' AND {clean};"
            for from_, to in zip(gone, new, strict=False)
        ]
        lines += [
            f"INSERT INTO {self._table} (version_num)\nSELECT '{to}' FROM DUAL WHERE {clean};" for to in new[paired:]
        ]
        lines += [f"DELETE FROM {self._table} WHERE version_num = '{from_}' AND {clean};" for from_ in gone[paired:]]
        return "\n".join([*lines, ERRORS])

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""
        lines = [
            *check(self.given.upper),
            "SET SESSION TRANSACTION READ ONLY; EXECUTE changescript_look;",
            "SELECT CONCAT(",
            "    IF(",
            "        @changescript_errors = 0 AND @changescript_word = 'FAILED'",
            f"        AND CAST(@changescript_at AS BINARY) = CAST({literal(', '.join(self.given.upper))} AS BINARY),",
            "        'OK', 'FAILED'",
            "    ),",
            "    ': database ', DATABASE(), ' is at ', COALESCE(NULLIF(@changescript_at, ''), 'base')",
            ") AS result;",
        ]
        return (Section("End: where the database really is", "\n".join(lines)),)

    @property
    def _table(self) -> str:
        table = self.given.version_table
        return ".".join(_identifier(name) for name in (table.schema, table.name) if name)


class MariadbFrame(MysqlFrame):
    """The frame of one script for MariaDB."""

    client = "mariadb"

    @property
    def wrong_server(self) -> str:
        """What refuses a server."""
        return wrong_mariadb(self.given.release)


def _next_number(segment: Segment) -> int:
    """Return a number above those of all statements before the segment, and not above its own."""
    done = segment.done_before
    return segment.numbers[0] if segment.numbers else done.number + 1 if done else 0


def _seconds(duration: str) -> float:
    number, unit = re.fullmatch(r"(\d+)(\D*)", duration).groups()  # type: ignore[union-attr]  # settings are checked
    return int(number) * _SECONDS[unit or "ms"]


def _whole_seconds(duration: str) -> int:
    """Return a limit in seconds, which is all that the server takes: at least 1, because 0 is none at all."""
    seconds = _seconds(duration)
    return min(_NO_LIMIT, max(1, -int(-seconds // 1))) if seconds else _NO_LIMIT


def _identifier(name: str) -> str:
    plain = re.fullmatch(r"[a-z_][a-z0-9_]*", name) and name.lower() not in _RESERVED
    return name if plain else "`" + name.replace("`", "``") + "`"
