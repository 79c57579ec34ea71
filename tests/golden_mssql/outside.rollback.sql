-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         c
--   To           base    3 revisions, 4 statements
--   Dialect      mssql 2016 or later
--   Run          sqlcmd -S SERVER -d DATABASE -X -b -x -I -f 65001 -i rollback.sql
--   Client       sqlcmd, with these options, or SSMS; made from its reference, run with neither
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at c or half-way through this script; nothing is
--                changed then
--   If it fails  in statement 1: nothing has changed
--                in statements 2-4: those before the one that has failed stay, alembic_version says
--                b:-0 to b:-2; mend the cause and run this file again, it goes on there
--   Undo         upgrade.sql of this folder
--                half-way through, run this file to its end first
--                at b:-0, or back with changescript sql b:-N:b
--                at b:-1 to b:-2, nothing undoes statement 2
--                no script brings back what statements 1, 4 overwrite or remove
--   Settings     lock_timeout 5s
--   Regenerate   changescript sql base:c
--   SHA-256      4564656c291276c2ed9218c11f11392e615ba5a01cbfa8a14d624be237464c30 of all that follows
--
--   1 of 3       c    step c
--   2 of 3       b    step b
--   3 of 3       a    step a
-- =================================================================================================

-- Client and session ------------------------------------------------------------------------------
SET NOEXEC OFF;
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT, XACT_ABORT ON;
SET QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ANSI_NULL_DFLT_ON ON;
SET ARITHABORT, CONCAT_NULL_YIELDS_NULL ON;
SET NUMERIC_ROUNDABORT OFF;
SET ROWCOUNT 0;
SET LANGUAGE us_english;
SET LOCK_TIMEOUT 5000;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
EXEC sys.sp_set_session_context N'changescript', NULL;
GO
IF OBJECT_ID(N'tempdb..#changescript_heads') IS NOT NULL DROP PROCEDURE #changescript_heads;
IF OBJECT_ID(N'tempdb..#changescript_require') IS NOT NULL DROP PROCEDURE #changescript_require;
GO

-- Guard: how every check below looks at alembic_version -------------------------------------------
CREATE PROCEDURE #changescript_heads @at nvarchar(4000) OUTPUT
AS
BEGIN
    SET @at = N'';
    IF OBJECT_ID(N'[dbo].[alembic_version]') IS NOT NULL
        SET @at = ISNULL(STUFF((
            SELECT N', ' + CASE
                WHEN version_num = '' OR version_num LIKE '%[,;"]%' THEN QUOTENAME(version_num, '"')
                ELSE version_num
            END
            FROM [dbo].[alembic_version] WITH (TABLOCKX, HOLDLOCK)
            ORDER BY version_num COLLATE Latin1_General_BIN2
            FOR XML PATH(''), TYPE
        ).value('.', 'nvarchar(4000)'), 1, 2, N''), N'');
    RETURN DB_ID();
END;
GO
IF @@ERROR <> 0 SET NOEXEC ON;
GO
CREATE PROCEDURE #changescript_require
    @needs nvarchar(4000),
    @otherwise nvarchar(10) = N'REFUSED',
    @in_step bit = 0
AS
BEGIN
    DECLARE @at nvarchar(4000), @says nvarchar(2000);
    EXEC #changescript_heads @at OUTPUT;
    SET @says = CASE
        WHEN APPLOCK_MODE(N'public', N'changescript [dbo].[alembic_version]', N'Session') <> N'Exclusive'
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
IF @@ERROR <> 0 SET NOEXEC ON;
GO
DECLARE @at nvarchar(4000), @says nvarchar(2000), @granted int = 0, @looked_at int = 0;
SET @says = CASE
    WHEN @@TRANCOUNT <> 0
        THEN N'a transaction is open in this session'
    WHEN DB_NAME() IN (N'master', N'tempdb', N'model', N'msdb')
        THEN N'"' + DB_NAME() + N'" is a system database; name another one with -d'
    WHEN ISNULL(CONVERT(int, SERVERPROPERTY(N'ProductMajorVersion')), 0) < 13
        AND CONVERT(int, SERVERPROPERTY(N'EngineEdition')) NOT IN (5, 8)
        THEN N'this server is older than SQL Server 2016'
    WHEN ISNULL(SCHEMA_NAME(), N'') <> N'dbo'
        THEN N'the default schema of user "' + USER_NAME() + N'" is "' + ISNULL(SCHEMA_NAME(), N'')
            + N'", this script needs "dbo"'
    ELSE N''
END;
IF @says = N'' AND APPLOCK_MODE(N'public', N'changescript [dbo].[alembic_version]', N'Session') = N'NoLock'
    EXEC @granted = sys.sp_getapplock
        @Resource = N'changescript [dbo].[alembic_version]',
        @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 2000;
IF @granted < 0
    SET @says = N'another script is running in database "' + DB_NAME() + N'"';
IF @says = N''
    EXEC @looked_at = #changescript_heads @at OUTPUT;
IF @says = N''
    SET @says = CASE
        WHEN @looked_at <> DB_ID() OR @at IS NULL
            THEN N'the version table can not be read'
        WHEN @at + N';' = N';' COLLATE Latin1_General_BIN2
            THEN N'database "' + DB_NAME() + N'" is already at base, nothing to do'
        WHEN CHARINDEX(N';' + @at + N';', N';c;b:-0;b:-1;b:-2;' COLLATE Latin1_General_BIN2) = 0
            THEN N'database "' + DB_NAME() + N'" is at ' + ISNULL(NULLIF(@at, N''), N'base')
                + N', this script needs c'
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
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON;
GO

-- =================================================================================================
-- 1 of 3   c   step c
-- =================================================================================================

IF ISNULL(CONVERT(nvarchar(4000), SESSION_CONTEXT(N'changescript')), N'?') + N';'
    <> N'c;' COLLATE Latin1_General_BIN2 SET NOEXEC ON;
GO
BEGIN TRANSACTION;
DECLARE @refused int = 1;
EXEC @refused = #changescript_require N'c';
IF @refused <> 0 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON; ELSE PRINT N'1 of 3: c -> b';
GO

-- [1] drop_table                                                        migrations/versions/c.py:20
DROP TABLE t_c;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON; ELSE PRINT N'statement 1 done';
GO

DECLARE @changed int = 0, @failed int = 1;
UPDATE [dbo].[alembic_version] SET version_num = 'b' WHERE version_num = 'c';
SET @changed += @@ROWCOUNT;
EXEC @failed = #changescript_require N'b', N'FAILED', @in_step = 1;
IF @failed <> 0 OR @changed <> 1 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

-- =================================================================================================
-- 2 of 3   b   step b
-- =================================================================================================

IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON; ELSE PRINT N'2 of 3: b -> a';
GO

IF NOT (EXISTS (
    SELECT 1 FROM sys.fulltext_indexes WHERE object_id = OBJECT_ID(N'[account]')
))
BEGIN
    RAISERROR(N'FAILED: the work of the next statement is there already', 16, 127);
    SET NOEXEC ON;
END;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

DECLARE @changed int = 0, @failed int = 1;
UPDATE [dbo].[alembic_version] SET version_num = 'b:-0' WHERE version_num = 'b';
SET @changed += @@ROWCOUNT;
EXEC @failed = #changescript_require N'b:-0', N'FAILED', @in_step = 1;
IF @failed <> 0 OR @changed <> 1 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

COMMIT TRANSACTION;
IF @@ERROR = 0 EXEC sys.sp_set_session_context N'changescript', N'b:-0';
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON;
GO

SET NOEXEC OFF;
GO
IF ISNULL(CONVERT(nvarchar(4000), SESSION_CONTEXT(N'changescript')), N'?') + N';'
    <> N'b:-0;' COLLATE Latin1_General_BIN2 SET NOEXEC ON;
GO
DECLARE @refused int = 1;
EXEC @refused = #changescript_require N'b:-0';
IF @refused <> 0 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON; ELSE PRINT N'statement 2; if it fails, run this file again';
GO

-- [2] execute   outside a transaction                                   migrations/versions/b.py:24
IF NOT (NOT (EXISTS (
    SELECT 1 FROM sys.fulltext_indexes WHERE object_id = OBJECT_ID(N'[account]')
)))
DROP FULLTEXT INDEX ON account;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON; ELSE PRINT N'statement 2 done';
GO

BEGIN TRANSACTION;
DECLARE @refused int = 1;
EXEC @refused = #changescript_require N'b:-0';
IF @refused <> 0 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

IF NOT (EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE name = N'texts'))
BEGIN
    RAISERROR(N'FAILED: the work of the next statement is there already', 16, 127);
    SET NOEXEC ON;
END;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

DECLARE @changed int = 0, @failed int = 1;
UPDATE [dbo].[alembic_version] SET version_num = 'b:-1' WHERE version_num = 'b:-0';
SET @changed += @@ROWCOUNT;
EXEC @failed = #changescript_require N'b:-1', N'FAILED', @in_step = 1;
IF @failed <> 0 OR @changed <> 1 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

COMMIT TRANSACTION;
IF @@ERROR = 0 EXEC sys.sp_set_session_context N'changescript', N'b:-1';
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON;
GO

SET NOEXEC OFF;
GO
IF ISNULL(CONVERT(nvarchar(4000), SESSION_CONTEXT(N'changescript')), N'?') + N';'
    <> N'b:-1;' COLLATE Latin1_General_BIN2 SET NOEXEC ON;
GO
DECLARE @refused int = 1;
EXEC @refused = #changescript_require N'b:-1';
IF @refused <> 0 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON; ELSE PRINT N'statement 3; if it fails, run this file again';
GO

-- [3] execute   outside a transaction                                   migrations/versions/b.py:25
IF NOT (NOT (EXISTS (SELECT 1 FROM sys.fulltext_catalogs WHERE name = N'texts')))
DROP FULLTEXT CATALOG texts;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON; ELSE PRINT N'statement 3 done';
GO

BEGIN TRANSACTION;
DECLARE @refused int = 1;
EXEC @refused = #changescript_require N'b:-1';
IF @refused <> 0 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

DECLARE @changed int = 0, @failed int = 1;
UPDATE [dbo].[alembic_version] SET version_num = 'b:-2' WHERE version_num = 'b:-1';
SET @changed += @@ROWCOUNT;
EXEC @failed = #changescript_require N'b:-2', N'FAILED', @in_step = 1;
IF @failed <> 0 OR @changed <> 1 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

COMMIT TRANSACTION;
IF @@ERROR = 0 EXEC sys.sp_set_session_context N'changescript', N'b:-2';
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON;
GO

SET NOEXEC OFF;
GO
IF ISNULL(CONVERT(nvarchar(4000), SESSION_CONTEXT(N'changescript')), N'?') + N';'
    <> N'b:-2;' COLLATE Latin1_General_BIN2 SET NOEXEC ON;
GO
BEGIN TRANSACTION;
DECLARE @refused int = 1;
EXEC @refused = #changescript_require N'b:-2';
IF @refused <> 0 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON; ELSE PRINT N'statement 4; if it fails, run this file again';
GO

DECLARE @changed int = 0, @failed int = 1;
UPDATE [dbo].[alembic_version] SET version_num = 'a' WHERE version_num = 'b:-2';
SET @changed += @@ROWCOUNT;
EXEC @failed = #changescript_require N'a', N'FAILED', @in_step = 1;
IF @failed <> 0 OR @changed <> 1 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

-- =================================================================================================
-- 3 of 3   a   step a
-- =================================================================================================

IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON; ELSE PRINT N'3 of 3: a -> base';
GO

-- [4] drop_table                                                        migrations/versions/a.py:20
DROP TABLE t_a;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON; ELSE PRINT N'statement 4 done';
GO

DECLARE @changed int = 0, @failed int = 1;
DELETE FROM [dbo].[alembic_version] WHERE version_num = 'a';
SET @changed += @@ROWCOUNT;
EXEC @failed = #changescript_require N'', N'FAILED', @in_step = 1;
IF @failed <> 0 OR @changed <> 1 SET NOEXEC ON;
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 1 SET NOEXEC ON;
GO

COMMIT TRANSACTION;
IF @@ERROR = 0 EXEC sys.sp_set_session_context N'changescript', N'';
GO
IF @@ERROR <> 0 OR @@TRANCOUNT <> 0 SET NOEXEC ON;
GO

-- End: where the database really is ---------------------------------------------------------------
SET NOEXEC OFF;
GO
IF SESSION_CONTEXT(N'changescript') IS NOT NULL AND @@TRANCOUNT > 0 ROLLBACK TRANSACTION;
GO
DECLARE @at nvarchar(4000), @failed int = 1;
EXEC @failed = #changescript_require N'', N'FAILED';
EXEC #changescript_heads @at OUTPUT;
EXEC sys.sp_set_session_context N'changescript', NULL;
IF APPLOCK_MODE(N'public', N'changescript [dbo].[alembic_version]', N'Session') = N'Exclusive'
    EXEC sys.sp_releaseapplock @Resource = N'changescript [dbo].[alembic_version]', @LockOwner = N'Session';
IF @failed = 0 PRINT N'OK: database ' + DB_NAME() + N' is at ' + ISNULL(NULLIF(@at, N''), N'base');
GO
