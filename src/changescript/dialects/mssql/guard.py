"""What a script for sqlcmd holds before its first statement, as text; must not know a script.

No SQL Server was there to run it on: it rests on Microsoft's documentation and on the sources of go-sqlcmd. Its state:

    NOEXEC           on: the server compiles every batch and executes none, but for SET NOEXEC OFF
    session context  under the key "changescript": the rows of the version table that this session's last part left
    lock             the session's application lock, which one script at a time can hold
"""

from __future__ import annotations

# SSMS and sqlcmd may set any of these otherwise, and a session of SSMS may have been left in NOEXEC. Columns, indexes
# and procedures keep the ANSI settings that they are made with; these are what ODBC drivers have online. ROWCOUNT
# would cut UPDATE and DELETE short. The language, in which text becomes a DATETIME, is the one that a login has unless
# somebody gave it another one. XACT_ABORT lets a failed statement undo its transaction.
SESSION = """
SET NOEXEC OFF;
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT, XACT_ABORT ON;
SET QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ANSI_NULL_DFLT_ON ON;
SET ARITHABORT, CONCAT_NULL_YIELDS_NULL ON;
SET NUMERIC_ROUNDABORT OFF;
SET ROWCOUNT 0;
SET LANGUAGE us_english;
SET LOCK_TIMEOUT {milliseconds};
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
EXEC sys.sp_set_session_context N'changescript', NULL;
GO
IF OBJECT_ID(N'tempdb..#changescript_heads') IS NOT NULL DROP PROCEDURE #changescript_heads;
IF OBJECT_ID(N'tempdb..#changescript_require') IS NOT NULL DROP PROCEDURE #changescript_require;
GO
""".strip()

# A temporary procedure works in the database of whoever calls it; the first check makes sure. STRING_AGG() came with
# 2017, so the rows are joined as XML. One that could be taken for several stands in quotes. The lock that reading
# takes stays until the end of a transaction.
HEADS = """
CREATE PROCEDURE #changescript_heads @at nvarchar(4000) OUTPUT
AS
BEGIN
    SET @at = N'';
    IF OBJECT_ID(N'{table_text}') IS NOT NULL
        SET @at = ISNULL(STUFF((
            SELECT N', ' + CASE
                WHEN version_num = '' OR version_num LIKE '%[,;"]%' THEN QUOTENAME(version_num, '"')
                ELSE version_num
            END
            FROM {table} WITH (TABLOCKX, HOLDLOCK)
            ORDER BY version_num COLLATE Latin1_General_BIN2
            FOR XML PATH(''), TYPE
        ).value('.', 'nvarchar(4000)'), 1, 2, N''), N'');
    RETURN DB_ID();
END;
GO
""".strip()

# SET in a procedure ends with it, so NOEXEC has to be set where this is called. State 127 makes sqlcmd leave with an
# exit code of its own, without -b too. A comparison ignores blanks at the end, and is by bytes with this collation.
REQUIRE = """
CREATE PROCEDURE #changescript_require
    @needs nvarchar(4000),
    @otherwise nvarchar(10) = N'REFUSED',
    @in_step bit = 0
AS
BEGIN
    DECLARE @at nvarchar(4000), @says nvarchar(2000);
    EXEC #changescript_heads @at OUTPUT;
    SET @says = CASE
        WHEN APPLOCK_MODE(N'public', N'{lock}', N'Session') <> N'Exclusive'
            THEN N'this session has lost the lock of the script'
        WHEN @in_step = 0 AND ISNULL(CONVERT(nvarchar(4000), SESSION_CONTEXT(N'changescript')), N'?') + N';'
            <> @needs + N';' COLLATE Latin1_General_BIN2
            THEN N'a part of this script before this one has not run to its end'
        WHEN @at + N';' = @needs + N';' COLLATE Latin1_General_BIN2
            THEN N''
        ELSE N'the version table is not as it must be here'
    END;
    IF @says = N'' RETURN 0;
    SET @says = @says + N'; database "' + DB_NAME() + N'" is at '
        + CASE @at WHEN N'' THEN N'base' ELSE ISNULL(@at, N'an unknown state') END
        + N', this script needs ' + ISNULL(NULLIF(@needs, N''), N'base');
    RAISERROR(N'%s: %s', 16, 127, @otherwise, @says);
    RETURN 1;
END;
GO
""".strip()

FIRST_CHECK = """
DECLARE @at nvarchar(4000), @says nvarchar(2000), @granted int = 0, @looked_at int = 0;
SET @says = CASE
    WHEN @@TRANCOUNT <> 0
        THEN N'a transaction is open in this session'
    WHEN DB_NAME() IN (N'master', N'tempdb', N'model', N'msdb')
        THEN N'"' + DB_NAME() + N'" is a system database; name another one with -d'
    {conditions}
    WHEN ISNULL(SCHEMA_NAME(), N'') <> N'dbo'
        THEN N'the default schema of user "' + USER_NAME() + N'" is "' + ISNULL(SCHEMA_NAME(), N'')
            + N'", this script needs "dbo"'
    ELSE N''
END;
IF @says = N'' AND APPLOCK_MODE(N'public', N'{lock}', N'Session') = N'NoLock'
    EXEC @granted = sys.sp_getapplock
        @Resource = N'{lock}',
        @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 2000;
IF @granted < 0
    SET @says = N'another script is running in database "' + DB_NAME() + N'"';
IF @says = N''
    EXEC @looked_at = #changescript_heads @at OUTPUT;
IF @says = N''
    SET @says = CASE
        WHEN @looked_at <> DB_ID() OR @at IS NULL
            THEN N'the version table can not be read'
        WHEN @at + N';' = N'{target};' COLLATE Latin1_General_BIN2
            THEN N'database "' + DB_NAME() + N'" is already at {target_name}, nothing to do'
        WHEN CHARINDEX(N';' + @at + N';', N';{starts};' COLLATE Latin1_General_BIN2) = 0
            THEN N'database "' + DB_NAME() + N'" is at ' + ISNULL(NULLIF(@at, N''), N'base')
                + N', this script needs {needs_name}'
        ELSE N''
    END;
IF @says = N''
    EXEC sys.sp_set_session_context N'changescript', @at;
ELSE
BEGIN
    RAISERROR(N'REFUSED: %s', 16, 127, @says);
    SET NOEXEC ON;
END;
GO
""".strip()

# As text, so that it fits in between the conditions of the first check.
RELEASE = """
    WHEN ISNULL(CONVERT(int, SERVERPROPERTY(N'ProductMajorVersion')), 0) <> {major}
        THEN N'this server is not SQL Server {release}'
"""
# Azure SQL Database (5) says that it is version 12, and is newer than that; 8 is Azure SQL Managed Instance.
OLDEST = """
    WHEN ISNULL(CONVERT(int, SERVERPROPERTY(N'ProductMajorVersion')), 0) < 13
        AND CONVERT(int, SERVERPROPERTY(N'EngineEdition')) NOT IN (5, 8)
        THEN N'this server is older than SQL Server 2016'
"""
# Only where a statement has a line end that the server would store.
LINE_ENDS = """
    WHEN DATALENGTH(N'
') <> 2
        THEN N'the line ends of this file have been converted to CRLF'
"""
# Only where a statement has characters beyond ASCII: without -f 65001 sqlcmd may read them as others.
ENCODING = """
    WHEN UNICODE(N'\u00e4') <> 228
        THEN N'this file has not been read as UTF-8'
"""

NO_ERROR = "IF @@ERROR <> 0 SET NOEXEC ON;\nGO"

GATE = "IF @@ERROR <> 0 OR @@TRANCOUNT <> {transactions} SET NOEXEC ON;"
"""After each batch: what has failed, or has lost the transaction, lets nothing behind it run."""

CHECK = """
DECLARE @refused int = 1;
EXEC @refused = #changescript_require N'{needs}';
IF @refused <> 0 SET NOEXEC ON;
GO
""".strip()

PROVEN = """
DECLARE @changed int = 0, @failed int = 1;
{changes}
EXEC @failed = #changescript_require N'{needs}', N'FAILED', @in_step = 1;
IF @failed <> 0 OR @changed <> {count} SET NOEXEC ON;
GO
""".strip()

COUNTED = "SET @changed += @@ROWCOUNT;"

COMMIT = """
COMMIT TRANSACTION;
IF @@ERROR = 0 EXEC sys.sp_set_session_context N'changescript', N'{leaves}';
GO
""".strip()

GO_ON = """
SET NOEXEC OFF;
GO
"""

# What is done already, and what must not run after a failure, is skipped in the same way.
REACHED = """
IF ISNULL(CONVERT(nvarchar(4000), SESSION_CONTEXT(N'changescript')), N'?') + N';'
    <> N'{needs};' COLLATE Latin1_General_BIN2 SET NOEXEC ON;
GO
""".strip()

# Executed in any case. The key has no value where the first check has refused: a transaction that is open then is not
# this script's. The lock would otherwise last as long as a window of SSMS.
END = """
SET NOEXEC OFF;
GO
IF SESSION_CONTEXT(N'changescript') IS NOT NULL AND @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
GO
DECLARE @at nvarchar(4000), @failed int = 1;
EXEC @failed = #changescript_require N'{target}', N'FAILED';
EXEC #changescript_heads @at OUTPUT;
EXEC sys.sp_set_session_context N'changescript', NULL;
IF APPLOCK_MODE(N'public', N'{lock}', N'Session') = N'Exclusive'
    EXEC sys.sp_releaseapplock @Resource = N'{lock}', @LockOwner = N'Session';
IF @failed = 0 PRINT N'OK: database ' + DB_NAME() + N' is at ' + ISNULL(NULLIF(@at, N''), N'base');
GO
""".strip()

# In the transaction that writes the marker, which a failure takes back.
ALREADY_THERE = """
IF {done}
BEGIN
    RAISERROR(N'FAILED: the work of the next statement is there already', 16, 127);
    SET NOEXEC ON;
END;
GO
""".strip()
