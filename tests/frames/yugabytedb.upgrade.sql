-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           m    4 revisions, 5 statements
--   Dialect      yugabytedb
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql or ysqlsh, 11 or later; any other changes nothing. Never run on YugabyteDB
--   Expect       exit 0, and the last line "OK: database DATABASE is at m"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  before statement 1: nothing has changed
--                in statement 1: no other has run, alembic_version says a:0; mend the cause and run
--                what is left, as told below under "Guard"
--                in statement 2: statement 1 stays, alembic_version says a:1; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 2: statements 1-2 stay, the database is at a; go on with
--                changescript sql a:m --dialect yugabytedb
--                in statement 3: statements 1-2 stay, alembic_version says b:0; mend the cause and
--                run what is left, as told below under "Guard"
--                in statement 4: statements 1-3 stay, alembic_version says b:1; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 4: statements 1-4 stay, the database is at b; go on with
--                changescript sql b:m --dialect yugabytedb
--                in statement 5: statements 1-4 stay, alembic_version says b, c:0; mend the cause
--                and run what is left, as told below under "Guard"
--                after statement 5: statements 1-5 stay, the database is at b, c; go on with
--                changescript sql b,c:m --dialect yugabytedb
--   Undo         rollback.sql of this folder
--                half-way through, run what is left of this file first
--                at a:0 to a:1, or back with changescript sql a:N:base --dialect yugabytedb
--                at b:0 to b:1, or back with changescript sql b:N:a --dialect yugabytedb
--                at b, c:0, or back with changescript sql b,c:N:b --dialect yugabytedb
--                no script brings back what statement 4 overwrites or removes
--                nothing is done here for m: only the version changes
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:m --dialect yugabytedb
--   SHA-256      94ca8664bfca08df567916fef4aaaf3c69906732b1fe907e311e0d46b0f1d1f6 of all that follows
--
--   1 of 4       a    make accounts
--   2 of 4       b    add notes
--   3 of 4       c    name is unique
--   4 of 4       m    merge
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
SELECT CAST('REFUSED: this script is for YugabyteDB, this server is ' || version() AS INTEGER)
WHERE NOT (version() LIKE '%-YB-%');
SET standard_conforming_strings = on;
SET check_function_bodies = on;
SET row_security = off;
SELECT set_config('default_transaction_read_only', CAST(CAST(CASE
    WHEN version() LIKE '%-YB-%' AND :'state' = 'passed' THEN '0' ELSE 'REFUSED: ' || version()
END AS INTEGER) AS TEXT), false) AS changescript
\gset
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
SET default_transaction_read_only = on;
PREPARE changescript_check (text[], text, text) AS
SELECT 'passed' AS state, set_config('default_transaction_read_only', CAST(CAST(CASE
    WHEN $2 <> 'passedfalse' OR NOT (version() LIKE '%-YB-%')
    THEN $3 || ': a check or a statement before this one has failed ' || CAST(COUNT(*) AS TEXT)
    WHEN COUNT(*) = COALESCE(array_length($1, 1), 0)
        AND COUNT(*) = COUNT(DISTINCT version_num)
        AND COUNT(*) = COUNT(CASE WHEN version_num = ANY ($1) THEN 1 END)
    THEN '0'
    WHEN COALESCE(string_agg(version_num, ', '), 'base') = 'm'
    THEN $3 || ': database ' || current_database() || ' is already at m, nothing to do'
    ELSE $3 || ': database ' || current_database() || ' is at ' || COALESCE(string_agg(version_num, ', '), 'base')
        || ', this script needs ' || COALESCE(NULLIF(array_to_string($1, ', '), ''), 'base')
END AS INTEGER) AS TEXT), false) AS changescript
FROM alembic_version;
\unset QUIET
-- start

-- =================================================================================================
-- 1 of 4   a   make accounts
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{}', :'before', 'REFUSED') \gset

SELECT '1 of 4: base -> a' AS progress;

WITH changed AS (INSERT INTO alembic_version (version_num) VALUES ('a:0') RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at a:0
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{a:0}', :'before', 'FAILED') \gset
SELECT 'statement 1; if it fails, run this file from its line "-- go on at a:0"' AS progress;

-- [1] create_table   outside a transaction                              migrations/versions/a.py:16
CREATE TABLE account (
    id INTEGER NOT NULL,
    name VARCHAR(40) NOT NULL,
    value NUMERIC(10, 2),
    good BOOLEAN,
    PRIMARY KEY (id)
);

-- go on at a:0, statement 1 done
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{a:0}', :'before', 'FAILED') \gset

WITH changed AS (UPDATE alembic_version SET version_num = 'a:1' WHERE version_num = 'a:0' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at a:1
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{a:1}', :'before', 'FAILED') \gset
BEGIN;

-- [2] bulk_insert                                                       migrations/versions/a.py:23
INSERT INTO account (id, name, good)
VALUES
    (1, 'one', true),
    (2, '100 %', NULL);

WITH changed AS (UPDATE alembic_version SET version_num = 'a' WHERE version_num = 'a:1' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

COMMIT;

-- =================================================================================================
-- 2 of 4   b   add notes
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{a}', :'before', 'FAILED') \gset

SELECT '2 of 4: a -> b' AS progress;

WITH changed AS (UPDATE alembic_version SET version_num = 'b:0' WHERE version_num = 'a' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at b:0
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b:0}', :'before', 'FAILED') \gset
SELECT 'statement 3; if it fails, run this file from its line "-- go on at b:0"' AS progress;

-- [3] add_column   outside a transaction                                migrations/versions/b.py:16
ALTER TABLE account ADD COLUMN note VARCHAR(10);

-- go on at b:0, statement 3 done
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b:0}', :'before', 'FAILED') \gset

WITH changed AS (UPDATE alembic_version SET version_num = 'b:1' WHERE version_num = 'b:0' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at b:1
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b:1}', :'before', 'FAILED') \gset
BEGIN;

-- [4] execute                                                           migrations/versions/b.py:17
UPDATE account
SET note = CAST('x' AS VARCHAR)
WHERE id = 1;

WITH changed AS (UPDATE alembic_version SET version_num = 'b' WHERE version_num = 'b:1' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

COMMIT;

-- =================================================================================================
-- 3 of 4   c   name is unique
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b}', :'before', 'FAILED') \gset

SELECT '3 of 4: b -> b+c' AS progress;

WITH changed AS (INSERT INTO alembic_version (version_num) VALUES ('c:0') RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- go on at b, c:0
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b,c:0}', :'before', 'FAILED') \gset
SELECT 'statement 5; if it fails, run this file from its line "-- go on at b, c:0"' AS progress;

-- [5] create_unique_constraint   outside a transaction                  migrations/versions/c.py:16
ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name);

-- go on at b, c:0, statement 5 done
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b,c:0}', :'before', 'FAILED') \gset

WITH changed AS (UPDATE alembic_version SET version_num = 'c' WHERE version_num = 'c:0' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

-- =================================================================================================
-- 4 of 4   m   merge
-- =================================================================================================

\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{b,c}', :'before', 'FAILED') \gset
BEGIN;

SELECT '4 of 4: b+c -> m' AS progress;

WITH changed AS (UPDATE alembic_version SET version_num = 'm' WHERE version_num = 'b' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset
WITH changed AS (DELETE FROM alembic_version WHERE version_num = 'c' RETURNING 1)
SELECT CAST(
    CASE WHEN COUNT(*) = 1 THEN '1' ELSE 'FAILED: rows changed: ' || CAST(COUNT(*) AS TEXT) END AS INTEGER
) AS changed
FROM changed \gset

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
\set before :state:ERROR
\set state failed
SELECT set_config('default_transaction_read_only', 'on', false) AS changescript \gset
EXECUTE changescript_check('{m}', :'before', 'FAILED') \gset
SELECT CASE WHEN :'state' = 'passed' THEN 'OK' ELSE 'FAILED' END || ': database ' || current_database()
    || ' is at ' || COALESCE(string_agg(version_num, ', ' ORDER BY version_num), 'base') AS result
FROM alembic_version;
