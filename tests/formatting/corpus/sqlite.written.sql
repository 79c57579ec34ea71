CREATE TABLE IF NOT EXISTS main."t" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, [a b] TEXT NOT NULL ON CONFLICT REPLACE COLLATE NOCASE DEFAULT 'it''s', `c` NUMERIC(10,2) CHECK (c >= 0 AND c < 100), d AS (c * 2) STORED, e BLOB DEFAULT x'00ff', UNIQUE ("a b", c) ON CONFLICT IGNORE, FOREIGN KEY (c) REFERENCES u (id) ON DELETE SET DEFAULT MATCH FULL DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT
;;
CREATE TABLE t (a DEFAULT (strftime('%s', 'now')), b DEFAULT CURRENT_TIMESTAMP, c DEFAULT -5, d DEFAULT +1.5e3, e UNSIGNED BIG INT, f GENERATED ALWAYS AS (json_extract(a, '$.b')) VIRTUAL)
;;
CREATE TEMP TABLE t AS SELECT * FROM u
;;
CREATE VIRTUAL TABLE ft USING fts5(title, body, tokenize = 'porter unicode61', content='t', content_rowid='id')
;;
CREATE VIRTUAL TABLE r USING rtree(id, min_x, max_x, +label TEXT)
;;
CREATE UNIQUE INDEX IF NOT EXISTS main.ix ON t (a COLLATE NOCASE DESC, lower(b), c + 1) WHERE a IS NOT NULL AND b NOTNULL AND c ISNULL
;;
CREATE VIEW IF NOT EXISTS v (a, b) AS SELECT a, b FROM t WHERE a GLOB '*[0-9]*' ESCAPE '\' ORDER BY a NULLS LAST
;;
CREATE TRIGGER IF NOT EXISTS tr AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN NEW.a <> OLD.a BEGIN UPDATE u SET b = NEW.a, c = CASE WHEN NEW.b THEN 'x;' ELSE 'y' END WHERE id = OLD.id; INSERT OR IGNORE INTO log VALUES (datetime('now'), 'a;b'); SELECT RAISE(ABORT, 'no; -- way'); END
;;
CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (NEW.a); END
;;
ALTER TABLE "t" RENAME COLUMN "a b" TO "c d"
;;
ALTER TABLE t RENAME TO "a new name"
;;
ALTER TABLE t ADD COLUMN x TEXT NOT NULL DEFAULT '' CHECK (length(x) < 50) REFERENCES u (id) ON DELETE CASCADE
;;
ALTER TABLE t DROP COLUMN x
;;
INSERT OR REPLACE INTO t (a, b) VALUES (1, 'x'), (2, X'00')
;;
INSERT INTO t AS x (a, b) SELECT a, b FROM u WHERE true ON CONFLICT (a) WHERE a > 0 DO UPDATE SET (b, c) = (excluded.b, 5), d = d || excluded.d WHERE x.b IS NOT excluded.b ON CONFLICT DO NOTHING RETURNING rowid, *
;;
INSERT INTO t DEFAULT VALUES
;;
REPLACE INTO t VALUES (1, ?1, :name, @name, $name, ?)
;;
UPDATE OR ROLLBACK t INDEXED BY ix SET a = 1, (b, c) = (SELECT 1, 2) FROM u JOIN w USING (id) WHERE t.id = u.id RETURNING a AS x
;;
UPDATE t SET data = json_set(data, '$.a', json('{"b": 1}')), n = data ->> '$.a.b' WHERE data -> 'x' IS NOT NULL
;;
DELETE FROM t NOT INDEXED WHERE a BETWEEN 1 AND 2 OR b IN (SELECT b FROM u EXCEPT SELECT b FROM w) ORDER BY a LIMIT 5 OFFSET 5
;;
WITH RECURSIVE c (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < 10 LIMIT 100), d AS NOT MATERIALIZED (SELECT * FROM c) SELECT * FROM c, d ORDER BY 1
;;
SELECT a, b == 5, c IS NOT d, e IS DISTINCT FROM f, ~g, h << 2 | 1, -i, +j, k || l, m % n, NOT o, CAST(p AS TEXT), q COLLATE RTRIM, [r s], `t`, "u ""v""" FROM main.t AS x LEFT OUTER JOIN u ON x.id = u.id CROSS JOIN w NATURAL JOIN z
;;
SELECT count(*) FILTER (WHERE a > 5) OVER (PARTITION BY b ORDER BY c RANGE BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW), group_concat(DISTINCT a), row_number() OVER w FROM t WINDOW w AS (ORDER BY a)
;;
SELECT iif(a, 1, 2), CASE a WHEN 1 THEN 'x' END, EXISTS (SELECT 1), a IN (1, 2), a NOT IN u, a LIKE 'x\%' ESCAPE '\', a MATCH 'b', a REGEXP '^c', 'C:\', '--', '/*', x'', 1e5, 0x1F, .5, 5. FROM t
;;
SELECT * FROM pragma_table_info('t') WHERE pk ORDER BY cid
;;
SELECT value FROM t, json_each(t.data, '$.items') WHERE json_valid(t.data) AND t.data ->> '$.kind' = 'x' UNION ALL SELECT NULL LIMIT 5, 10
;;
PRAGMA foreign_keys = OFF
;;
PRAGMA main.user_version(5)
;;
PRAGMA foreign_key_check("a table")
;;
ATTACH DATABASE 'x.db' AS aux
;;
CREATE TABLE "_alembic_tmp_t" (id INTEGER NOT NULL, name VARCHAR(50) DEFAULT 'x' NOT NULL, PRIMARY KEY (id), CONSTRAINT ck CHECK (name IN ('a', 'b', 'it''s')))
;;
INSERT INTO _alembic_tmp_t (id, name) SELECT t.id, CAST(t.name AS VARCHAR(50)) AS name FROM t
;;
DROP TABLE IF EXISTS t
;;
SELECT a -- it's a comment
FROM t /* another; */ WHERE b = 5
;;
-- first
CREATE INDEX ix ON t (a)
;;
ANALYZE main.t
;;
REINDEX NOCASE
;;
VACUUM INTO 'x.db'
;;
SAVEPOINT "a b"
;;
ROLLBACK TO SAVEPOINT s
;;
EXPLAIN QUERY PLAN SELECT * FROM t
;;
VALUES (1, 2), (3, 4)
;;
SELECT 'two
lines  
', "a"."b".[c], t.rowid, oid FROM t
;;
UPDATE sqlite_sequence SET seq = 100 WHERE name = 't'
;;
SELECT a FROM t WHERE (a, b) > (1, 2) AND a IS TRUE GROUP BY a, b HAVING count(*) > 1 AND max(c) < 5 OR min(d) IS NULL
