-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           b200    2 revisions, 6 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at b200"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  in statements 1-6: nothing has changed
--   Undo         rollback.sql of this folder
--                no script brings back what statement 6 overwrites or removes
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:b200
--   SHA-256      f8c07e19dafe1f0f39a00be2dede30d10e149934dcd47195be7d57e9c8c3c509 of all that follows
--
--   1 of 2       a100    keep parts, and a log of what became of them
--   2 of 2       b200    write the log by a trigger
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
CALL pg_temp.require_heads('{}', target => '{b200}');
\unset QUIET

-- =================================================================================================
-- 1 of 2   a100   keep parts, and a log of what became of them
-- =================================================================================================

BEGIN;
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{}');

SELECT '1 of 2: base -> a100' AS progress;

-- [1] create_table                                                              versions/a100.py:14
CREATE TABLE part (
    id SERIAL NOT NULL,
    name VARCHAR(80) NOT NULL,
    in_stock INTEGER NOT NULL,
    PRIMARY KEY (id)
);

-- [2] create_table                                                              versions/a100.py:20
CREATE TABLE part_log (
    id SERIAL NOT NULL,
    part_id INTEGER NOT NULL,
    said VARCHAR(200) NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('a100');
CALL pg_temp.require_heads('{a100}', 'FAILED');

-- =================================================================================================
-- 2 of 2   b200   write the log by a trigger
-- =================================================================================================

SELECT '2 of 2: a100 -> b200' AS progress;

-- [3] execute                                                                   versions/b200.py:54
CREATE FUNCTION log_part() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- it's only; a remark
    IF NEW.in_stock <> OLD.in_stock THEN
        INSERT INTO part_log (part_id, said) VALUES (NEW.id, 'stock; was ' || OLD.in_stock);
    END IF;
    RETURN NULL;
END;
$body$;

-- [4] execute                                                                   versions/b200.py:55
CREATE TRIGGER part_logged AFTER UPDATE ON part FOR EACH ROW EXECUTE FUNCTION log_part();

-- [5] bulk_insert                                                               versions/b200.py:56
INSERT INTO part (id, name, in_stock)
VALUES
    (1, 'bolt', 7),
    (2, 'nut', 0);

-- [6] execute                                                                   versions/b200.py:57
UPDATE part
SET in_stock=6
WHERE part.name = 'bolt';

UPDATE alembic_version SET version_num = 'b200' WHERE version_num = 'a100';
CALL pg_temp.require_heads('{b200}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{b200}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{b200}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
