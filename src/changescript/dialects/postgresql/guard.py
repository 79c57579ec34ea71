"""What a script for psql opens with: client and session settings, and the routines that its checks are made of."""

from __future__ import annotations

# QUIET hides the tags of the settings. ON_ERROR_ROLLBACK=on in a psqlrc swallows the guard's error and commits the
# rest; AUTOCOMMIT off loses everything with exit 0. Unaligned tuples make a progress line just that line.
CLIENT = r"""
\set QUIET on
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set SINGLELINE off
\encoding UTF8
\pset pager off
\pset format unaligned
\pset tuples_only on
""".strip()

# DateStyle is given without an order of day, month and year: dates in raw SQL mean what they mean in this database.
SESSION = """
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET search_path = {search_path}, pg_temp;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET IntervalStyle = 'postgres';
SET default_transaction_isolation = 'read committed';
SET default_transaction_deferrable = off;
SET lock_timeout = '{lock_timeout}';
SET statement_timeout = '{statement_timeout}';
SET idle_in_transaction_session_timeout = '10min';
SET check_function_bodies = on;
SET row_security = off;
SET client_min_messages = 'notice';
""".strip()

HEADS = """
SET default_transaction_read_only = off;
CREATE OR REPLACE FUNCTION pg_temp.heads() RETURNS text[]
LANGUAGE plpgsql AS $guard$
BEGIN
    IF to_regclass({name}) IS NULL THEN
        RETURN '{{}}';
    END IF;
    RETURN (
        SELECT coalesce(array_agg(version_num::text ORDER BY version_num COLLATE "C"), '{{}}')
        FROM {table}
    );
END
$guard$;
""".strip()

# Line ends that mail or version control has converted would be stored in the bodies of functions. `found` would shadow
# PL/pgSQL's own, which plpgsql.extra_errors takes for a mistake.
REQUIRE = """
CREATE OR REPLACE PROCEDURE pg_temp.require_heads(
    want text[],
    otherwise text DEFAULT 'REFUSED',
    target text[] DEFAULT NULL,
    half_done text[] DEFAULT '{{}}',
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
    ', E'\\r') > 0 THEN
        RAISE EXCEPTION 'REFUSED: the line ends of this file have been converted to CRLF';
    END IF;{server}
    -- a session that has just ended may hold its lock for a moment
    FOR attempt IN 1..20 LOOP
        EXIT WHEN pg_try_advisory_lock({lock});
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
    END IF;{schema}
    PERFORM set_config('changescript.started', 'yes', false);
    -- the session stays read-only until a check has passed
    PERFORM set_config('default_transaction_read_only', 'off', false);
END
$guard$;
""".strip()

REQUIRE_SCHEMA_AT_START = """
    IF have = want AND target IS NOT NULL THEN
        CALL pg_temp.require_schema(0);
    END IF;"""
"""What the first check asks besides, where the script starts at its beginning."""

# The text of each WHEN is planned before one is tried, so none may name a table but as text.
REQUIRE_SCHEMA = """
CREATE OR REPLACE PROCEDURE pg_temp.require_schema(behind integer)
LANGUAGE plpgsql AS $guard$
DECLARE
    wrong text;
BEGIN
{branches}
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%: database "%" is not as assumed: %',
            CASE behind WHEN 0 THEN 'REFUSED' ELSE 'FAILED' END, current_database(), wrong;
    END IF;
END
$guard$;
""".strip()

REQUIRE_INDEX = """
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
""".strip()

# Behind the step it is asked once more, by the check that lets the rest run: for a client that goes on after errors.
REQUIRE_MANUAL = """
CREATE OR REPLACE PROCEDURE pg_temp.require_manual(
    setting text,
    message text,
    again text DEFAULT '',
    want text[] DEFAULT NULL
)
LANGUAGE plpgsql AS $guard$
BEGIN
    IF current_setting(setting, true) IS DISTINCT FROM 'done' THEN
        RAISE EXCEPTION '%', message USING HINT = again;
    ELSIF want IS NOT NULL THEN
        CALL pg_temp.require_heads(want);
    END IF;
END
$guard$;
""".strip()

DROP_INVALID_INDEX = """
CREATE OR REPLACE PROCEDURE pg_temp.drop_invalid_index(name text)
LANGUAGE plpgsql AS $guard$
BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(name) AND NOT indisvalid) THEN
        EXECUTE 'DROP INDEX ' || to_regclass(name);
    END IF;
END
$guard$;
""".strip()

# BEGIN and COMMIT end a transaction that the client may have opened by itself (AUTOCOMMIT off): the catch counts from
# the next one on. `SET transaction_read_only` is no way: it ends with the savepoints of psql's ON_ERROR_ROLLBACK.
CATCH = """
BEGIN;
SET default_transaction_read_only = on;
COMMIT;
""".strip()

# A client that goes on after the first refusal may find the database where a later part starts.
NOT_STARTED = "SET changescript.started = 'no';"

# PostgreSQL's relatives name themselves in version(): CockroachDB and Redshift make no function in pg_temp; YugabyteDB
# does, but commits every DDL by itself. The cast holds version(), or the planner would try it before the WHERE.
NOT_POSTGRESQL = """
SELECT CAST('REFUSED: use the --dialect of this server, it is ' || version() AS integer)
WHERE version() ~ 'CockroachDB|-YB-|Redshift|Greenplum';
""".strip()

REFUSE_SERVER = """
    IF {condition} THEN
        RAISE EXCEPTION 'REFUSED: {message}; this server is %', version();
    END IF;"""
"""A check of the server; the procedure holds any number of them."""

IS_RELATIVE = ("version() ~ 'CockroachDB|-YB-|Redshift|Greenplum'", "use the --dialect of this server")
"""As above, for a client that has gone on after that."""
