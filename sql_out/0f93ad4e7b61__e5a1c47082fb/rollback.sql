-- =================================================================================================
-- changescript: rollback script, generated; do not edit
--
--   Change       CHG0012348
--   From         e5a1c47082fb
--   To           0f93ad4e7b61    1 revision, 10 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f rollback.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at 0f93ad4e7b61"
--   Refuses      any database that is not exactly at e5a1c47082fb; nothing is changed then
--   If it fails  in statements 1-10: nothing has changed
--   Undo         upgrade.sql of this folder
--                no script brings back what statements 6-8 overwrite or remove
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql 0f93ad4e7b61:e5a1c47082fb --ticket CHG0012348
--   SHA-256      0d1b6eb4051da362a782713022422cb54847ba7fee3ae7e45ed9f59494ffb58e of all that follows
--
--   1 of 1       e5a1c47082fb    widen severity, check its values, and say what columns mean
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
CALL pg_temp.require_heads('{e5a1c47082fb}', target => '{0f93ad4e7b61}');
\unset QUIET

-- =================================================================================================
-- 1 of 1   e5a1c47082fb   widen severity, check its values, and say what columns mean
-- =================================================================================================

BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{e5a1c47082fb}');

SELECT '1 of 1: e5a1c47082fb -> 0f93ad4e7b61' AS progress;

-- [1] alter_column                              alembic/versions/e5a1c47082fb_widen_severity.py:135
COMMENT ON COLUMN threat_events.rule_id IS NULL;

-- [2] alter_column                              alembic/versions/e5a1c47082fb_widen_severity.py:135
COMMENT ON COLUMN threat_events.component_scores IS NULL;

-- [3] alter_column                              alembic/versions/e5a1c47082fb_widen_severity.py:135
COMMENT ON COLUMN threat_events.threat_score IS NULL;

-- [4] drop_table_comment                        alembic/versions/e5a1c47082fb_widen_severity.py:142
COMMENT ON TABLE threat_events IS NULL;

-- [5] drop_constraint                           alembic/versions/e5a1c47082fb_widen_severity.py:143
ALTER TABLE threat_events DROP CONSTRAINT ck_threat_events_severity;

-- [6] execute                                   alembic/versions/e5a1c47082fb_widen_severity.py:151
UPDATE threat_events
SET severity='HIGH'
WHERE threat_events.severity = 'CRITICAL';

-- [7] execute                                   alembic/versions/e5a1c47082fb_widen_severity.py:151
UPDATE threat_events
SET severity='LOW'
WHERE threat_events.severity = 'INFORMATIONAL';

-- [8] alter_column                              alembic/versions/e5a1c47082fb_widen_severity.py:155
ALTER TABLE threat_events ALTER COLUMN severity TYPE VARCHAR(6);

-- [9] alter_column                              alembic/versions/e5a1c47082fb_widen_severity.py:155
ALTER TABLE threat_events ALTER COLUMN severity DROP DEFAULT;

-- [10] alter_column                             alembic/versions/e5a1c47082fb_widen_severity.py:155
COMMENT ON COLUMN threat_events.severity IS NULL;

UPDATE alembic_version SET version_num = '0f93ad4e7b61' WHERE version_num = 'e5a1c47082fb';
CALL pg_temp.require_heads('{0f93ad4e7b61}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{0f93ad4e7b61}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{0f93ad4e7b61}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
