"""Locales, settings, start-up files and converted files store the same as an online upgrade, or change nothing."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import pytest

from tests.db.both_ways import dump_after_online, exact_dump, project_of, run_client, script_of
from tests.projects import Rev

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.db.postgres import Database, Finished, Server

# What is tried here is what the client does; test_client_settings.py has the settings of both servers.
pytestmark = pytest.mark.parametrize("server", ["embedded"], indirect=True, scope="session")

UPGRADE = r'''
import datetime as dt
import decimal
from sqlalchemy.dialects import postgresql as pg

texts = [
    "it's", "C:\\new\\table", "\\", "\\'", "é ß 日本 😀", "a\r\n\tb", ":a :'a' :\"a\" \\:a", "%s %%",
    "--;/*", "$$ $1", ""]
table = op.create_table(
    "kept",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("t", sa.Text, server_default="C:\\é'\n:a", comment="\\:a é\t'"),
    sa.Column("b", sa.LargeBinary),
    sa.Column("m", pg.MONEY),
    sa.Column("i", sa.Interval),
    sa.Column("d", sa.Date),
    sa.Column("s", sa.DateTime),
    sa.Column("z", sa.DateTime(timezone=True)),
    sa.Column("f", sa.Float),
    sa.Column("r", sa.REAL),
    sa.Column("n", sa.Numeric),
    sa.Column("j", pg.JSONB),
    sa.Column("a", pg.ARRAY(sa.Text)),
    sa.CheckConstraint("t <> E'\\\\' || '\\' || 'é'", name="checked"),
    comment="日本\\",
)
zone = dt.timezone(dt.timedelta(hours=-3, minutes=-30))
op.bulk_insert(table, [
    {
        "id": number,
        "t": text,
        "b": text.encode() + b"\x00\\\xff",
        "m": "1.25",
        "i": dt.timedelta(-number, 3661, 5),
        "d": dt.date(2024, 2, 1),
        "s": dt.datetime(2024, 2, 1, 3, 4, 5, 6),
        "z": dt.datetime(2024, 2, 1, 3, 4, 5, 6, tzinfo=zone),
        "f": 0.1 + 0.2,
        "r": 0.1,
        "n": decimal.Decimal("1.10"),
        "j": {text: [text, None, 0.1]},
        "a": [text, None, "NULL"],
    }
    for number, text in enumerate(texts)
])
for number, text in enumerate(texts):
    op.execute(sa.text("UPDATE kept SET t = t || :v WHERE t = :v AND id = :i").bindparams(v=text, i=number))
op.execute("INSERT INTO kept (id, t, b) VALUES (100, 'C:\\\\new é', '\\x41'), (101, E'\\\\x\\'', 'a\\\\b')")
op.execute("INSERT INTO kept (id, i, z) VALUES (102, '1 day -2:00'::interval, '2024-02-01 12:00+02')")
op.execute("""CREATE FUNCTION f_kept() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	a text \\:= 'é \\ \\:a'; -- a remark

BEGIN
	RETURN a || 'x
y';
END;
$$""")
op.execute("UPDATE kept SET t = f_kept() WHERE id = 102")
'''

_EXPECTED: dict[Path, str] = {}
NUMBERS = itertools.count(1)


@functools.cache
def script() -> bytes:
    """Return the script of the revision."""
    with project_of([Rev("kept", upgrade=UPGRADE, downgrade="pass")]) as project:
        return script_of(project).encode()


def expected_of(server: Server) -> str:
    """Return what an online upgrade leaves on a server."""
    if server.folder not in _EXPECTED:
        with project_of([Rev("kept", upgrade=UPGRADE, downgrade="pass")]) as project:
            _EXPECTED[server.folder] = dump_after_online(server, project)
    return _EXPECTED[server.folder]


def is_applied(server: Server, database: Database, finished: Finished, empty: str) -> bool:
    """Tell whether a run has stored all that it had to; if not, it must say so and have changed nothing."""
    left = exact_dump(database)
    said_ok = finished.exit_code == 0 and f"OK: database {database.name} is at kept" in finished.stdout
    assert left == (expected_of(server) if said_ok else empty), finished.output
    return said_ok


@pytest.fixture
def client(server: Server) -> str:
    """Return the psql of the server's own version."""
    return server.installation.program("psql")


ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "LANG=C": {"LANG": "C"},
    "LC_ALL=C": {"LC_ALL": "C", "LANG": "C"},
    "LC_ALL=POSIX": {"LC_ALL": "POSIX"},
    "C.UTF-8": {"LC_ALL": "C.UTF-8"},
    "Latin-1 locale": {"LC_ALL": "en_US.ISO-8859-1", "PGCLIENTENCODING": "auto"},
    **{encoding: {"PGCLIENTENCODING": encoding} for encoding in ("LATIN1", "SQL_ASCII", "WIN1252", "SJIS", "EUC_JP")},
    "PGTZ, PGDATESTYLE": {"PGTZ": "Asia/Kathmandu", "PGDATESTYLE": "German"},
    **{
        options: {"PGOPTIONS": "".join(f" -c {option}" for option in options.split())}
        for options in (
            "standard_conforming_strings=off",
            "standard_conforming_strings=off backslash_quote=on escape_string_warning=off",
            "standard_conforming_strings=off client_encoding=LATIN1",
            "intervalstyle=sql_standard",
            "intervalstyle=iso_8601 datestyle=SQL,DMY timezone=America/St_Johns",
            "bytea_output=escape extra_float_digits=-15",
            "lc_monetary=C lc_numeric=C lc_time=C lc_messages=C",
            "array_nulls=off transform_null_equals=on quote_all_identifiers=on",
            "search_path=pg_temp,pg_catalog",
            "check_function_bodies=off plpgsql.extra_errors=all",
        )
    },
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_environment_changes_nothing_that_is_stored(
    server: Server, database: Database, client: str, name: str
) -> None:
    """Locale, encoding and PGOPTIONS of the shell make no difference."""
    empty = exact_dump(database)
    finished = run_client(client, database, script(), environment=ENVIRONMENTS[name])
    assert is_applied(server, database, finished, empty), finished.output


SETTINGS = {
    "standard_conforming_strings": "off",
    "backslash_quote": "on",
    "client_encoding": "LATIN1",
    "DateStyle": "'SQL, DMY'",
    "IntervalStyle": "sql_standard",
    "TimeZone": "'America/St_Johns'",
    "search_path": "pg_temp, elsewhere",
    "bytea_output": "escape",
    "extra_float_digits": "-15",
    "lc_monetary": "'C'",
    "array_nulls": "off",
    "transform_null_equals": "on",
    "default_text_search_config": "'simple'",
    "plpgsql.variable_conflict": "use_column",
}


@pytest.mark.parametrize("level", ["role", "database", "role in database"])
def test_settings_of_role_and_database_change_nothing_that_is_stored(
    server: Server, database: Database, client: str, level: str
) -> None:
    """What ALTER ROLE and ALTER DATABASE have set is not what the script is read with."""
    empty = exact_dump(database)
    role = f"clerk_{next(NUMBERS)}"
    subject = {
        "role": f"ROLE {role}",
        "database": f'DATABASE "{database.name}"',
        "role in database": f'ROLE {role} IN DATABASE "{database.name}"',
    }[level]
    server.maintenance.execute(f"CREATE ROLE {role} SUPERUSER LOGIN")
    for setting, value in SETTINGS.items():
        server.maintenance.execute(f"ALTER {subject} SET {setting} = {value}")
    finished = run_client(client, database, script(), environment={"PGUSER": role})
    for setting in SETTINGS:
        server.maintenance.execute(f"ALTER {subject} RESET {setting}")
    database.execute(f"REASSIGN OWNED BY {role} TO postgres")
    assert is_applied(server, database, finished, empty), finished.output


START_UP_FILES = {
    "variables": "\\set a x\n\\set k x\n\\set new x\n\\set 1 x\n\\set n x\n\\set q ''''\n",
    "verbosity": "\\set VERBOSITY terse\n\\set SHOW_CONTEXT never\n\\set ECHO errors\n\\timing on\n",
    "no autocommit": "\\set AUTOCOMMIT off\n",
    "rollback on error": "\\set ON_ERROR_ROLLBACK on\n\\set ON_ERROR_STOP off\n",
    "interactive rollback": "\\set ON_ERROR_ROLLBACK interactive\n\\set AUTOCOMMIT off\n",
    "single line": "\\set SINGLELINE on\n",
    "single step": "\\set FETCH_COUNT 1\n\\set ECHO_HIDDEN on\n",
    "encoding": "\\encoding LATIN1\n",
    "strings": "SET standard_conforming_strings = off;\nSET backslash_quote = on;\n",
    "path and styles": "SET search_path = pg_temp;\nSET IntervalStyle = sql_standard;\nSET DateStyle = 'SQL, DMY';\n",
    "output": "\\pset format html\n\\pset null x\n\\x on\n\\pset pager always\n",
}


@pytest.mark.parametrize("name", START_UP_FILES)
def test_a_start_up_file_changes_nothing_that_is_stored(
    server: Server, database: Database, client: str, name: str
) -> None:
    """Where psql is run without -X, its start-up file makes no difference."""
    empty = exact_dump(database)
    file = server.folder / f"psqlrc_{database.name}"
    file.write_text(START_UP_FILES[name], encoding="utf-8")
    finished = run_client(client, database, script(), environment={"PSQLRC": str(file)}, start_up=True)
    assert is_applied(server, database, finished, empty), finished.output


def test_variables_of_the_command_line_are_not_substituted(server: Server, database: Database, client: str) -> None:
    """No name behind a colon, in data or in SQL, is taken for a variable."""
    empty = exact_dump(database)
    names = ("a", "k", "new", "n", "v", "x", "i", "1", "04")
    options = [part for name in names if name.isalpha() for part in ("-v", f"{name}=injected")]
    assert is_applied(server, database, run_client(client, database, script(), *options), empty)


def with_carriage_returns(text: bytes) -> bytes:
    """Convert a file as unix2dos does."""
    return text.replace(b"\n", b"\r\n")


BOM = b"\xef\xbb\xbf"
CONVERSIONS: Mapping[str, tuple[Callable[[bytes], bytes], bool]] = {
    "BOM": (lambda text: BOM + text, True),
    "no last line end": (lambda text: text.rstrip(b"\n"), True),
    "CRLF": (with_carriage_returns, False),
    "CRLF and BOM": (lambda text: BOM + with_carriage_returns(text), False),
    "CR": (lambda text: text.replace(b"\n", b"\r"), False),
    "UTF-16": (lambda text: text.decode().encode("utf-16"), False),
    "Latin-1": (lambda text: text.decode().encode("latin-1", "replace"), False),
}


@pytest.mark.parametrize("name", CONVERSIONS)
def test_a_converted_file_stores_the_same_or_nothing(
    server: Server, database: Database, client: str, name: str
) -> None:
    """What mail, editors and version control do to a file is harmless, or the script does not succeed."""
    convert, works = CONVERSIONS[name]
    empty = exact_dump(database)
    finished = run_client(client, database, convert(script()))
    assert is_applied(server, database, finished, empty) is works, finished.output
    assert "CRLF" not in name or "REFUSED: the line ends" in finished.stderr
