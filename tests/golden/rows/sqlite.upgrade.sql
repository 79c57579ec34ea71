-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           b200    2 revisions, 10 statements
--   Dialect      sqlite 3.28 or later
--   Run          sqlite3 -batch -bail -init /dev/null 'file:DATABASE?mode=rw' < upgrade.sql
--   Client       the sqlite3 shell, 3.28 or later; any other client changes nothing
--   Expect       exit 0, and the last line "OK: database DATABASE is at b200"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  in statements 1-10: nothing has changed
--   Undo         rollback.sql of this folder
--                no script brings back what statements 8-9 overwrite or remove
--   Settings     lock_timeout 5s
--   Regenerate   changescript sql base:b200 --dialect sqlite
--   SHA-256      df3ad0629f398aafbed60911f3630a6da55d4904c99ad26d342c4dbbd16ba56b of all that follows
--
--   1 of 2       a100    keep samples of every kind of value
--   2 of 2       b200    many plain rows in several statements, then some change
-- =================================================================================================

-- Client and session ------------------------------------------------------------------------------
;
-- Nothing can be written until the shell has obeyed the lines below; no other client does.
PRAGMA query_only = ON;
.bail on
.echo off
.headers off
.mode list
.changes off
.stats off
.timer off
.eqp off
.timeout 5000
PRAGMA query_only = OFF;
BEGIN; COMMIT;
.parameter set :changescript 1
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = OFF;
PRAGMA recursive_triggers = OFF;
PRAGMA ignore_check_constraints = OFF;
PRAGMA writable_schema = OFF;

-- Guard: how every check below looks at alembic_version -------------------------------------------
DROP VIEW IF EXISTS temp.changescript_state;
CREATE TEMP VIEW changescript_state AS
SELECT
    (SELECT coalesce(nullif(file, ''), ':memory:') FROM pragma_database_list WHERE name = 'main') AS name,
    coalesce(group_concat(version_num, ', '), 'base') AS heads,
    count(*) AS number
FROM (SELECT version_num FROM main.alembic_version ORDER BY version_num COLLATE BINARY);
DROP TABLE IF EXISTS temp.changescript_checks;
CREATE TEMP TABLE changescript_checks (
    before TEXT,
    heads TEXT CONSTRAINT "REFUSED: this script is for the sqlite3 shell" CHECK (heads IS NOT NULL),
    number INTEGER,
    otherwise TEXT
);
INSERT INTO temp.changescript_checks (heads) SELECT CASE WHEN :changescript IS NOT NULL THEN 'sqlite3' END;
CREATE TEMP TRIGGER changescript_check BEFORE INSERT ON changescript_checks
BEGIN
    SELECT RAISE(ABORT, 'REFUSED: the check before this one has not passed')
    WHERE NEW.before IS NOT (SELECT heads FROM temp.changescript_checks ORDER BY rowid DESC LIMIT 1);
    SELECT RAISE(ABORT, 'REFUSED: the database is not where this script needs it')
    FROM temp.changescript_state AS now
    WHERE (now.heads, now.number) <> (NEW.heads, NEW.number) AND NEW.otherwise = 'REFUSED';
    SELECT RAISE(ABORT, 'FAILED: the database is not where this script should have brought it')
    FROM temp.changescript_state AS now
    WHERE (now.heads, now.number) <> (NEW.heads, NEW.number) AND NEW.otherwise = 'FAILED';
END;
DROP TABLE IF EXISTS temp.changescript_orphans;
CREATE TEMP TABLE changescript_orphans (child TEXT, parent TEXT, number INTEGER);
DROP VIEW IF EXISTS temp.changescript_broken;
CREATE TEMP VIEW changescript_broken AS
SELECT child, parent, sum(number) AS number
FROM temp.changescript_orphans
WHERE (SELECT sum(number) FROM temp.changescript_orphans) > 0
GROUP BY child, parent
HAVING sum(number) > 0;
DROP TABLE IF EXISTS temp.changescript_commits;
CREATE TEMP TABLE changescript_commits (heads TEXT);
CREATE TEMP TRIGGER changescript_commit BEFORE INSERT ON changescript_commits
BEGIN
    SELECT RAISE(ROLLBACK, 'FAILED: a check has not passed, so the transaction is undone')
    WHERE NEW.heads IS NOT (SELECT heads FROM temp.changescript_checks ORDER BY rowid DESC LIMIT 1);
    SELECT RAISE(ROLLBACK, 'FAILED: rows have lost what they refer to, so the transaction is undone')
    FROM temp.changescript_broken;
END;

-- =================================================================================================
-- 1 of 2   a100   keep samples of every kind of value
-- =================================================================================================

-- What stands behind RELEASE all_well runs only if all before it has worked.
BEGIN IMMEDIATE; SAVEPOINT all_well;
RELEASE all_well; CREATE TABLE IF NOT EXISTS main.alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
); SAVEPOINT all_well;
SELECT
    'REFUSED: database "' || name || '" is '
    || CASE
        WHEN (heads, number) = ('b200', 1) THEN 'already at b200, nothing to do'
        ELSE 'at ' || heads || ', this script needs base'
    END
FROM temp.changescript_state
WHERE (heads, number) <> ('base', 0);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('sqlite3', 'base', 0, 'REFUSED'); SAVEPOINT all_well;
RELEASE all_well; INSERT INTO temp.changescript_orphans
SELECT "table", parent, -count(*) FROM pragma_foreign_key_check GROUP BY 1, 2; SAVEPOINT all_well;

SELECT '1 of 2: base -> a100' AS progress;

-- [1] create_table                                                              versions/a100.py:47
RELEASE all_well; CREATE TABLE sample (
    id INTEGER NOT NULL,
    text TEXT,
    amount NUMERIC(12, 3),
    ratio DOUBLE,
    is_good BOOLEAN,
    day DATE,
    moment DATETIME,
    clock TIME,
    data BLOB,
    doc JSON,
    "key" CHAR(32),
    CONSTRAINT pk_sample PRIMARY KEY (id)
); SAVEPOINT all_well;

-- [2] bulk_insert                                                               versions/a100.py:62
RELEASE all_well; INSERT INTO sample (id, text, amount, ratio, is_good, day, moment, clock, data, doc, "key")
VALUES
    (1, 'it''s "quoted" `so` \n 100% :name ?', -12345.6, 0.1, 1, NULL, NULL, NULL, NULL, NULL,
        NULL),
    (2, ('two' || char(10) || 'lines;' || char(10) || '-- and' || char(9) || 'tab'), NULL, NULL,
        NULL, '2026-02-28', '2026-02-28 23:59:58.000000', '01:02:03.000000', NULL, NULL, NULL),
    (3, ('😀 ünïcödé ' || char(8238)), NULL, NULL, 0, NULL, NULL, NULL, x'00ff275c', NULL, NULL),
    (4, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{"a": [1, 2.5, null, "x''y\\z"], "b": true}',
        '00000000000000000000000000abcdef'); SAVEPOINT all_well;

-- [3] bulk_insert                                                               versions/a100.py:62
RELEASE all_well; INSERT INTO sample (id, text, amount, ratio, is_good, day, moment, clock, data, doc, "key")
VALUES
    (5, '$$ /* no comment */ {braces}', NULL, -1e-07, NULL, NULL, NULL, NULL, x'', '[]', NULL); SAVEPOINT all_well;

RELEASE all_well; INSERT INTO main.alembic_version (version_num) VALUES ('a100'); SAVEPOINT all_well;
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs a100'
FROM temp.changescript_state WHERE (heads, number) <> ('a100', 1);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('base', 'a100', 1, 'FAILED'); SAVEPOINT all_well;

-- =================================================================================================
-- 2 of 2   b200   many plain rows in several statements, then some change
-- =================================================================================================

SELECT '2 of 2: a100 -> b200' AS progress;

-- [4] create_table                                                              versions/b200.py:14
RELEASE all_well; CREATE TABLE code (
    id INTEGER NOT NULL,
    name VARCHAR(20) NOT NULL,
    CONSTRAINT pk_code PRIMARY KEY (id)
); SAVEPOINT all_well;

-- [5] bulk_insert                                                               versions/b200.py:20
RELEASE all_well; INSERT INTO code (id, name)
VALUES
    (1, 'code 1'),
    (2, 'code 2'),
    (3, 'code 3'),
    (4, 'code 4'); SAVEPOINT all_well;

-- [6] bulk_insert                                                               versions/b200.py:20
RELEASE all_well; INSERT INTO code (id, name)
VALUES
    (5, 'code 5'),
    (6, 'code 6'),
    (7, 'code 7'),
    (8, 'code 8'); SAVEPOINT all_well;

-- [7] bulk_insert                                                               versions/b200.py:20
RELEASE all_well; INSERT INTO code (id, name)
VALUES
    (9, 'code 9'),
    (10, 'code 10'); SAVEPOINT all_well;

-- [8] execute                                                                   versions/b200.py:21
RELEASE all_well; UPDATE code
SET name=upper(code.name)
WHERE code.id IN (2, 3, 5, 7); SAVEPOINT all_well;

-- [9] execute                                                                   versions/b200.py:22
RELEASE all_well; DELETE FROM code
WHERE code.name LIKE 'code 1%'; SAVEPOINT all_well;

-- [10] execute                                                                  versions/b200.py:23
RELEASE all_well; INSERT INTO code (id, name)
SELECT id + 100, 'a ''copy'''
FROM code
WHERE id < 4; SAVEPOINT all_well;

RELEASE all_well; UPDATE main.alembic_version SET version_num = 'b200' WHERE version_num = 'a100'; SAVEPOINT all_well;
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs b200'
FROM temp.changescript_state WHERE (heads, number) <> ('b200', 1);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('a100', 'b200', 1, 'FAILED'); SAVEPOINT all_well;

RELEASE all_well; INSERT INTO temp.changescript_orphans
SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2; SAVEPOINT all_well;
SELECT 'FAILED: rows of ' || child || ' without their row in ' || parent || ': ' || number || ' more than before'
FROM temp.changescript_broken;
RELEASE all_well; INSERT INTO temp.changescript_checks (before, heads) VALUES ('b200', 'references at b200'); SAVEPOINT all_well;
INSERT INTO temp.changescript_commits VALUES ('references at b200'); COMMIT;

-- End: where the database really is ---------------------------------------------------------------
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs b200'
FROM temp.changescript_state WHERE (heads, number) <> ('b200', 1);
INSERT INTO temp.changescript_checks VALUES ('references at b200', 'b200', 1, 'FAILED');
SELECT CASE WHEN (heads, number) = ('b200', 1) THEN 'OK' ELSE 'FAILED' END
    || ': database ' || name || ' is at ' || heads AS result
FROM temp.changescript_state;
