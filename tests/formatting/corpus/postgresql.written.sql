CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s START WITH 10 MINVALUE 5 CACHE 20 CYCLE), v text COMPRESSION lz4 STORAGE EXTERNAL COLLATE "de-x-icu")
;;
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2 + coalesce(nullif(a, 0), 1)) STORED, EXCLUDE USING gist (r WITH &&, a WITH =) WHERE (a > 0) DEFERRABLE)
;;
CREATE TABLE p PARTITION OF t FOR VALUES FROM (MINVALUE, '2024-01-01') TO (MAXVALUE, MAXVALUE)
;;
CREATE TABLE p PARTITION OF t (CONSTRAINT c CHECK (a > 0), b DEFAULT 5) FOR VALUES WITH (MODULUS 4, REMAINDER 1) PARTITION BY LIST (b)
;;
CREATE TABLE p PARTITION OF a_partitioned_table_with_quite_a_long_name FOR VALUES IN ('a', 'b', 'c', NULL, 'it''s', 'another value', 'and one more')
;;
CREATE TABLE p PARTITION OF t DEFAULT
;;
CREATE UNLOGGED TABLE IF NOT EXISTS s.t (LIKE s.u INCLUDING ALL EXCLUDING INDEXES, x int) INHERITS (a, b) WITH (fillfactor=70, autovacuum_enabled=off) TABLESPACE ts
;;
CREATE TABLE t AS SELECT a, count(*) AS n FROM u GROUP BY ROLLUP (a, b), CUBE (c), GROUPING SETS ((a), (), (b, c)) WITH NO DATA
;;
CREATE TEMP TABLE t ON COMMIT DROP AS WITH x AS MATERIALIZED (SELECT 1) TABLE x
;;
CREATE TABLE t OF my_type (PRIMARY KEY (id), name WITH OPTIONS DEFAULT 'x')
;;
CREATE FOREIGN TABLE ft (a int OPTIONS (column_name 'A'), b text NOT NULL) SERVER srv OPTIONS (schema_name 'public', table_name 'a_long_remote_name')
;;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING btree ((lower(a)) COLLATE "C" text_pattern_ops DESC NULLS LAST, b) INCLUDE (c, d) NULLS NOT DISTINCT WHERE a IS NOT NULL
;;
CREATE INDEX ix_documents_search ON documents USING gin (to_tsvector('english', coalesce(title, '') || ' ' || coalesce(body, ''))) WITH (fastupdate = off) WHERE NOT deleted
;;
CREATE INDEX ON t USING brin (created_at) WITH (pages_per_range = 32)
;;
CREATE STATISTICS s (dependencies, ndistinct, mcv) ON a, b, (lower(c)) FROM t
;;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine', 'very very happy with everything that has been going on lately', 'so-so')
;;
CREATE TYPE pair AS (a int, b text COLLATE "C")
;;
CREATE TYPE r AS RANGE (subtype = timestamptz, subtype_diff = f, multirange_type_name = mr)
;;
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh' BEFORE 'ok'
;;
CREATE DOMAIN email AS citext DEFAULT '' NOT NULL CONSTRAINT format CHECK (VALUE ~ '^[a-zA-Z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-z.]+$')
;;
CREATE SEQUENCE IF NOT EXISTS s AS bigint INCREMENT BY 5 MINVALUE 1 NO MAXVALUE START WITH 100 CACHE 50 OWNED BY public.account.id
;;
ALTER SEQUENCE s RESTART WITH 105 OWNED BY NONE
;;
CREATE VIEW v (a, b) WITH (security_barrier, check_option = 'local') AS SELECT a, b FROM t WHERE a > 0 WITH LOCAL CHECK OPTION
;;
CREATE RECURSIVE VIEW nums (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 100
;;
CREATE MATERIALIZED VIEW IF NOT EXISTS mv TABLESPACE ts AS SELECT DISTINCT ON (a, b) a, b, first_value(c) OVER w FROM t WINDOW w AS (PARTITION BY a ORDER BY b RANGE BETWEEN '1 day' PRECEDING AND '10 days' FOLLOWING EXCLUDE TIES) WITH DATA
;;
REFRESH MATERIALIZED VIEW CONCURRENTLY mv WITH DATA
;;
WITH RECURSIVE t (n, path) AS (SELECT 1, ARRAY[1] UNION ALL SELECT n + 1, path || n + 1 FROM t WHERE n < 5 AND NOT n = ANY (path)) SEARCH DEPTH FIRST BY n SET ordercol CYCLE n SET is_cycle USING p SELECT * FROM t ORDER BY ordercol
;;
INSERT INTO t AS x (a, b) OVERRIDING SYSTEM VALUE VALUES (1, DEFAULT), (2, E'it\'s') ON CONFLICT ON CONSTRAINT uq DO NOTHING
;;
INSERT INTO t (a, b) SELECT a, b FROM u ON CONFLICT (lower(a) COLLATE "C") WHERE b > 0 DO UPDATE SET (a, b) = (SELECT excluded.a, excluded.b), c = DEFAULT WHERE t.a <> excluded.a RETURNING *, (t.a).x AS y
;;
UPDATE ONLY t SET a[1] = 5, (b, c) = ROW (1, DEFAULT), d = d || '{"a": 1}'::jsonb FROM u LEFT JOIN LATERAL (SELECT * FROM f(u.id) WITH ORDINALITY AS q (x, n)) AS l ON true WHERE t.id = u.id AND CURRENT_DATE BETWEEN u.a AND u.b
;;
DELETE FROM t USING u, generate_series(1, 5) AS g (n) WHERE t.id = u.id AND u.n = g.n OR t.a IS NOT DISTINCT FROM u.b RETURNING t.*
;;
MERGE INTO t USING u ON t.id = u.id AND u.kind = 'x' WHEN MATCHED AND u.deleted THEN DELETE WHEN MATCHED THEN UPDATE SET a = u.a, b = DEFAULT WHEN NOT MATCHED AND u.a > 5 THEN INSERT (id, a) VALUES (u.id, u.a) WHEN NOT MATCHED THEN DO NOTHING
;;
SELECT data -> 'a' ->> 'b', data #> '{a,0}', data #>> '{a,b}', data @> '{"k": [1]}', data ? 'k', data ?| ARRAY['a', 'b'], data ?& ARRAY['a'], data @? '$.a[*] ? (@ > 2)', data @@ '$.a == 1', data - 'a' #- '{b,c}' FROM t
;;
SELECT a[1:2], a[:2], a[1:], a[:], (f(x)).y[3], ('{1,2}'::int[])[1], x.*::text, ARRAY[[1, 2], [3, 4]]::int[][], row(1, 2)::pair
;;
SELECT $$it's; -- not a comment$$, $tag$ $$ nested $$ /* x */ $tag$, E'tab\t\x41\u0041\\', U&'d\0061t\+000061', U&'d!0061t' UESCAPE '!', B'1001', X'1FF', 'a'
  'b'
	'c'
;;
SELECT 1_000_000, 0x1F, 0o17, 0b11, 1.5e-10, .5, 5., - -5, -(-5), 1 - -1, 2 ^ -1, @ -5, |/ 25, !! 5
;;
SELECT 1 AS "select", "a ""quoted"" name", "Mixed Case"."Order", U&"d\0061ta" FROM "schema"."table" AS "from"
;;
SELECT a::numeric(10,2)::text, CAST(a AS double precision), timestamp with time zone '2024-01-01 00:00:00+02', interval '1' year, interval(3) '1 second', '1 day'::interval hour to minute, date '2024-01-01' AT TIME ZONE 'UTC'
;;
SELECT extract(epoch FROM a), overlay(a PLACING 'x' FROM 1 FOR 2), position('a' IN b), substring(a FROM '^.' FOR '#'), trim(BOTH 'x' FROM a), a SIMILAR TO 'x%' ESCAPE '#', normalize(a, NFC), a IS NFD NORMALIZED
;;
SELECT percentile_cont(ARRAY[0.25, 0.5]) WITHIN GROUP (ORDER BY a DESC), string_agg(DISTINCT a, ',' ORDER BY a) FILTER (WHERE a <> ''), rank() OVER (PARTITION BY b ORDER BY c NULLS FIRST GROUPS 2 PRECEDING) FROM t
;;
SELECT * FROM ROWS FROM (f(1), g(2) AS (a int, b text)) WITH ORDINALITY AS x (p, q, r), t TABLESAMPLE BERNOULLI (10) REPEATABLE (5) FOR NO KEY UPDATE OF t SKIP LOCKED
;;
SELECT * FROM a NATURAL FULL OUTER JOIN b CROSS JOIN c JOIN d USING (x, y) AS j LEFT JOIN (e JOIN f ON e.i = f.i) ON e.a = d.a AND (e.b BETWEEN SYMMETRIC 1 AND 2 OR e.c IS UNKNOWN)
;;
SELECT a FROM t WHERE (a, b) IN (SELECT 1, 2) AND c > ALL (VALUES (1), (2)) AND d LIKE ANY (ARRAY['x%', '_y']) AND e OPERATOR(pg_catalog.~) 'x' AND NOT EXISTS (SELECT FROM u WHERE u.id = t.id) AND f IS JSON
;;
SELECT xmlelement(name foo, xmlattributes(a AS b), xmlforest(c, d AS e)), xmlparse(CONTENT '<a/>'), xmlserialize(DOCUMENT x AS text), x.* FROM xmltable('/r/i' PASSING doc COLUMNS id int PATH '@id', name text PATH 'n' DEFAULT 'x' NOT NULL, o FOR ORDINALITY) x
;;
SELECT (SELECT a FROM t ORDER BY a USING > LIMIT 1) UNION ALL (SELECT 2 INTERSECT SELECT 3 EXCEPT ALL SELECT 4) ORDER BY 1 OFFSET 5 ROWS FETCH NEXT (5 + 5) ROWS WITH TIES
;;
ALTER TABLE t ADD COLUMN a int, ALTER COLUMN b TYPE numeric(10,2) USING (b::numeric / 100), ALTER c SET DEFAULT now() + interval '1 day', ALTER d DROP NOT NULL, ADD CONSTRAINT ck CHECK (a > 0) NOT VALID, ALTER e ADD GENERATED BY DEFAULT AS IDENTITY, SET (fillfactor = 80)
;;
ALTER TABLE IF EXISTS ONLY s.t ATTACH PARTITION s.p FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')
;;
ALTER TABLE t DETACH PARTITION p CONCURRENTLY
;;
ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY USING INDEX ix DEFERRABLE INITIALLY DEFERRED, VALIDATE CONSTRAINT ck, REPLICA IDENTITY FULL, ENABLE ALWAYS TRIGGER tr, FORCE ROW LEVEL SECURITY, OWNER TO CURRENT_USER
;;
ALTER TABLE t ALTER COLUMN status TYPE mood USING CASE status WHEN 1 THEN 'sad'::mood WHEN 2 THEN 'ok'::mood ELSE 'so-so'::mood END, ALTER COLUMN status SET STATISTICS 500
;;
ALTER INDEX ix ATTACH PARTITION ix_p
;;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA app GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_reader, app_writer WITH GRANT OPTION
;;
GRANT SELECT (a, b), UPDATE (c) ON TABLE t TO PUBLIC, "Mixed Role" GRANTED BY CURRENT_USER
;;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO app_reader
;;
REVOKE GRANT OPTION FOR ALL PRIVILEGES ON SCHEMA a, b FROM x CASCADE
;;
CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO r1, r2 USING (owner = CURRENT_USER AND tenant_id = current_setting('app.tenant', true)::uuid) WITH CHECK (NOT locked)
;;
CREATE TRIGGER tr AFTER INSERT OR UPDATE OF a, b OR DELETE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION f('x', 5)
;;
CREATE CONSTRAINT TRIGGER tr AFTER UPDATE ON t FROM u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE PROCEDURE f()
;;
CREATE OR REPLACE FUNCTION f(INOUT a int DEFAULT 5, VARIADIC b text[] = '{}') RETURNS SETOF record LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10 SET search_path FROM CURRENT AS $fn$
BEGIN
    RETURN QUERY EXECUTE format($q$SELECT %L; -- x$q$, a);
END;
$fn$
;;
CREATE FUNCTION f(a int) RETURNS int IMMUTABLE STRICT RETURN a + 1
;;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a > 0 THEN 1 END; END
;;
CREATE PROCEDURE p(a int) LANGUAGE sql AS 'INSERT INTO t VALUES (a); DELETE FROM t WHERE b = ''x;'''
;;
CREATE RULE r AS ON UPDATE TO v WHERE old.a <> new.a DO INSTEAD (UPDATE t SET a = new.a WHERE id = old.id; INSERT INTO log VALUES (now()))
;;
DO LANGUAGE plpgsql $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'x') THEN CREATE ROLE x; END IF; END $do$
;;
CREATE AGGREGATE sum2(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0')
;;
CREATE OPERATOR === (LEFTARG = box, RIGHTARG = box, FUNCTION = area_equal, COMMUTATOR = ===, NEGATOR = !==, RESTRICT = eqsel, HASHES, MERGES)
;;
CREATE CAST (text AS mood) WITH INOUT AS ASSIGNMENT
;;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public VERSION '1.1' CASCADE
;;
CREATE COLLATION c (provider = icu, locale = 'de-u-co-phonebk', deterministic = false)
;;
CREATE PUBLICATION p FOR TABLE t (a, b) WHERE (a > 0), TABLES IN SCHEMA s WITH (publish = 'insert, update')
;;
CREATE EVENT TRIGGER e ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION f()
;;
COMMENT ON CONSTRAINT ck ON DOMAIN d IS 'it''s a -- comment; with /* signs */'
;;
COMMENT ON FUNCTION f(int, text) IS NULL
;;
COMMENT ON COLUMN public.a_table_with_a_long_name.a_column_with_a_long_name IS 'a text that is long enough not to fit'
;;
COMMENT ON TABLE t IS E'two\nlines'
;;
LOCK TABLE a, b IN SHARE ROW EXCLUSIVE MODE NOWAIT
;;
TRUNCATE TABLE ONLY a, b RESTART IDENTITY CASCADE
;;
SET LOCAL search_path TO app, public, "$user"
;;
SELECT set_config('a.b', 'c', true), pg_catalog.setval('s', coalesce(max(id), 0) + 1, false) FROM t
;;
SELECT 1 -- why
, 2 /* a /* nested */ comment */ FROM t -- the end
;;
SELECT /*+ IndexScan(t ix) */ a FROM t
;;
-- a comment first
ALTER TABLE t ADD COLUMN a int
;;
PREPARE q (int) AS SELECT * FROM t WHERE id = $1
;;
EXPLAIN (ANALYZE, BUFFERS) SELECT 1
;;
VALUES (1, 'a'), (2, 'b') ORDER BY 1 LIMIT 1
;;
TABLE t
;;
CALL p(1, a => 'x', b := 5)
;;
DROP INDEX CONCURRENTLY IF EXISTS a, b CASCADE
;;
DROP FUNCTION IF EXISTS f(int, OUT text), g
;;
SECURITY LABEL FOR x ON TABLE t IS 'y'
;;
REINDEX (VERBOSE) INDEX CONCURRENTLY ix
;;
IMPORT FOREIGN SCHEMA s LIMIT TO (a, b) FROM SERVER srv INTO app OPTIONS (x 'y')
