-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   Change       CHG0012349
--   From         e5a1c47082fb
--   To           92d60b3fe84c    1 revision, 11 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at 92d60b3fe84c"
--   Refuses      any database that is not exactly at e5a1c47082fb; nothing is changed then
--   If it fails  in statements 1-11: nothing has changed
--   Undo         rollback.sql of this folder
--                no script brings back what statements 2, 6 overwrite or remove
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql e5a1c47082fb:92d60b3fe84c --ticket CHG0012349
--   SHA-256      7e1070bf075b48d422b83deed776493ab9248ac96bfd1fce24ad5e3a4698eeb0 of all that follows
--
--   1 of 1       92d60b3fe84c    keep updated_at by a trigger
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
CALL pg_temp.require_heads('{e5a1c47082fb}', target => '{92d60b3fe84c}');
\unset QUIET

-- =================================================================================================
-- 1 of 1   92d60b3fe84c   keep updated_at by a trigger
-- =================================================================================================

BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{e5a1c47082fb}');

SELECT '1 of 1: e5a1c47082fb -> 92d60b3fe84c' AS progress;

-- [1] add_column                               alembic/versions/92d60b3fe84c_keep_updated_at.py:131
ALTER TABLE threat_events ADD COLUMN updated_at TIMESTAMP WITH TIME ZONE;

-- [2] execute                                  alembic/versions/92d60b3fe84c_keep_updated_at.py:132
UPDATE threat_events
SET updated_at = created_at;

-- [3] alter_column                             alembic/versions/92d60b3fe84c_keep_updated_at.py:134
ALTER TABLE threat_events ALTER COLUMN updated_at SET NOT NULL;

-- [4] alter_column                             alembic/versions/92d60b3fe84c_keep_updated_at.py:134
ALTER TABLE threat_events ALTER COLUMN updated_at SET DEFAULT CURRENT_TIMESTAMP;

-- [5] add_column                               alembic/versions/92d60b3fe84c_keep_updated_at.py:131
ALTER TABLE model_metadata ADD COLUMN updated_at TIMESTAMP WITH TIME ZONE;

-- [6] execute                                  alembic/versions/92d60b3fe84c_keep_updated_at.py:132
UPDATE model_metadata
SET updated_at = created_at;

-- [7] alter_column                             alembic/versions/92d60b3fe84c_keep_updated_at.py:134
ALTER TABLE model_metadata ALTER COLUMN updated_at SET NOT NULL;

-- [8] alter_column                             alembic/versions/92d60b3fe84c_keep_updated_at.py:134
ALTER TABLE model_metadata ALTER COLUMN updated_at SET DEFAULT CURRENT_TIMESTAMP;

-- [9] execute                                  alembic/versions/92d60b3fe84c_keep_updated_at.py:142
CREATE FUNCTION set_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
	changed boolean := NEW *<> OLD;  -- an UPDATE that changes nothing isn't one
BEGIN
	IF changed AND NEW.updated_at = OLD.updated_at THEN
		NEW.updated_at := clock_timestamp();
	END IF;
	RETURN NEW;
END;
$$;

-- [10] execute                                 alembic/versions/92d60b3fe84c_keep_updated_at.py:145
CREATE TRIGGER threat_events_set_updated_at BEFORE UPDATE ON threat_events FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

-- [11] execute                                 alembic/versions/92d60b3fe84c_keep_updated_at.py:145
CREATE TRIGGER model_metadata_set_updated_at BEFORE UPDATE ON model_metadata FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

UPDATE alembic_version SET version_num = '92d60b3fe84c' WHERE version_num = 'e5a1c47082fb';
CALL pg_temp.require_heads('{92d60b3fe84c}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{92d60b3fe84c}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{92d60b3fe84c}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
