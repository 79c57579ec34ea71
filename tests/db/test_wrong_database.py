"""A script leaves alone every database that is not exactly at its FROM, whatever the client makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from changescript.model import TransactionMode
from tests.db.scripts import (
    CLIENTS,
    LINKS,
    MERGE,
    MIDDLE,
    NO_COMMANDS,
    PSQL,
    REFUSED_EXIT,
    REVISIONS,
    SINGLES,
    TO_HEADS,
    TO_QUEUE,
    UNIQUE,
    WHOLE,
    Bundle,
    Client,
    Script,
    apply,
    branching_bundles,
    bundle,
    ok_line,
    set_heads,
    succeeded,
    version_rows,
)
from tests.db.server import on_servers
from tests.db.stages import stages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.db.postgres import Database, Server

BRANCHING = (TO_HEADS, MERGE, TO_QUEUE, UNIQUE)
FEW_CLIENTS = (PSQL, NO_COMMANDS, CLIENTS[4])


@dataclass(frozen=True, slots=True)
class Subject:
    """A range whose scripts are tried, and with which clients."""

    range_: str
    mode: TransactionMode = TransactionMode.SCRIPT
    clients: tuple[Client, ...] = CLIENTS

    @property
    def bundle(self) -> Bundle:
        """Return both scripts."""
        if self.range_ in BRANCHING:
            return branching_bundles()[self.range_]
        return bundle(self.range_, self.mode)

    def database_below(self, server: Server) -> Database:
        """Return a new database at the lower end, with rows where the history has some."""
        if self.range_ not in BRANCHING:
            return stages_of(server).seeded[self.range_.partition(":")[0]].copy()
        database = server.create_database()
        for range_ in BRANCHING[: BRANCHING.index(self.range_)]:
            apply(database, branching_bundles()[range_].upgrade)
        return database

    def __str__(self) -> str:
        return f"{self.range_}-{self.mode.value}"


SUBJECTS = [
    *(Subject(range_) for range_ in (SINGLES[0], SINGLES[2], MIDDLE, MERGE)),
    *(Subject(range_, TransactionMode.REVISION) for range_ in (WHOLE, MIDDLE)),
    *(Subject(range_, clients=FEW_CLIENTS) for range_ in (*SINGLES[1:2], *SINGLES[3:], WHOLE, TO_HEADS, UNIQUE)),
]
EVERYWHERE = (SUBJECTS[1], SUBJECTS[3])
"""With statements outside a transaction, and with several heads: tried on each server there is."""

of_subjects = pytest.mark.parametrize(
    ("server", "subject"), on_servers(SUBJECTS, EVERYWHERE), indirect=["server"], scope="session", ids=str
)

OTHER = "0123456789ab"
DROPPED = "missing"


def wrong_rows(script: Script) -> Iterator[tuple[str, ...]]:
    """Yield what alembic_version may hold that is neither FROM nor a state this script goes on from."""
    strangers = {
        (),
        script.upper,
        (OTHER,),
        *(state for state in script.states if state not in script.markers),
        (*script.lower, OTHER),
        (*script.lower, *script.lower),
        tuple(sorted({*script.lower, *script.upper})),
        script.lower[:1],
        script.lower[1:],
        *((f"{head}:1",) for head in script.lower),
        *((f"{head}:-1",) for head in script.upper),
        (*(head.upper() for head in script.lower),),
    }
    yield from sorted({tuple(sorted(rows)) for rows in strangers} - {script.lower, *script.markers})


def refused_everywhere(
    database: Database, script: Script, clients: tuple[Client, ...], heads: tuple[str, ...] | None
) -> None:
    """Run the script with each client, and look at what each shows and leaves."""
    for client in clients:
        finished = client.run(database, script.text)
        where = f"{script.name}, {client.name}, {heads}\n{finished.output}"
        assert "REFUSED: " in finished.stderr, where
        # Where it is already at TO, the last line may well say so.
        assert (heads or ()) == script.upper or ok_line(database, script.upper) not in finished.stdout, where
        if client.is_psql:
            assert finished.exit_code == REFUSED_EXIT, where
            assert finished.stdout == "", where
    if heads is not None:
        assert version_rows(database) == heads, f"{script.name}, {heads}"


def refused_at_wrong_rows(database: Database, script: Script, clients: tuple[Client, ...]) -> None:
    """Try the script on a schema that it fits, with every version row but its own."""
    database.execute("ALTER TABLE alembic_version DROP CONSTRAINT alembic_version_pkc")
    before = database.dump()
    for rows in wrong_rows(script):
        set_heads(database, rows)
        # What the guard makes of rows is the same for all clients; what they make of a refusal, for all rows.
        refused_everywhere(database, script, clients if rows in ((OTHER,), script.upper) else (NO_COMMANDS,), rows)
    set_heads(database, script.lower)
    assert database.dump() == before, script.name
    database.execute("ALTER TABLE alembic_version ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)")


def refused_without_table(database: Database, script: Script, clients: tuple[Client, ...]) -> None:
    """Try the script on a schema that it fits, without a version table."""
    database.execute("DROP TABLE alembic_version")
    before = database.dump()
    refused_everywhere(database, script, clients, None)
    assert database.dump() == before, script.name
    database.execute(
        "CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)"
    )
    set_heads(database, script.lower)


@of_subjects
def test_any_version_rows_but_from_are_refused(server: Server, subject: Subject) -> None:
    """REFUSED is shown, psql ends with 3, and a database that the script would fit is as it was."""
    database, scripts = subject.database_below(server), subject.bundle
    for script, other in zip(scripts.both, reversed(scripts.both), strict=True):
        if script.lower:
            refused_without_table(database, script, subject.clients)
        elif script is scripts.upgrade:
            database.execute("CREATE TABLE alembic_version (version_num varchar(32))")
            database.execute("ALTER TABLE alembic_version ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)")
        refused_at_wrong_rows(database, script, subject.clients)
        apply(database, script)
        assert other.lower == script.upper
    database.drop()


@pytest.mark.parametrize(
    ("server", "at"), on_servers(["base", *REVISIONS], [LINKS]), indirect=["server"], scope="session"
)
def test_real_databases_elsewhere_in_the_history_are_left_alone(server: Server, at: str) -> None:
    """Every script of the history but those that start here leaves a real database at `at` as it was."""
    database = stages_of(server).seeded[at].copy()
    before = database.dump()
    heads = () if at == "base" else (at,)
    tried = [*(bundle(range_) for range_ in SINGLES)]
    tried += [bundle(range_, mode) for range_ in (WHOLE, MIDDLE) for mode in TransactionMode]
    for script in (script for scripts in tried for script in scripts.both):
        if script.lower != heads:
            refused_everywhere(database, script, (PSQL, NO_COMMANDS), heads if at != "base" else None)
    assert database.dump() == before
    database.drop()


def test_a_database_at_to_is_told_that_there_is_nothing_to_do(server: Server) -> None:
    """Running a script a second time has a message of its own."""
    database = stages_of(server).seeded[LINKS].copy()
    finished = PSQL.run(database, bundle(SINGLES[2]).upgrade.text)
    expected = f'REFUSED: database "{database.name}" is already at {LINKS}, nothing to do'
    assert expected in finished.stderr
    finished = PSQL.run(database, bundle(SINGLES[3]).rollback.text)
    assert expected in finished.stderr
    database.drop()


@of_subjects
def test_a_database_at_from_is_changed_wholly_or_not_at_all(server: Server, subject: Subject) -> None:
    """It is changed by psql whatever its psqlrc says; of any other client the result is all or nothing."""
    database, scripts = subject.database_below(server), subject.bundle
    apply(database, scripts.upgrade)
    after = database.dump()
    apply(database, scripts.rollback)
    before = database.dump()
    ends = {scripts.upgrade: after, scripts.rollback: before}
    for client in subject.clients:
        for script in scripts.both:
            finished = client.run(database, script.text)
            where = f"{script.name}, {client.name}\n{finished.output}"
            left = database.dump()
            if client.is_psql:
                assert succeeded(database, script, finished), where
            if client.is_psql or client.autocommits:
                assert left == ends[script], where
            assert left in (before, after), where
            if left != ends[script]:
                apply(database, script)
    database.drop()


@pytest.mark.parametrize(
    ("server", "range_"), on_servers([SINGLES[2], MIDDLE, UNIQUE], [UNIQUE]), indirect=["server"], scope="session"
)
def test_any_client_goes_on_from_a_marker_or_changes_nothing(server: Server, range_: str) -> None:
    """From half-way, psql completes the script; of any other client the result is all or nothing."""
    subject = Subject(range_)
    database, scripts = subject.database_below(server), subject.bundle
    for script in scripts.both:
        inverse = scripts.rollback if script is scripts.upgrade else scripts.upgrade
        apply(database, script)
        complete = database.dump()
        apply(database, inverse)
        for marker in script.markers:
            first = next(piece for piece in script.pieces if piece.heads == marker)
            broken = script.broken_at(first)
            assert PSQL.run(database, broken).exit_code == REFUSED_EXIT
            before = database.dump()
            for client in CLIENTS:
                finished = client.run(database, script.text)
                left = database.dump()
                where = f"{script.name}, {client.name}, {marker}\n{finished.output}"
                if client.is_psql or client.autocommits:
                    assert left == complete, where
                assert left in (before, complete), where
                if left == complete:
                    apply(database, inverse)
                    PSQL.run(database, broken)
                assert tuple(database.heads()) == marker, where
            apply(database, script)
            apply(database, inverse)
        apply(database, script)
    database.drop()


def test_the_guard_is_what_refuses(server: Server) -> None:
    """Without the checks and the safety catch, the same script does change a wrong database."""
    database = stages_of(server).seeded[SINGLES[2].partition(":")[0]].copy()
    set_heads(database, [OTHER])
    before = database.dump()
    unguarded = "".join(
        line
        for line in bundle(SINGLES[2]).upgrade.text.splitlines(keepends=True)
        if not line.startswith(("CALL pg_temp.require_heads", "SET default_transaction_read_only = on"))
        and "SET transaction_read_only = on" not in line
    )
    NO_COMMANDS.run(database, unguarded)
    assert database.dump() != before
    database.drop()
