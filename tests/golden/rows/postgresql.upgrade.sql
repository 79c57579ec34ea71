-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           b200    2 revisions, 10 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at b200"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  in statements 1-10: nothing has changed
--   Undo         rollback.sql of this folder
--                no script brings back what statements 8-9 overwrite or remove
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql base:b200
--   SHA-256      21d394efcc885ad8171df660c08c40bd46a962433ef97d6b45eb4cca4598c300 of all that follows
--
--   1 of 2       a100    keep samples of every kind of value
--   2 of 2       b200    many plain rows in several statements, then some change
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
-- 1 of 2   a100   keep samples of every kind of value
-- =================================================================================================

BEGIN;
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{}');

SELECT '1 of 2: base -> a100' AS progress;

-- [1] create_table                                                              versions/a100.py:47
CREATE TABLE sample (
    id INTEGER NOT NULL,
    text TEXT,
    amount NUMERIC(12, 3),
    ratio DOUBLE PRECISION,
    is_good BOOLEAN,
    day DATE,
    moment TIMESTAMP WITHOUT TIME ZONE,
    clock TIME WITHOUT TIME ZONE,
    data BYTEA,
    doc JSON,
    key UUID,
    CONSTRAINT pk_sample PRIMARY KEY (id)
);

-- [2] bulk_insert                                                               versions/a100.py:62
INSERT INTO sample (id, text, amount, ratio, is_good, day, moment, clock, data, doc, key)
VALUES
    (1, 'it''s "quoted" `so` \n 100% :name ?', -12345.600, 0.1, true, NULL, NULL, NULL, NULL, NULL,
        NULL),
    (2, E'two\nlines;\n-- and\ttab', NULL, NULL, NULL, DATE '2026-02-28',
        TIMESTAMP '2026-02-28 23:59:58', TIME '01:02:03', NULL, NULL, NULL),
    (3, E'😀 ünïcödé \u202e', NULL, NULL, false, NULL, NULL, NULL, '\x00ff275c', NULL, NULL),
    (4, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{"a": [1, 2.5, null, "x''y\\z"], "b": true}',
        '00000000-0000-0000-0000-000000abcdef');

-- [3] bulk_insert                                                               versions/a100.py:62
INSERT INTO sample (id, text, amount, ratio, is_good, day, moment, clock, data, doc, key)
VALUES
    (5, '$$ /* no comment */ {braces}', NULL, -1e-07, NULL, NULL, NULL, NULL, '\x', '[]', NULL);

INSERT INTO alembic_version (version_num) VALUES ('a100');
CALL pg_temp.require_heads('{a100}', 'FAILED');

-- =================================================================================================
-- 2 of 2   b200   many plain rows in several statements, then some change
-- =================================================================================================

SELECT '2 of 2: a100 -> b200' AS progress;

-- [4] create_table                                                              versions/b200.py:14
CREATE TABLE code (
    id INTEGER NOT NULL,
    name VARCHAR(20) NOT NULL,
    CONSTRAINT pk_code PRIMARY KEY (id)
);

-- [5] bulk_insert                                                               versions/b200.py:20
INSERT INTO code (id, name)
VALUES
    (1, 'code 1'),
    (2, 'code 2'),
    (3, 'code 3'),
    (4, 'code 4');

-- [6] bulk_insert                                                               versions/b200.py:20
INSERT INTO code (id, name)
VALUES
    (5, 'code 5'),
    (6, 'code 6'),
    (7, 'code 7'),
    (8, 'code 8');

-- [7] bulk_insert                                                               versions/b200.py:20
INSERT INTO code (id, name)
VALUES
    (9, 'code 9'),
    (10, 'code 10');

-- [8] execute                                                                   versions/b200.py:21
UPDATE code
SET name=upper(code.name)
WHERE code.id IN (2, 3, 5, 7);

-- [9] execute                                                                   versions/b200.py:22
DELETE FROM code
WHERE code.name LIKE 'code 1%';

-- [10] execute                                                                  versions/b200.py:23
INSERT INTO code (id, name)
SELECT id + 100, CAST('a ''copy''' AS VARCHAR)
FROM code
WHERE id < 4;

UPDATE alembic_version SET version_num = 'b200' WHERE version_num = 'a100';
CALL pg_temp.require_heads('{b200}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{b200}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{b200}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
