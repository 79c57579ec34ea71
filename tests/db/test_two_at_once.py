"""Two scripts at once, or a script beside an online upgrade: one wins, and nothing is done twice or in part."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.db.postgres import Finished
from tests.db.scripts import (
    IN_A_HURRY,
    IN_NO_HURRY,
    PATIENCE_SECONDS,
    REFUSED_EXIT,
    SESSIONS,
    SEVERITY,
    SINGLES,
    WHOLE,
    Script,
    apply,
    bundle,
    set_heads,
    succeeded,
    wait_until,
    write_script,
)
from tests.db.server import on_servers
from tests.db.stages import stages_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.db.postgres import Database, Server

GATE = "SELECT pg_advisory_lock(1);"
AT_GATE = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND granted = {}"
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '{}%'
"""


IDLE = f"{SESSIONS} AND state = 'idle' AND query <> ''"


def start(database: Database, text: str, name: str) -> subprocess.Popen[str]:
    """Start a script of its own file."""
    return database.start_psql("-X", "-f", write_script(database, text, name))


def finish(process: subprocess.Popen[str]) -> Finished:
    """Wait for a script's end."""
    stdout, stderr = process.communicate(timeout=PATIENCE_SECONDS)
    return Finished(process.returncode, stdout, stderr)


@contextlib.contextmanager
def holding(database: Database, sql: str, until: str, *, end: str = "ROLLBACK;") -> Iterator[None]:
    """Keep a session open that has run `sql`, until the block ends; `until` finds 1 once it has."""
    with database.start_psql("-X", "-q", "-v", "ON_ERROR_STOP=1") as holder:
        assert holder.stdin is not None
        holder.stdin.write(f"{sql}\n")
        holder.stdin.flush()
        wait_until(lambda: database.query(until) == "1")
        try:
            yield
        finally:
            with contextlib.suppress(BrokenPipeError):
                holder.stdin.write(f"{end}\n")
                holder.stdin.close()
            holder.wait(PATIENCE_SECONDS)


def database_at(server: Server, script: Script) -> Database:
    """Return a new database at a script's FROM, with rows."""
    (at,) = script.lower or ("base",)
    return stages_of(server).seeded[at].copy()


def refused(finished: Finished) -> bool:
    """Tell whether a run was refused, visibly."""
    return finished.exit_code == REFUSED_EXIT and "REFUSED: " in finished.stderr and "OK" not in finished.stdout


@pytest.mark.parametrize(
    ("server", "range_"),
    on_servers([SINGLES[0], SINGLES[2], SINGLES[3]], [SINGLES[2]]),
    indirect=["server"],
    scope="session",
)
@pytest.mark.parametrize("file", ["upgrade", "rollback"])
def test_a_second_run_is_refused_wherever_the_first_one_is(server: Server, range_: str, file: str) -> None:
    """While one run stands before any statement behind its first check, another is refused, and the first completes."""
    script = getattr(bundle(range_), file)
    other = bundle(range_).rollback if file == "upgrade" else bundle(range_).upgrade
    database = database_at(server, script)
    apply(database, script)
    complete = database.dump()
    apply(database, other)
    checked = [piece for piece in script.pieces[1:] if piece.heads != script.upper]
    for piece in checked[:: len(checked) // 5]:
        with holding(database, GATE, AT_GATE.format("true")):
            first = start(database, script.broken_at(piece, GATE), "first")
            wait_until(lambda: database.query(AT_GATE.format("false")) == "1")
            for late in (script, other):
                assert IN_NO_HURRY in late.text
                hurried = late.text.replace(IN_NO_HURRY, IN_A_HURRY)
                assert refused(finish(start(database, hurried, "second"))), piece.sql
        assert succeeded(database, script, finish(first)), piece.sql
        assert database.dump() == complete, piece.sql
        apply(database, other)
    database.drop()


@pytest.mark.parametrize("range_", [SINGLES[0], SINGLES[2], WHOLE])
def test_a_run_that_comes_to_its_first_check_late_is_refused(server: Server, range_: str) -> None:
    """A run that has not yet looked, while another one did everything, finds nothing to do."""
    script = bundle(range_).upgrade
    database = database_at(server, script)
    at = script.pieces[0].start
    late = database.start_psql("-X", "-f", "-")
    assert late.stdin is not None
    late.stdin.write(script.text[:at])
    late.stdin.flush()
    wait_until(lambda: database.query(IDLE) == "1")
    assert succeeded(database, script, finish(start(database, script.text, "quick")))
    complete = database.dump()
    late.stdin.write(script.text[at:])
    finished = finish(late)
    assert refused(finished), finished.output
    assert database.dump() == complete
    database.drop()


@pytest.mark.parametrize(
    ("server", "range_"),
    on_servers([SINGLES[0], SINGLES[2], WHOLE], [SINGLES[2]]),
    indirect=["server"],
    scope="session",
)
def test_of_runs_started_together_one_wins(server: Server, range_: str) -> None:
    """Three runs race; one ends with OK, the others with REFUSED, and all is done once."""
    script = bundle(range_).upgrade
    database = database_at(server, script)
    apply(database, script)
    complete = database.dump()
    hurried = script.text.replace(IN_NO_HURRY, IN_A_HURRY)
    for _ in range(3):
        apply(database, bundle(range_).rollback)
        racing = [start(database, hurried, f"racer{number}") for number in range(3)]
        finished = [finish(process) for process in racing]
        winners = [each for each in finished if succeeded(database, script, each)]
        assert len(winners) == 1, "\n".join(each.output for each in finished)
        assert all(refused(each) for each in finished if each not in winners)
        assert database.dump() == complete
    database.drop()


def test_scripts_run_one_right_after_the_other_do_not_meet(server: Server) -> None:
    """A shell loop over scripts works: a run that has ended, well or not, does not stand in the next one's way."""
    scripts = bundle(SINGLES[0])
    database = server.create_database()
    files = {script: write_script(database, script.text, script.name.replace("/", "_")) for script in scripts.both}
    commit = next(piece for piece in scripts.upgrade.pieces if piece.sql == "COMMIT;")
    broken = write_script(database, scripts.upgrade.broken_at(commit), "broken")
    for _ in range(15):
        assert "division by zero" in database.run_script(broken).stderr
        for script in scripts.both:
            finished = database.run_script(files[script])
            assert succeeded(database, script, finished), finished.output
    database.drop()


# The wait for locks is cut short where a test waits it out.
PATIENT, IMPATIENT = "SET lock_timeout = '5s';", "SET lock_timeout = '200ms';"
STAMPED = "SELECT count(*) FROM pg_locks WHERE mode = 'RowExclusiveLock' AND relation = 'alembic_version'::regclass"


@pytest.mark.parametrize("outcome", ["held", "COMMIT;", "ROLLBACK;"])
def test_a_stamp_that_is_not_yet_committed_is_waited_for(server: Server, outcome: str) -> None:
    """While somebody's uncommitted stamp stands, the script waits, then goes by what was committed, or gives up."""
    script = bundle(SINGLES[3]).upgrade
    database = database_at(server, script)
    stamp = f"BEGIN; UPDATE alembic_version SET version_num = '{SEVERITY}';"
    before = database.dump()
    assert PATIENT in script.text
    text = script.text.replace(PATIENT, IMPATIENT) if outcome == "held" else script.text
    with holding(database, stamp, STAMPED, end=outcome.replace("held", "ROLLBACK;")):
        waiting = start(database, text, "waiting")
        if outcome == "held":
            finished = finish(waiting)
        else:
            wait_until(lambda: database.query(WAITING.format("LOCK TABLE")) == "1")
    if outcome == "held":
        assert (finished.exit_code, "lock timeout" in finished.stderr) == (REFUSED_EXIT, True)
    elif outcome == "COMMIT;":
        assert refused(finish(waiting))
        set_heads(database, script.lower)
    else:
        assert succeeded(database, script, finish(waiting))
        apply(database, bundle(SINGLES[3]).rollback)
    assert database.dump() == before
    database.drop()


def test_an_online_upgrade_that_comes_second_does_nothing(server: Server) -> None:
    """alembic, started while the script is at work, fails on what the script has done."""
    script = bundle(SINGLES[3]).upgrade
    database = database_at(server, script)
    commit = next(piece for piece in script.pieces if piece.sql == "COMMIT;")
    with ThreadPoolExecutor(1) as pool:
        with holding(database, GATE, AT_GATE.format("true")):
            first = start(database, script.broken_at(commit, GATE), "first")
            wait_until(lambda: database.query(AT_GATE.format("false")) == "1")
            online = pool.submit(database.alembic, "-x", "online=true", "upgrade", SEVERITY)
            wait_until(lambda: database.query(WAITING.format("ALTER TABLE")) == "1")
        assert succeeded(database, script, finish(first))
        assert online.result().exit_code != 0
    assert database.dump() == stages_of(server).arrived[SEVERITY]
    database.drop()
