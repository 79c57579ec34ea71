-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   Change       CHG0012345
--   From         base
--   To           4c8e1f0a9d27    1 revision, 8 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at 4c8e1f0a9d27"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  in statements 1-8: nothing has changed
--   Undo         rollback.sql of this folder
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:4c8e1f0a9d27 --ticket CHG0012345
--   SHA-256      323b141053abd03d146edbcea2195cc8e3cf159173ddbeb36eafdf7d3840c999 of all that follows
--
--   1 of 1       4c8e1f0a9d27    create threat events and model metadata
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
CALL pg_temp.require_heads('{}', target => '{4c8e1f0a9d27}');
\unset QUIET

-- =================================================================================================
-- 1 of 1   4c8e1f0a9d27   create threat events and model metadata
-- =================================================================================================

BEGIN;
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{}');

SELECT '1 of 1: base -> 4c8e1f0a9d27' AS progress;

-- [1] create_table                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:30
CREATE TABLE threat_events (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    source_ip VARCHAR(45) NOT NULL,
    request_method VARCHAR(10) NOT NULL,
    request_path TEXT NOT NULL,
    status_code SMALLINT NOT NULL,
    response_size INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    threat_score FLOAT NOT NULL,
    severity VARCHAR(6) NOT NULL,
    component_scores JSON NOT NULL,
    geo_country VARCHAR(2),
    geo_city VARCHAR(255),
    geo_lat FLOAT,
    geo_lon FLOAT,
    feature_vector JSON NOT NULL,
    matched_rules JSON,
    model_version VARCHAR(64),
    reviewed BOOLEAN NOT NULL,
    review_label VARCHAR(20),
    CONSTRAINT pk_threat_events PRIMARY KEY (id)
);

-- [2] create_index                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:54
CREATE INDEX ix_threat_events_created_at ON threat_events (created_at);

-- [3] create_index                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:55
CREATE INDEX ix_threat_events_source_ip ON threat_events (source_ip);

-- [4] create_index                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:56
CREATE INDEX ix_threat_events_severity ON threat_events (severity);

-- [5] create_index                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:57
CREATE INDEX ix_threat_events_threat_score ON threat_events (threat_score);

-- [6] create_index                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:58
CREATE INDEX ix_threat_events_unreviewed ON threat_events (reviewed) WHERE reviewed = FALSE;

-- [7] create_table                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:66
CREATE TABLE model_metadata (
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    model_type VARCHAR(30) NOT NULL,
    version VARCHAR(64) NOT NULL,
    training_samples INTEGER NOT NULL,
    metrics JSON NOT NULL,
    artifact_path TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    mlflow_run_id VARCHAR(64),
    threshold FLOAT,
    notes TEXT,
    CONSTRAINT pk_model_metadata PRIMARY KEY (id)
);

-- [8] create_index                     alembic/versions/4c8e1f0a9d27_create_events_and_models.py:84
CREATE UNIQUE INDEX ix_model_metadata_model_type_active ON model_metadata (model_type)
    WHERE is_active = TRUE;

INSERT INTO alembic_version (version_num) VALUES ('4c8e1f0a9d27');
CALL pg_temp.require_heads('{4c8e1f0a9d27}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{4c8e1f0a9d27}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{4c8e1f0a9d27}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
