"""The frame of a script for sqlcmd: one batch for each statement, with a look at how it went behind it.

No SQL Server was there to run it on; guard.py says what each part rests on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from changescript.dialects.base import FrameInput, Section
from changescript.dialects.mssql import guard
from changescript.dialects.mssql.evidence import evidence_of
from changescript.dialects.mssql.releases import MAJOR_VERSIONS
from changescript.dialects.mssql.spelling import in_quotes
from changescript.dialects.mssql.statements import is_module, stores_line_ends
from changescript.dialects.version_rows import version_changes
from changescript.model import Heads, Step, heads_name
from changescript.segments import Heading, Planned, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MILLISECONDS = {"us": 0.001, "": 1, "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_LONGEST_WAIT = 2**31 - 1


@dataclass(frozen=True)
class MssqlFrame:
    """The frame of one script."""

    given: FrameInput

    def opening(self) -> Sequence[Section]:
        """Return client strictness, session settings, and the guard, whose first check lets the rest run."""
        session = guard.SESSION.format(milliseconds=_milliseconds(self.given.settings.lock_timeout))
        return (
            Section("Client and session", session),
            Section(
                "Guard: how every check below looks at alembic_version",
                "\n".join(
                    [
                        guard.HEADS.format(table=self._table, table_text=in_quotes(self._table)),
                        guard.NO_ERROR,
                        guard.REQUIRE.format(lock=self._lock),
                        guard.NO_ERROR,
                        self._first_check(),
                        _gate(0),
                    ]
                ),
            ),
        )

    def _first_check(self) -> str:
        return guard.FIRST_CHECK.format(
            conditions="\n    ".join(condition.strip() for condition in self._conditions()),
            lock=self._lock,
            target=_state(self.given.upper),
            target_name=_name(self.given.upper),
            starts=";".join(map(_state, (self.given.lower, *self.given.markers))),
            needs_name=_name(self.given.lower),
        )

    def _conditions(self) -> Iterator[str]:
        """Yield what else the first check refuses, as far as the script rests on it."""
        release = self.given.release
        yield guard.RELEASE.format(release=release, major=MAJOR_VERSIONS[release]) if release else guard.OLDEST
        if self._stores_line_ends:
            yield guard.LINE_ENDS
        if not all(planned.statement.sql.isascii() for planned in self.given.planned):
            yield guard.ENCODING

    @cached_property
    def _stores_line_ends(self) -> bool:
        return any(stores_line_ends(planned.statement.sql) for planned in self.given.planned)

    def begin(self, segment: Segment) -> str:
        """Return the segment's check, and the start of its transaction if it has one."""
        needs = guard.CHECK.format(needs=_state(segment.needs))
        first = segment is self.given.segments[0]
        lines = [*self._stretch_start(segment)]
        if first and self.given.pending:
            lines.append(self._unknown(self.given.pending))
        after = self.given.after_failure(segment)
        says = f"statement {segment.numbers[0]}; {after}" if segment.numbers and not first else ""
        if not segment.outside:
            lines += ["BEGIN TRANSACTION;", *self._version_table(first=first)]
        return "\n".join([*lines, needs, _gate(0 if segment.outside else 1, says)])

    def _unknown(self, pending: Planned) -> str:
        return f"-- look whether statement {pending.number} is done, before this script undoes those before it"

    def _stretch_start(self, segment: Segment) -> list[str]:
        """Return what skips the segments from here on, up to the next such line, unless this session has come here.

        Only a script that can be started half-way through has it.
        """
        segments, markers = self.given.segments, self.given.markers
        starts = next(other for other in segments if other.needs == segment.needs) is segment
        if not markers or not starts or segment.needs not in (self.given.lower, *markers):
            return []
        reached = guard.REACHED.format(needs=_state(segment.needs))
        return [reached] if segment is segments[0] else [guard.GO_ON.strip(), reached]

    def _version_table(self, *, first: bool) -> list[str]:
        if not first or self.given.lower:
            return []
        table = self.given.version_table
        key = f",\n        CONSTRAINT {_identifier(f'{table.name}_pkc')} PRIMARY KEY (version_num)" * table.primary_key
        return [
            f"IF OBJECT_ID(N'{in_quotes(self._table)}') IS NULL",
            f"    CREATE TABLE {self._table} (\n        version_num VARCHAR(32) NOT NULL{key}\n    );",
        ]

    def end(self, segment: Segment) -> str:
        """Return the end of the segment's transaction, which is noted for the next check of this session."""
        if segment.outside:
            return ""
        leaves = segment.leaves
        return f"{guard.COMMIT.format(leaves=_state(leaves))}\n{_gate(0)}"

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the statement that writes the step's progress line."""
        says = f"{index} of {count}: {heads_name(step.before)} -> {heads_name(step.after)}"
        return _gate(0 if self._begins_outside(step) else 1, says)

    def _begins_outside(self, step: Step) -> bool:
        """Tell whether a step's heading stands in a segment without a transaction: the script starts half-way."""
        return any(
            segment.outside and isinstance(item, Heading) and item.step.step == step
            for segment in self.given.segments
            for item in segment.items
        )

    def precondition(self, sql: str) -> str:
        """Return the check that the work of a statement is not there yet: from here on it is this script's own."""
        evidence = evidence_of(sql)
        if evidence is None:
            return ""
        return f"{guard.ALREADY_THERE.format(done=evidence.done)}\n{_gate(1)}"

    def inside(self, planned: Planned, text: str) -> str:
        """Return the statement as a batch, and a look at how it went."""
        return f"{_alone(planned.statement.sql)}{text}\nGO\n{_done(1, planned)}"

    def outside(self, planned: Planned, text: str) -> str:
        """Return the statement as a batch that does nothing where an earlier run has done it."""
        sql = planned.statement.sql
        evidence = evidence_of(sql)
        repeatable = f"IF NOT ({evidence.done})\n" if evidence else _alone(sql)
        return f"{repeatable}{text}\nGO\n{_done(0, planned)}"

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows, and the proof that it was exactly that."""
        changes = version_changes(self._table, before, after)
        proven = guard.PROVEN.format(
            changes="\n".join(f"{change}\n{guard.COUNTED}" for change in changes),
            needs=_state(after),
            count=len(changes),
        )
        return f"{proven}\n{_gate(1)}"

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""
        end = guard.END.format(target=_state(self.given.upper), lock=self._lock)
        return (Section("End: where the database really is", end),)

    @property
    def _table(self) -> str:
        table = self.given.version_table
        return f"{_identifier(table.schema or 'dbo')}.{_identifier(table.name)}"

    @property
    def _lock(self) -> str:
        """The name of the lock of every script for this version table; locks are kept for each database."""
        return in_quotes(f"changescript {self._table}")


def _alone(sql: str) -> str:
    """Return what parts a statement from the comment above it, which the server would store with it."""
    return "GO\n" if is_module(sql) else ""


def _gate(transactions: int, says: str = "") -> str:
    """Return the look at the batch before, and what it says if all is well."""
    printed = f" ELSE PRINT N'{in_quotes(says)}';" if says else ""
    return f"{guard.GATE.format(transactions=transactions)}{printed}\nGO"


def _done(transactions: int, planned: Planned) -> str:
    return _gate(transactions, f"statement {planned.number} done")


def _state(heads: Heads) -> str:
    """Return heads as the checks compare them: the contents of a literal."""
    return in_quotes(", ".join(heads))


def _name(heads: Heads) -> str:
    return in_quotes(", ".join(heads) or "base")


def _identifier(name: str) -> str:
    return f"[{name.replace(']', ']]')}]"


def _milliseconds(duration: str) -> int:
    """Return a time as LOCK_TIMEOUT takes it; 0, which is to wait as long as it takes, is -1 there."""
    found = re.fullmatch(r"(?P<count>\d+)(?P<unit>\D*)", duration)
    if not found:
        raise ValueError(duration)
    count = int(found["count"])
    return min(max(round(count * _MILLISECONDS[found["unit"]]), 1), _LONGEST_WAIT) if count else -1
