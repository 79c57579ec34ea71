-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   From         b200
--   To           base    2 revisions, 3 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f rollback.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at base"
--   Refuses      any database that is not exactly at b200, or not as assumed below; nothing is
--                changed then
--   Assumes      versions/b200.py:22: names of the indexes of note: note_made
--   If it fails  in statements 1-3: nothing has changed
--   Undo         upgrade.sql of this folder
--                no script brings back what statements 2-3 overwrite or remove
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:b200
--   SHA-256      c96abc3b88f99a91a6574686176b49347803651cdb9bf4dd1abaa43c60099d67 of all that follows
--
--   1 of 2       b200    date the notes, and find them by it
--   2 of 2       a100    keep notes if nobody has yet
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
    IF have = want AND target IS NOT NULL THEN
        CALL pg_temp.require_schema(0);
    END IF;
    PERFORM set_config('changescript.started', 'yes', false);
    -- the session stays read-only until a check has passed
    PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;
CREATE OR REPLACE PROCEDURE pg_temp.require_schema(behind integer)
LANGUAGE plpgsql AS $guard$
DECLARE
    wrong text;
BEGIN
    IF behind = 0 THEN
        wrong := CASE
            -- versions/b200.py:22
            WHEN (
                (
                    SELECT
                        COUNT(*) = 1
                            AND COUNT(CASE WHEN (found.name IS NOT DISTINCT FROM 'note_made') THEN 1 END) = 1
                    FROM (
                        SELECT c.relname::text AS name
                        FROM pg_catalog.pg_index i
                        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                        WHERE NOT i.indisprimary
                          AND i.indrelid = (
                                SELECT c.oid
                                FROM pg_catalog.pg_class c
                                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                                  AND c.relname = 'note'
                                  AND pg_catalog.pg_table_is_visible(c.oid)
                            )
                    ) AS found
                )
            ) IS NOT TRUE THEN 'names of the indexes of note: note_made'
        END;
    END IF;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%: database "%" is not as assumed: %',
            CASE behind WHEN 0 THEN 'REFUSED' ELSE 'FAILED' END, current_database(), wrong;
    END IF;
END
$guard$;
SET changescript.started = 'no';
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b200}', target => '{}');
\unset QUIET

-- =================================================================================================
-- 1 of 2   b200   date the notes, and find them by it
-- =================================================================================================

BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b200}');

SELECT '1 of 2: b200 -> a100' AS progress;

-- [1] drop_index                                                                versions/b200.py:23
DROP INDEX note_made;

-- [2] drop_column                                                               versions/b200.py:24
ALTER TABLE note DROP COLUMN made;

UPDATE alembic_version SET version_num = 'a100' WHERE version_num = 'b200';
CALL pg_temp.require_heads('{a100}', 'FAILED');

-- =================================================================================================
-- 2 of 2   a100   keep notes if nobody has yet
-- =================================================================================================

SELECT '2 of 2: a100 -> base' AS progress;

-- [3] drop_table                                                                versions/a100.py:23
DROP TABLE note;

DELETE FROM alembic_version WHERE version_num = 'a100';
CALL pg_temp.require_heads('{}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
