"""The frame of a script for a database that changescript does not know: portable queries, and what a person must see.

A check is a query whose CAST finds a number only where all is well. It needs no CASE that is evaluated in order, no
division (DuckDB and ClickHouse take one by zero), and no message that a planner could try beforehand. Run with DuckDB
and PostgreSQL; the grammars of Redshift, Snowflake and BigQuery take it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateTable

from changescript.dialects.base import FrameInput, Section
from changescript.dialects.generic.by_hand import how_to_go_on, manual_checks, started, way_on
from changescript.dialects.version_rows import version_changes
from changescript.model import Heads, Step, heads_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Dialect

    from changescript.segments import Planned, Segment

_LIMITS = """
-- The frame of this script is the one for databases that changescript knows little of, here {name}. It can't
--   * hold back a client that goes on after an error: run it with one that stops, or statement by statement
--   * tell one database of this kind from another, or one release: look where you are connected to
--   * keep another script out while it runs: let nobody else change alembic_version
--   * undo anything: each statement is committed by itself
-- What SQLAlchemy finds out of a server once it is connected has not been asked here: read the statements.
-- MANUAL CHECK, before you begin: this query must show {wanted}
--     SELECT version_num FROM {table} ORDER BY version_num;
-- The checks below ask for the same. One that fails is an error of its CAST, which says what was found.
""".strip()


@dataclass(frozen=True)
class GenericFrame:
    """The frame of one script."""

    name: str
    """SQLAlchemy's name of the dialect."""
    given: FrameInput

    def opening(self) -> Sequence[Section]:
        """Return what can't be guarded, the check that a person makes, and where a run begins."""
        wanted = ", ".join(self.given.lower) or "no row, or that there is no such table"
        parts = [_LIMITS.format(name=self.name, table=self._table, wanted=wanted), *self.prologue()]
        parts += [*how_to_go_on(self.given), *manual_checks(self.given)]
        return (Section("Guard: what is checked here, and what you must check", "\n".join([*parts, "-- start"])),)

    def prologue(self) -> Iterator[str]:
        """Yield what has to stand before the first check."""
        yield from ()

    def begin(self, segment: Segment) -> str:
        """Return where a run may go on, and the segment's check."""
        check = self._check(segment.needs)
        return "\n".join([*way_on(segment), *self._version_table(segment), check, *started(segment)])

    def _version_table(self, segment: Segment) -> Iterator[str]:
        if segment is self.given.segments[0] and not self.given.lower:
            created = str(CreateTable(self._made, if_not_exists=True).compile(dialect=self._dialect))
            yield "\n".join(line.rstrip().expandtabs(4) for line in created.strip().splitlines()) + ";"

    def _check(self, heads: Heads) -> str:
        refused = f"REFUSED: needs {', '.join(heads) or 'base'}, found "
        return "\n".join(
            [
                f"SELECT CAST(CASE WHEN {_is_at(heads)} THEN '0'",
                f"    ELSE '{refused}' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed",
                f"FROM {self._table};",
            ]
        )

    def end(self, segment: Segment) -> str:  # noqa: ARG002 - nothing is open
        """Return nothing: each statement has been committed."""
        return ""

    def progress(self, step: Step, index: int, count: int) -> str:
        """Return the statement that writes the step's progress line."""
        return f"SELECT '{index} of {count}: {heads_name(step.before)} -> {heads_name(step.after)}' AS progress;"

    def precondition(self, sql: str) -> str:  # noqa: ARG002 - nothing is known of it
        """Return nothing: how to look for what a statement makes is not known."""
        return ""

    def inside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - nothing depends on the statement
        """Return the statement as it is."""
        return text

    def outside(self, planned: Planned, text: str) -> str:  # noqa: ARG002 - as above
        """Return the statement as it is."""
        return text

    def stamp(self, before: Heads, after: Heads) -> str:
        """Return the change of the version rows; the check that follows proves it."""
        return "\n".join(version_changes(self._table, before, after))

    def closing(self) -> Sequence[Section]:
        """Return the last check and the line that says where the database is."""
        at = ", ".join(self.given.upper) or "base"
        result = (
            f"SELECT CASE WHEN {_is_at(self.given.upper)} THEN 'OK: at {at}'\n"
            f"    ELSE 'FAILED: at ' || COALESCE(MIN(version_num), 'base') END AS result\n"
            f"FROM {self._table};"
        )
        return (Section("End: where the database really is", f"{self._check(self.given.upper)}\n{result}"),)

    @cached_property
    def _dialect(self) -> Dialect:
        made: Dialect = make_url(f"{self.name}://").get_dialect()()
        return made

    @cached_property
    def _table(self) -> str:
        return str(self._dialect.identifier_preparer.format_table(self._made))

    @cached_property
    def _made(self) -> Table:
        """The version table as Alembic makes it."""
        table = self.given.version_table
        key = [PrimaryKeyConstraint("version_num", name=f"{table.name}_pkc")] if table.primary_key else []
        number = Column("version_num", String(32), nullable=False)
        return Table(table.name, MetaData(), number, *key, schema=table.schema)


def _is_at(heads: Heads) -> str:
    """Return the condition that the rows are exactly these; ids hold no quote."""
    each = [f"COUNT(CASE WHEN version_num = '{head}' THEN 1 END) = 1" for head in heads]
    return " AND ".join([f"COUNT(*) = {len(heads)}", *each])
