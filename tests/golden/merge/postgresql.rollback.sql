-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         e500
--   To           base    5 revisions, 5 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f rollback.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at e500; nothing is changed then
--   If it fails  in statements 1-5: nothing has changed
--   Undo         upgrade.sql of this folder
--                no script brings back what statements 2-5 overwrite or remove
--                nothing is done here for d400: only the version changes
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:e500
--   SHA-256      5915a6db085d3d4ce2505061085625ecc59ad197d860a8828b77deb24a08f438 of all that follows
--
--   1 of 5       e500    send orders to an address
--   2 of 5       d400    merge orders and addresses
--   3 of 5       c300    keep their addresses
--   4 of 5       b200    keep their orders
--   5 of 5       a100    keep customers
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
SET changescript.started = 'no';
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{e500}', target => '{}');
\unset QUIET

-- =================================================================================================
-- 1 of 5   e500   send orders to an address
-- =================================================================================================

BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{e500}');

SELECT '1 of 5: e500 -> d400' AS progress;

-- [1] drop_index                                                                versions/e500.py:19
DROP INDEX ix_orders_address;

-- [2] drop_column                                                               versions/e500.py:20
ALTER TABLE orders DROP COLUMN address_id;

UPDATE alembic_version SET version_num = 'd400' WHERE version_num = 'e500';
CALL pg_temp.require_heads('{d400}', 'FAILED');

-- =================================================================================================
-- 2 of 5   d400   merge orders and addresses
-- =================================================================================================

SELECT '2 of 5: d400 -> b200+c300' AS progress;

UPDATE alembic_version SET version_num = 'b200' WHERE version_num = 'd400';
INSERT INTO alembic_version (version_num) VALUES ('c300');
CALL pg_temp.require_heads('{b200,c300}', 'FAILED');

-- =================================================================================================
-- 3 of 5   c300   keep their addresses
-- =================================================================================================

SELECT '3 of 5: b200+c300 -> b200' AS progress;

-- [3] drop_table                                                                versions/c300.py:23
DROP TABLE address;

DELETE FROM alembic_version WHERE version_num = 'c300';
CALL pg_temp.require_heads('{b200}', 'FAILED');

-- =================================================================================================
-- 4 of 5   b200   keep their orders
-- =================================================================================================

SELECT '4 of 5: b200 -> a100' AS progress;

-- [4] drop_table                                                                versions/b200.py:22
DROP TABLE orders;

UPDATE alembic_version SET version_num = 'a100' WHERE version_num = 'b200';
CALL pg_temp.require_heads('{a100}', 'FAILED');

-- =================================================================================================
-- 5 of 5   a100   keep customers
-- =================================================================================================

SELECT '5 of 5: a100 -> base' AS progress;

-- [5] drop_table                                                                versions/a100.py:22
DROP TABLE customer;

DELETE FROM alembic_version WHERE version_num = 'a100';
CALL pg_temp.require_heads('{}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
