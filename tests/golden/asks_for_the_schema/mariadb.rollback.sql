-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         b200
--   To           base    2 revisions, 3 statements
--   Dialect      mariadb 10.6 or later
--   Run          mariadb --batch --binary-mode --comments --skip-reconnect --show-warnings --skip-column-names --default-character-set=utf8mb4 DATABASE < rollback.sql
--   Client       mariadb 10.6 or later, with these options; no other has been tried
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at b200, or not as assumed below; nothing is
--                changed then
--   Assumes      versions/b200.py:22: names of the indexes of note: note_made
--   If it fails  before statement 1: nothing has changed
--                in statement 1: no other has run, alembic_version says b200:-0; mend the cause and
--                run what is left, as told below under "Guard"
--                in statement 2: statement 1 stays, alembic_version says b200:-1; mend the cause
--                and run what is left, as told below under "Guard"
--                after statement 2: statements 1-2 stay, the database is at a100; go on with
--                changescript sql base:a100 --dialect mariadb
--                in statement 3: statements 1-2 stay, alembic_version says a100:-0; mend the cause
--                and run what is left, as told below under "Guard"
--   Undo         upgrade.sql of this folder
--                half-way through, run what is left of this file first
--                at b200:-0, or back with changescript sql b200:-N:b200 --dialect mariadb
--                at b200:-1, nothing undoes statement 1
--                at a100:-0, or back with changescript sql a100:-N:a100 --dialect mariadb
--                no script brings back what statements 2-3 overwrite or remove
--   Settings     lock_timeout 5s, statement_timeout 0
--   Regenerate   changescript sql base:b200 --dialect mariadb
--   SHA-256      a1eeed61ccb40a22f63eca02577ea0816482fb620f3c6878ca2ff8bfbfe9a76c of all that follows
--
--   1 of 2       b200    date the notes, and find them by it
--   2 of 2       a100    keep notes if nobody has yet
-- =================================================================================================

-- Client and session ------------------------------------------------------------------------------
SET NAMES utf8mb4;
DELIMITER ;
SET SESSION sql_mode = IF(
    @@GLOBAL.sql_mode REGEXP 'ANSI|NO_BACKSLASH_ESCAPES|ORACLE|MSSQL|DB2|MAXDB|POSTGRESQL|EMPTY_STRING',
    'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    CONCAT_WS(',', NULLIF(@@GLOBAL.sql_mode, ''), 'STRICT_TRANS_TABLES', 'NO_ENGINE_SUBSTITUTION')
);
SET SESSION autocommit = 1, completion_type = 0;
SET SESSION time_zone = @@GLOBAL.time_zone;
SET SESSION foreign_key_checks = 1, unique_checks = 1;
SET SESSION sql_safe_updates = 0, sql_select_limit = DEFAULT, max_join_size = DEFAULT;
SET SESSION lock_wait_timeout = 5, innodb_lock_wait_timeout = 5
    /*!50708 , max_execution_time = 0 */ /*M! , max_statement_time = 0 */;

-- Guard: how every check below looks at alembic_version -------------------------------------------
-- What commits by itself (DDL above all) can't be undone. While a revision is half applied, alembic_version
-- says so: "b:2" means that 2 statements of b's upgrade are done ("b:-2": of its downgrade), and that the
-- third may have been started.
-- After a failure mend its cause; then run only what is left, from the line that names the state:
--     sed '/^-- start$/,/^-- go on at STATE$/d' FILE | mariadb ... DATABASE
-- If it says that the work of that statement is there already, go on behind it:
--     sed '/^-- start$/,/^-- go on at STATE, statement N done$/d' FILE | mariadb ... DATABASE
SET SESSION TRANSACTION READ ONLY;
SET @changescript_errors = 0, @changescript_word = 'REFUSED', @changescript_target = '',
    @changescript_at = NULL, @changescript_says = NULL, @changescript_wrong = '',
    @changescript_needs = '', @changescript_message = '';
SET @changescript_alone = CONCAT('changescript ', LEFT(SHA2(CONCAT(DATABASE(), '.alembic_version'), 256), 40));
SET @changescript_heads = 'SELECT COALESCE(GROUP_CONCAT(
    COALESCE(NULLIF(REPLACE(CONVERT(version_num USING utf8mb4), '', '', '' , ''), ''''), ''(nothing)'')
    ORDER BY CAST(CONVERT(version_num USING utf8mb4) AS BINARY) SEPARATOR '', ''
), '''') INTO @changescript_at FROM alembic_version';
SET @changescript_locked = CONCAT(@changescript_heads, ' FOR UPDATE');
SET @changescript_now = IF(
    EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'alembic_version'),
    @changescript_heads, 'SET @changescript_at = '''''
);
PREPARE changescript_look FROM @changescript_now;
PREPARE changescript_judge FROM '
SELECT CASE
    WHEN DATABASE() IS NULL THEN ''REFUSED: no database is selected''
    WHEN VERSION() NOT LIKE ''%MariaDB%'' THEN ''REFUSED: this server is not MariaDB''
    WHEN LENGTH(''
'') <> 1 THEN ''REFUSED: the line ends of this file have been changed''
    WHEN @changescript_errors > 0 THEN
        CONCAT(@changescript_word, '': a statement or check before this one has failed'')
    WHEN COALESCE(GET_LOCK(@changescript_alone, 2), 0) <> 1 THEN
        CONCAT(''REFUSED: another script is running in database "'', DATABASE(), ''"'')
    WHEN @changescript_at IS NULL THEN CONCAT(@changescript_word, '': alembic_version can not be read'')
    WHEN CAST(@changescript_at AS BINARY) = CAST(@changescript_needs AS BINARY) THEN
        IF(@changescript_wrong = '''', '''', CONCAT(@changescript_word, '': '', @changescript_wrong))
    WHEN @changescript_word = ''REFUSED''
        AND CAST(@changescript_at AS BINARY) = CAST(@changescript_target AS BINARY)
    THEN CONCAT(
        ''REFUSED: database "'', DATABASE(), ''" is already at '',
        COALESCE(NULLIF(@changescript_at, ''''), ''base''), '', nothing to do''
    )
    ELSE CONCAT(
        @changescript_word, '': database "'', DATABASE(), ''" is at '',
        COALESCE(NULLIF(@changescript_at, ''''), ''base''),
        '', this script needs '', COALESCE(NULLIF(@changescript_needs, ''''), ''base'')
    )
END INTO @changescript_says';
PREPARE changescript_decide FROM '
SET @changescript_message = COALESCE(@changescript_says, ''FAILED: the check could not be made''),
    @changescript_next = IF(
        @changescript_says = '''',
        ''SET SESSION TRANSACTION READ WRITE'',
        CONCAT(
            ''CALL `'',
            RTRIM(LEFT(REPLACE(REPLACE(REPLACE(
                COALESCE(@changescript_says, ''FAILED: the check could not be made''),
                CONCAT(''database "'', COALESCE(DATABASE(), ''''), ''" is ''), ''''
            ), ''this script '', ''''), ''`'', ''''), 64)),
            ''`()''
        )
    ),
    @changescript_end = IF(@changescript_says = '''', ''COMMIT'', ''ROLLBACK''),
    @changescript_errors = @changescript_errors + (COALESCE(@changescript_says, ''?'') <> ''''),
    @changescript_word = IF(@changescript_says = '''', ''FAILED'', @changescript_word),
    @changescript_at = NULL, @changescript_says = NULL, @changescript_wrong = ''''';
PREPARE changescript_say FROM '
SELECT @changescript_message AS message FROM DUAL WHERE @changescript_message <> ''''';
-- start

-- =================================================================================================
-- 1 of 2   b200   date the notes, and find them by it
-- =================================================================================================

SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200';
SET @changescript_wrong = CASE
    WHEN @changescript_wrong <> '' THEN @changescript_wrong
    -- versions/b200.py:22
    WHEN (
        (
            SELECT COUNT(*) = 1 AND COUNT(CASE WHEN (found.name <=> 'note_made') THEN 1 END) = 1
            FROM (
                SELECT DISTINCT index_name AS name
                FROM information_schema.statistics
                WHERE table_schema = DATABASE()
                  AND table_name = 'note'
                  AND (
                        CAST(table_name AS BINARY) = CAST('note' AS BINARY)
                        OR @@lower_case_table_names <> 0
                    )
                  AND index_name <> 'PRIMARY'
            ) AS found
        )
    ) IS NOT TRUE THEN 'the database is not as assumed: names of the indexes of note: note_made'
    ELSE ''
END;
SET @changescript_errors = @changescript_errors + @@error_count;
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

SELECT '1 of 2: b200 -> a100' AS progress;

UPDATE alembic_version SET version_num = 'b200:-0'
WHERE version_num = 'b200' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:-0
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:-0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = 'note' AND index_name = 'note_made') > 0,
    '', 'the work of statement 1 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 1; if it fails, run this file from its line "-- go on at b200:-0"' AS progress;

-- [1] drop_index   outside a transaction                                        versions/b200.py:23
DROP INDEX note_made ON note;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:-0, statement 1 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:-0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = 'note' AND index_name = 'note_made') = 0,
    '', 'statement 1 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

UPDATE alembic_version SET version_num = 'b200:-1'
WHERE version_num = 'b200:-0' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:-1
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:-1';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = 'note' AND column_name = 'made') > 0,
    '', 'the work of statement 2 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 2; if it fails, run this file from its line "-- go on at b200:-1"' AS progress;

-- [2] drop_column   outside a transaction                                       versions/b200.py:24
ALTER TABLE note DROP COLUMN made;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:-1, statement 2 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:-1';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = 'note' AND column_name = 'made') = 0,
    '', 'statement 2 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

UPDATE alembic_version SET version_num = 'a100'
WHERE version_num = 'b200:-1' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- =================================================================================================
-- 2 of 2   a100   keep notes if nobody has yet
-- =================================================================================================

SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100';
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

SELECT '2 of 2: a100 -> base' AS progress;

UPDATE alembic_version SET version_num = 'a100:-0'
WHERE version_num = 'a100' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at a100:-0
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100:-0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = 'note') > 0,
    '', 'the work of statement 3 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 3; if it fails, run this file from its line "-- go on at a100:-0"' AS progress;

-- [3] drop_table   outside a transaction                                        versions/a100.py:23
DROP TABLE note;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at a100:-0, statement 3 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100:-0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = 'note') = 0,
    '', 'statement 3 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

DELETE FROM alembic_version WHERE version_num = 'a100:-0' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- End: where the database really is ---------------------------------------------------------------
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = '';
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SET SESSION TRANSACTION READ ONLY; EXECUTE changescript_look;
SELECT CONCAT(
    IF(
        @changescript_errors = 0 AND @changescript_word = 'FAILED'
        AND CAST(@changescript_at AS BINARY) = CAST('' AS BINARY),
        'OK', 'FAILED'
    ),
    ': database ', DATABASE(), ' is at ', COALESCE(NULLIF(@changescript_at, ''), 'base')
) AS result;
