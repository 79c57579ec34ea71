"""What statements store in SQLite, with every bit of it: with bound parameters, and through the sqlite3 shell."""

from __future__ import annotations

import os
import sqlite3
import warnings
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest import mock

import sqlalchemy as sa
from sqlalchemy.dialects import registry

from tests.db.sqlite import RUN, File, Finished, shell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.engine import Connection

Stored = tuple[str, object]
"""A storage class, and all bits of a value in it."""
Statement = sa.Insert | sa.Update | sa.Delete | sa.TextClause
Outcome = list[tuple[Stored, ...]]
"""The rows of a table after a statement, or after it failed."""
ONE_ROW = "INSERT INTO {table} DEFAULT VALUES"


class UndecodedText(bytes):
    """Text as SQLite hands it over, told apart from a blob."""

    __slots__ = ()


def stored_row(row: Iterable[object]) -> tuple[Stored, ...]:
    """Return values, read with UndecodedText as text_factory, in a form that `==` tells apart fully."""
    return tuple((type(value).__name__, value.hex() if isinstance(value, float) else value) for value in row)


def stored_as(value: object) -> Stored:
    """Return what stored_row() gives for a value that sqlite3 binds."""
    if isinstance(value, float):
        return ("float", value.hex()) if value == value else ("NoneType", None)  # noqa: PLR0124 - nan becomes NULL
    return ("UndecodedText", value.encode()) if isinstance(value, str) else (type(value).__name__, value)


def stored_rows(path: Path, query: str) -> list[tuple[Stored, ...]]:
    """Return what a query finds in a database."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = UndecodedText
        return [stored_row(row) for row in connection.execute(query)]


def run_script(path: Path, statements: Iterable[str], *, go_on: bool = False, line_end: str = "\n") -> Finished:
    """Run statements through the shell, as a file of them; makes the database where it is missing."""
    text = "".join(f"{sql};\n" for sql in statements).replace("\n", line_end)
    options = ("-batch", "-init", os.devnull) if go_on else RUN
    finished = shell(File(path), text.encode(), *options, mode="?mode=rwc")
    assert go_on or (finished.exit_code, finished.output) == (0, "")
    return finished


@contextmanager
def stock_connection() -> Iterator[Connection]:
    """Open a database in memory through the stock driver, whatever URLs mean here, with text left undecoded."""
    with mock.patch.dict(registry.impls):
        registry.impls.pop("sqlite", None)
        engine = sa.create_engine("sqlite://")
    assert type(engine.dialect).__module__ == "sqlalchemy.dialects.sqlite.pysqlite"
    with warnings.catch_warnings(), engine.connect() as connection:
        warnings.filterwarnings("ignore", message=".*default (datetime|date) adapter", category=DeprecationWarning)
        driver: Any = connection.connection.driver_connection
        driver.text_factory = UndecodedText
        yield connection
    engine.dispose()


@dataclass(frozen=True, slots=True)
class Case:
    """One statement to run both ways on the table `table`."""

    name: str
    statement: Statement
    sql: str
    table: str


def stored_online(
    connection: Connection, cases: Iterable[Case], shown: str = "v", first: str = ONE_ROW
) -> dict[str, Outcome]:
    """Run each statement with bound parameters on a table that holds `first`, and return what that leaves."""
    found: dict[str, Outcome] = {}
    for case in cases:
        connection.exec_driver_sql(first.replace("{table}", case.table))
        with suppress(sa.exc.StatementError, sa.exc.DBAPIError, OverflowError, UnicodeEncodeError):
            connection.execute(case.statement)
        rows = connection.exec_driver_sql(f"SELECT {shown} FROM {case.table} ORDER BY rowid").all()
        found[case.name] = [stored_row(row) for row in rows]
        connection.rollback()
    return found


def stored_by_script(
    schema: Iterable[str], cases: Sequence[Case], folder: Path, shown: str = "v", first: str = ONE_ROW
) -> dict[str, Outcome]:
    """Run the same as SQL through the shell; what is left is copied to columns that convert nothing."""
    columns = ", ".join(f"c{number}" for number in range(shown.count(",") + 1))
    lines = [*schema, f"CREATE TABLE found (number INTEGER, {columns})", "BEGIN"]
    for number, case in enumerate(cases):
        lines += [first.replace("{table}", case.table), case.sql]
        lines.append(f"INSERT INTO found SELECT {number}, {shown} FROM {case.table} ORDER BY rowid")
        lines.append(f"DELETE FROM {case.table}")
    run_script(folder / "script.db", [*lines, "COMMIT"], go_on=True)
    found: dict[str, Outcome] = {case.name: [] for case in cases}
    for (_, position), *values in stored_rows(folder / "script.db", "SELECT * FROM found ORDER BY rowid"):
        found[cases[int(str(position))].name].append(tuple(values))
    return found


def differences(expected: Mapping[str, Outcome], found: Mapping[str, Outcome]) -> dict[str, tuple[Outcome, Outcome]]:
    """Return where two runs differ."""
    return {name: (expected[name], found[name]) for name in expected if expected[name] != found[name]}
