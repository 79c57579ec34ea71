-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         b200
--   To           base    2 revisions, 3 statements
--   Dialect      sqlite 3.28 or later
--   Run          sqlite3 -batch -bail -init /dev/null 'file:DATABASE?mode=rw' < rollback.sql
--   Client       the sqlite3 shell, 3.28 or later; any other client changes nothing
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at b200, or not as assumed below; nothing is
--                changed then
--   Assumes      versions/b200.py:22: names of the indexes of note: note_made
--   If it fails  in statements 1-3: nothing has changed
--   Undo         upgrade.sql of this folder
--                no script brings back what statements 2-3 overwrite or remove
--   Settings     lock_timeout 5s
--   Regenerate   changescript sql base:b200 --dialect sqlite
--   SHA-256      cccbed107fc978c09b022a5342cc540320df5acae0d825fa3a03db17502e388a of all that follows
--
--   1 of 2       b200    date the notes, and find them by it
--   2 of 2       a100    keep notes if nobody has yet
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
DROP TABLE IF EXISTS temp.changescript_tables;
CREATE TEMP TABLE changescript_tables (name TEXT);
CREATE TEMP TRIGGER changescript_table BEFORE INSERT ON changescript_tables
BEGIN
    SELECT RAISE(ABORT, 'REFUSED: the database is at base, it has no version table')
    WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE name = NEW.name COLLATE NOCASE);
END;
SELECT 'REFUSED: database "' || file || '" is already at base, nothing to do'
FROM pragma_database_list
WHERE
    name = 'main'
    AND NOT EXISTS (SELECT 1 FROM main.sqlite_master AS known WHERE known.name = 'alembic_version' COLLATE NOCASE);
INSERT INTO temp.changescript_tables VALUES ('alembic_version');
SELECT
    'REFUSED: database "' || name || '" is '
    || CASE
        WHEN (heads, number) = ('base', 0) THEN 'already at base, nothing to do'
        ELSE 'at ' || heads || ', this script needs b200'
    END
FROM temp.changescript_state
WHERE (heads, number) <> ('b200', 1);
INSERT INTO temp.changescript_checks VALUES ('sqlite3', 'b200', 1, 'REFUSED');

-- =================================================================================================
-- 1 of 2   b200   date the notes, and find them by it
-- =================================================================================================

-- What stands behind RELEASE all_well runs only if all before it has worked.
BEGIN IMMEDIATE; SAVEPOINT all_well;
SELECT 'REFUSED: database "' || name || '" is at ' || heads || ', this script needs b200'
FROM temp.changescript_state WHERE (heads, number) <> ('b200', 1);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('b200', 'b200', 1, 'REFUSED'); SAVEPOINT all_well;
RELEASE all_well; INSERT INTO temp.changescript_assumptions VALUES
    -- versions/b200.py:22
    ('REFUSED', 'names of the indexes of note: note_made',
        (
            SELECT COUNT(*) = 1 AND COUNT(CASE WHEN (found.name IS 'note_made') THEN 1 END) = 1
            FROM (
                SELECT l.name AS name
                FROM pragma_index_list('note') l
                WHERE l.origin = 'c'
                  AND NOT EXISTS (SELECT 1 FROM pragma_index_info(l.name) i WHERE i.name IS NULL)
            ) AS found
        )); SAVEPOINT all_well;
SELECT word || ': database "' || name || '" is not as assumed: ' || assumed
FROM temp.changescript_assumptions, temp.changescript_state
WHERE holds IS NOT 1;
RELEASE all_well; INSERT INTO temp.changescript_assumed VALUES (0); SAVEPOINT all_well;
RELEASE all_well; INSERT INTO temp.changescript_orphans
SELECT "table", parent, -count(*) FROM pragma_foreign_key_check GROUP BY 1, 2; SAVEPOINT all_well;

SELECT '1 of 2: b200 -> a100' AS progress;

-- [1] drop_index                                                                versions/b200.py:23
RELEASE all_well; DROP INDEX note_made; SAVEPOINT all_well;

-- [2] drop_column                                                               versions/b200.py:24
RELEASE all_well; ALTER TABLE note DROP COLUMN made; SAVEPOINT all_well;

RELEASE all_well; UPDATE main.alembic_version SET version_num = 'a100' WHERE version_num = 'b200'; SAVEPOINT all_well;
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs a100'
FROM temp.changescript_state WHERE (heads, number) <> ('a100', 1);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('b200', 'a100', 1, 'FAILED'); SAVEPOINT all_well;

-- =================================================================================================
-- 2 of 2   a100   keep notes if nobody has yet
-- =================================================================================================

SELECT '2 of 2: a100 -> base' AS progress;

-- [3] drop_table                                                                versions/a100.py:23
RELEASE all_well; DROP TABLE note; SAVEPOINT all_well;

RELEASE all_well; DELETE FROM main.alembic_version WHERE version_num = 'a100'; SAVEPOINT all_well;
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs base'
FROM temp.changescript_state WHERE (heads, number) <> ('base', 0);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('a100', 'base', 0, 'FAILED'); SAVEPOINT all_well;

RELEASE all_well; INSERT INTO temp.changescript_orphans
SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2; SAVEPOINT all_well;
SELECT 'FAILED: rows of ' || child || ' without their row in ' || parent || ': ' || number || ' more than before'
FROM temp.changescript_broken;
RELEASE all_well; INSERT INTO temp.changescript_checks (before, heads) VALUES ('base', 'references at base'); SAVEPOINT all_well;
INSERT INTO temp.changescript_commits VALUES ('references at base'); COMMIT;

-- End: where the database really is ---------------------------------------------------------------
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs base'
FROM temp.changescript_state WHERE (heads, number) <> ('base', 0);
INSERT INTO temp.changescript_checks VALUES ('references at base', 'base', 0, 'FAILED');
SELECT CASE WHEN (heads, number) = ('base', 0) THEN 'OK' ELSE 'FAILED' END
    || ': database ' || name || ' is at ' || heads AS result
FROM temp.changescript_state;
