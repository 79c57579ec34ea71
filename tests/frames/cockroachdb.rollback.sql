-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         m
--   To           base    4 revisions, 3 statements
--   Dialect      cockroachdb 20.2 or later
--   Run          psql -X -d "postgresql://USER@HOST:26257/DATABASE" -f rollback.sql
--   Client       psql 11 or later; any other changes nothing. Never run on CockroachDB
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at m; nothing is changed then
--   If it fails  before statement 1: nothing has changed
--                before statement 1: no other has run, the database is at b, c; go on with
--                changescript sql base:b,c --dialect cockroachdb
--                in statement 1: no other has run, alembic_version says b, c:-0; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 1: statement 1 stays, the database is at b; go on with
--                changescript sql base:b --dialect cockroachdb
--                in statement 2: statement 1 stays, alembic_version says b:-0; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 2: statements 1-2 stay, the database is at a; go on with
--                changescript sql base:a --dialect cockroachdb
--                in statement 3: statements 1-2 stay, alembic_version says a:-0; mend the cause and
--                run what is left, as told below under "Guard"
--   Undo         upgrade.sql of this folder
--                half-way through, run what is left of this file first
--                at b, c:-0, or back with changescript sql b,c:-N:b,c --dialect cockroachdb
--                at b:-0, or back with changescript sql b:-N:b --dialect cockroachdb
--                at a:-0, or back with changescript sql a:-N:a --dialect cockroachdb
--                no script brings back what statements 2-3 overwrite or remove
--                nothing is done here for m: only the version changes
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:m --dialect cockroachdb
--   SHA-256      ed3e39eeb60d9de199e54a9bc61f2fcb205d9c1579fbd957e49ee2e1ef427c79 of all that follows
--
--   1 of 4       m    merge
--   2 of 4       c    name is unique
--   3 of 4       b    add notes
--   4 of 4       a    make accounts
-- =================================================================================================

-- Client and session ------------------------------------------------------------------------------
\set QUIET on
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set SINGLELINE off
\encoding UTF8
\pset pager off
\pset format unaligned
\pset tuples_only on
SET client_encoding = 'UTF8';
SET search_path = public;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET IntervalStyle = 'postgres';
SET lock_timeout = '5s';
SET statement_timeout = '0';
SET client_min_messages = 'notice';

-- Guard: how every check below looks at alembic_version -------------------------------------------
-- What commits by itself (DDL above all) can't be undone. While a revision is half applied, alembic_version
-- says so: "b:2" means that 2 statements of b's upgrade are done ("b:-2": of its downgrade), and that the
-- third may have been started.
-- After a failure mend its cause, and look whether the statement that the state speaks of has done its work.
-- Run only what is left, from the line that names the state:
--     sed '/^-- start$/,/^-- go on at STATE$/d' FILE
-- If the work of that statement is there already, go on behind it:
--     sed '/^-- start$/,/^-- go on at STATE, statement N done$/d' FILE
SET default_transaction_read_only = on;
\set state passed
SELECT CAST('REFUSED: this script is for CockroachDB, this server is ' || version() AS INTEGER)
WHERE NOT (version() LIKE '%CockroachDB%');
SET sql_safe_updates = off;
SELECT CAST('REFUSED: database ' || current_database() || ' is at base, this script needs m' AS INTEGER)
WHERE to_regclass('alembic_version') IS NULL;
PREPARE changescript_check (text[], text, text) AS
SELECT 'passed' AS state, set_config('default_transaction_read_only', CAST(CAST(CASE
    WHEN $2 <> 'passedfalse' OR NOT (version() LIKE '%CockroachDB%')
    THEN $3 || ': a check or a statement before this one has failed ' || CAST(COUNT(*) AS TEXT)
    WHEN COUNT(*) = COALESCE(array_length($1, 1), 0)
        AND COUNT(*) = COUNT(DISTINCT version_num)
        AND COUNT(*) = COUNT(CASE WHEN version_num = ANY ($1) THEN 1 END)
    THEN '0'
    WHEN COALESCE(string_agg(version_num, ', '), 'base') = 'base'
    THEN $3 || ': database ' || current_database() || ' is already at base, nothing to do'
    ELSE $3 || ': database ' || current_database() || ' is at ' || COALESCE(string_agg(version_num, ', '), 'base')
        || ', this script needs ' || COALESCE(NULLIF(array_to_string($1, ', '), ''), 'base')
END AS INTEGER) AS TEXT), false) AS changescript
FROM alembic_version;
\unset QUIET
-- start

-- =================================================================================================
-- 1 of 4   m   merge
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{m}', :'before', 'REFUSED') \gset
BEGIN;

SELECT '1 of 4: m -> b+c' AS progress;

WITH changed AS (UPDATE alembic_version SET version_num = 'b' WHERE version_num = 'm' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset
WITH changed AS (INSERT INTO alembic_version (version_num) VALUES ('c') RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

COMMIT;

-- =================================================================================================
-- 2 of 4   c   name is unique
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b,c}', :'before', 'FAILED') \gset

SELECT '2 of 4: b+c -> b' AS progress;

WITH changed AS (UPDATE alembic_version SET version_num = 'c:-0' WHERE version_num = 'c' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at b, c:-0
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b,c:-0}', :'before', 'FAILED') \gset
SELECT 'statement 1; if it fails, run this file from its line "-- go on at b, c:-0"' AS progress;

-- [1] drop_constraint   outside a transaction                           migrations/versions/c.py:20
ALTER TABLE account DROP CONSTRAINT uq_name;

-- go on at b, c:-0, statement 1 done
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b,c:-0}', :'before', 'FAILED') \gset

WITH changed AS (DELETE FROM alembic_version WHERE version_num = 'c:-0' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- =================================================================================================
-- 3 of 4   b   add notes
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b}', :'before', 'FAILED') \gset

SELECT '3 of 4: b -> a' AS progress;

WITH changed AS (UPDATE alembic_version SET version_num = 'b:-0' WHERE version_num = 'b' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at b:-0
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b:-0}', :'before', 'FAILED') \gset
SELECT 'statement 2; if it fails, run this file from its line "-- go on at b:-0"' AS progress;

-- [2] drop_column   outside a transaction                               migrations/versions/b.py:21
ALTER TABLE account DROP COLUMN note;

-- go on at b:-0, statement 2 done
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b:-0}', :'before', 'FAILED') \gset

WITH changed AS (UPDATE alembic_version SET version_num = 'a' WHERE version_num = 'b:-0' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- =================================================================================================
-- 4 of 4   a   make accounts
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{a}', :'before', 'FAILED') \gset

SELECT '4 of 4: a -> base' AS progress;

WITH changed AS (UPDATE alembic_version SET version_num = 'a:-0' WHERE version_num = 'a' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at a:-0
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{a:-0}', :'before', 'FAILED') \gset
SELECT 'statement 3; if it fails, run this file from its line "-- go on at a:-0"' AS progress;

-- [3] drop_table   outside a transaction                                migrations/versions/a.py:30
DROP TABLE account;

-- go on at a:-0, statement 3 done
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{a:-0}', :'before', 'FAILED') \gset

WITH changed AS (DELETE FROM alembic_version WHERE version_num = 'a:-0' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- End: where the database really is ---------------------------------------------------------------
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{}', :'before', 'FAILED') \gset
SELECT CASE WHEN :'state' = 'passed' THEN 'OK' ELSE 'FAILED' END || ': database ' || current_database()
    || ' is at ' || COALESCE(string_agg(version_num, ', ' ORDER BY version_num), 'base') AS result
FROM alembic_version;
