"""The frame of a script for SQL*Plus; beside each part stands what it rests on.

Every statement is handed as text to one block, `:run`, which the client keeps in a variable. That looks at
alembic_version first, so that nothing runs on a wrong database, whatever the client does after an error; and what a
text says is in no client's way. Two runs at once, and a run that goes on after a failure, are told apart by the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from changescript.comments import safe_comment
from changescript.dialects.base import FrameInput, Section
from changescript.dialects.oracle import guard
from changescript.dialects.oracle.driver import OracleScriptDialect
from changescript.dialects.oracle.places import Place, Places, places_of
from changescript.dialects.oracle.quoting import q_literal
from changescript.dialects.oracle.statements import compiled_object, is_query, is_session
from changescript.literals.text import UNPRINTABLE
from changescript.model import Heads, Step, heads_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from changescript.model import VersionTable
    from changescript.segments import Planned, Segment

_DIALECT = OracleScriptDialect()

_ANY = """
DBMS_DB_VERSION.VERSION NOT BETWEEN 12 AND 21
    OR (DBMS_DB_VERSION.VERSION = 12 AND DBMS_DB_VERSION.RELEASE < 2)
""".strip()

_SERVER: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "": (_ANY, "12.2 to 21; for another, set server_version"),
        "12.2": ("DBMS_DB_VERSION.VERSION <> 12 OR DBMS_DB_VERSION.RELEASE <> 2", "12.2"),
        **{release: (f"DBMS_DB_VERSION.VERSION <> {release}", release) for release in ("18", "19", "21", "23")},
    }
)
"""By the stated release: what refuses a server, and which it wants. From 23 on sa.Boolean is a BOOLEAN."""

RELEASES = tuple(release for release in _SERVER if release)

_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86400}
_NO_LIMIT = 1_000_000
"""Seconds: the most that DDL_LOCK_TIMEOUT takes."""

_WIDE = 60
"""Characters of rows that still stand on the line of their call."""

_HOW_IT_GOES = """
-- Each statement below is text for the block in :run. That runs it only where alembic_version has the rows that
-- stand before it, and only once; DDL in a transaction of its own, so that a lock on alembic_version outlives it.
-- :done counts statements: 2 once statement 2 has run, 2.1 once alembic_version says so.
""".strip()

_HOW_TO_GO_ON = """
-- DDL can't be undone. While a revision is half applied, alembic_version says so: "b:2" means that 2 statements of
-- b's upgrade are done ("b:-2": of its downgrade), and that the third may have been started.
-- After a failure mend its cause and run this file again: what is done is passed over.
-- Only if the connection was lost: look first whether the work of the statement at which it stopped is there. If it
-- is, or if the output says that this statement is done, say so; then run this file again:
--     UPDATE {table} SET version_num = 'b:3' WHERE version_num = 'b:2', and COMMIT
""".strip()

_NO_STATEMENT, _NO_STAMP = "'no statement'", "'no stamp'"

_PENDING = "-- No check can tell whether statement {number} is done: look before undoing what was before it."


@dataclass(frozen=True)
class OracleFrame:
    """The frame of one script for Oracle."""

    given: FrameInput

    def opening(self) -> Sequence[Section]:
        """Return the client's settings, those of the session, and the block that all others rest on."""
        session = guard.SESSION.format(seconds=self._lock_seconds or _NO_LIMIT)
        client = guard.CLIENT.format(variables="VARIABLE errors VARCHAR2(4000)\n" if self._compiles else "")
        how_on = _HOW_TO_GO_ON.format(table=safe_comment(self._table))
        how = [_HOW_IT_GOES, *([how_on] if self.given.markers else [])]
        return (
            Section("Client and session", f"{client}\n{session}"),
            Section("Guard: the one block that runs statements, and the first check", "\n".join([*how, self._guard])),
        )

    @property
    def _guard(self) -> str:
        wrong_server, releases = _SERVER[self.given.release]
        starts = {self.given.lower: self._places.first, **self._places.starts}
        running = guard.RUNNING.format(first=self._places.first, wait=self._wait)
        return guard.CHECKING.format(
            looking=q_literal(guard.LOOKING.format(table=_literal(self._table))),
            arguments=q_literal(guard.ARGUMENTS),
            running=q_literal(running),
            errors=f"  :errors := {q_literal(guard.ERRORS)};\n" if self._compiles else "",
            wrong_server=wrong_server,
            releases=releases,
            characters=self._characters,
            starts="\n    ".join(f"WHEN at_({_rows(heads)}) THEN {at}" for heads, at in starts.items()),
            target=_rows(self.given.upper),
            needs=_rows(self.given.lower),
            first=self._places.first,
        )

    @cached_property
    def _places(self) -> Places:
        return places_of(self.given.segments)

    @cached_property
    def _compiles(self) -> bool:
        return any(compiled_object(planned.statement.sql) for planned in self.given.planned)

    @property
    def _characters(self) -> str:
        """Return the check that the client reads all characters of the statements as they are."""
        found: set[str] = set()
        for planned in self.given.planned:
            sql = planned.statement.sql
            found |= set() if sql.isascii() else {character for character in sql if not character.isascii()}
        text = UNPRINTABLE.sub("", "".join(sorted(found)))
        if not text:
            return ""
        lines = [text[start : start + _WIDE] for start in range(0, len(text), _WIDE)]
        return guard.CHARACTERS.format(
            characters="\n    || ".join(f"'{line}'" for line in lines),
            codes="\n    || ".join(f"'{_codes(line)}'" for line in lines),
        )

    def begin(self, segment: Segment) -> str:
        """Return what stands before the first segment: the version table, and what a new session has to repeat."""
        if segment is not self.given.segments[0]:
            return ""
        replayed = [planned for planned in self.given.skipped if is_session(planned.statement.sql)]
        lines = [self._run(str(item.number), "session", self.given.lower, item.statement.sql) for item in replayed]
        if not self.given.lower:
            create = q_literal(_create(self.given.version_table))
            lines.append(guard.TABLE.format(first=self._places.first, create=create))
        if self.given.pending:
            lines.append(_PENDING.format(number=self.given.pending.number))
        return "\n".join(lines)

    def end(self, segment: Segment) -> str:  # noqa: ARG002 - its last stamp commits
        """Return nothing: the stamp that ends a transaction commits it."""
        return ""

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the client's command that writes the step's progress line."""
        return f"PROMPT {index} of {count}: {heads_name(step.before)} to {heads_name(step.after)}"

    def precondition(self, sql: str) -> str:  # noqa: ARG002
        """Return nothing: a statement fails where its work is there already."""
        return ""

    def inside(self, planned: Planned, text: str) -> str:
        """Return the statement as text of `:run`; a query within a loop that reads its rows."""
        sql = planned.statement.sql
        place = self._places.statements[planned.number]
        if is_session(sql):
            return self._run(place.at, "session", place.needs, text)
        if is_query(sql):
            return self._run(place.at, "reads", place.needs, _reading(text))
        return self._run(place.at, "joins", place.needs, text)

    def outside(self, planned: Planned, text: str) -> str:
        """Return the statement as text of `:run` together with its stamp, and a look at what it has compiled."""
        place = self._places.statements[planned.number]
        change = self._places.behind[planned.number]
        stamped = self._places.stamps[change]
        compiled = compiled_object(planned.statement.sql)
        if compiled is None:
            return self._block(
                self._call(place.at, "apart", _move(change), q_literal(text), self._stamp(change)), stamped
            )
        owner = _literal(compiled.owner) if compiled.owner else "SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')"
        look = f"{place.at}, {_literal(compiled.kind)}, {owner}, {_literal(compiled.name)}"
        calls = (
            self._call(place.at, "apart", _name(place.needs), q_literal(text), _NO_STAMP),
            f"EXECUTE IMMEDIATE :errors USING :done, {look};",
            f":done := GREATEST(:done, {place.at});",
            self._call(stamped.at, "commit", _move(change), _NO_STATEMENT, self._stamp(change)),
        )
        return self._block("\n".join(calls), stamped)

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows, unless it stands with the statement before it."""
        change = (before, after)
        if change in self._places.behind.values():
            return ""
        place = self._places.stamps[change]
        how = "commit" if change in self._places.commits else "stamp"
        return self._block(self._call(place.at, how, _move(change), _NO_STATEMENT, self._stamp(change)), place)

    def _stamp(self, change: tuple[Heads, Heads]) -> str:
        """Return the change of the version rows as text of `:run`, which compares them before and after it."""
        changes = self._changes(*change)
        if len(changes) > 1:
            changes = ["BEGIN", *(f"  {sql};" for sql in changes), "END;"]
        return q_literal("\n".join(changes))

    def _changes(self, before: Heads, after: Heads) -> list[str]:
        gone, new = sorted(set(before) - set(after)), sorted(set(after) - set(before))
        paired = min(len(gone), len(new))
        return [
            *(
                f"UPDATE {self._table} SET version_num = '{to}' WHERE version_num = '{from_}'"
                for from_, to in zip(gone, new, strict=False)
            ),
            *(f"INSERT INTO {self._table} (version_num) VALUES ('{to}')" for to in new[paired:]),
            *(f"DELETE FROM {self._table} WHERE version_num = '{from_}'" for from_ in gone[paired:]),
        ]

    def closing(self) -> Sequence[Section]:
        """Return the last check, which says where the database is, and the exit code that follows from it."""
        check = self._call(self._places.last, "end", _name(self.given.upper), _NO_STATEMENT, _NO_STAMP)
        lines = ["BEGIN", check, ":failed := 0;", "END;", "/", "EXIT :failed ROLLBACK"]
        return (Section("End: where the database really is", "\n".join(lines)),)

    def _run(self, at: str, how: str, needs: Heads, text: str) -> str:
        """Return the block of one statement in a transaction."""
        return self._block(self._call(at, how, _name(needs), q_literal(text), _NO_STAMP), Place(needs, at))

    @staticmethod
    def _call(at: str, how: str, state: str, *texts: str) -> str:
        state = _literal(state) if len(state) <= _WIDE else f"\n{_literal_in_lines(state)}"
        return f"EXECUTE IMMEDIATE :run USING :done, {at}, '{how}', {state}, {', '.join(texts)};"

    @staticmethod
    def _block(calls: str, place: Place) -> str:
        return f"BEGIN\n{calls}\n:done := GREATEST(:done, {place.at});\nEND;\n/"

    @property
    def _table(self) -> str:
        return _DIALECT.identifier_preparer.format_table(_version_table(self.given.version_table))

    @property
    def _lock_seconds(self) -> int:
        """Seconds of the lock timeout; 0: no limit."""
        setting = self.given.settings.lock_timeout
        digits = "".join(character for character in setting if character.isdigit())
        seconds = int(digits) * _SECONDS[setting[len(digits) :].strip() or "ms"]
        return min(_NO_LIMIT, max(1, -int(-seconds // 1))) if seconds else 0

    @property
    def _wait(self) -> str:
        return f" WAIT {self._lock_seconds}" if self._lock_seconds else ""


def _version_table(table: VersionTable) -> sa.Table:
    """Return the table as Alembic makes it (alembic/ddl/impl.py, version_table_impl)."""
    column = sa.Column("version_num", sa.String(32), nullable=False)
    made = sa.Table(table.name, sa.MetaData(), column, schema=table.schema)
    if table.primary_key:
        made.append_constraint(sa.PrimaryKeyConstraint("version_num", name=f"{table.name}_pkc"))
    return made


def _create(table: VersionTable) -> str:
    lines = str(CreateTable(_version_table(table)).compile(dialect=_DIALECT)).strip().splitlines()
    return "\n".join(line.rstrip().replace("\t", "    ") for line in lines if line.strip())


def _reading(query: str) -> str:
    """Return a block that reads all rows of a query, as an online run does: functions in it may have effects."""
    return f"BEGIN\n  FOR found IN (\n{query}\n  ) LOOP\n    NULL;\n  END LOOP;\nEND;"


def _move(change: tuple[Heads, Heads]) -> str:
    return " -> ".join(map(_name, change))


def _name(heads: Heads) -> str:
    """Return rows as the guard's messages spell them."""
    return ", ".join(heads) or "base"


def _rows(heads: Heads) -> str:
    name = _name(heads)
    return _literal(name) if len(name) <= _WIDE else f"\n{_literal_in_lines(name)}"


def _codes(text: str) -> str:
    """Return text as ASCIISTR() does where none of it is ASCII."""
    units = text.encode("utf-16-be")
    return "".join(f"\\{units[at : at + 2].hex().upper()}" for at in range(0, len(units), 2))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _literal_in_lines(text: str) -> str:
    return "\n|| ".join(_literal(text[start : start + _WIDE]) for start in range(0, len(text), _WIDE))
