-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           b200    2 revisions, 7 statements
--   Dialect      mariadb 10.6 or later
--   Run          mariadb --batch --binary-mode --comments --skip-reconnect --show-warnings --skip-column-names --default-character-set=utf8mb4 DATABASE < upgrade.sql
--   Client       mariadb 10.6 or later, with these options; no other has been tried
--   Expect       exit 0, and the last line "OK: database DATABASE is at b200"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  before statement 1: nothing has changed
--                in statement 1: no other has run, alembic_version says a100:0; mend the cause and
--                run what is left, as told below under "Guard"
--                in statement 2: statement 1 stays, alembic_version says a100:1; mend the cause and
--                run what is left, as told below under "Guard"
--                in statements 3-4: statements 1-2 stay, alembic_version says a100:2; mend the
--                cause and run what is left, as told below under "Guard"
--                after statement 4: statements 1-4 stay, the database is at a100; go on with
--                changescript sql a100:b200 --dialect mariadb
--                in statements 5-7: those before the one that has failed stay, alembic_version says
--                b200:0 to b200:2; mend the cause and run what is left, as told below under "Guard"
--   Undo         rollback.sql of this folder
--                half-way through, run what is left of this file first
--                at a100:0, or back with changescript sql a100:N:base --dialect mariadb
--                at a100:1 to a100:2, nothing undoes statement 1
--                at b200:0, or back with changescript sql b200:N:a100 --dialect mariadb
--                at b200:1 to b200:2, nothing undoes statement 5
--   Settings     lock_timeout 5s, statement_timeout 0
--   Regenerate   changescript sql base:b200 --dialect mariadb
--   SHA-256      481b2b64b0daaf7a7f46bd818cad291a7694d8eefa18c17df2f10a22a6edbe88 of all that follows
--
--   1 of 2       a100    what a person has written by hand
--   2 of 2       b200    a view that is replaced
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
SET @changescript_errors = 0, @changescript_word = 'REFUSED', @changescript_target = 'b200',
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
-- 1 of 2   a100   what a person has written by hand
-- =================================================================================================

SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = '';
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
SET @changescript_errors = @changescript_errors + @@error_count;
PREPARE changescript_look FROM @changescript_heads;

SELECT '1 of 2: base -> a100' AS progress;

INSERT INTO alembic_version (version_num)
SELECT 'a100:0' FROM DUAL WHERE @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at a100:0
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100:0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = 'kind') = 0,
    '', 'the work of statement 1 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 1; if it fails, run this file from its line "-- go on at a100:0"' AS progress;

-- [1] execute   outside a transaction                                           versions/a100.py:28
-- Two tables; the second one's rows refer to the first.
CREATE TABLE kind (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL);
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at a100:0, statement 1 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100:0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = 'kind') > 0,
    '', 'statement 1 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

UPDATE alembic_version SET version_num = 'a100:1'
WHERE version_num = 'a100:0' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at a100:1
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100:1';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = 'thing') = 0,
    '', 'the work of statement 2 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 2; if it fails, run this file from its line "-- go on at a100:1"' AS progress;

-- [2] execute   outside a transaction                                           versions/a100.py:28
CREATE TABLE thing (
    id INTEGER NOT NULL PRIMARY KEY,
    kind_id INTEGER REFERENCES kind (id), -- a; b
    note VARCHAR(40) DEFAULT 'none; yet' NOT NULL
);
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at a100:1, statement 2 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100:1';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = 'thing') > 0,
    '', 'statement 2 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

UPDATE alembic_version SET version_num = 'a100:2'
WHERE version_num = 'a100:1' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at a100:2
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100:2';
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 3; if it fails, run this file from its line "-- go on at a100:2"' AS progress;
START TRANSACTION;
SET SESSION TRANSACTION READ ONLY;
PREPARE changescript_lock FROM @changescript_locked; EXECUTE changescript_lock;

-- [3] execute                                                                   versions/a100.py:28
/* and some; rows */
INSERT INTO kind (id, name) VALUES (1, 'it''s; one'), (2, 'two');
SET @changescript_errors = @changescript_errors + @@error_count;

-- [4] execute                                                                   versions/a100.py:28
INSERT INTO thing (id, kind_id)
SELECT id * 10, id
FROM kind
ORDER BY id;
SET @changescript_errors = @changescript_errors + @@error_count;

UPDATE alembic_version SET version_num = 'a100'
WHERE version_num = 'a100:2' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

SET @changescript_needs = 'a100';
EXECUTE changescript_lock; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_end FROM @changescript_end; EXECUTE changescript_end;

-- =================================================================================================
-- 2 of 2   b200   a view that is replaced
-- =================================================================================================

SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'a100';
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

SELECT '2 of 2: a100 -> b200' AS progress;

UPDATE alembic_version SET version_num = 'b200:0'
WHERE version_num = 'a100' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:0
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.views
     WHERE table_schema = DATABASE() AND table_name = 'things') = 0,
    '', 'the work of statement 5 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 5; if it fails, run this file from its line "-- go on at b200:0"' AS progress;

-- [5] execute   outside a transaction                                           versions/b200.py:13
CREATE VIEW things AS
SELECT id, note
FROM thing
WHERE note <> '';
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:0, statement 5 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:0';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.views
     WHERE table_schema = DATABASE() AND table_name = 'things') > 0,
    '', 'statement 5 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

UPDATE alembic_version SET version_num = 'b200:1'
WHERE version_num = 'b200:0' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:1
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:1';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.views
     WHERE table_schema = DATABASE() AND table_name = 'things') > 0,
    '', 'the work of statement 6 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 6; if it fails, run this file from its line "-- go on at b200:1"' AS progress;

-- [6] execute   outside a transaction                                           versions/b200.py:14
DROP VIEW things;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:1, statement 6 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:1';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.views
     WHERE table_schema = DATABASE() AND table_name = 'things') = 0,
    '', 'statement 6 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

UPDATE alembic_version SET version_num = 'b200:2'
WHERE version_num = 'b200:1' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:2
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:2';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.views
     WHERE table_schema = DATABASE() AND table_name = 'things') = 0,
    '', 'the work of statement 7 is there already'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SELECT 'statement 7; if it fails, run this file from its line "-- go on at b200:2"' AS progress;

-- [7] execute   outside a transaction                                           versions/b200.py:14
CREATE VIEW things AS
SELECT id
FROM thing;
SET @changescript_errors = @changescript_errors + @@error_count;

-- go on at b200:2, statement 7 done
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200:2';
SET @changescript_wrong = IF(
    (SELECT COUNT(*) FROM information_schema.views
     WHERE table_schema = DATABASE() AND table_name = 'things') > 0,
    '', 'statement 7 has left no trace'
);
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;

UPDATE alembic_version SET version_num = 'b200'
WHERE version_num = 'b200:2' AND @changescript_errors = 0;
SET @changescript_errors = @changescript_errors + @@error_count;

-- End: where the database really is ---------------------------------------------------------------
SET SESSION TRANSACTION READ ONLY; SET @changescript_needs = 'b200';
EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;
EXECUTE changescript_say; PREPARE changescript_next FROM @changescript_next; EXECUTE changescript_next;
SET SESSION TRANSACTION READ ONLY; EXECUTE changescript_look;
SELECT CONCAT(
    IF(
        @changescript_errors = 0 AND @changescript_word = 'FAILED'
        AND CAST(@changescript_at AS BINARY) = CAST('b200' AS BINARY),
        'OK', 'FAILED'
    ),
    ': database ', DATABASE(), ' is at ', COALESCE(NULLIF(@changescript_at, ''), 'base')
) AS result;
