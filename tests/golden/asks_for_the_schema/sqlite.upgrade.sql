-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           b200    2 revisions, 3 statements
--   Dialect      sqlite 3.28 or later
--   Run          sqlite3 -batch -bail -init /dev/null 'file:DATABASE?mode=rw' < upgrade.sql
--   Client       the sqlite3 shell, 3.28 or later; any other client changes nothing
--   Expect       exit 0, and the last line "OK: database DATABASE is at b200"
--   Refuses      any database that is not exactly at base, or not as assumed below; nothing is
--                changed then
--   Assumes      versions/a100.py:14: table note: doesn't exist
--                versions/b200.py:15: names of the columns of note: id, text
--                versions/b200.py:17: names of the indexes of note: none
--   If it fails  in statements 1-3: nothing has changed
--   Undo         rollback.sql of this folder
--   Settings     lock_timeout 5s
--   Regenerate   changescript sql base:b200 --dialect sqlite
--   SHA-256      000f8180cfb5175e736db1372e4056e1d895d488058c2e47200b41a34f7e2860 of all that follows
--
--   1 of 2       a100    keep notes if nobody has yet
--   2 of 2       b200    date the notes, and find them by it
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
DROP TABLE IF EXISTS temp.changescript_assumptions;
CREATE TEMP TABLE changescript_assumptions (word TEXT, assumed TEXT, holds INTEGER);
DROP TABLE IF EXISTS temp.changescript_assumed;
CREATE TEMP TABLE changescript_assumed (number INTEGER);
CREATE TEMP TRIGGER changescript_assume BEFORE INSERT ON changescript_assumed
BEGIN
    SELECT RAISE(ABORT, 'the database is not as this script assumes')
    FROM temp.changescript_assumptions
    WHERE holds IS NOT 1;
END;

-- =================================================================================================
-- 1 of 2   a100   keep notes if nobody has yet
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
RELEASE all_well; INSERT INTO temp.changescript_assumptions VALUES
    -- versions/a100.py:14
    ('REFUSED', 'table note: doesn''t exist',
        NOT EXISTS (
            SELECT name
            FROM sqlite_master
            WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'
              AND type IN ('table')
              AND name = 'note' COLLATE NOCASE
        )),
    -- versions/b200.py:15
    ('REFUSED', 'table or view note: doesn''t exist',
        NOT EXISTS (
            SELECT name
            FROM sqlite_master
            WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'
              AND type IN ('table', 'view')
              AND name = 'note' COLLATE NOCASE
        )); SAVEPOINT all_well;
SELECT word || ': database "' || name || '" is not as assumed: ' || assumed
FROM temp.changescript_assumptions, temp.changescript_state
WHERE holds IS NOT 1;
RELEASE all_well; INSERT INTO temp.changescript_assumed VALUES (0); SAVEPOINT all_well;
RELEASE all_well; INSERT INTO temp.changescript_orphans
SELECT "table", parent, -count(*) FROM pragma_foreign_key_check GROUP BY 1, 2; SAVEPOINT all_well;

SELECT '1 of 2: base -> a100' AS progress;

-- [1] create_table                                                              versions/a100.py:15
RELEASE all_well; CREATE TABLE note (
    id INTEGER NOT NULL,
    text VARCHAR(200) DEFAULT '-' NOT NULL,
    PRIMARY KEY (id)
); SAVEPOINT all_well;

RELEASE all_well; INSERT INTO main.alembic_version (version_num) VALUES ('a100'); SAVEPOINT all_well;
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs a100'
FROM temp.changescript_state WHERE (heads, number) <> ('a100', 1);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('base', 'a100', 1, 'FAILED'); SAVEPOINT all_well;

-- =================================================================================================
-- 2 of 2   b200   date the notes, and find them by it
-- =================================================================================================

SELECT '2 of 2: a100 -> b200' AS progress;

-- [2] add_column                                                                versions/b200.py:16
RELEASE all_well; ALTER TABLE note ADD COLUMN made DATE; SAVEPOINT all_well;

-- [3] create_index                                                              versions/b200.py:18
RELEASE all_well; CREATE INDEX note_made ON note (made); SAVEPOINT all_well;

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
