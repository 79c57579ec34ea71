-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         b200
--   To           base    2 revisions, 4 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f rollback.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at b200 or half-way through this script; nothing
--                is changed then
--   If it fails  before statement 1: nothing has changed
--                in statement 1: no other has run, alembic_version says b200:-0; mend the cause and
--                run this file again, it goes on there
--                in statement 2: statement 1 stays, alembic_version says b200:-1; mend the cause
--                and run this file again, it goes on there
--                in statements 3-4: statements 1-2 stay, alembic_version says b200:-2; mend the
--                cause and run this file again, it goes on there
--   Undo         upgrade.sql of this folder
--                half-way through, run this file to its end first
--                at b200:-0, or back with changescript sql b200:-N:b200
--                at b200:-1 to b200:-2, nothing undoes statement 1
--                no script brings back what statements 3-4 overwrite or remove
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:b200
--   SHA-256      d28e31a5222475d414fb35f50f4df6e8bcc50f4ec1b6eda0aeb456210631d302 of all that follows
--
--   1 of 2       b200    find visits by page without blocking writers
--   2 of 2       a100    keep visits
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
CALL pg_temp.require_heads('{b200}', target => '{}', half_done => ARRAY['{b200:-0}', '{b200:-1}', '{b200:-2}']);
SELECT
    pg_temp.heads() NOT IN ('{b200:-0}', '{b200:-1}', '{b200:-2}') AS stretch_1,
    pg_temp.heads() NOT IN ('{b200:-1}', '{b200:-2}') AS stretch_2,
    pg_temp.heads() NOT IN ('{b200:-2}') AS stretch_3
\gset
;
\unset QUIET

-- =================================================================================================
-- 1 of 2   b200   find visits by page without blocking writers
-- =================================================================================================

\if :stretch_1
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200}');
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200}');

SELECT '1 of 2: b200 -> a100' AS progress;

CALL pg_temp.require_index('ix_visit_seconds', 'valid or INVALID');

UPDATE alembic_version SET version_num = 'b200:-0' WHERE version_num = 'b200';
CALL pg_temp.require_heads('{b200:-0}', 'FAILED');

COMMIT;

\endif
\if :stretch_2
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:-0}');
SELECT 'statement 1; if it fails, run this file again' AS progress;

-- [1] drop_index   outside a transaction                                        versions/b200.py:26
SET lock_timeout = 0;
SET statement_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS ix_visit_seconds;
SET lock_timeout = '5s';
SET statement_timeout = '0';

BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:-0}', index => 'ix_visit_seconds', state => 'missing');
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200:-0}');

CALL pg_temp.require_index('ix_visit_page', 'valid or INVALID');

UPDATE alembic_version SET version_num = 'b200:-1' WHERE version_num = 'b200:-0';
CALL pg_temp.require_heads('{b200:-1}', 'FAILED');

COMMIT;

\endif
\if :stretch_3
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:-1}');
SELECT 'statement 2; if it fails, run this file again' AS progress;

-- [2] drop_index   outside a transaction                                        versions/b200.py:27
SET lock_timeout = 0;
SET statement_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS ix_visit_page;
SET lock_timeout = '5s';
SET statement_timeout = '0';

BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:-1}', index => 'ix_visit_page', state => 'missing');
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200:-1}');

UPDATE alembic_version SET version_num = 'b200:-2' WHERE version_num = 'b200:-1';
CALL pg_temp.require_heads('{b200:-2}', 'FAILED');

COMMIT;

\endif
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200:-2}');
SELECT 'statement 3; if it fails, run this file again' AS progress;
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200:-2}');

-- [3] execute                                                                   versions/b200.py:28
UPDATE visit
SET seconds=NULL;

UPDATE alembic_version SET version_num = 'a100' WHERE version_num = 'b200:-2';
CALL pg_temp.require_heads('{a100}', 'FAILED');

-- =================================================================================================
-- 2 of 2   a100   keep visits
-- =================================================================================================

SELECT '2 of 2: a100 -> base' AS progress;

-- [4] drop_table                                                                versions/a100.py:24
DROP TABLE visit;

DELETE FROM alembic_version WHERE version_num = 'a100';
CALL pg_temp.require_heads('{}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
