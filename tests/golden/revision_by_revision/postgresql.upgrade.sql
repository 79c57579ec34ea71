-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           c300    3 revisions, 4 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at c300"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  in statement 1: nothing has changed
--                in statements 2-3: statement 1 stays, the database is at a100; go on with
--                changescript sql a100:c300
--                in statement 4: statements 1-3 stay, the database is at b200; go on with
--                changescript sql b200:c300
--   Undo         rollback.sql of this folder
--                no script brings back what statement 4 overwrites or removes
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:c300
--   SHA-256      b3c62e7fea5f288a4f8aab17a6e60675f7a3feebac8e62cae7141a5c4f6a0e08 of all that follows
--
--   1 of 3       a100    keep settings
--   2 of 3       b200    settings have a name
--   3 of 3       c300    settings are never without a value
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
CALL pg_temp.require_heads('{}', target => '{c300}');
\unset QUIET

-- =================================================================================================
-- 1 of 3   a100   keep settings
-- =================================================================================================

BEGIN;
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{}');

SELECT '1 of 3: base -> a100' AS progress;

-- [1] create_table                                                              versions/a100.py:14
CREATE TABLE setting (
    id SERIAL NOT NULL,
    value TEXT,
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('a100');
CALL pg_temp.require_heads('{a100}', 'FAILED');

COMMIT;

-- =================================================================================================
-- 2 of 3   b200   settings have a name
-- =================================================================================================

BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{a100}');
SELECT 'statement 2; if it fails, go on as the header says' AS progress;
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{a100}');

SELECT '2 of 3: a100 -> b200' AS progress;

-- [2] add_column                                                                versions/b200.py:17
ALTER TABLE setting ADD COLUMN name VARCHAR(40);

-- [3] execute                                                                   versions/b200.py:18
INSERT INTO setting (id, name)
VALUES
    (1, 'colour');

UPDATE alembic_version SET version_num = 'b200' WHERE version_num = 'a100';
CALL pg_temp.require_heads('{b200}', 'FAILED');

COMMIT;

-- =================================================================================================
-- 3 of 3   c300   settings are never without a value
-- =================================================================================================

BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200}');
SELECT 'statement 4; if it fails, go on as the header says' AS progress;
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200}');

SELECT '3 of 3: b200 -> c300' AS progress;

-- [4] execute                                                                   versions/c300.py:17
UPDATE setting
SET value='none; yet'
WHERE setting.value IS NULL;

UPDATE alembic_version SET version_num = 'c300' WHERE version_num = 'b200';
CALL pg_temp.require_heads('{c300}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{c300}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{c300}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
