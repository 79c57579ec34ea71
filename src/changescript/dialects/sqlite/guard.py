"""What a script for the sqlite3 shell holds before its first statement, as text; must not know a script."""

# The safety catch. The lone `;` ends what may stand before it (a byte order mark, which hid `.bail on` from the shell).
# Only the shell takes the lines with a full stop for commands. To any other client they are one statement with the
# PRAGMA behind them, a syntax error, so the connection stays read-only: seen with Python's executescript(), and with
# programs that go on after errors. What the shell does meanwhile needs no right to write; `.bail on` counts from there
# on, with or without -bail, and in `.read` too.
CLIENT = """
;
-- Nothing can be written until the shell has obeyed the lines below; no other client does.
PRAGMA query_only = ON;
.bail on
.echo off
.headers off
.mode list
.changes off
.stats off
.timer off
.eqp off
.timeout {milliseconds}
PRAGMA query_only = OFF;
""".strip()

# `.parameter` is against clients that drop the lines with a full stop and go on (Python's own shell, from 3.14 on):
# without its value no check passes, and what has not passed is undone before COMMIT. What remains: if such a client
# also finds the database locked at BEGIN and free after it, nothing undoes what it then writes.
# The PRAGMAs are what an online run has without asking. foreign_keys can't be changed inside a transaction.
# BEGIN and COMMIT end a transaction that the client may have opened by itself: what undoes it would undo the guard.
SESSION = """
BEGIN; COMMIT;
.parameter set :changescript 1
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = OFF;
PRAGMA recursive_triggers = OFF;
PRAGMA ignore_check_constraints = OFF;
PRAGMA writable_schema = OFF;
""".strip()

# All names begin with changescript_: what is temporary hides a table of the same name from the statements.
# The number of rows keeps a row 'a, b' apart from two rows, and a row 'base' from none.
STATE = """
DROP VIEW IF EXISTS temp.changescript_state;
CREATE TEMP VIEW changescript_state AS
SELECT
    (SELECT coalesce(nullif(file, ''), ':memory:') FROM pragma_database_list WHERE name = 'main') AS name,
    coalesce(group_concat(version_num, ', '), 'base'){encoding} AS heads,
    count(*) AS number
FROM (SELECT version_num FROM {table} ORDER BY version_num COLLATE BINARY);
""".strip()

# A default with control characters is written as bytes, which another encoding reads as other characters.
ENCODING = " || (SELECT CASE encoding WHEN 'UTF-8' THEN '' ELSE ' in ' || encoding END FROM pragma_encoding)"

# RAISE takes nothing but a literal before 3.47, so a SELECT before each check says what it found.
# A check that fails must not end the transaction: a client that goes on would commit every statement by itself.
# `before` is what the last check has found, so that none can pass after one that has failed.
CHECKS = """
DROP TABLE IF EXISTS temp.changescript_checks;
CREATE TEMP TABLE changescript_checks (
    before TEXT,
    heads TEXT CONSTRAINT "REFUSED: this script is for the sqlite3 shell{release}" CHECK (heads IS NOT NULL),
    number INTEGER,
    otherwise TEXT
);
INSERT INTO temp.changescript_checks (heads) SELECT CASE WHEN :changescript IS NOT NULL{right} THEN 'sqlite3' END;
CREATE TEMP TRIGGER changescript_check BEFORE INSERT ON changescript_checks
BEGIN
    SELECT RAISE(ABORT, 'REFUSED: the check before this one has not passed')
    WHERE NEW.before IS NOT (SELECT heads FROM temp.changescript_checks ORDER BY rowid DESC LIMIT 1);
    SELECT RAISE(ABORT, 'REFUSED: the database is not where this script needs it')
    FROM temp.changescript_state AS now
    WHERE (now.heads, now.number) <> (NEW.heads, NEW.number) AND NEW.otherwise = 'REFUSED';
    SELECT RAISE(ABORT, 'FAILED: the database is not where this script should have brought it')
    FROM temp.changescript_state AS now
    WHERE (now.heads, now.number) <> (NEW.heads, NEW.number) AND NEW.otherwise = 'FAILED';
END;
""".strip()

# The whole transaction is undone here, unless its last check has passed: also in a client that goes on after errors.
# Rows that had lost their parent before do not count: foreign keys are off unless somebody asks for them. It is their
# sum that must not grow, because a table may get another name on the way.
COMMITS = """
DROP TABLE IF EXISTS temp.changescript_orphans;
CREATE TEMP TABLE changescript_orphans (child TEXT, parent TEXT, number INTEGER);
DROP VIEW IF EXISTS temp.changescript_broken;
CREATE TEMP VIEW changescript_broken AS
SELECT child, parent, sum(number) AS number
FROM temp.changescript_orphans
WHERE (SELECT sum(number) FROM temp.changescript_orphans) > 0
GROUP BY child, parent
HAVING sum(number) > 0;
DROP TABLE IF EXISTS temp.changescript_commits;
CREATE TEMP TABLE changescript_commits (heads TEXT);
CREATE TEMP TRIGGER changescript_commit BEFORE INSERT ON changescript_commits
BEGIN
    SELECT RAISE(ROLLBACK, 'FAILED: a check has not passed, so the transaction is undone')
    WHERE NEW.heads IS NOT (SELECT heads FROM temp.changescript_checks ORDER BY rowid DESC LIMIT 1);
    SELECT RAISE(ROLLBACK, 'FAILED: rows have lost what they refer to, so the transaction is undone')
    FROM temp.changescript_broken;
END;
""".strip()

# The view can't be asked where the table is missing; this can.
TABLE = """
DROP TABLE IF EXISTS temp.changescript_tables;
CREATE TEMP TABLE changescript_tables (name TEXT);
CREATE TEMP TRIGGER changescript_table BEFORE INSERT ON changescript_tables
BEGIN
    SELECT RAISE(ABORT, 'REFUSED: the database is at base, it has no version table')
    WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE name = NEW.name COLLATE NOCASE);
END;
SELECT 'REFUSED: database "' || file || '" is {verdict}'
FROM pragma_database_list
WHERE
    name = 'main'
    AND NOT EXISTS (SELECT 1 FROM main.sqlite_master AS known WHERE known.name = {name} COLLATE NOCASE);
INSERT INTO temp.changescript_tables VALUES ({name});
""".strip()


def checks(release: str) -> str:
    """Return the table of the checks; its first row is missing under any other release than the stated one."""
    if not release:
        return CHECKS.format(release="", right="")
    return CHECKS.format(release=f" {release}", right=f" AND sqlite_version() || '.' GLOB '{release}.*'")


ORPHANS = """
INSERT INTO temp.changescript_orphans
SELECT "table", parent, {sign}count(*) FROM pragma_foreign_key_check GROUP BY 1, 2;
""".strip()

BROKEN = """
SELECT 'FAILED: rows of ' || child || ' without their row in ' || parent || ': ' || number || ' more than before'
FROM temp.changescript_broken;
""".strip()
