"""The frame of a script for MySQL and MariaDB, and what it makes of a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from changescript.dialects import get_dialect
from changescript.dialects.base import FrameInput
from changescript.dialects.mysql.evidence import evidence_of
from changescript.dialects.mysql.frame import MariadbFrame, MysqlFrame
from changescript.dialects.mysql.statements import (
    delimiter_for,
    keeps_in_session,
    loses_data,
    mode_of,
    refusal_of,
    replayed_setting,
)
from changescript.model import Settings, VersionTable
from changescript.segments import Mode, Segment, Stamp

if TYPE_CHECKING:
    from changescript.model import Heads

SEMICOLONS = "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.x = 1; END"


@pytest.mark.parametrize(
    ("sql", "mode"),
    [
        ("INSERT INTO t VALUES (1)", Mode.JOINS),
        ("/* so */ -- and so\n(SELECT 1)", Mode.JOINS),
        ("WITH x AS (SELECT 1) SELECT * FROM x", Mode.JOINS),
        ("SET foreign_key_checks = 0", Mode.JOINS),
        ("CREATE TEMPORARY TABLE t (x INT)", Mode.JOINS),
        ("CREATE OR REPLACE TEMPORARY TABLE t (x INT)", Mode.JOINS),
        ("ROLLBACK TO SAVEPOINT a", Mode.JOINS),
        ("CREATE TABLE t (x INT)", Mode.OUTSIDE),
        ("ALTER TABLE t ADD x INT", Mode.OUTSIDE),
        ("TRUNCATE t", Mode.OUTSIDE),
        ("CALL p()", Mode.OUTSIDE),
        ("EXECUTE s", Mode.OUTSIDE),
        ("ANALYZE TABLE t", Mode.OUTSIDE),
        ("SET STATEMENT max_statement_time = 1 FOR ALTER TABLE t ADD x INT", Mode.OUTSIDE),
        ("BEGIN NOT ATOMIC SELECT 1; END", Mode.OUTSIDE),
        ("SOMETHING new", Mode.OUTSIDE),
    ],
)
def test_what_may_commit_by_itself_is_outside_a_transaction(sql: str, mode: Mode) -> None:
    """Only what is known to leave a transaction open joins one; in an autocommit block it stands alone."""
    assert mode_of(sql, autocommit=False) is mode
    assert mode_of(sql, autocommit=True) is (Mode.ALONE if mode is Mode.JOINS else mode)


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("BEGIN", "transaction"),
        ("START TRANSACTION", "transaction"),
        ("COMMIT", "transaction"),
        ("ROLLBACK", "transaction"),
        ("XA BEGIN 'x'", "transaction"),
        ("LOCK TABLES t WRITE", "LOCK TABLES"),
        ("UNLOCK TABLES", "LOCK TABLES"),
        ("FLUSH TABLES t WITH READ LOCK", "LOCK TABLES"),
        ("BACKUP STAGE START", "server"),
        ("USE other", "USE"),
        ("SET autocommit = 0", "AUTOCOMMIT"),
        ("SET @@session.autocommit := 0", "AUTOCOMMIT"),
        ("SET @x = (SELECT 1, 2), `sql_mode` = ''", "SQL_MODE"),
        ("SET NAMES latin1", "NAMES"),
        ("SET CHARACTER SET latin1", "CHARACTER"),
        ("SET TRANSACTION READ WRITE", "TRANSACTION"),
        ("SET SESSION TRANSACTION READ WRITE", "TRANSACTION"),
        ("SET LOCAL tx_read_only = 0", "TX_READ_ONLY"),
        ("SET GLOBAL event_scheduler = 1", "GLOBAL"),
        ("SET x = 1, @@GLOBAL.y = 2", "GLOBAL"),
        ("SET PERSIST x = 1", "PERSIST"),
        ("SET STATEMENT sql_mode = '' FOR SELECT 1", "SQL_MODE"),
        ("SET PASSWORD = 'x'", "PASSWORD"),
        ("LOAD DATA LOCAL INFILE 'x' INTO TABLE t", "LOCAL"),
        ("SELECT 1 INTO OUTFILE 'x'", "OUTFILE"),
        ("SELECT 1 INTO /* */ DUMPFILE 'x'", "OUTFILE"),
        ("HELP contents", "command of the client"),
        ("source x", "command of the client"),
        ("SELECT 1,\n  delimiter\n", "DELIMITER"),
        ("SELECT 1 \\G", "backslash"),
        ("SELECT 'it''s", "never closed"),
        ("SELECT 1 /*! + 1; */", "/*!"),
        ("SELECT @changescript_errors", "changescript_"),
        ("EXECUTE `changescript_next`", "changescript_"),
        ("SELECT '\0'", "NUL"),
        ("SELECT 'a\rb'", "carriage return"),
        ("CREATE PROCEDURE p() BEGIN\r\nSELECT 1; END", "carriage return"),
        ("KILL 1", "server"),
        ("SHUTDOWN", "server"),
    ],
)
def test_what_client_or_frame_could_not_take_is_refused(sql: str, reason: str) -> None:
    """The reason says what stands in the way; values are no part of it."""
    assert reason in (refusal_of(sql) or "")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'delimiter \\\\G \\! ; source x' -- it's \\c",
        "SELECT `delimiter`,\n `delimiter` /* \n delimiter // */ FROM t # don't",
        "SELECT /*+ x; */ 1, /*!80000 2, */ 3",
        "SET @names = 1, foreign_key_checks = 0",
        "INSERT INTO t (autocommit, names) SELECT sql_mode, 1 INTO x",
        "ROLLBACK WORK TO SAVEPOINT a",
        "SELECT 1\r\n, 2",
        SEMICOLONS,
        "FLUSH PRIVILEGES",
        "CREATE TABLE use_it (status INT, help INT)",
    ],
)
def test_what_only_looks_dangerous_passes(sql: str) -> None:
    """In literals, names and comments the client acts on nothing."""
    assert refusal_of(sql) is None


def test_a_delimiter_does_not_occur_in_the_statement() -> None:
    """Without semicolons none is needed; else the first that the text does not hold, in literals neither."""
    assert delimiter_for("SELECT ';'") is None
    assert delimiter_for(SEMICOLONS) == "//"
    assert delimiter_for(SEMICOLONS.replace("1;", "'//';")) == "$$"
    every = delimiter_for(SEMICOLONS.replace("1;", "'// $$ ;; %% ~~ //1';"))
    assert every == "//2"


@pytest.mark.parametrize(
    ("sql", "loses"),
    [
        ("UPDATE t SET x = 1", True),
        ("REPLACE INTO t VALUES (1)", True),
        ("INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE x = 1", True),
        ("INSERT INTO t VALUES (1)", False),
        ("WITH x AS (SELECT 1) DELETE FROM t", True),
        ("ALTER TABLE t DROP x", True),
        ("ALTER TABLE t DROP COLUMN x", True),
        ("ALTER TABLE t MODIFY x INT", True),
        ("ALTER TABLE t DROP FOREIGN KEY x", False),
        ("ALTER TABLE t DROP INDEX x", False),
        ("ALTER TABLE t ADD x INT", False),
        ("DROP TABLE t", True),
        ("DROP VIEW t", False),
        ("TRUNCATE t", True),
    ],
)
def test_what_overwrites_or_removes_values_is_known(sql: str, *, loses: bool) -> None:
    """The header names the statements that no rollback undoes."""
    assert loses_data(sql) is loses


def test_what_a_new_session_would_miss_is_known() -> None:
    """User variables, temporary tables and prepared statements; switches of checks are set again instead."""
    for sql in (
        "SET @x = 1",
        "SELECT max(id) INTO @x FROM t",
        "SELECT @n := @n + 1",
        "CREATE TEMPORARY TABLE t (x INT)",
        "PREPARE s FROM 'SELECT 1'",
        "SET timestamp = 1",
    ):
        assert keeps_in_session(sql), sql
    for sql in ("SET SESSION foreign_key_checks = 0", "INSERT INTO t VALUES (1)", "SET unique_checks = OFF"):
        assert not keeps_in_session(sql), sql
        assert bool(replayed_setting(sql)) is sql.startswith("SET"), sql


@pytest.mark.parametrize(
    ("sql", "view", "done"),
    [
        ("CREATE TABLE `a``b`.c (x INT)", "tables", "table_schema = 'a`b' AND table_name = 'c') > 0"),
        ("DROP TABLE IF EXISTS t", "tables", "table_schema = DATABASE() AND table_name = 't') = 0"),
        ("ALTER TABLE t ADD COLUMN x INT", "columns", "table_name = 't' AND column_name = 'x') > 0"),
        ("ALTER TABLE t ADD x INT", "columns", "column_name = 'x') > 0"),
        ("ALTER TABLE t DROP COLUMN x", "columns", "column_name = 'x') = 0"),
        ("ALTER TABLE t CHANGE x y INT", "columns", "column_name = 'x') = 0"),
        ("ALTER TABLE t RENAME COLUMN x TO y", "columns", "column_name = 'x') = 0"),
        ("ALTER TABLE t ADD UNIQUE INDEX i (x)", "statistics", "index_name = 'i') > 0"),
        ("ALTER TABLE t ADD CONSTRAINT u UNIQUE (x)", "statistics", "index_name = 'u') > 0"),
        ("ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES u (x)", "table_constraints", "_name = 'f') > 0"),
        ("ALTER TABLE t ADD CONSTRAINT `it's` CHECK (x > 0)", "table_constraints", "constraint_name = 'it''s') > 0"),
        ("ALTER TABLE t DROP FOREIGN KEY f", "table_constraints", "constraint_name = 'f') = 0"),
        ("ALTER TABLE t DROP CONSTRAINT IF EXISTS c", "table_constraints", "constraint_name = 'c') = 0"),
        ("CREATE UNIQUE INDEX i ON t (x)", "statistics", "index_name = 'i') > 0"),
        ("DROP INDEX i ON t", "statistics", "index_name = 'i') = 0"),
        ("RENAME TABLE a TO b", "tables", "table_name = 'a') = 0"),
        ("ALTER TABLE a RENAME b", "tables", "table_name = 'a') = 0"),
        (f"{SEMICOLONS}", "triggers", "trigger_name = 'tr') > 0"),
        ("CREATE OR REPLACE VIEW v AS SELECT 1", "views", "table_name = 'v') > 0"),
        ("CREATE DEFINER=`a`@`b` FUNCTION f() RETURNS INT RETURN 1", "routines", "routine_type = 'FUNCTION') > 0"),
        ("DROP EVENT e", "events", "event_name = 'e') = 0"),
    ],
)
def test_the_catalog_tells_whether_a_statement_is_done(sql: str, view: str, done: str) -> None:
    """For what leaves something with a name."""
    evidence = evidence_of(sql)
    assert evidence is not None
    assert f"information_schema.{view}\n" in evidence.done()
    assert evidence.done().endswith(done)
    assert evidence.repeatable is ("EXISTS" in sql or "OR REPLACE" in sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE t MODIFY x INT",
        "ALTER TABLE t CHANGE x X INT",
        "ALTER TABLE t DROP COLUMN x, ADD COLUMN x INT",
        "ALTER TABLE t ADD INDEX (x)",
        "ALTER TABLE t ADD UNIQUE (x)",
        "ALTER TABLE t ADD (x INT)",
        "ALTER TABLE t DROP PRIMARY KEY",
        "ALTER TABLE t ADD FOREIGN KEY (x) REFERENCES u (x)",
        "ALTER TABLE t ADD CHECK (x > 0)",
        "DROP TABLE a, b",
        "RENAME TABLE a TO b, b TO a",
        "RENAME TABLE a TO A",
        "CREATE TEMPORARY TABLE t (x INT)",
        "CREATE DATABASE d",
        "CREATE FUNCTION f RETURNS STRING SONAME 'x.so'",
        "CALL p()",
        "ALTER TABLE",
        "CREATE",
    ],
)
def test_where_the_catalog_can_not_tell_nothing_is_claimed(sql: str) -> None:
    """What has no name of its own, or may be undone in the same breath."""
    assert evidence_of(sql) is None


def frame(
    settings: Settings | None = None, table: VersionTable | None = None, lower: Heads = ("a",), *, mysql: bool = False
) -> MysqlFrame:
    """Return the frame of a script that only stamps."""
    segment = Segment(lower, (Stamp(lower, ("b",)),))
    given = FrameInput(lower, ("b",), (segment,), table or VersionTable(), settings or Settings())
    return MysqlFrame(given) if mysql else MariadbFrame(given)


def opening(made: MysqlFrame) -> str:
    """Return all sections of an opening."""
    return "\n".join(section.text for section in made.opening())


@pytest.mark.parametrize(
    ("setting", "seconds"),
    [("5s", 5), ("200ms", 1), ("1500", 2), ("2min", 120), ("1h", 3600), ("1d", 86400), ("0", 31536000), ("7us", 1)],
)
def test_a_lock_timeout_is_in_whole_seconds_and_never_nought(setting: str, seconds: int) -> None:
    """The server knows nothing shorter than a second, and 0 would mean not to wait at all."""
    text = opening(frame(Settings(lock_timeout=setting)))
    assert f"SET SESSION lock_wait_timeout = {seconds}, innodb_lock_wait_timeout = {seconds}\n" in text


def test_each_server_has_its_own_statement_timeout() -> None:
    """MariaDB counts seconds and means every statement, MySQL milliseconds of queries."""
    text = opening(frame(Settings(statement_timeout="1500ms"), mysql=True))
    assert "/*!50708 , max_execution_time = 1500 */ /*M! , max_statement_time = 1.5 */;" in text


def test_names_of_the_version_table_are_quoted_where_they_must_be() -> None:
    """As names in SQL and as literals within literals."""
    table = VersionTable("it's `x`", "my`db\\", primary_key=False)
    made = frame(table=table, lower=())
    assert "FROM `my``db\\\\`.`it''s ``x```" in opening(made)
    assert "table_schema = 'my`db\\\\' AND table_name = 'it''s `x`'" in opening(made)
    begin = made.begin(made.given.segments[0])
    assert "CREATE TABLE IF NOT EXISTS `my``db\\`.`it's ``x``` (\n    version_num VARCHAR(32) NOT NULL\n);" in begin
    assert "INSERT INTO `select` (version_num)" in frame(table=VersionTable("select")).stamp((), ("b",))
    assert "UPDATE `Mixed` SET" in frame(table=VersionTable("Mixed")).stamp(("a",), ("b",))


def test_no_name_of_a_routine_is_too_long() -> None:
    """The message stands in the name of a routine, which the server cuts off for nobody."""
    assert "''`'', ''''), 64))" in opening(frame())


@pytest.mark.parametrize("name", ["mysql", "mariadb"])
def test_each_client_has_its_record(name: str) -> None:
    """The command runs the client of that server."""
    dialect = get_dialect(name)
    assert dialect.name == name
    assert dialect.run_command.startswith(f"{name} --batch --binary-mode --comments --skip-reconnect")
    assert not dialect.transactional_ddl
