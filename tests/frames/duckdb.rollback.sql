-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         m
--   To           base    4 revisions, 3 statements
--   Dialect      duckdb; changescript knows no more of it than its SQLAlchemy dialect says
--   Run          the client of duckdb, with autocommit on: rollback.sql
--   Client       any that reads UTF-8, commits each statement by itself, and stops at the first error; nothing here has been tried
--   Expect       no error, and the last result "OK: at base"
--   Refuses      any database that is not exactly at m; nothing is changed then
--   If it fails  before statement 1: nothing has changed
--                before statement 1: no other has run, the database is at b, c; go on with
--                changescript sql base:b,c
--                in statement 1: no other has run, alembic_version says b, c:-0; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 1: statement 1 stays, the database is at b; go on with
--                changescript sql base:b
--                in statement 2: statement 1 stays, alembic_version says b:-0; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 2: statements 1-2 stay, the database is at a; go on with
--                changescript sql base:a
--                in statement 3: statements 1-2 stay, alembic_version says a:-0; mend the cause and
--                run what is left, as told below under "Guard"
--   Undo         upgrade.sql of this folder
--                half-way through, run what is left of this file first
--                at b, c:-0, or back with changescript sql b,c:-N:b,c
--                at b:-0, or back with changescript sql b:-N:b
--                at a:-0, or back with changescript sql a:-N:a
--                no script brings back what statements 2-3 overwrite or remove
--                nothing is done here for m: only the version changes
--   Regenerate   changescript sql base:m
--   SHA-256      e600196d752d8dcec5af83f90d186c2edb3f7c2465b47ec64c822f6cdb64b37c of all that follows
--
--   1 of 4       m    merge
--   2 of 4       c    name is unique
--   3 of 4       b    add notes
--   4 of 4       a    make accounts
-- =================================================================================================

-- Guard: what is checked here, and what you must check --------------------------------------------
-- The frame of this script is the one for databases that changescript knows little of, here duckdb. It can't
--   * hold back a client that goes on after an error: run it with one that stops, or statement by statement
--   * tell one database of this kind from another, or one release: look where you are connected to
--   * keep another script out while it runs: let nobody else change alembic_version
--   * undo anything: each statement is committed by itself
-- What SQLAlchemy finds out of a server once it is connected has not been asked here: read the statements.
-- MANUAL CHECK, before you begin: this query must show m
--     SELECT version_num FROM alembic_version ORDER BY version_num;
-- The checks below ask for the same. One that fails is an error of its CAST, which says what was found.
-- What commits by itself (DDL above all) can't be undone. While a revision is half applied, alembic_version
-- says so: "b:2" means that 2 statements of b's upgrade are done ("b:-2": of its downgrade), and that the
-- third may have been started.
-- After a failure mend its cause, and look whether the statement that the state speaks of has done its work.
-- Run only what is left, from the line that names the state:
--     sed '/^-- start$/,/^-- go on at STATE$/d' FILE
-- If the work of that statement is there already, go on behind it:
--     sed '/^-- start$/,/^-- go on at STATE, statement N done$/d' FILE
-- start

-- =================================================================================================
-- 1 of 4   m   merge
-- =================================================================================================

SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'm' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs m, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '1 of 4: m -> b+c' AS progress;

UPDATE alembic_version SET version_num = 'b' WHERE version_num = 'm';
INSERT INTO alembic_version (version_num) VALUES ('c');

-- =================================================================================================
-- 2 of 4   c   name is unique
-- =================================================================================================

SELECT CAST(CASE WHEN COUNT(*) = 2 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 AND COUNT(CASE WHEN version_num = 'c' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, c, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '2 of 4: b+c -> b' AS progress;

UPDATE alembic_version SET version_num = 'c:-0' WHERE version_num = 'c';

-- go on at b, c:-0
SELECT CAST(CASE WHEN COUNT(*) = 2 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 AND COUNT(CASE WHEN version_num = 'c:-0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, c:-0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 1; if it fails, run this file from its line "-- go on at b, c:-0"' AS progress;

-- [1] drop_constraint   outside a transaction                           migrations/versions/c.py:20
ALTER TABLE account DROP CONSTRAINT uq_name;

-- go on at b, c:-0, statement 1 done
SELECT CAST(CASE WHEN COUNT(*) = 2 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 AND COUNT(CASE WHEN version_num = 'c:-0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, c:-0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

DELETE FROM alembic_version WHERE version_num = 'c:-0';

-- =================================================================================================
-- 3 of 4   b   add notes
-- =================================================================================================

SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '3 of 4: b -> a' AS progress;

UPDATE alembic_version SET version_num = 'b:-0' WHERE version_num = 'b';

-- go on at b:-0
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b:-0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b:-0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 2; if it fails, run this file from its line "-- go on at b:-0"' AS progress;

-- [2] drop_column   outside a transaction                               migrations/versions/b.py:21
ALTER TABLE account DROP COLUMN note;

-- go on at b:-0, statement 2 done
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b:-0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b:-0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

UPDATE alembic_version SET version_num = 'a' WHERE version_num = 'b:-0';

-- =================================================================================================
-- 4 of 4   a   make accounts
-- =================================================================================================

SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '4 of 4: a -> base' AS progress;

UPDATE alembic_version SET version_num = 'a:-0' WHERE version_num = 'a';

-- go on at a:-0
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a:-0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a:-0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 3; if it fails, run this file from its line "-- go on at a:-0"' AS progress;

-- [3] drop_table   outside a transaction                                migrations/versions/a.py:30
DROP TABLE account;

-- go on at a:-0, statement 3 done
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a:-0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a:-0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

DELETE FROM alembic_version WHERE version_num = 'a:-0';

-- End: where the database really is ---------------------------------------------------------------
SELECT CAST(CASE WHEN COUNT(*) = 0 THEN '0'
    ELSE 'REFUSED: needs base, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT CASE WHEN COUNT(*) = 0 THEN 'OK: at base'
    ELSE 'FAILED: at ' || COALESCE(MIN(version_num), 'base') END AS result
FROM alembic_version;
