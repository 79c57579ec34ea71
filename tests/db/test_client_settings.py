"""Options, environments, roles and start-up files change neither what a script stores nor what it refuses."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING

import pytest

from changescript.model import TransactionMode
from tests.db.scripts import (
    FIRST,
    LINKS,
    MIDDLE,
    REFUSED_EXIT,
    RULES,
    SEVERITY,
    SINGLES,
    TRIGGER,
    WHOLE,
    apply,
    bundle,
    bundles,
    ok_line,
    run_text,
    set_heads,
    succeeded,
    write_script,
)
from tests.db.server import on_servers
from tests.db.stages import stages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.db.postgres import Database, Server

OTHER = "0123456789ab"
TO_TRIGGER = f"{FIRST}:{TRIGGER}"


def test_scripts_follow_each_other_in_one_session(server: Server) -> None:
    """`psql -f a -f b -f c` works, both ways: what one leaves in the session does not hinder the next."""
    database = server.create_database()
    files = [
        part
        for number, range_ in enumerate(SINGLES)
        for part in ("-f", write_script(database, bundles()[range_].upgrade.text, str(number)))
    ]
    finished = database.psql("-X", *files)
    lines = [line for line in finished.stdout.splitlines() if line.startswith("OK")]
    assert finished.exit_code == 0, finished.output
    assert lines == [ok_line(database, [range_[-12:]]) for range_ in SINGLES]
    assert database.dump() == server.create_database(at="head").dump()


def test_a_refused_script_ends_a_session_of_several(server: Server) -> None:
    """With `psql -f a -f b`, b does not run when a was refused."""
    database = stages_of(server).seeded[LINKS].copy()
    before = database.dump()
    refused = write_script(database, bundles()[SINGLES[2]].upgrade.text, "refused")
    fitting = write_script(database, bundles()[SINGLES[3]].upgrade.text, "fitting")
    finished = database.psql("-X", "-f", refused, "-f", fitting)
    assert (finished.exit_code, database.dump() == before) == (REFUSED_EXIT, True), finished.output
    database.drop()


def test_a_refused_script_leaves_a_session_read_only(server: Server) -> None:
    """What somebody types into the same session after a refusal does not change the database by mistake."""
    database = stages_of(server).seeded[LINKS].copy()
    script = write_script(database, bundles()[SINGLES[2]].upgrade.text)
    finished = database.psql("-X", stdin=f"\\i {script}\nDELETE FROM threat_events;\n")
    assert "read-only transaction" in finished.stderr
    assert database.dump() == stages_of(server).dumps[LINKS]
    database.drop()


# Options, environment and start-up file of a run; whether it has to work, or may change nothing instead.
RUNS: Mapping[str, tuple[tuple[str, ...], Mapping[str, str], str | None, bool]] = {
    "-q": (("-q",), {}, None, True),
    "-a -e": (("-a", "-e"), {}, None, True),
    "-b -E": (("-b", "-E"), {}, None, True),
    "-A -t -F, -0": (("-A", "-t", "-F,", "-z"), {}, None, True),
    "-H": (("-H",), {}, None, True),
    "-S": (("-S",), {}, None, True),
    "-1": (("-1",), {}, None, False),
    "ON_ERROR_STOP unset": (("-v", "ON_ERROR_STOP="), {}, None, True),
    "FETCH_COUNT": (("-v", "FETCH_COUNT=1"), {}, None, True),
    "variables named as words in literals": (("-v", "jndi=x", "-v", "stretch_1=0", "-v", "n=1"), {}, None, True),
    "read-only": ((), {"PGOPTIONS": "-c default_transaction_read_only=on"}, None, True),
    "LATIN1": ((), {"PGCLIENTENCODING": "LATIN1"}, None, True),
    "SQL_ASCII": ((), {"PGCLIENTENCODING": "SQL_ASCII"}, None, True),
    "EUC_JP and a Japanese locale": ((), {"PGCLIENTENCODING": "EUC_JP", "LC_ALL": "ja_JP.eucjp"}, None, True),
    "PGTZ, PGDATESTYLE": ((), {"PGTZ": "Asia/Kathmandu", "PGDATESTYLE": "SQL, DMY"}, None, True),
    "serializable": ((), {"PGOPTIONS": "-c default_transaction_isolation=serializable"}, None, True),
    "timeouts": ((), {"PGOPTIONS": "-c statement_timeout=1000 -c lock_timeout=1"}, None, True),
    "quiet server": ((), {"PGOPTIONS": "-c client_min_messages=error"}, None, True),
    "bytea, floats": ((), {"PGOPTIONS": "-c bytea_output=escape -c extra_float_digits=-15"}, None, True),
    "replica": ((), {"PGOPTIONS": "-c array_nulls=off -c transform_null_equals=on"}, None, True),
    "loose psqlrc": ((), {}, "\\set AUTOCOMMIT off\n\\set ON_ERROR_ROLLBACK on\n\\set ON_ERROR_STOP off\n", True),
    "wide psqlrc": ((), {}, "\\pset null NULL\n\\pset border 2\n\\set VERBOSITY verbose\n\\set ECHO all\n", True),
    "expanded psqlrc": ((), {}, "\\pset expanded on\n\\pset footer off\n", True),
    "open transaction in psqlrc": ((), {}, "BEGIN;\n", False),
}


_LENT: dict[tuple[Path, str], Database] = {}


@contextlib.contextmanager
def lent(server: Server, revision: str, *heads: str) -> Iterator[Database]:
    """Lend a database that its borrower leaves as it was; after a failure it is not lent again.

    It is at `revision`, and alembic_version says so, or holds these heads.
    """
    database = _LENT.pop((server.folder, revision), None)
    if database is None:
        database = stages_of(server).seeded[revision].copy()
        set_heads(database, heads or [revision])
    yield database
    _LENT[server.folder, revision] = database


_ENDS: dict[Path, tuple[str, str]] = {}


def ends_of(server: Server) -> tuple[str, str]:
    """Return the dumps that the plain command leaves: before, which is also after the rollback, and after."""
    if server.folder not in _ENDS:
        stages, scripts = stages_of(server), bundle(TO_TRIGGER)
        database = stages.seeded[FIRST].copy()
        apply(database, scripts.upgrade)
        complete = database.dump()
        apply(database, scripts.rollback)
        assert database.dump() == stages.dumps[FIRST]
        database.drop()
        _ENDS[server.folder] = stages.dumps[FIRST], complete
    return _ENDS[server.folder]


@pytest.mark.parametrize("name", RUNS)
def test_options_and_environment_do_not_change_what_is_stored(server: Server, name: str) -> None:
    """Up and down again gives what the plain command gives; the -1 of psql may change nothing instead."""
    options, environment, psqlrc, works = RUNS[name]
    scripts = bundle(TO_TRIGGER)
    before, complete = ends_of(server)
    with lent(server, FIRST) as database:
        for script, expected, other in ((scripts.upgrade, complete, before), (scripts.rollback, before, complete)):
            finished = run_text(database, script.text, *options, psqlrc=psqlrc, environment=environment)
            left = database.dump()
            if works:
                assert finished.exit_code == 0, finished.output
                assert ok_line(database, script.upper) in finished.stdout, finished.output
                assert left == expected, finished.output
            else:
                assert left in (expected, other), finished.output
                assert (finished.exit_code == 0) == (left == expected), finished.output
                if left != expected:
                    apply(database, script)


@pytest.mark.parametrize(
    ("server", "name"),
    on_servers([name for name in RUNS if name not in {"-H", "-S"}], ["read-only", "loose psqlrc"]),
    indirect=["server"],
    scope="session",
)
def test_options_and_environment_do_not_weaken_the_guard(server: Server, name: str) -> None:
    """Whatever the options, a wrong database is refused, and psql says so with its exit code."""
    options, environment, psqlrc, works = RUNS[name]
    expected = stages_of(server).dumps[RULES].replace(f"\n{RULES}\n", f"\n{OTHER}\n")
    with lent(server, RULES, OTHER) as database:
        for script in (*bundle(MIDDLE, TransactionMode.REVISION).both, *bundle(WHOLE).both):
            finished = run_text(database, script.text, *options, psqlrc=psqlrc, environment=environment)
            assert finished.exit_code == REFUSED_EXIT, finished.output
            assert not works or "REFUSED" in finished.stderr, finished.output
        assert database.dump() == expected


HOSTILE = {
    "standard_conforming_strings": "off",
    "backslash_quote": "on",
    "escape_string_warning": "off",
    "search_path": "elsewhere",
    "timezone": "'Asia/Kathmandu'",
    "datestyle": "'SQL, DMY'",
    "intervalstyle": "sql_standard",
    "client_encoding": "LATIN1",
    "default_transaction_read_only": "on",
    "default_transaction_isolation": "serializable",
    "default_transaction_deferrable": "on",
    "check_function_bodies": "off",
    "row_security": "off",
    "client_min_messages": "error",
    "bytea_output": "escape",
    "statement_timeout": "'1s'",
    "lock_timeout": "1",
    "transform_null_equals": "on",
    "array_nulls": "off",
    "quote_all_identifiers": "on",
    "idle_in_transaction_session_timeout": "1",
}


DECOY = "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.alembic_version AS SELECT '{}' version_num"
ROLE_NUMBERS = itertools.count(1)


@pytest.fixture
def role(server: Server) -> str:
    """Make a role without rights."""
    name = f"someone_{next(ROLE_NUMBERS)}"
    server.maintenance.execute(f"CREATE ROLE {name} LOGIN")
    return name


def test_settings_of_a_role_do_not_change_what_is_stored(server: Server, role: str) -> None:
    """Strings, dates, paths and timeouts of the role that runs a script are not those that the script uses."""
    scripts, database = bundle(TO_TRIGGER), stages_of(server).seeded[FIRST].copy()
    before, complete = ends_of(server)
    server.maintenance.execute(f"ALTER ROLE {role} SUPERUSER")
    database.execute(DECOY.format(SEVERITY))
    for setting, value in HOSTILE.items():
        server.maintenance.execute(f"ALTER ROLE {role} SET {setting} = {value}")
    for script, expected in ((scripts.upgrade, complete), (scripts.rollback, before)):
        finished = run_text(database, script.text, environment={"PGUSER": role})
        assert succeeded(database, script, finished), finished.output
        assert database.query("SELECT version_num FROM elsewhere.alembic_version") == SEVERITY
        database.execute(f"REASSIGN OWNED BY {role} TO postgres")
        assert without_schema(database) == expected
    database.drop()


def without_schema(database: Database) -> str:
    """Return the dump of a copy that has no schema but public."""
    copied = database.copy()
    copied.execute("DROP SCHEMA elsewhere CASCADE")
    left = copied.dump()
    copied.drop()
    return left


def test_a_version_table_elsewhere_on_the_path_does_not_count(server: Server, role: str) -> None:
    """Another schema's alembic_version at FROM, first on the role's path, opens nothing."""
    script, database = bundles()[SINGLES[3]].upgrade, stages_of(server).seeded[LINKS].copy()
    set_heads(database, [RULES])
    database.execute(DECOY.format(LINKS))
    server.maintenance.execute(f"ALTER ROLE {role} SUPERUSER; ALTER ROLE {role} SET search_path = elsewhere, public")
    before = database.dump()
    finished = run_text(database, script.text, environment={"PGUSER": role})
    assert (finished.exit_code, "REFUSED" in finished.stderr) == (REFUSED_EXIT, True), finished.output
    assert database.dump() == before
    database.drop()


# What a role may do, and what it can't.
ALL_ROWS = "GRANT ALL ON ALL TABLES IN SCHEMA public TO {role};"
RIGHTS = {
    "nothing": "",
    "no temporary objects": ALL_ROWS + "REVOKE TEMP ON DATABASE {database} FROM PUBLIC",
    "no look at the version table": "GRANT ALL ON threat_events TO {role}",
    "only a look": "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    "all but a stamp": ALL_ROWS + "REVOKE UPDATE ON alembic_version FROM {role}",
    "all rows, no ownership": ALL_ROWS,
    "no schema": ALL_ROWS + "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "no visible version row": ALL_ROWS + "ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY",
}


@pytest.mark.parametrize("name", RIGHTS)
def test_a_role_without_the_rights_changes_nothing(server: Server, role: str, name: str) -> None:
    """Rights that are missing at any point end the script as a whole, with an error and exit code 3."""
    database = stages_of(server).seeded[LINKS].copy()
    if RIGHTS[name]:
        database.execute(RIGHTS[name].format(database=database.name, role=role))
    before = database.dump()
    for range_ in (SINGLES[3], SINGLES[2], WHOLE):
        script = bundle(range_).upgrade
        finished = run_text(database, script.text, environment={"PGUSER": role})
        assert finished.exit_code == REFUSED_EXIT, finished.output
        assert "ERROR" in finished.stderr, finished.output
        assert "OK" not in finished.stdout, finished.output
    assert database.dump() == before
    database.drop()


def test_a_lost_connection_is_told_by_the_exit_code(server: Server) -> None:
    """When the server goes away in the middle, psql ends with 2 and nothing has changed."""
    script, database = bundles()[SINGLES[3]].upgrade, stages_of(server).seeded[LINKS].copy()
    before = database.dump()
    commit = next(piece for piece in script.pieces if piece.sql == "COMMIT;")
    finished = run_text(database, script.broken_at(commit, "SELECT pg_terminate_backend(pg_backend_pid());"))
    assert (finished.exit_code, "OK" in finished.stdout) == (2, False), finished.output
    assert database.dump() == before
    database.drop()
