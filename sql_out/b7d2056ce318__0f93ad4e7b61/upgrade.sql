-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   Change       CHG0012347
--   From         b7d2056ce318
--   To           0f93ad4e7b61    1 revision, 5 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at 0f93ad4e7b61"
--   Refuses      any database that is not exactly at b7d2056ce318 or half-way through this script;
--                nothing is changed then
--   If it fails  in statements 1-4: nothing has changed
--                in statement 5: statements 1-4 stay, alembic_version says 0f93ad4e7b61:4; mend the
--                cause and run this file again, it goes on there
--   Undo         rollback.sql of this folder
--                half-way through, run this file to its end first
--                at 0f93ad4e7b61:4, nothing undoes statement 2
--                no script brings back what statement 2 overwrites or removes
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql b7d2056ce318:0f93ad4e7b61 --ticket CHG0012347
--   SHA-256      44b60f0f441d22cbc4fc9fb513d41db01799da59af5f40fd70372b5bc899b7df of all that follows
--
--   1 of 1       0f93ad4e7b61    link threat events to the rule that matched
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
CALL pg_temp.require_heads('{b7d2056ce318}', target => '{0f93ad4e7b61}', half_done => ARRAY['{0f93ad4e7b61:4}']);
SELECT
    pg_temp.heads() NOT IN ('{0f93ad4e7b61:4}') AS stretch_1
\gset
;
\unset QUIET

-- =================================================================================================
-- 1 of 1   0f93ad4e7b61   link threat events to the rule that matched
-- =================================================================================================

\if :stretch_1
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{b7d2056ce318}');
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{b7d2056ce318}');

SELECT '1 of 1: b7d2056ce318 -> 0f93ad4e7b61' AS progress;

-- [1] add_column                          alembic/versions/0f93ad4e7b61_link_events_to_rules.py:107
ALTER TABLE threat_events ADD COLUMN rule_id INTEGER;

-- [2] execute                             alembic/versions/0f93ad4e7b61_link_events_to_rules.py:108
UPDATE threat_events
SET rule_id = detection_rules.id
FROM detection_rules
WHERE detection_rules.code = threat_events.matched_rules ->> 0
  AND threat_events.created_at >= TIMESTAMP WITH TIME ZONE '2025-11-03 06:00:00+00:00'
  AND threat_events.threat_score >= CAST(0.35 AS FLOAT)
  AND coalesce(threat_events.review_label, '') <> CAST('analyst''s mistake' AS VARCHAR);

-- [3] create_foreign_key                  alembic/versions/0f93ad4e7b61_link_events_to_rules.py:110
ALTER TABLE threat_events
    ADD CONSTRAINT fk_threat_events_rule_id_detection_rules FOREIGN KEY(rule_id)
        REFERENCES detection_rules (id) NOT VALID;

-- [4] execute                             alembic/versions/0f93ad4e7b61_link_events_to_rules.py:119
ALTER TABLE threat_events VALIDATE CONSTRAINT fk_threat_events_rule_id_detection_rules;

CALL pg_temp.require_index('ix_threat_events_rule_id', 'missing');

UPDATE alembic_version SET version_num = '0f93ad4e7b61:4' WHERE version_num = 'b7d2056ce318';
CALL pg_temp.require_heads('{0f93ad4e7b61:4}', 'FAILED');

COMMIT;

\endif
;
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{0f93ad4e7b61:4}');
SELECT 'statement 5; if it fails, run this file again' AS progress;

-- [5] create_index   outside a transaction  alembic/versions/0f93ad4e7b61_link_events_to_rules.py:121
SET lock_timeout = 0;
SET statement_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS ix_threat_events_rule_id;
CREATE INDEX CONCURRENTLY ix_threat_events_rule_id ON threat_events (rule_id);
SET lock_timeout = '5s';
SET statement_timeout = '0';

BEGIN;
SET default_transaction_read_only = on;
COMMIT;
CALL pg_temp.require_heads('{0f93ad4e7b61:4}', index => 'ix_threat_events_rule_id', state => 'valid');
BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{0f93ad4e7b61:4}');

UPDATE alembic_version SET version_num = '0f93ad4e7b61' WHERE version_num = '0f93ad4e7b61:4';
CALL pg_temp.require_heads('{0f93ad4e7b61}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{0f93ad4e7b61}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{0f93ad4e7b61}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
