-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           b200    2 revisions, 6 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at b200"
--   Refuses      any database that is not exactly at base or half-way through this script; nothing
--                is changed then
--   If it fails  in statements 1-3: nothing has changed
--                in statements 4-6: those before the one that has failed stay, alembic_version says
--                b200:1 to b200:3; mend the cause and run this file again, it goes on there
--   Undo         rollback.sql of this folder
--                half-way through, run this file to its end first
--                at b200:1 to b200:3, nothing undoes statement 3
--                no script brings back what statements 3, 6 overwrite or remove
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:b200
--   SHA-256      0e0e4310f12caf81032488865988417a909670f67e6a79a2ea13b56ebb98cff2 of all that follows
--
--   1 of 2       a100    keep visits
--   2 of 2       b200    find visits by page without blocking writers
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
SET standard_conforming_strings = on;
SET search_path = public, pg_temp;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET IntervalStyle = 'postgres';
SET default_transaction_isolation = 'read committed';
SET default_transaction_deferrable = off;
SET lock_timeout = '5s';
SET statement_timeout = '0';
SET idle_in_transaction_session_timeout = '10min';
SET check_function_bodies = on;
SET row_security = off;
SET client_min_messages = 'notice';

-- Guard: how every check below looks at alembic_version -------------------------------------------
SELECT CAST('REFUSED: use the --dialect of this server, it is ' || version() AS integer)
WHERE version() ~ 'CockroachDB|-YB-|Redshift|Greenplum';
SET default_transaction_read_only = off;
CREATE OR REPLACE FUNCTION pg_temp.heads() RETURNS text[]
LANGUAGE plpgsql AS $guard$
BEGIN
    IF to_regclass('alembic_version') IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN (
        SELECT coalesce(array_agg(version_num::text ORDER BY version_num COLLATE "C"), '{}')
        FROM alembic_version
    );
END
$guard$;
CREATE OR REPLACE PROCEDURE pg_temp.require_heads(
    want text[],
    otherwise text DEFAULT 'REFUSED',
    target text[] DEFAULT NULL,
    half_done text[] DEFAULT '{}',
    index text DEFAULT NULL,
    state text DEFAULT NULL
)
LANGUAGE plpgsql AS $guard$
DECLARE
    have text[];
    actual text;
    needed text := coalesce(nullif(array_to_string(want, ', '), ''), 'base');
BEGIN
    IF strpos('
    ', E'\r') > 0 THEN
        RAISE EXCEPTION 'REFUSED: the line ends of this file have been converted to CRLF';
    END IF;
    IF version() ~ 'CockroachDB|-YB-|Redshift|Greenplum' THEN
        RAISE EXCEPTION 'REFUSED: use the --dialect of this server; this server is %', version();
    END IF;
    -- a session that has just ended may hold its lock for a moment
    FOR attempt IN 1..20 LOOP
        EXIT WHEN pg_try_advisory_lock(-6160906222560897874);
        IF attempt = 20 THEN
            RAISE EXCEPTION 'REFUSED: another script is running in database "%"', current_database();
        END IF;
        PERFORM pg_sleep(0.1);
    END LOOP;
    IF target IS NULL AND current_setting('changescript.started') <> 'yes' THEN
        RAISE EXCEPTION 'REFUSED: the first check of this script has not passed';
    END IF;
    have := pg_temp.heads();
    actual := coalesce(nullif(array_to_string(have, ', '), ''), 'base');
    IF have = target THEN
        RAISE EXCEPTION 'REFUSED: database "%" is already at %, nothing to do',
            current_database(), actual;
    ELSIF have <> want
        AND NOT EXISTS (SELECT FROM unnest(half_done) AS marker WHERE marker::text[] = have)
    THEN
        RAISE EXCEPTION '%: database "%" is at %, this script needs %',
            otherwise, current_database(), actual, needed;
    END IF;
    IF index IS NOT NULL THEN
        CALL pg_temp.require_index(index, state);
    END IF;
    PERFORM set_config('changescript.started', 'yes', false);
    -- the session stays read-only until a check has passed
    PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;
CREATE OR REPLACE PROCEDURE pg_temp.require_index(name text, state text)
LANGUAGE plpgsql AS $guard$
DECLARE
    have text := (
        SELECT CASE WHEN indisvalid THEN 'valid' ELSE 'INVALID' END
        FROM pg_index
        WHERE indexrelid = to_regclass(name)
    );
BEGIN
    IF coalesce(have, 'missing') <> ALL (string_to_array(state, ' or ')) THEN
        RAISE EXCEPTION 'FAILED: index % is %, it must be % here',
            name, coalesce(have, 'missing'), state;
    END IF;
END
$guard$;
SET changescript.started = 'no';
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{}', target => '{b200}', half_done => ARRAY['{b200:1}', '{b200:2}', '{b200:3}']);
SELECT
    pg_temp.heads() NOT IN ('{b200:1}', '{b200:2}', '{b200:3}') AS stretch_1,
    pg_temp.heads() NOT IN ('{b200:2}', '{b200:3}') AS stretch_2,
    pg_temp.heads() NOT IN ('{b200:3}') AS stretch_3
\gset
;
\unset QUIET

-- =================================================================================================
-- 1 of 2   a100   keep visits
-- =================================================================================================

\if :stretch_1
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{}');
BEGIN;
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{}');

SELECT '1 of 2: base -> a100' AS progress;

-- [1] create_table                                                              versions/a100.py:14
CREATE TABLE visit (
    id SERIAL NOT NULL,
    page VARCHAR(200) NOT NULL,
    seconds INTEGER,
    PRIMARY KEY (id)
);

-- [2] bulk_insert                                                               versions/a100.py:20
INSERT INTO visit (id, page, seconds)
VALUES
    (1, '/1', NULL),
    (2, '/2', NULL),
    (3, '/3', NULL),
    (4, '/4', NULL),
    (5, '/5', NULL);

INSERT INTO alembic_version (version_num) VALUES ('a100');
CALL pg_temp.require_heads('{a100}', 'FAILED');

-- =================================================================================================
-- 2 of 2   b200   find visits by page without blocking writers
-- =================================================================================================

SELECT '2 of 2: a100 -> b200' AS progress;

-- [3] execute                                                                   versions/b200.py:17
UPDATE visit
SET seconds=0
WHERE visit.id > 3;

CALL pg_temp.require_index('ix_visit_page', 'missing');

UPDATE alembic_version SET version_num = 'b200:1' WHERE version_num = 'a100';
CALL pg_temp.require_heads('{b200:1}', 'FAILED');

COMMIT;

\endif
\if :stretch_2
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:1}');
SELECT 'statement 4; if it fails, run this file again' AS progress;

-- [4] create_index   outside a transaction                                      versions/b200.py:19
SET lock_timeout = 0;
SET statement_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS ix_visit_page;
CREATE INDEX CONCURRENTLY ix_visit_page ON visit (page);
SET lock_timeout = '5s';
SET statement_timeout = '0';

BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:1}', index => 'ix_visit_page', state => 'valid');
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200:1}');

CALL pg_temp.require_index('ix_visit_seconds', 'missing');

UPDATE alembic_version SET version_num = 'b200:2' WHERE version_num = 'b200:1';
CALL pg_temp.require_heads('{b200:2}', 'FAILED');

COMMIT;

\endif
\if :stretch_3
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:2}');
SELECT 'statement 5; if it fails, run this file again' AS progress;

-- [5] create_index   outside a transaction                                      versions/b200.py:20
SET lock_timeout = 0;
SET statement_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS ix_visit_seconds;
CREATE INDEX CONCURRENTLY ix_visit_seconds ON visit (seconds);
SET lock_timeout = '5s';
SET statement_timeout = '0';

BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:2}', index => 'ix_visit_seconds', state => 'valid');
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200:2}');

UPDATE alembic_version SET version_num = 'b200:3' WHERE version_num = 'b200:2';
CALL pg_temp.require_heads('{b200:3}', 'FAILED');

COMMIT;

\endif
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:3}');
SELECT 'statement 6; if it fails, run this file again' AS progress;
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200:3}');

-- [6] execute                                                                   versions/b200.py:21
UPDATE visit
SET seconds=1
WHERE visit.seconds IS NULL;

UPDATE alembic_version SET version_num = 'b200' WHERE version_num = 'b200:3';
CALL pg_temp.require_heads('{b200}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{b200}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{b200}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
