-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         b200
--   To           base    2 revisions, 6 statements
--   Dialect      sqlite 3.28 or later
--   Run          sqlite3 -batch -bail -init /dev/null 'file:DATABASE?mode=rw' < rollback.sql
--   Client       the sqlite3 shell, 3.28 or later; any other client changes nothing
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at b200; nothing is changed then
--   If it fails  in statements 1-6: nothing has changed
--   Undo         upgrade.sql of this folder
--                no script brings back what statements 3, 6 overwrite or remove
--   Settings     lock_timeout 5s
--   Regenerate   changescript sql base:b200 --dialect sqlite
--   SHA-256      2440ec096af91ad4abba4a77fc9ba57d7eacb22293f28dd4028c32a856cd4d94 of all that follows
--
--   1 of 2       b200    tickets: longer titles, effort is never unknown
--   2 of 2       a100    keep tickets
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
-- 1 of 2   b200   tickets: longer titles, effort is never unknown
-- =================================================================================================

-- What stands behind RELEASE all_well runs only if all before it has worked.
BEGIN IMMEDIATE; SAVEPOINT all_well;
SELECT 'REFUSED: database "' || name || '" is at ' || heads || ', this script needs b200'
FROM temp.changescript_state WHERE (heads, number) <> ('b200', 1);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('b200', 'b200', 1, 'REFUSED'); SAVEPOINT all_well;
RELEASE all_well; INSERT INTO temp.changescript_orphans
SELECT "table", parent, -count(*) FROM pragma_foreign_key_check GROUP BY 1, 2; SAVEPOINT all_well;

SELECT '1 of 2: b200 -> a100' AS progress;

-- [1] batch_alter_table                                                         versions/b200.py:50
RELEASE all_well; CREATE TABLE _alembic_tmp_ticket (
    id INTEGER NOT NULL,
    title VARCHAR(40) NOT NULL,
    state VARCHAR(10) DEFAULT 'new' NOT NULL,
    effort INTEGER,
    CONSTRAINT pk_ticket PRIMARY KEY (id)
); SAVEPOINT all_well;

-- [2] batch_alter_table                                                         versions/b200.py:50
RELEASE all_well; INSERT INTO _alembic_tmp_ticket (id, title, state, effort)
SELECT ticket.id, ticket.title, ticket.state, ticket.effort
FROM ticket; SAVEPOINT all_well;

-- [3] batch_alter_table                                                         versions/b200.py:50
RELEASE all_well; DROP TABLE ticket; SAVEPOINT all_well;

-- [4] batch_alter_table                                                         versions/b200.py:50
RELEASE all_well; ALTER TABLE _alembic_tmp_ticket RENAME TO ticket; SAVEPOINT all_well;

-- [5] batch_alter_table                                                         versions/b200.py:50
RELEASE all_well; CREATE INDEX ix_ticket_state ON ticket (state); SAVEPOINT all_well;

RELEASE all_well; UPDATE main.alembic_version SET version_num = 'a100' WHERE version_num = 'b200'; SAVEPOINT all_well;
SELECT 'FAILED: database "' || name || '" is at ' || heads || ', this script needs a100'
FROM temp.changescript_state WHERE (heads, number) <> ('a100', 1);
RELEASE all_well; INSERT INTO temp.changescript_checks VALUES ('b200', 'a100', 1, 'FAILED'); SAVEPOINT all_well;

-- =================================================================================================
-- 2 of 2   a100   keep tickets
-- =================================================================================================

SELECT '2 of 2: a100 -> base' AS progress;

-- [6] drop_table                                                                versions/a100.py:33
RELEASE all_well; DROP TABLE ticket; SAVEPOINT all_well;

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
