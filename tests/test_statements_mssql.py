"""What a script for sqlcmd may hold, and how each statement may run; no server is needed."""

from __future__ import annotations

import pytest

from changescript.dialects.mssql.evidence import evidence_of
from changescript.dialects.mssql.statements import (
    is_module,
    loses_data,
    mode_of,
    refusal_of,
    stores_line_ends,
    terminate,
)
from changescript.formatting.lexicon import MSSQL as LEXICON
from changescript.segments import Mode

OUTSIDE = (
    "CREATE DATABASE other",
    "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON",
    "/* so */ drop database [other]",
    "CREATE FULLTEXT CATALOG c AS DEFAULT",
    "CREATE FULLTEXT INDEX ON t (a) KEY INDEX pk",
    "ALTER FULLTEXT INDEX ON t ENABLE",
    "DROP FULLTEXT STOPLIST s",
    "BACKUP DATABASE app TO DISK = N'x'",
    "RESTORE DATABASE app FROM DISK = N'x'",
    "EXEC sp_configure 'max degree of parallelism', 4; RECONFIGURE",
    "EXEC sys.sp_fulltext_service 'load_os_resources', 1",
    "EXECUTE master.dbo.sp_addlinkedserver N'x'",
    "DBCC SHRINKDATABASE (app)",
    "CREATE TABLE t (a INT PRIMARY KEY NONCLUSTERED) WITH (MEMORY_OPTIMIZED = ON)",
    "CREATE PROCEDURE p WITH NATIVE_COMPILATION, SCHEMABINDING AS BEGIN ATOMIC WITH (x) SELECT 1 END",
    "ALTER INDEX i ON t REBUILD WITH (ONLINE = ON, RESUMABLE = ON)",
    "IF 1 = 1 ALTER DATABASE CURRENT SET ANSI_NULLS ON",
)
INSIDE = (
    "CREATE TABLE t (a INT)",
    "INSERT INTO t VALUES ('ALTER DATABASE x SET y')",
    "SELECT 1 -- BACKUP",
    "GRANT CREATE DATABASE TO somebody",
    "GRANT BACKUP DATABASE TO somebody",
    "DBCC CHECKIDENT ('t', RESEED, 0)",
    "EXEC sp_rename 't.a', b, 'COLUMN'",
    "UPDATE t SET [database] = 1, backup_done = 2",
    "CREATE PROCEDURE p AS BEGIN BACKUP DATABASE app TO DISK = N'x' END",
    "DROP TABLE t",
)


@pytest.mark.parametrize("sql", OUTSIDE)
def test_what_a_transaction_can_not_hold_stands_outside(sql: str) -> None:
    """As Microsoft's reference says of each."""
    assert mode_of(sql, autocommit=False) is Mode.OUTSIDE


@pytest.mark.parametrize("sql", INSIDE)
def test_all_else_joins_the_transaction(sql: str) -> None:
    """Words in quotes, comments, names and bodies are not looked at."""
    assert mode_of(sql, autocommit=False) is Mode.JOINS


def test_an_autocommit_block_is_for_what_can_not_run_in_a_transaction() -> None:
    """Rows are committed together with their marker; the rest may be DDL on a table that is in memory."""
    assert mode_of("UPDATE t SET a = 1", autocommit=True) is Mode.ALONE
    assert mode_of("DROP TABLE t", autocommit=True) is Mode.OUTSIDE
    assert mode_of("EXEC p", autocommit=True) is Mode.OUTSIDE


REFUSED = {
    "SELECT 1\nGO": "a line that starts with GO",
    "SELECT '\ngo 5\n'": "a line that starts with GO",
    "/*\n\t:r other.sql\n*/ SELECT 1": "a line that starts with GO",
    "CREATE TABLE t (\n  exit INT\n)": "a name in [brackets]",
    "SELECT 1\n!! dir": "a line that starts with GO",
    "SELECT 1 FROM a JOIN b\nON  ERROR = 1": "a line that starts with GO",
    "reset": "a line that starts with GO",
    "SELECT '$(PATH)'": "for which sqlcmd puts in a variable",
    "SELECT 1 -- $(PATH)": "for which sqlcmd puts in a variable",
    "SELECT 1\0": "NUL",
    "SELECT 'a\r\nb'": "a carriage return",
    "CREATE VIEW v AS\r\nSELECT 1 a": "a carriage return",
    "SELECT 'open": "never closed",
    "SELECT 1 /* /* */": "never closed",
    "-- nothing": "no statement",
    "BEGIN TRANSACTION": "end or nest",
    "begin tran x": "end or nest",
    "BEGIN DISTRIBUTED TRANSACTION": "end or nest",
    "UPDATE t SET a = 1 COMMIT": "end or nest",
    "IF @@TRANCOUNT > 0 ROLLBACK": "end or nest",
    "SAVE TRANSACTION x": "end or nest",
    "USE other": "USE: it would leave the database",
    "SELECT 1; USE [other]; SELECT 2": "USE: it would leave the database",
    "EXECUTE AS USER = 'x'": "as another user",
    "REVERT": "as another user",
    "SHUTDOWN": "stops the server",
    "KILL 53": "stops the server",
    "SET NOEXEC OFF": "SET NOEXEC",
    "DECLARE @x INT = 1 SET NOEXEC OFF": "SET NOEXEC",
    "SET XACT_ABORT OFF": "SET XACT_ABORT",
    "SET ANSI_NULLS OFF": "SET ANSI_NULLS",
    "SET QUOTED_IDENTIFIER OFF": "SET QUOTED_IDENTIFIER",
    "SET IMPLICIT_TRANSACTIONS ON": "SET IMPLICIT_TRANSACTIONS",
    "SET ROWCOUNT 10": "SET ROWCOUNT",
    "SET LANGUAGE German": "SET LANGUAGE",
    "SET DATEFORMAT dmy": "SET DATEFORMAT",
    "SET LOCK_TIMEOUT -1": "SET LOCK_TIMEOUT",
    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE": "SET TRANSACTION ISOLATION LEVEL",
    "SET PARSEONLY ON": "SET PARSEONLY",
    "DROP PROCEDURE #changescript_require": "which the script itself uses",
    "EXEC sp_set_session_context N'changescript', N'b'": "which the script itself uses",
    "DROP VIEW v; CREATE VIEW v AS SELECT 1 a": "CREATE VIEW must be the only statement",
    "DECLARE @x INT CREATE PROCEDURE p AS SELECT 1": "CREATE PROCEDURE must be the only statement",
    "SELECT 1; CREATE OR ALTER TRIGGER tr ON t AFTER INSERT AS SELECT 1": "CREATE TRIGGER must be the only statement",
    "CREATE VIEW v AS SELECT 1 a; DROP TABLE t": "CREATE VIEW must be the only statement",
    "CREATE SCHEMA s; CREATE TABLE s.t (a INT)": "CREATE SCHEMA must be the only statement",
    "CREATE TABLE t (a INT REFERENCES p ON DELETE RESTRICT)": "no ON DELETE RESTRICT",
}
PASSED = (
    "CREATE TABLE t (a INT, [exit] INT,\n [go] INT)",
    "SELECT a AS exit_code,\n  exit_code, goal\nFROM editor",
    "SELECT '$' + '(PATH)', '$', '(x)'",
    "UPDATE t SET language = 'en', rowcount = 1",
    "UPDATE t SET noexec = 1",
    "SELECT 1 OPTION (USE HINT ('x'))",
    "SET NOCOUNT ON",
    "SET ANSI_NULLS ON",
    "SET QUOTED_IDENTIFIER ON",
    "SET ROWCOUNT 0",
    "SET IDENTITY_INSERT t ON",
    "CREATE PROCEDURE p AS BEGIN TRANSACTION; SET NOEXEC OFF; COMMIT; USE other",
    "CREATE OR ALTER PROCEDURE p AS EXECUTE AS USER = 'x'; CREATE TABLE #t (a INT)",
    "CREATE PROCEDURE p WITH EXECUTE AS OWNER AS SELECT 1",
    "CREATE SCHEMA s AUTHORIZATION dbo CREATE TABLE t (a INT) CREATE VIEW v AS SELECT a FROM t",
    "CREATE VIEW v AS SELECT 1 a;",
    "GRANT CREATE VIEW TO somebody",
    "GRANT CREATE PROCEDURE, CREATE VIEW TO somebody",
    "ALTER TABLE t ADD CONSTRAINT d DEFAULT 1 FOR a",
    "ALTER TABLE t ALTER COLUMN a INT; ALTER TABLE t ADD b INT",
    "SELECT dbo.[commit](1), t.rollback FROM t AS [use]",
    "DECLARE @comment NVARCHAR(9) = N'x'\nexecute sp_addextendedproperty 'MS_Description', @comment",
    "BEGIN UPDATE t SET a = 1 END",
    "BEGIN TRY SELECT 1 END TRY BEGIN CATCH THROW END CATCH",
    "EXEC('a\nb')",
)


@pytest.mark.parametrize("sql", REFUSED)
def test_what_sqlcmd_or_the_frame_could_not_take_is_refused(sql: str) -> None:
    """The reason says what is wrong and never repeats a literal."""
    reason = refusal_of(sql)
    assert reason is not None
    assert REFUSED[sql] in reason
    assert "PATH" not in reason
    assert "open" not in reason.replace("op.", "")


@pytest.mark.parametrize("sql", PASSED)
def test_what_they_take_is_not_refused(sql: str) -> None:
    """What looks alike in quotes, names and bodies is something else."""
    assert refusal_of(sql) is None


@pytest.mark.parametrize(
    ("sql", "loses"),
    [
        ("DELETE FROM t", True),
        ("UPDATE t SET a = 1", True),
        ("DECLARE @x INT = 1; UPDATE t SET a = @x", True),
        ("WITH x AS (SELECT 1 a) DELETE FROM x", True),
        ("MERGE INTO t USING s ON 1 = 1 WHEN MATCHED THEN DELETE", True),
        ("TRUNCATE TABLE t", True),
        ("DROP TABLE t", True),
        ("ALTER TABLE t DROP COLUMN a", True),
        ("ALTER TABLE t ALTER COLUMN a INT", True),
        ("ALTER TABLE t DROP CONSTRAINT c", False),
        ("CREATE TABLE t (a INT REFERENCES p ON DELETE CASCADE ON UPDATE SET NULL)", False),
        ("UPDATE STATISTICS t", False),
        ("GRANT SELECT, UPDATE, DELETE ON t TO x", False),
        ("DROP INDEX i ON t", False),
        ("INSERT INTO t VALUES ('DELETE')", False),
        ("CREATE TRIGGER tr ON t AFTER DELETE AS DELETE FROM u", False),
    ],
)
def test_what_loses_data_is_known(sql: str, *, loses: bool) -> None:
    """The header says so of these statements."""
    assert loses_data(sql) is loses


def test_what_the_server_stores_as_text_gets_no_semicolon() -> None:
    """It would be stored too; anything else has one, which MERGE even needs."""
    assert is_module("CREATE OR ALTER VIEW v AS SELECT 1 a")
    assert not is_module("CREATE TABLE view_log (a INT)")
    assert terminate("CREATE VIEW v AS SELECT 1 a", LEXICON) == "CREATE VIEW v AS SELECT 1 a"
    assert terminate("SELECT 1", LEXICON) == "SELECT 1;"
    assert terminate("SELECT 1;", LEXICON) == "SELECT 1;"
    assert terminate("SELECT 1 -- one;", LEXICON) == "SELECT 1 -- one;\n;"


def test_line_ends_count_where_they_are_stored() -> None:
    """In quotes, and in the text of a view or routine; not between the words of a statement."""
    assert stores_line_ends("SELECT 'a\nb'")
    assert stores_line_ends("CREATE VIEW v AS\nSELECT 1 a")
    assert not stores_line_ends("SELECT\n1")
    assert not stores_line_ends("INSERT INTO t (a)\nVALUES\n    (1),\n    (2)")


def test_the_catalogue_shows_whether_a_statement_is_done() -> None:
    """So a run that goes on after a failure does nothing twice."""
    made = evidence_of("CREATE FULLTEXT INDEX ON dbo.[a ]] b] (x) KEY INDEX k")
    assert made is not None
    assert "OBJECT_ID(N'[dbo].[a ]] b]')" in made.done
    dropped = evidence_of("DROP DATABASE [it's]")
    assert dropped is not None
    assert dropped.done == "NOT (DB_ID(N'it''s') IS NOT NULL)"
    assert evidence_of("DROP TABLE a, b") is None
    assert evidence_of("DROP DATABASE IF EXISTS a") is None
    assert evidence_of("ALTER DATABASE CURRENT SET RECOVERY SIMPLE") is None
