-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   From         base
--   To           m    4 revisions, 5 statements
--   Dialect      duckdb; changescript knows no more of it than its SQLAlchemy dialect says
--   Run          the client of duckdb, with autocommit on: upgrade.sql
--   Client       any that reads UTF-8, commits each statement by itself, and stops at the first error; nothing here has been tried
--   Expect       no error, and the last result "OK: at m"
--   Refuses      any database that is not exactly at base; nothing is changed then
--   If it fails  before statement 1: nothing has changed
--                in statement 1: no other has run, alembic_version says a:0; mend the cause and run
--                what is left, as told below under "Guard"
--                in statement 2: statement 1 stays, alembic_version says a:1; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 2: statements 1-2 stay, the database is at a; go on with
--                changescript sql a:m
--                in statement 3: statements 1-2 stay, alembic_version says b:0; mend the cause and
--                run what is left, as told below under "Guard"
--                in statement 4: statements 1-3 stay, alembic_version says b:1; mend the cause and
--                run what is left, as told below under "Guard"
--                after statement 4: statements 1-4 stay, the database is at b; go on with
--                changescript sql b:m
--                in statement 5: statements 1-4 stay, alembic_version says b, c:0; mend the cause
--                and run what is left, as told below under "Guard"
--                after statement 5: statements 1-5 stay, the database is at b, c; go on with
--                changescript sql b,c:m
--   Undo         rollback.sql of this folder
--                half-way through, run what is left of this file first
--                at a:0 to a:1, or back with changescript sql a:N:base
--                at b:0 to b:1, or back with changescript sql b:N:a
--                at b, c:0, or back with changescript sql b,c:N:b
--                no script brings back what statement 4 overwrites or removes
--                nothing is done here for m: only the version changes
--   Regenerate   changescript sql base:m
--   SHA-256      fe6edc7e2c8a964b9d4b0ba139055af883ab5f1853ff9fc912e67e271d58e4d9 of all that follows
--
--   1 of 4       a    make accounts
--   2 of 4       b    add notes
--   3 of 4       c    name is unique
--   4 of 4       m    merge
-- =================================================================================================

-- Guard: what is checked here, and what you must check --------------------------------------------
-- The frame of this script is the one for databases that changescript knows little of, here duckdb. It can't
--   * hold back a client that goes on after an error: run it with one that stops, or statement by statement
--   * tell one database of this kind from another, or one release: look where you are connected to
--   * keep another script out while it runs: let nobody else change alembic_version
--   * undo anything: each statement is committed by itself
-- What SQLAlchemy finds out of a server once it is connected has not been asked here: read the statements.
-- MANUAL CHECK, before you begin: this query must show no row, or that there is no such table
--     SELECT version_num FROM alembic_version ORDER BY version_num;
-- The checks below ask for the same. One that fails is an error of its CAST, which says what was found.
-- What commits by itself (DDL above all) can't be undone. While a revision is half applied, alembic_version
-- says so: "b:2" means that 2 statements of b's upgrade are done ("b:-2": of its downgrade), and that the
-- third may have been started.
-- After a failure mend its cause, and look whether the statement that the state speaks of has done its work.
-- Run only what is left, from the line that names the state:
--     sed '/^-- start$/,/^-- go on at STATE$/d' FILE
-- If the work of that statement is there already, go on behind it:
--     sed '/^-- start$/,/^-- go on at STATE, statement N done$/d' FILE
-- start

-- =================================================================================================
-- 1 of 4   a   make accounts
-- =================================================================================================

CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
SELECT CAST(CASE WHEN COUNT(*) = 0 THEN '0'
    ELSE 'REFUSED: needs base, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '1 of 4: base -> a' AS progress;

INSERT INTO alembic_version (version_num) VALUES ('a:0');

-- go on at a:0
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a:0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a:0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 1; if it fails, run this file from its line "-- go on at a:0"' AS progress;

-- [1] create_table   outside a transaction                              migrations/versions/a.py:16
CREATE TABLE account (
    id INTEGER NOT NULL,
    name VARCHAR(40) NOT NULL,
    value NUMERIC(10, 2),
    good BOOLEAN,
    PRIMARY KEY (id)
);

-- go on at a:0, statement 1 done
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a:0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a:0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

UPDATE alembic_version SET version_num = 'a:1' WHERE version_num = 'a:0';

-- go on at a:1
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a:1' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a:1, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 2; if it fails, run this file from its line "-- go on at a:1"' AS progress;

-- [2] bulk_insert   outside a transaction                               migrations/versions/a.py:23
INSERT INTO account (id, name, good)
VALUES
    (1, 'one', true),
    (2, '100 %', NULL);

-- go on at a:1, statement 2 done
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a:1' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a:1, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

UPDATE alembic_version SET version_num = 'a' WHERE version_num = 'a:1';

-- =================================================================================================
-- 2 of 4   b   add notes
-- =================================================================================================

SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'a' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs a, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '2 of 4: a -> b' AS progress;

UPDATE alembic_version SET version_num = 'b:0' WHERE version_num = 'a';

-- go on at b:0
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b:0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b:0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 3; if it fails, run this file from its line "-- go on at b:0"' AS progress;

-- [3] add_column   outside a transaction                                migrations/versions/b.py:16
ALTER TABLE account ADD COLUMN note VARCHAR(10);

-- go on at b:0, statement 3 done
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b:0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b:0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

UPDATE alembic_version SET version_num = 'b:1' WHERE version_num = 'b:0';

-- go on at b:1
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b:1' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b:1, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 4; if it fails, run this file from its line "-- go on at b:1"' AS progress;

-- [4] execute   outside a transaction                                   migrations/versions/b.py:17
UPDATE account
SET note = 'x'
WHERE id = 1;

-- go on at b:1, statement 4 done
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b:1' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b:1, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

UPDATE alembic_version SET version_num = 'b' WHERE version_num = 'b:1';

-- =================================================================================================
-- 3 of 4   c   name is unique
-- =================================================================================================

SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '3 of 4: b -> b+c' AS progress;

INSERT INTO alembic_version (version_num) VALUES ('c:0');

-- go on at b, c:0
SELECT CAST(CASE WHEN COUNT(*) = 2 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 AND COUNT(CASE WHEN version_num = 'c:0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, c:0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT 'statement 5; if it fails, run this file from its line "-- go on at b, c:0"' AS progress;

-- [5] create_unique_constraint   outside a transaction                  migrations/versions/c.py:16
ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name);

-- go on at b, c:0, statement 5 done
SELECT CAST(CASE WHEN COUNT(*) = 2 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 AND COUNT(CASE WHEN version_num = 'c:0' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, c:0, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

UPDATE alembic_version SET version_num = 'c' WHERE version_num = 'c:0';

-- =================================================================================================
-- 4 of 4   m   merge
-- =================================================================================================

SELECT CAST(CASE WHEN COUNT(*) = 2 AND COUNT(CASE WHEN version_num = 'b' THEN 1 END) = 1 AND COUNT(CASE WHEN version_num = 'c' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs b, c, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;

SELECT '4 of 4: b+c -> m' AS progress;

UPDATE alembic_version SET version_num = 'm' WHERE version_num = 'b';
DELETE FROM alembic_version WHERE version_num = 'c';

-- End: where the database really is ---------------------------------------------------------------
SELECT CAST(CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'm' THEN 1 END) = 1 THEN '0'
    ELSE 'REFUSED: needs m, found ' || COALESCE(MIN(version_num), 'base') END AS INTEGER) AS failed
FROM alembic_version;
SELECT CASE WHEN COUNT(*) = 1 AND COUNT(CASE WHEN version_num = 'm' THEN 1 END) = 1 THEN 'OK: at m'
    ELSE 'FAILED: at ' || COALESCE(MIN(version_num), 'base') END AS result
FROM alembic_version;
