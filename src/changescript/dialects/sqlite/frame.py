"""The frame of a script for the sqlite3 shell: the facts about shell and SQLite it rests on stand beside each part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from changescript.comments import safe_comment
from changescript.dialects.base import FrameInput, Section
from changescript.dialects.generic.by_hand import way_on, what_is_left
from changescript.dialects.sqlite import guard
from changescript.dialects.sqlite.assuming import ASSUMPTIONS, assume
from changescript.dialects.sqlite.references import refuse_enforced
from changescript.dialects.sqlite.spelling import literal
from changescript.dialects.sqlite.statements import makes_temporary, pragma_set
from changescript.dialects.sqlite.well import if_well
from changescript.dialects.version_rows import version_changes
from changescript.errors import ProjectError, RevisionError
from changescript.model import Heads, Step, heads_name, spelled
from changescript.segments import is_marked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from changescript.segments import Planned, Segment

# The shell runs what stands on one line up to the first error, and only then, with `.bail on`, stops. An interactive
# shell into which a script is pasted never stops: there the savepoint is missing after an error, so that nothing that
# begins with its RELEASE runs any more. It is open only between statements, so it costs nothing, and unlike a row in a
# table it leaves changes() and last_insert_rowid() as they are.
_ON_ONE_LINE = "-- What stands behind RELEASE all_well runs only if all before it has worked."

_STARTED = "sqlite3"
"""What stands in place of a check before the first one, where the shell's parameter has a value."""

# Only a run that goes on further down leaves this out: so a check there can tell whether the first one has failed. No
# INSERT, for which SQLite would look at the version table.
_FROM_THE_TOP = "from the top"
_START = f"-- start\nUPDATE temp.changescript_checks SET heads = {_FROM_THE_TOP!r};"
_WAY_ON = "UPDATE temp.changescript_checks SET heads = {found} WHERE heads = {started};"

_HOW_TO_GO_ON = """
-- A manual step stops the script, and what is before it stays. While a revision is half applied,
-- {table} says so: "b:2" means that 2 statements of b's upgrade are done ("b:-2": of its downgrade).
-- Then run only what is left, from the line that names the state:
--     {left} | {client}
""".strip()
_CLIENT = "sqlite3 -batch -bail -init /dev/null 'file:DATABASE?mode=rw'"

_UNITS = {"us": 0.001, "": 1, "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_FOREVER = 2**31 - 1
_DIALECT = SQLiteDialect()


def make_frame(given: FrameInput) -> SqliteFrame:
    """Return the frame of one script; raises ProjectError when its version table is in another file."""
    schema = given.version_table.schema
    if schema not in (None, "main"):
        raise ProjectError(
            f"env.py sets version_table_schema to {schema!r}, which SQLite takes for an attached database",
            hint="keep the version table in the database that the script changes",
        )
    refuse_enforced(given.segments)
    return SqliteFrame(given)


@dataclass(frozen=True, slots=True)
class SqliteFrame:
    """The frame of one script."""

    given: FrameInput

    def opening(self) -> Sequence[Section]:
        """Return client strictness, session settings, safety catch and guard."""
        client = guard.CLIENT.format(milliseconds=_milliseconds(self.given.settings.lock_timeout))
        encoding = guard.ENCODING if self._writes_text_as_bytes else ""
        state = guard.STATE.format(table=self._table, encoding=encoding)
        parts = [state, guard.checks(self.given.release), guard.COMMITS]
        if self.given.assumed:
            parts.append(ASSUMPTIONS)
        if self.given.markers:
            left = what_is_left(("STATE",), "FILE")
            how = _HOW_TO_GO_ON.format(table=self._shown_table, left=left, client=_CLIENT)
            parts = [how, *parts, _START]
        if self.given.lower:
            name = literal(self.given.version_table.name)
            parts += [guard.TABLE.format(name=name, verdict=self._verdict_without_table), *self._first_check()]
        return (
            Section("Client and session", f"{client}\n{guard.SESSION}"),
            Section(f"Guard: how every check below looks at {self._shown_table}", "\n".join(parts)),
        )

    @property
    def _writes_text_as_bytes(self) -> bool:
        return any("CAST(x'" in item.statement.sql for item in self.given.planned)

    @property
    def _verdict_without_table(self) -> str:
        if not self.given.upper:
            return "already at base, nothing to do"
        return f"at base, this script needs {spelled(self.given.lower)}"

    def _first_check(self, beside: Callable[[str], str] = str) -> list[str]:
        """Return the check that tells a database at TO from any other one."""
        lower, upper = self.given.lower, self.given.upper
        return [
            f"""SELECT
    'REFUSED: database "' || name || '" is '
    || CASE
        WHEN (heads, number) = {_row(upper)} THEN 'already at {spelled(upper)}, nothing to do'
        ELSE 'at ' || heads || ', this script needs {spelled(lower)}'
    END
FROM temp.changescript_state
WHERE (heads, number) <> {_row(lower)};""",
            beside(_passing(_FROM_THE_TOP if self.given.markers else _STARTED, lower, "REFUSED")),
        ]

    def begin(self, segment: Segment) -> str:
        """Return the start of the segment's transaction, and its check."""
        first = segment is self.given.segments[0]
        lines = [_ON_ONE_LINE] if first else self._way_on(segment)
        lines.append("BEGIN IMMEDIATE; SAVEPOINT all_well;")
        if first and not self.given.lower:
            lines += [if_well(self._version_table), *self._first_check(if_well)]
        else:
            lines += _check(segment.needs, segment.needs, "REFUSED", "" if first else _looked_at(segment.needs))
        number = segment.done_before.number if segment.done_before else 0
        conditions = self.given.at_start if first else self.given.later(number)
        if conditions:
            lines.append(assume(number, conditions))
        if not first:
            lines.append(if_well("DELETE FROM temp.changescript_orphans;"))
        return "\n".join([*lines, if_well(guard.ORPHANS.format(sign="-"))])

    def _way_on(self, segment: Segment) -> list[str]:
        """Return where a run may go on, and what it has missed."""
        if not is_marked(segment.needs):
            return []
        before = takewhile(lambda each: each is not segment, self.given.segments)
        done = [*self.given.skipped, *(planned for each in before for planned in each.planned)]
        self._refuse_to_stop(segment, done)
        last = {name: planned.statement.sql for planned in done if (name := pragma_set(planned.statement.sql))}
        looked = _WAY_ON.format(found=literal(_looked_at(segment.needs)), started=literal(_STARTED))
        return [*way_on(segment), looked, *(f"{sql};" for sql in last.values())]

    @staticmethod
    def _refuse_to_stop(segment: Segment, done: Sequence[Planned]) -> None:
        manual = next((planned for planned in segment.planned if planned.statement.manual), None)
        temporary = next((planned for planned in done if makes_temporary(planned.statement.sql)), None)
        if manual and temporary:
            raise RevisionError(
                f"{manual.statement.source}: statement {temporary.number} of the script makes something temporary, "
                "which is gone behind the manual step",
                hint="do without it, or make it behind the manual step",
            )

    @property
    def _version_table(self) -> str:
        table = self.given.version_table
        key = f",\n    CONSTRAINT {_identifier(f'{table.name}_pkc')} PRIMARY KEY (version_num)" * table.primary_key
        return f"CREATE TABLE IF NOT EXISTS {self._table} (\n    version_num VARCHAR(32) NOT NULL{key}\n);"

    def end(self, segment: Segment) -> str:
        """Return the checks behind a segment, and the end of its transaction."""
        leaves = segment.leaves
        looked = literal(_looked_at(leaves))
        return "\n".join(
            [
                if_well(guard.ORPHANS.format(sign="")),
                guard.BROKEN,
                if_well(
                    "INSERT INTO temp.changescript_checks (before, heads) "
                    f"VALUES ({literal(spelled(leaves))}, {looked});"
                ),
                # Not if all is well: it is what undoes the transaction if not.
                f"INSERT INTO temp.changescript_commits VALUES ({looked}); COMMIT;",
            ]
        )

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the statement that writes the step's progress line."""
        return f"SELECT '{index} of {count}: {heads_name(step.before)} -> {heads_name(step.after)}' AS progress;"

    def precondition(self, sql: str) -> str:  # noqa: ARG002 - no statement runs outside a transaction
        """Return nothing: all that SQLite changes, it changes in a transaction."""
        return ""

    def inside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - nothing depends on the statement
        """Return the statement so that the shell runs it only if all before it has worked."""
        return if_well(text)

    def outside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - as above
        """Return the statement as it is."""
        return text

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows, and the check of the whole set, which proves that one row changed."""
        lines = version_changes(self._table, before, after)
        return "\n".join([*map(if_well, lines), *_check(before, after, "FAILED")])

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""
        at = self.given.upper
        lines = [
            *_check(at, at, "FAILED", _looked_at(at), str),
            f"SELECT CASE WHEN (heads, number) = {_row(at)} THEN 'OK' ELSE 'FAILED' END",
            "    || ': database ' || name || ' is at ' || heads AS result",
            "FROM temp.changescript_state;",
        ]
        return (Section("End: where the database really is", "\n".join(lines)),)

    @property
    def _table(self) -> str:
        # A temporary table of that name would come first.
        return f"main.{_identifier(self.given.version_table.name)}"

    @property
    def _shown_table(self) -> str:
        return safe_comment(self.given.version_table.name)


def _looked_at(heads: Heads) -> str:
    """Return what stands as the last check of a transaction: that no reference has broken."""
    return f"references at {spelled(heads)}"


def _check(
    before: Heads, heads: Heads, otherwise: str, found: str = "", beside: Callable[[str], str] = if_well
) -> list[str]:
    """Return a check: `before`, or `found`, is what the one before it has found, `otherwise` how this one fails."""
    needs = f"', this script needs {spelled(heads)}'"
    return [
        f"""SELECT '{otherwise}: database "' || name || '" is at ' || heads || {needs}""",
        f"FROM temp.changescript_state WHERE (heads, number) <> {_row(heads)};",
        beside(_passing(found or spelled(before), heads, otherwise)),
    ]


def _passing(before: str, heads: Heads, otherwise: str) -> str:
    values = f"{literal(before)}, {literal(spelled(heads))}, {len(heads)}, {literal(otherwise)}"
    return f"INSERT INTO temp.changescript_checks VALUES ({values});"


def _row(heads: Heads) -> str:
    """Return heads as the view has them."""
    return f"({literal(spelled(heads))}, {len(heads)})"


def _milliseconds(duration: str) -> int:
    """Return a time as the shell's `.timeout` takes it; PostgreSQL's 0 means to wait as long as it takes."""
    found = re.fullmatch(r"(?P<count>\d+)(?P<unit>\D*)", duration)
    if not found:
        raise ValueError(duration)
    count = int(found["count"])
    return min(max(round(count * _UNITS[found["unit"]]), 1), _FOREVER) if count else _FOREVER


def _identifier(name: str) -> str:
    quoted: str = _DIALECT.identifier_preparer.quote(name)
    return quoted
