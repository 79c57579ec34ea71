"""A script that fails, is cut off or killed leaves what its header says, and goes on as its header says."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from changescript.model import TransactionMode
from tests.db.scripts import (
    IN_A_HURRY,
    IN_NO_HURRY,
    LINKS,
    MERGE,
    MIDDLE,
    NO_COMMANDS,
    PATIENCE_SECONDS,
    REFUSED_EXIT,
    RULES,
    SESSIONS,
    SINGLES,
    TO_HEADS,
    TO_LINKS,
    TO_QUEUE,
    UNIQUE,
    WHOLE,
    Bundle,
    Piece,
    Script,
    apply,
    branching_bundles,
    bundle,
    ok_line,
    run_text,
    set_heads,
    version_rows,
    wait_until,
    write_script,
)
from tests.db.server import on_servers
from tests.db.stages import stages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.db.postgres import Database, Finished, Server

DIVISION = "division by zero"

# Fails not where it stands but at the COMMIT behind it.
FAIL_AT_COMMIT = (
    "CREATE TEMP TABLE twice (n int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO twice VALUES (1), (1);"
)
BROKEN_KEY = 'duplicate key value violates unique constraint "twice_n_key"'

_FAILURE_LINES = re.compile(r"^--   If it fails  (.*\n(?:--                .*\n)*)", re.MULTILINE)
_CLAIM = re.compile(
    r"(?P<where>in statements? [-\d, ]+|after statement \d+|before statement 1): "
    r"(?:(?P<nothing>nothing has changed)"
    r"|(?:statements? (?:1-)?(?P<kept>\d+) stays?|no other has run), "
    r"(?:alembic_version says (?P<marker>[^;]+); mend the cause and run this file again, it goes on there"
    r"|the database is at (?P<at>[^;]+); go on with changescript sql (?P<range>\S+)))"
    r"(?= |$)"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a header says of one part of its script."""

    numbers: range
    """The statements in which it may fail there."""
    kept: int
    """How many statements stay."""
    heads: tuple[str, ...] | None
    """What alembic_version holds then; None where nothing has changed."""
    go_on: str | None
    """The range to go on with; None: run the same file again."""


def claims(script: Script) -> Iterator[Claim]:
    """Read the header's "If it fails"; every word of it has to be understood."""
    found = _FAILURE_LINES.search(script.text)
    assert found, script.name
    text = re.sub(r"\s+", " ", found[1].replace("\n--", " ")).strip()
    assert _CLAIM.sub("", text).strip() == "", text
    for claim in _CLAIM.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", claim["where"])]
        inside = range(numbers[0], numbers[-1] + 1) if claim["where"].startswith("in ") else range(0)
        rows = claim["marker"] or claim["at"]
        heads = None if rows is None else tuple(rows.split(", ")) if rows != "base" else ()
        yield Claim(inside, int(claim["kept"] or 0), heads, claim["range"])


def claim_about(script: Script, piece: Piece) -> Claim:
    """Return what the header says of a failure at a piece."""
    found = [claim for claim in claims(script) if (claim.heads or script.lower) == piece.heads]
    assert len(found) == 1, f"{script.name}: {piece.heads} stands {len(found)} times in the header"
    assert piece.number is None or piece.number in found[0].numbers, f"{script.name}: statement {piece.number}"
    return found[0]


@dataclass(frozen=True, slots=True)
class Subject:
    """One script, and a database that it fits."""

    range_: str
    mode: TransactionMode
    file: str

    @property
    def bundle(self) -> Bundle:
        """Return the script with its counterpart."""
        known = branching_bundles()
        return known[self.range_] if self.range_ in known else bundle(self.range_, self.mode)

    @property
    def script(self) -> Script:
        """Return the script."""
        return self.bundle.upgrade if self.file == "upgrade" else self.bundle.rollback

    @property
    def inverse(self) -> Script:
        """Return its counterpart."""
        return self.bundle.rollback if self.file == "upgrade" else self.bundle.upgrade

    def database(self, server: Server) -> Database:
        """Return a new database at the script's FROM, with rows; base has an empty version table."""
        known = branching_bundles()
        if self.range_ in known:
            database = server.create_database()
            for range_ in list(known)[: list(known).index(self.range_)]:
                apply(database, known[range_].upgrade)
        else:
            database = stages_of(server).seeded[self.range_.partition(":")[0]].copy()
        apply(database, self.bundle.upgrade)
        if self.file == "upgrade":
            apply(database, self.bundle.rollback)
        return database

    def __str__(self) -> str:
        return f"{self.range_}-{self.mode.value}-{self.file}"


def subjects(*ranges: str, mode: TransactionMode = TransactionMode.SCRIPT) -> list[Subject]:
    """Return both scripts of each range."""
    return [Subject(range_, mode, file) for range_ in ranges for file in ("upgrade", "rollback")]


TRANSACTIONAL = subjects(*SINGLES[:2], *SINGLES[3:], f"{LINKS}:{SINGLES[4][-12:]}", TO_HEADS, MERGE, TO_QUEUE)
COMMITTING = [
    *subjects(SINGLES[2], MIDDLE, UNIQUE, WHOLE),
    *subjects(MIDDLE, TO_LINKS, mode=TransactionMode.REVISION),
]
EVERYWHERE = subjects(TO_HEADS, SINGLES[2], UNIQUE)
"""Of several heads, and with statements outside a transaction: tried on each server there is."""


def tried(subject: Subject, pieces: list[Piece]) -> list[Piece]:
    """Return where to fail: everywhere in a small script; each statement of the others is one of a small one's too."""
    small = subject.range_ in (*SINGLES, *branching_bundles())
    return pieces if small else [*pieces[:-1:4], pieces[-1]]


def failed_as(finished: Finished, message: str, where: str) -> None:
    """Check that psql stopped at the failure and claimed nothing."""
    assert message in finished.stderr, f"{where}\n{finished.output}"
    assert finished.exit_code == REFUSED_EXIT, f"{where}\n{finished.output}"
    assert "OK" not in finished.stdout, f"{where}\n{finished.output}"


@pytest.mark.parametrize(
    ("server", "subject"), on_servers(TRANSACTIONAL, EVERYWHERE), indirect=["server"], scope="session", ids=str
)
def test_a_failure_anywhere_in_one_transaction_changes_nothing(server: Server, subject: Subject) -> None:
    """Whichever statement, check, stamp or COMMIT fails, the header says "nothing has changed", and so it is."""
    script, database = subject.script, subject.database(server)
    assert [claim.heads for claim in claims(script)] == [None]
    assert script.states == (script.lower, script.upper)
    before = database.dump()
    for piece in tried(subject, list(script.pieces)):
        if piece.heads == script.lower:
            failed_as(run_text(database, script.broken_at(piece)), DIVISION, piece.sql)
    for piece in script.pieces:
        if (piece.sql, piece.heads) == ("COMMIT;", script.lower):
            failed_as(run_text(database, script.broken_at(piece, FAIL_AT_COMMIT)), BROKEN_KEY, piece.sql)
    assert database.dump() == before
    failed_as(run_text(database, script.broken_at(script.pieces[-1])), DIVISION, "behind the last COMMIT")
    assert tuple(database.heads()) == script.upper
    database.drop()


def applied(before: Database, script: Script, kept: int, heads: tuple[str, ...]) -> str:
    """Return the dump of a copy of `before` on which only statements 1 to `kept` have run, each by itself."""
    database = before.copy()
    statements = "\n".join(script.statement(number) for number in range(1, kept + 1))
    finished = database.psql("-X", "-v", "ON_ERROR_STOP=1", "-f", write_script(database, statements, "alone"))
    assert finished.exit_code == 0, finished.output
    set_heads(database, heads)
    left = database.dump()
    database.drop()
    return left


def promised_dumps(before: Database, script: Script) -> dict[tuple[str, ...], set[str]]:
    """Return, by the rows of alembic_version, the dumps that the header allows after a failure.

    A statement outside a transaction that has failed, or behind which something has, may have done its work.
    """
    expected = {}
    outside = {listed.number for listed in script.listed if listed.outside}
    for claim in claims(script):
        if claim.heads is not None:
            counts = {claim.kept, *outside.intersection(claim.numbers, {claim.kept + 1})}
            expected[claim.heads] = {applied(before, script, count, claim.heads) for count in counts}
    return expected


def go_on(database: Database, subject: Subject, claim: Claim) -> None:
    """Do what the header says is to be done after a failure."""
    if claim.go_on is None:
        apply(database, subject.script)
        return
    refused = run_text(database, subject.script.text)
    assert "REFUSED" in refused.stderr, claim
    rest = bundle(claim.go_on, subject.mode)
    apply(database, rest.upgrade if subject.file == "upgrade" else rest.rollback)


@pytest.mark.parametrize(
    ("server", "subject"), on_servers(COMMITTING, EVERYWHERE), indirect=["server"], scope="session", ids=str
)
def test_a_failure_leaves_what_the_header_says_and_a_new_run_completes(server: Server, subject: Subject) -> None:
    """In each committed state: the statements that stay, the version rows, and the way on are those of the header.

    A failure before each statement, check, stamp and COMMIT that runs from that state leaves the state as it is.
    """
    script, database = subject.script, subject.database(server)
    before = database.copy()
    apply(database, script)
    complete = database.dump()
    apply(database, subject.inverse)
    allowed = {script.lower: {database.dump()}} | promised_dumps(before, script)
    before.drop()
    for state in script.states[:-1]:
        pieces = [piece for piece in script.pieces if piece.heads == state]
        resumes = state == script.lower or state in script.markers
        for piece in tried(subject, pieces) if resumes else (pieces[0], pieces[-1]):
            where = f"{script.name} before {piece.sql!r}"
            claim = claim_about(script, piece)
            failed_as(run_text(database, script.broken_at(piece)), DIVISION, where)
            if not resumes:
                assert version_rows(database) == state, where
                assert database.dump() in allowed[state], where
                go_on(database, subject, claim)
                assert database.dump() == complete, where
                apply(database, subject.inverse)
        if resumes:
            assert version_rows(database) == state
            assert database.dump() in allowed[state], f"{script.name} at {state}"
    if script.states[-2] in script.markers:
        # The database has gone from state to state by new runs of the one file.
        apply(database, script)
        assert database.dump() == complete
    database.drop()


def test_only_its_own_script_goes_on_from_a_marker(server: Server) -> None:
    """While a revision is half applied, other scripts, other ranges and Alembic refuse the database."""
    links = bundle(SINGLES[2])
    database = stages_of(server).seeded[RULES].copy()
    piece = next(piece for piece in links.upgrade.pieces if piece.heads in links.upgrade.markers)
    run_text(database, links.upgrade.broken_at(piece))
    assert database.heads() == [f"{LINKS}:4"]
    before = database.dump()
    for scripts in (bundle(range_) for range_ in SINGLES):
        for script in scripts.both:
            if script is not links.upgrade:
                refused = run_text(database, script.text)
                assert (refused.exit_code, "REFUSED" in refused.stderr) == (REFUSED_EXIT, True), script.name
    online = database.alembic("-x", "online=true", "upgrade", "head")
    assert online.exit_code != 0
    assert f"{LINKS}:4" in online.output
    assert database.dump() == before
    apply(database, links.upgrade)
    assert database.dump() == stages_of(server).arrived[LINKS]
    database.drop()


def unique_with_duplicates(server: Server) -> Database:
    """Return a database on which the unique index of the branching history can't be built."""
    database = Subject(UNIQUE, TransactionMode.SCRIPT, "upgrade").database(server)
    database.execute("INSERT INTO t_q VALUES (1, 7), (2, 7)")
    return database


INDEX_STATE = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix_t_q_n')"


def test_an_invalid_index_is_replaced_once_the_cause_is_mended(server: Server) -> None:
    """A unique index over duplicates fails each time, until they are gone; then the script completes."""
    script, database = branching_bundles()[UNIQUE].upgrade, unique_with_duplicates(server)
    for _ in range(2):
        failed_as(run_text(database, script.text), "could not create unique index", script.name)
        assert (database.heads(), database.query(INDEX_STATE)) == (["unique:1"], "f")
    database.execute("UPDATE t_q SET n = id")
    apply(database, script)
    assert database.query(INDEX_STATE) == "t"
    database.drop()


def test_no_client_stamps_an_index_that_is_not_valid(server: Server) -> None:
    """A client that goes on after the failed index does not get past it either, and is not told OK."""
    script, database = branching_bundles()[UNIQUE].upgrade, unique_with_duplicates(server)
    finished = NO_COMMANDS.run(database, script.text)
    assert "could not create unique index" in finished.stderr
    assert ok_line(database, script.upper) not in finished.stdout
    assert database.heads() == ["unique:1"]
    database.execute("UPDATE t_q SET n = id")
    apply(database, script)
    assert database.query(INDEX_STATE) == "t"
    database.drop()


WAITERS = f"{SESSIONS} AND query LIKE '%INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'"


@pytest.mark.parametrize("subject", subjects(SINGLES[2]), ids=str)
@pytest.mark.parametrize("terminated", [False, True])
def test_psql_killed_during_a_concurrent_index_can_be_run_again(
    server: Server, subject: Subject, *, terminated: bool
) -> None:
    """While the server still works for the killed psql a new run is refused; after that it completes."""
    script, database = subject.script, subject.database(server)
    index = next(piece for piece in script.pieces if " INDEX CONCURRENTLY " in piece.sql)
    run_text(database, script.broken_at(index))
    with database.start_psql("-X", "-q", "-A", "-t") as holder:
        assert holder.stdin is not None
        holder.stdin.write("BEGIN; LOCK TABLE threat_events IN ROW EXCLUSIVE MODE;\n")
        holder.stdin.flush()
        wait_until(lambda: database.query(HELD) == "1")
        with database.start_psql("-X", "-f", write_script(database, script.text)) as killed:
            wait_until(lambda: database.query(WAITERS) == "1")
            killed.send_signal(signal.SIGKILL)
            killed.wait(PATIENCE_SECONDS)
        refused = run_text(database, script.text.replace(IN_NO_HURRY, IN_A_HURRY))
        assert (refused.exit_code, "REFUSED: another script" in refused.stderr) == (REFUSED_EXIT, True)
        assert tuple(database.heads()) == index.heads
        if terminated:
            database.execute(WAITERS.replace("count(*)", "pg_terminate_backend(pid)"))
            wait_until(lambda: database.query(SESSIONS) == "1")
            assert database.query(INVALID) == "1"
        holder.stdin.close()
        holder.wait(PATIENCE_SECONDS)
    wait_until(lambda: database.query(SESSIONS) == "0")
    assert tuple(database.heads()) == index.heads
    apply(database, script)
    assert database.dump() == undisturbed(server, subject)
    database.drop()


HELD = "SELECT count(*) FROM pg_locks WHERE mode = 'RowExclusiveLock' AND relation = 'threat_events'::regclass"
INVALID = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"


def undisturbed(server: Server, subject: Subject) -> str:
    """Return the dump that a run without any disturbance leaves."""
    database = subject.database(server)
    apply(database, subject.script)
    left = database.dump()
    database.drop()
    return left


def cuts(script: Script) -> list[int]:
    """Return where to cut: behind some lines of each statement below the guard's procedures, and within the last query.

    Of a statement's lines these are the first two, one in the middle, and the last.
    """
    first, last = script.pieces[0], script.pieces[-1]
    found = set(range(last.start, last.start + len(last.sql), 60))
    for piece in script.pieces:
        lines = [line.end() for line in re.finditer(r"^.*\n?", piece.sql, re.MULTILINE)]
        ends = {*lines[:2], lines[len(lines) // 2], lines[-1]}
        found |= {piece.start + end for end in ends}
    opening = [line.end() for line in re.finditer(r"^(?!--).*\n", script.text, re.MULTILINE)]
    found |= {cut for cut in opening if first.start - 100 < cut <= first.start}
    return sorted(cut for cut in found if cut < len(script.text))


@pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")
@pytest.mark.parametrize("subject", subjects(*SINGLES[2::2], UNIQUE), ids=str)
def test_a_cut_off_script_claims_nothing_and_leaves_no_unpromised_state(server: Server, subject: Subject) -> None:
    """Cut anywhere, the database is in the state that was committed last, and no OK line says otherwise."""
    script, database = subject.script, subject.database(server)
    before = database.dump()
    apply(database, script)
    complete = database.dump()
    apply(database, subject.inverse)
    seen = {script.lower}
    for cut in cuts(script):
        state = next((piece.heads for piece in script.pieces if piece.start >= cut), script.upper)
        if state not in seen:
            assert script.lower not in seen or database.dump() == before
            seen = {state}
        finished = run_text(database, script.text[:cut])
        where = f"{script.name} cut behind {script.text[:cut][-60:]!r}\n{finished.output}"
        assert version_rows(database) == state, where
        if ok_line(database, script.upper) in finished.stdout:
            # psql sends what stands at the end of a file without its semicolon, so this line can be the computed one.
            assert (state, cut > script.pieces[-1].start) == (script.upper, True), where
        if state == script.upper:
            assert cut < script.pieces[-1].start or database.dump() == complete, where
            apply(database, subject.inverse)
    assert database.dump() == before
    database.drop()


@pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")
def test_a_script_cut_off_in_its_opening_changes_nothing(server: Server) -> None:
    """Before the first check there is nothing that could change a database."""
    subject = Subject(SINGLES[2], TransactionMode.SCRIPT, "upgrade")
    script, database = subject.script, subject.database(server)
    before = database.dump()
    for line in re.finditer(r"^(?!--).*\n", script.text[: script.pieces[0].start], re.MULTILINE):
        finished = run_text(database, script.text[: line.end()])
        assert "OK" not in finished.stdout, line
    assert database.dump() == before
    database.drop()
