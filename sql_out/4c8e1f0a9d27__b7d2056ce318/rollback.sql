-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   Change       CHG0012346
--   From         b7d2056ce318
--   To           4c8e1f0a9d27    1 revision, 1 statement
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f rollback.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at 4c8e1f0a9d27"
--   Refuses      any database that is not exactly at b7d2056ce318; nothing is changed then
--   If it fails  in statement 1: nothing has changed
--   Undo         upgrade.sql of this folder
--                no script brings back what statement 1 overwrites or removes
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql 4c8e1f0a9d27:b7d2056ce318 --ticket CHG0012346
--   SHA-256      b7146af414a4bd7980ec80741d3f4849620bbe275b809a3114d0715543a0e115 of all that follows
--
--   1 of 1       b7d2056ce318    add detection rules with the first signatures
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
CALL pg_temp.require_heads('{b7d2056ce318}', target => '{4c8e1f0a9d27}');
\unset QUIET

-- =================================================================================================
-- 1 of 1   b7d2056ce318   add detection rules with the first signatures
-- =================================================================================================

BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b7d2056ce318}');

SELECT '1 of 1: b7d2056ce318 -> 4c8e1f0a9d27' AS progress;

-- [1] drop_table                           alembic/versions/b7d2056ce318_add_detection_rules.py:358
DROP TABLE detection_rules;

UPDATE alembic_version SET version_num = '4c8e1f0a9d27' WHERE version_num = 'b7d2056ce318';
CALL pg_temp.require_heads('{4c8e1f0a9d27}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{4c8e1f0a9d27}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{4c8e1f0a9d27}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
