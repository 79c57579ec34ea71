"""Scripts for the mariadb client do what an online run does, or leave the database alone."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from changescript.dialects import get_dialect
from changescript.model import TransactionMode
from tests.db.mariadb_histories import ENV_PY, HISTORIES
from tests.db.mariadb_scripts import (
    BROKEN_MESSAGE,
    FAILED_EXIT,
    RUN,
    Bundle,
    Piece,
    Script,
    apply,
    ok_line,
    online,
    render,
    run,
    run_by_source,
    set_heads,
    succeeded,
    without_counters,
)
from tests.projects import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.mariadb import MariaDBDatabase, MariaDBServer


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a project for each history."""
    folder = tmp_path_factory.mktemp("histories")
    return {name: history.make(folder / f"h{number}") for number, (name, history) in enumerate(HISTORIES.items())}


@pytest.fixture(scope="module")
def bundles(roots: dict[str, Path]) -> dict[str, dict[str, Bundle]]:
    """Render every range of every history."""
    return {name: render(root, HISTORIES[name].ranges) for name, root in roots.items()}


@pytest.fixture(scope="module")
def online_dumps(mariadb_server: MariaDBServer, roots: dict[str, Path]) -> dict[tuple[str, str], str]:
    """Return what online runs leave: by history and stop, and for the way back by history and `-stop`."""
    runs = [
        (roots[name], mariadb_server.create_database(), (*history.stops, "-base"))
        for name, history in HISTORIES.items()
    ]
    dumps, said = online(*runs)
    keys = [(name, stop) for name, history in HISTORIES.items() for stop in (*history.stops, "-base")]
    assert len(dumps) == len(keys), said
    return dict(zip(keys, dumps, strict=True))


@pytest.mark.parametrize("name", HISTORIES)
def test_scripts_equal_online_and_rollbacks_restore(
    mariadb_server: MariaDBServer,
    bundles: dict[str, dict[str, Bundle]],
    online_dumps: dict[tuple[str, str], str],
    name: str,
) -> None:
    """Range by range up, and back again: schema, routines, rows and version rows are those of online runs."""
    database, history = mariadb_server.create_database(), HISTORIES[name]
    singles = [bundles[name][range_] for range_ in history.ranges[: len(history.stops)]]
    for stop, bundle in zip(history.stops, singles, strict=True):
        apply(database, bundle.upgrade)
        assert database.dump() == online_dumps[name, stop], stop
    for bundle in reversed(singles):
        apply(database, bundle.rollback)
    assert database.dump() == online_dumps[name, "-base"]
    whole = bundles[name][history.ranges[-1]]
    apply(database, whole.upgrade)
    assert database.dump() == online_dumps[name, history.stops[-1]]
    apply(database, whole.rollback)
    assert database.dump() == online_dumps[name, "-base"]
    database.drop()


@pytest.mark.parametrize("name", ["branches", "mixed", "tables"])
def test_one_transaction_where_possible_makes_the_same(
    mariadb_server: MariaDBServer, roots: dict[str, Path], online_dumps: dict[tuple[str, str], str], name: str
) -> None:
    """With transaction = "script" neighbours of several revisions are committed together; the result is the same."""
    database, history = mariadb_server.create_database(), HISTORIES[name]
    range_ = history.ranges[-1]
    whole = render(roots[name], [range_], TransactionMode.SCRIPT)[range_]
    apply(database, whole.upgrade)
    assert database.dump() == online_dumps[name, history.stops[-1]]
    apply(database, whole.rollback)
    assert database.dump() == online_dumps[name, "-base"]
    database.drop()


def test_the_header_names_the_options_that_the_tests_run_with() -> None:
    """The command is what all this has been tried with."""
    assert get_dialect("mariadb").run_command == f"mariadb {' '.join(RUN)} DATABASE < {{file}}"


# Databases that a script does not fit

WRONG = {
    "no version table": None,
    "base": (),
    "another revision": ("0123456789ab",),
    "another case": ("TRUNK",),
    "with a blank": ("trunk ",),
    "one more head": ("stray", "trunk"),
    "a marker": ("left:1", "right"),
    "its marker": ("left:0",),
    "the end": ("top",),
    "two heads": ("left", "right"),
}


@pytest.mark.parametrize("state", WRONG)
def test_a_wrong_database_stays_as_it_is(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]], state: str
) -> None:
    """Whatever the version table says but what a script needs: it is refused, also by clients that go on."""
    database, rows = mariadb_server.create_database(), WRONG[state]
    database.execute(
        "CREATE TABLE t_trunk (id INT PRIMARY KEY); CREATE TABLE auto (id INT); INSERT INTO auto VALUES (1);"
    )
    if rows is not None:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);")
        set_heads(database, rows)
    before = database.dump()
    for range_, bundle in bundles["branches"].items():
        for script in bundle.both:
            if script.lower == (rows or ()):
                continue
            finished = run(database, script.text)
            assert finished.exit_code == FAILED_EXIT, f"{range_}\n{finished.output}"
            already = "is already at" if script.upper == (rows or ()) else "this script needs"
            at = ", ".join(rows or ()) or "base"
            assert f'REFUSED: database "{database.name}" is' in finished.stdout, finished.output
            assert already in finished.stdout, finished.output
            assert f".REFUSED: {'already ' if 'already' in already else ''}at {at}" in finished.stderr, finished.output
            loose = (run(database, script.text, "--force"), run_by_source(database, script.text))
            assert not any("OK: database" in each.stdout for each in (finished, *loose)), range_
    assert database.dump() == before
    database.drop()


def test_a_later_part_does_not_start_where_the_first_check_refused(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]
) -> None:
    """A client that goes on after errors meets a later part that would fit; nothing is done all the same."""
    database = mariadb_server.create_database()
    apply(database, bundles["mixed"]["base:one"].upgrade)
    before, text = database.dump(), bundles["mixed"]["base:remembers"].upgrade.text
    for finished in (run(database, text, "--force"), run_by_source(database, text)):
        assert "REFUSED: a statement or check before this one has failed" in finished.stdout
        assert "OK: database" not in finished.stdout
    assert database.dump() == before
    database.drop()


@pytest.mark.parametrize(
    ("version", "refused"),
    [
        ("5.7.44-log", True),
        ("8.0.9", True),
        ("8.0.16", True),
        ("8.0.17", False),
        ("8.4.1", False),
        ("10.0.1", False),
    ],
)
def test_a_script_for_mysql_refuses_a_server_that_lacks_what_it_is_written_with(
    mariadb_server: MariaDBServer, roots: dict[str, Path], version: str, *, refused: bool
) -> None:
    """It would stop half-way at a syntax error."""
    script = render(roots["tables"], HISTORIES["tables"].ranges[:1], dialect="mysql")[HISTORIES["tables"].ranges[0]]
    database = mariadb_server.create_database()
    finished = run(database, script.upgrade.text.replace("VERSION()", f"''{version}''"))
    assert ("REFUSED: this server is older than MySQL 8.0.17" in finished.stderr) == refused, finished
    assert (database.query("SHOW TABLES") == "") == refused


def test_a_script_for_mysql_refuses_mariadb_and_the_other_way_round(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]], roots: dict[str, Path]
) -> None:
    """Online, SQLAlchemy asks the server what it is, and makes other columns on the one than on the other."""
    database, other = mariadb_server.create_database(), mariadb_server.create_database()
    ranges = HISTORIES["tables"].ranges
    script = render(roots["tables"], ranges, dialect="mysql")[ranges[-1]].upgrade
    assert "REFUSED: this server is MariaDB, use --dialect mariadb" in run(database, script.text).stderr
    assert database.query("SHOW TABLES") == ""
    apply(database, replace(script, text=script.text.replace("VERSION()", "''8.4.1''")))
    as_mysql = bundles["tables"][ranges[-1]].upgrade.text.replace("VERSION()", "''8.0.36''")
    assert "REFUSED: this server is not MariaDB" in run(other, as_mysql).stderr
    assert other.query("SHOW TABLES") == ""
    apply(other, bundles["tables"][ranges[-1]].upgrade)
    assert database.dump() == other.dump()
    database.drop()
    other.drop()


def test_the_version_table_may_be_in_another_database(mariadb_server: MariaDBServer, tmp_path: Path) -> None:
    """It is looked at, made and stamped there; a table of that name at home does not count."""
    database, other = mariadb_server.create_database(), mariadb_server.create_database()
    env_py = ENV_PY.format(options=repr({"version_table_schema": other.name, "version_table": "v"}))
    bundle = render(make_project(tmp_path, "a; b < a", env_py).root, ["base:b"])["base:b"]
    database.execute("CREATE TABLE v (version_num VARCHAR(32)); INSERT INTO v VALUES ('stray');")
    before = database.dump()
    apply(database, bundle.upgrade)
    assert other.query("SELECT version_num FROM v") == "b"
    assert "REFUSED: already at b" in run(database, bundle.upgrade.text).stderr
    apply(database, bundle.rollback)
    assert database.dump() == before
    assert other.query("SELECT COUNT(*) FROM v") == "0"
    database.drop()
    other.drop()


def test_no_privilege_on_routines_is_needed(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]
) -> None:
    """A user with the rights for the revision alone runs the script, and is told as much when it is refused."""
    database, script = mariadb_server.create_database(), bundles["depends"]["base:core"].upgrade
    rights = "CREATE, SELECT, INSERT, UPDATE, DELETE"
    mariadb_server.maintenance.execute(
        f"CREATE USER plain@localhost; GRANT {rights} ON {database.name}.* TO plain@localhost;"
    )
    finished = run(database, script.text, "--user=plain")
    assert succeeded(database, script.upper, finished), finished.output
    refused = run(database, script.text, "--user=plain")
    assert (refused.exit_code, "REFUSED: already at core" in refused.stderr) == (FAILED_EXIT, True), refused.output
    mariadb_server.maintenance.execute("DROP USER plain@localhost")
    database.drop()


# Failures


def telling(script: Script) -> list[Piece]:
    """Return the places of a script at which a failure leaves something else than at the one before."""
    pieces = script.pieces
    frame = re.compile(
        r"SET @changescript_(?!needs)|EXECUTE changescript_(?!say)|PREPARE|SELECT '|SET SESSION|SELECT CONCAT"
    )
    return [piece for piece in pieces if not frame.match(piece.sql)]


def way_on(database: MariaDBDatabase, script: Script, rest: dict[str, Bundle]) -> None:
    """Do what header and guard say is to be done after a failure, until the script has been run to its end."""
    state = database.heads()
    if not any(":" in row for row in state):
        ends = [",".join(state) or "base", ",".join(script.upper) or "base"]
        up = script.upper == ("mixed",)
        bundle = rest[":".join(ends if up else reversed(ends))]
        apply(database, bundle.upgrade if up else bundle.rollback)
        return
    again = run(database, script.text)
    assert (again.exit_code, "REFUSED" in again.stderr) == (FAILED_EXIT, True), again.output
    line = f"go on at {', '.join(state)}"
    behind = re.search(rf"^-- ({line}, statement \d+ done)$", script.text, re.MULTILINE)
    finished = run(database, script.from_line(line))
    if finished.exit_code:
        assert re.search(r"REFUSED: the work of statement \d+ is there already", finished.stdout), finished.output
        assert behind, line
        finished = run(database, script.from_line(behind[1]))
    elif behind:
        assert run(database, script.from_line(behind[1])).exit_code == FAILED_EXIT
    assert succeeded(database, script.upper, finished), finished.output


@pytest.mark.parametrize(
    ("back", "states"),
    [
        (False, {(), ("one:0",), ("one",), *((f"mixed:{done}",) for done in (0, 1, 3, 4, 5)), ("mixed",)}),
        (True, {("mixed",), *((f"mixed:-{done}",) for done in (0, 1, 2)), ("one",), ("one:-0",), ()}),
    ],
    ids=["upgrade", "rollback"],
)
def test_a_failure_leaves_what_is_promised_and_the_rest_completes(
    mariadb_server: MariaDBServer, roots: dict[str, Path], states: set[tuple[str, ...]], *, back: bool
) -> None:
    """Wherever a script fails: exit code, message, version rows, and a way on that does nothing twice."""
    rest = render(roots["mixed"], ["base:one", "one:mixed", "base:mixed"])
    script = rest["base:mixed"].rollback if back else rest["base:mixed"].upgrade
    reference = mariadb_server.create_database()
    for each in (rest["base:mixed"].upgrade, script)[not back :]:
        apply(reference, each)
    complete = without_counters(reference.dump())
    seen = set()
    for piece in telling(script):
        database = mariadb_server.create_database()
        if back:
            apply(database, rest["base:mixed"].upgrade)
        finished = run(database, script.broken_at(piece.start))
        assert BROKEN_MESSAGE in finished.stderr, piece
        assert finished.exit_code == FAILED_EXIT, piece
        assert "OK: " not in finished.stdout, piece
        assert tuple(database.heads()) == piece.state, piece
        seen.add(piece.state)
        if piece.state != script.upper:
            way_on(database, script, rest)
        assert without_counters(database.dump()) == complete, piece
        database.drop()
    assert seen == states
    reference.drop()


def test_a_client_that_goes_on_writes_nothing_after_a_failure(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]
) -> None:
    """With --force and with `source` a failed statement leaves what it leaves with the client that stops there."""
    script, lower = bundles["mixed"]["one:mixed"].upgrade, bundles["mixed"]["base:one"].upgrade
    numbered = [piece for piece in script.pieces if re.match(r"INSERT INTO t|UPDATE t|ALTER|DELIMITER ", piece.sql)]
    assert len(numbered) >= 6
    for piece in numbered:
        # As if the statement itself had failed: what fails stands right before the line that counts errors.
        end = script.text.index("SET @changescript_errors", piece.start)
        dumps = set()
        for way in (run, lambda database, text: run(database, text, "--force"), run_by_source):
            database = mariadb_server.create_database()
            apply(database, lower)
            finished = way(database, script.broken_at(end))
            assert BROKEN_MESSAGE in finished.stderr
            assert "OK: " not in finished.stdout
            dumps.add(without_counters(database.dump()))
            database.drop()
        assert len(dumps) == 1, piece


def test_a_marker_is_refused_by_alembic_and_by_other_scripts(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]], roots: dict[str, Path]
) -> None:
    """While a revision is half applied nothing but the rest of its own script starts."""
    database, script = mariadb_server.create_database(), bundles["mixed"]["base:remembers"].upgrade
    run(database, script.broken_at(next(piece.start for piece in script.pieces if "BIGINT" in piece.sql)))
    assert database.heads() == ["mixed:4"]
    before = database.dump()
    for bundle in bundles["mixed"].values():
        for other in bundle.both:
            assert "REFUSED" in run(database, other.text).stderr
    dumps, said = online((roots["mixed"], database, ["head"]))
    assert dumps == []
    assert "mixed:4" in said
    assert database.dump() == before
    database.drop()


def test_there_is_no_way_on_where_a_session_is_missed(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]
) -> None:
    """A user variable of the failed session is gone, so the script offers no line to go on from, and says why."""
    database, script = mariadb_server.create_database(), bundles["mixed"]["mixed:remembers"].upgrade
    assert "\n-- go on at" not in script.text
    assert "-- No way on from remembers:1: statement 1 left something in its session" in script.text
    apply(database, bundles["mixed"]["base:one"].upgrade)
    apply(database, bundles["mixed"]["one:mixed"].upgrade)
    run(database, script.broken_at(next(piece.start for piece in script.pieces if "CREATE TABLE" in piece.sql)))
    assert database.heads() == ["remembers:1"]
    before = database.dump()
    rest = run(database, script.from_line("go on at remembers:1"))
    assert "OK: " not in rest.output
    assert database.dump() == before
    database.drop()


def test_a_cut_off_script_claims_nothing(mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]) -> None:
    """Cut anywhere, alembic_version says how far it came, and there is no OK line."""
    script = bundles["mixed"]["base:one"].upgrade
    for piece in script.pieces[:-1:2]:
        database = mariadb_server.create_database()
        finished = run(database, script.text[: piece.start + len(piece.sql) // 2])
        assert "OK: " not in finished.stdout, piece
        assert tuple(database.heads()) in {piece.state, script.upper}, piece
        database.drop()
    for line in re.finditer(r"\n", script.text[: script.pieces[0].start]):
        if line.start() % 5 == 0:
            assert "OK: " not in run(mariadb_server.maintenance, script.text[: line.start()]).stdout


def test_changed_line_ends_are_refused(mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]) -> None:
    """A file whose line ends were changed on its way would store other texts and bodies."""
    database, script = mariadb_server.create_database(), bundles["texts"]["base:texts"].upgrade
    for options in ([], ["--force"]):
        finished = run(database, script.text.replace("\n", "\r\n"), *options)
        assert "REFUSED: the line ends of this file have been changed" in finished.stdout, finished.output
        assert "OK: " not in finished.stdout
    assert database.query("SHOW TABLES") == ""
    database.drop()


# Sessions


SLEEPERS = "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'"


def test_of_two_at_once_one_is_refused(mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]) -> None:
    """The second finds the first one's lock, and says so without waiting for long; another database is free."""
    database, other = mariadb_server.create_database(), mariadb_server.create_database()
    script = bundles["mixed"]["base:one"].upgrade
    first = next(piece for piece in script.pieces if piece.sql.startswith("SELECT '1 of"))
    command = ["mariadb", "--no-defaults", f"--socket={mariadb_server.socket}", "--user=root", *RUN, database.name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as slow:
        assert slow.stdin
        assert slow.stdout
        slow.stdin.write(script.broken_at(first.start, "SELECT SLEEP(1.5);\n"))
        slow.stdin.close()
        deadline = time.monotonic() + 30
        while not mariadb_server.maintenance.query(SLEEPERS):
            assert time.monotonic() < deadline
        hasty = script.text.replace("GET_LOCK(@changescript_alone, 2)", "GET_LOCK(@changescript_alone, 0)")
        refused = run(database, hasty)
        assert f'REFUSED: another script is running in database "{database.name}"' in refused.stdout, refused.output
        apply(other, script)
        assert slow.stdout.read().splitlines()[-1] == ok_line(database, script.upper)
        assert slow.wait(30) == 0
    database.drop()
    other.drop()


LOOSE = """
[mysql]
safe-updates
init-command="SET autocommit=0, sql_mode='NO_BACKSLASH_ESCAPES,ANSI_QUOTES', foreign_key_checks=0, completion_type=1"
"""


@pytest.mark.parametrize("server_mode", ["", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"])
def test_settings_of_client_and_server_change_nothing(
    mariadb_server: MariaDBServer,
    bundles: dict[str, dict[str, Bundle]],
    online_dumps: dict[tuple[str, str], str],
    server_mode: str,
) -> None:
    """Neither a my.cnf nor a server with other quotes and escapes changes what a script stores."""
    database = mariadb_server.create_database()
    ours = mariadb_server.maintenance.query("SELECT @@GLOBAL.sql_mode")
    if server_mode:
        mariadb_server.maintenance.execute(f"SET GLOBAL sql_mode = '{server_mode}'")
    try:
        for range_ in ("base:texts", "texts:rows"):
            script = bundles["texts"][range_].upgrade
            finished = run(database, script.text, my_cnf=LOOSE)
            assert succeeded(database, script.upper, finished), finished.output
    finally:
        mariadb_server.maintenance.execute(f"SET GLOBAL sql_mode = '{ours}'")
    assert database.dump() == online_dumps["texts", "rows"]
    database.drop()


def test_a_client_with_another_delimiter_changes_nothing(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]
) -> None:
    """It takes the opening for one statement, which is none."""
    database = mariadb_server.create_database()
    finished = run(database, bundles["routines"]["base:routines"].upgrade.text, my_cnf="[mysql]\ndelimiter=//\n")
    assert finished.exit_code == FAILED_EXIT
    assert database.query("SHOW TABLES") == ""
    database.drop()


def test_a_log_is_progress_and_the_computed_line(
    mariadb_server: MariaDBServer, bundles: dict[str, dict[str, Bundle]]
) -> None:
    """A log holds a line for each revision and, last, where the database is by its own word."""
    database, script = mariadb_server.create_database(), bundles["branches"]["base:top"].upgrade
    shown = run(database, script.text).stdout.splitlines()
    assert [line for line in shown if " of 5: " in line] == [
        "1 of 5: base -> trunk",
        "2 of 5: trunk -> left",
        "3 of 5: left -> left+right",
        "4 of 5: left+right -> merged",
        "5 of 5: merged -> top",
    ]
    assert shown[-1] == ok_line(database, ["top"])
    last = script.text[script.text.index("SELECT CONCAT(\n    IF(") :]
    set_heads(database, ["merged"])
    opening = script.text[: script.text.index("\n-- start\n")]
    finished = run(database, f"{opening}\nEXECUTE changescript_look;\n{last}")
    assert finished.stdout.splitlines()[-1] == f"FAILED: database {database.name} is at merged"
    database.drop()
