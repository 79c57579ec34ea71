"""Scripts of whole histories leave alone every MariaDB, SQLite and PostgreSQL database that is not at their FROM."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from tests.db import mariadb_scripts, scripts, sqlite
from tests.db.golden import MariadbPlace, Place, PostgresPlace, SqlitePlace, apply
from tests.db.own_history import OWN
from tests.db.scripts import LINKS, REVISIONS, RULES
from tests.golden_cases import CASES, Case, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.db.mariadb import MariaDBDatabase, MariaDBServer
    from tests.db.postgres import Database, Finished
    from tests.db.sqlite import Finished as ShellFinished

Rows = tuple[str | None, ...]

OTHER = "0123456789ab"


@dataclass(frozen=True, slots=True)
class Subject:
    """A history, the range that its database is brought up by, and those whose scripts are tried from there on."""

    case: Case
    start: str
    ranges: tuple[str, ...]
    has_few: bool = False
    """Whether a few rows will do, because another subject meets all of them."""


CASE = {case.name: case for case in CASES}
SUBJECTS = {
    "merge": Subject(CASE["merge"], "base:b200,c300", ("b200,c300:d400",)),
    "own version table": Subject(CASE["own_version_table"], "", ("base:a100", "a100:b200"), has_few=True),
    "own history": Subject(OWN, f"base:{RULES}", (f"{RULES}:{LINKS}",), has_few=True),
}
IDS = ("a100", "b200", "c300", "d400", "e500", *REVISIONS)


def wrong_rows(lower: Sequence[str], upper: Sequence[str], *, few: bool) -> Iterator[Rows]:
    """Yield what the version table may hold that is not what the script starts from."""
    lower, upper = tuple(lower), tuple(upper)
    strangers: set[Rows] = {(), upper, (None,), ("",), (OTHER,), (*lower, None), (*lower, ""), (", ".join(lower),)}
    if not few:
        strangers |= _more_wrong_rows(lower, upper)
    yield from sorted(strangers - {lower}, key=repr)


def _more_wrong_rows(lower: tuple[str, ...], upper: tuple[str, ...]) -> set[Rows]:
    return {
        ("base",),
        (*lower, OTHER),
        (*lower, *lower),
        tuple(sorted({*lower, *upper})),
        lower[:1],
        lower[1:],
        (f"{{{','.join(lower)}}}",),
        *((f"{head}:0",) for head in (*lower, *upper)),
        *((f"{head}:-1",) for head in (*lower, *upper)),
        *((id_,) for id_ in IDS),
        *((changed,) for head in lower for changed in (head.upper(), f"{head} ", f" {head}", f"{head}\t", head[:-1])),
    }


def loosely(place: Place, text: str) -> Iterator[Finished | ShellFinished]:
    """Run a script with clients that go on after errors."""
    if isinstance(place, MariadbPlace):
        yield mariadb_scripts.run(place.database, text, "--force")
        yield mariadb_scripts.run_by_source(place.database, text)
    elif isinstance(place, SqlitePlace):
        yield sqlite.shell(place.file, text, "-batch")
        yield sqlite.shell(place.file, text, "-interactive")
    elif isinstance(place, PostgresPlace):
        yield scripts.NO_COMMANDS.run(place.database, text)


def says_ok(finished: Finished | ShellFinished) -> bool:
    """Tell whether a line is there that a good run ends with; an interactive shell shows the script as well."""
    return any(line.startswith("OK: ") for line in finished.stdout.splitlines())


class VersionTable:
    """A version table that takes any rows, in place of Alembic's."""

    def __init__(self, place: Place, case: Case) -> None:
        self._place = place
        quote = "`" if isinstance(place, MariadbPlace) else '"'
        self._name = ".".join(f"{quote}{name}{quote}" for name in case.version_table)

    def make(self, rows: Sequence[str | None]) -> None:
        """Make it, with these rows."""
        self._place.execute(f"DROP TABLE IF EXISTS {self._name}; CREATE TABLE {self._name} (version_num VARCHAR(99));")
        self.set(rows)

    def set(self, rows: Sequence[str | None]) -> None:
        """Let it hold these rows."""
        values = ", ".join("(NULL)" if row is None else f"('{row}')" for row in rows)
        inserted = f" INSERT INTO {self._name} VALUES {values};" if rows else ""
        self._place.execute(f"DELETE FROM {self._name};{inserted}")


def refused_at_wrong_rows(
    place: Place, subject: Subject, text: str, lower: Sequence[str], upper: Sequence[str]
) -> None:
    """Try a script on a schema that it fits, with every row but its own; then let it be as it was."""
    table = VersionTable(place, subject.case)
    table.make(lower)
    before = place.shape()
    for rows in wrong_rows(lower, upper, few=subject.has_few):
        table.set(rows)
        at_start = place.shape() if rows in {(), tuple(upper), (*lower, None)} else None
        finished = place.run(text)
        assert "REFUSED: " in finished.output, f"{rows}\n{finished.output}"
        assert (finished.exit_code != 0, says_ok(finished)) == (True, False), f"{rows}\n{finished.output}"
        if at_start is not None:
            for loose in loosely(place, text):
                assert rows == tuple(upper) or not says_ok(loose), f"{rows}\n{loose.output}"
            assert place.shape() == at_start, rows
    table.set(lower)
    assert place.shape() == before


def tried(place: Place, dialect: str, subject: Subject) -> None:
    """Go up the ranges, and back in the last, trying every script before it is run."""
    starts = [subject.start] if subject.start else []
    made = render(subject.case.root, dialect, [*starts, *subject.ranges])
    for range_ in starts:
        apply(place, made[range_].upgrade, made[range_].upper)
    for range_ in subject.ranges:
        each = made[range_]
        refused_at_wrong_rows(place, subject, each.upgrade, each.lower, each.upper)
        apply(place, each.upgrade, each.upper)
    refused_at_wrong_rows(place, subject, each.rollback, each.upper, each.lower)
    apply(place, each.rollback, each.lower)


@pytest.mark.parametrize("name", SUBJECTS)
def test_mariadb_with_any_rows_but_from_is_left_alone(mariadb: MariaDBDatabase, name: str) -> None:
    """REFUSED, exit 1, and nothing changed, also with clients that go on."""
    tried(MariadbPlace(mariadb), "mariadb", SUBJECTS[name])


@pytest.mark.parametrize("name", SUBJECTS)
def test_sqlite_with_any_rows_but_from_is_left_alone(tmp_path: Path, name: str) -> None:
    """REFUSED, exit 1, and nothing changed, also in an interactive shell."""
    if sqlite.SHELL is None:
        pytest.skip("no sqlite3: apt-get install sqlite3 brings it")
    (tmp_path / "app.db").touch()
    tried(SqlitePlace(sqlite.File(tmp_path / "app.db")), "sqlite", SUBJECTS[name])


@pytest.mark.parametrize("server", ["embedded"], indirect=True)
@pytest.mark.parametrize("name", ["merge"])
def test_postgresql_with_any_rows_but_from_is_left_alone(database: Database, name: str) -> None:
    """REFUSED, exit 3, and nothing changed, also with clients that know no commands of psql."""
    tried(PostgresPlace(database), "postgresql", replace(SUBJECTS[name], has_few=True))


def test_mariadb_that_is_read_only_is_left_alone(mariadb_server: MariaDBServer, mariadb: MariaDBDatabase) -> None:
    """A replica refuses the first write, and no line says OK."""
    each = render(CASE["merge"].root, "mariadb", ["base:head"])["base:head"]
    root = mariadb_server.maintenance
    root.execute(f"CREATE USER writer@localhost; GRANT ALL ON {mariadb.name}.* TO writer@localhost;")
    root.execute("SET GLOBAL read_only = 1")
    try:
        for options in ((), ("--force",)):
            finished = mariadb_scripts.run(mariadb, each.upgrade, "--user=writer", *options)
            assert "running with the --read-only option" in finished.stderr, finished.output
            assert not says_ok(finished), finished.output
        assert mariadb.query("SHOW TABLES") == ""
    finally:
        root.execute("SET GLOBAL read_only = 0")
        root.execute("DROP USER writer@localhost")


def test_sqlite_that_is_read_only_is_left_alone(tmp_path: Path) -> None:
    """A file that can't be written ends the script, and no line says OK."""
    if sqlite.SHELL is None:
        pytest.skip("no sqlite3: apt-get install sqlite3 brings it")
    each = render(CASE["merge"].root, "sqlite", ["base:head"])["base:head"]
    file = sqlite.File(tmp_path / "app.db")
    file.path.touch()
    for options in (sqlite.RUN, ("-batch",), ("-interactive",)):
        finished = sqlite.shell(file, each.upgrade, *options, mode="?mode=ro")
        assert "attempt to write a readonly database" in finished.stderr, finished.output
        assert not says_ok(finished), finished.output
        assert file.path.read_bytes() == b""


def test_a_cut_off_script_for_mariadb_goes_on_or_starts_anew(mariadb_server: MariaDBServer) -> None:
    """Wherever the file ends, there is no OK line; what is there then is one of the states that its header names."""
    each = render(CASE["triggers"].root, "mariadb", ["base:head"])["base:head"]
    lines, seen = each.upgrade.splitlines(keepends=True), set()
    start = lines.index("-- start\n")
    database = mariadb_server.create_database()
    for end in range(start, len(lines), 9):
        finished = mariadb_scripts.run(database, "".join(lines[:end]))
        assert not says_ok(finished), finished.output
        heads = tuple(database.heads())
        seen.add(heads)
        if heads:
            database.drop()
            database = mariadb_server.create_database()
    assert seen == {(), ("a100:0",), ("a100:1",), ("a100",), ("b200:0",), ("b200:1",), ("b200",)}
    database.drop()
