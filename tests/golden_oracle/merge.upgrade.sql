-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
-- .
--   From         root
--   To           merged    3 revisions, 3 statements
--   Dialect      oracle 12.2 to 21
--   Run          NLS_LANG=AMERICAN_AMERICA.AL32UTF8 sqlplus -L -S USER@DATABASE @upgrade.sql
--   Client       SQL*Plus 12.2 or later, or SQLcl; never run on Oracle. One that has no VARIABLE runs no statement
--   Expect       exit 0, and the last line "OK: schema SCHEMA of database DATABASE is at merged"
--   Refuses      any database that is not exactly at root or half-way through this script; nothing
--                is changed then
--   If it fails  before statement 1: nothing has changed
--                in statement 1: no other has run, alembic_version says left:0; mend the cause and
--                run this file again, it goes on there
--                after statement 1: statement 1 stays, the database is at left; go on with
--                changescript sql left:merged
--                in statement 2: statement 1 stays, alembic_version says left, right:0; mend the
--                cause and run this file again, it goes on there
--                after statement 2: statements 1-2 stay, the database is at left, right; go on with
--                changescript sql left,right:merged
--                in statement 3: statements 1-2 stay, alembic_version says merged:0; mend the cause
--                and run this file again, it goes on there
--   Undo         rollback.sql of this folder
--                half-way through, run this file to its end first
--                at left:0, or back with changescript sql left:N:root
--                at left, right:0, or back with changescript sql left,right:N:left
--                at merged:0, or back with changescript sql merged:N:left,right
--   Settings     lock_timeout 5s
--   Regenerate   changescript sql root:merged
--   SHA-256      71a7346ef0e069cfbed3028ce5da352bbf2c0e6c1c465d52b79c5bbcdd20eaf7 of all that follows
-- .
--   1 of 3       left    step left
--   2 of 3       right    step right
--   3 of 3       merged    step merged
-- =================================================================================================

-- Client and session ==============================================================================
WHENEVER OSERROR EXIT FAILURE ROLLBACK
WHENEVER SQLERROR EXIT FAILURE ROLLBACK
SET DEFINE OFF
SET ESCAPE OFF
SET SQLPREFIX "~"
SET SQLTERMINATOR OFF
SET BLOCKTERMINATOR "."
SET SQLBLANKLINES ON
SET SQLCASE MIXED
SET CMDSEP OFF
SET AUTOCOMMIT OFF
SET EXITCOMMIT OFF
SET ERRORLOGGING OFF
SET AUTOPRINT OFF
SET ECHO OFF
SET FEEDBACK OFF
SET PAUSE OFF
SET TERMOUT ON
SET LINESIZE 1000
SET TRIMOUT ON
SET TRIMSPOOL ON
SET SERVEROUTPUT ON SIZE UNLIMITED FORMAT WRAPPED
VARIABLE run VARCHAR2(4000)
VARIABLE done NUMBER
VARIABLE failed NUMBER
BEGIN :run := NULL; :done := NULL; :failed := 1; END;
/
BEGIN
  FOR setting IN (
    SELECT parameter, NVL(value, DECODE(parameter, 'NLS_COMP', 'BINARY', 'NLS_LENGTH_SEMANTICS', 'BYTE')) AS value
    FROM nls_instance_parameters
    WHERE parameter IN (
      'NLS_LANGUAGE', 'NLS_TERRITORY', 'NLS_CALENDAR', 'NLS_COMP', 'NLS_DATE_FORMAT', 'NLS_DATE_LANGUAGE',
      'NLS_LENGTH_SEMANTICS', 'NLS_NCHAR_CONV_EXCP', 'NLS_NUMERIC_CHARACTERS', 'NLS_SORT',
      'NLS_TIMESTAMP_FORMAT', 'NLS_TIMESTAMP_TZ_FORMAT'
    )
    -- Language and territory change the others.
    ORDER BY DECODE(parameter, 'NLS_LANGUAGE', 1, 'NLS_TERRITORY', 2, 3), parameter
  ) LOOP
    IF setting.value IS NOT NULL THEN
      EXECUTE IMMEDIATE
        'ALTER SESSION SET ' || setting.parameter || ' = ''' || REPLACE(setting.value, '''', '''''') || '''';
    END IF;
  END LOOP;
END;
/
ALTER SESSION SET TIME_ZONE = '+00:00'
/
ALTER SESSION SET DDL_LOCK_TIMEOUT = 5
/

-- Guard: the one block that runs statements, and the first check ==================================
-- Each statement below is text for the block in :run. That runs it only where alembic_version has the rows that
-- stand before it, and only once; DDL in a transaction of its own, so that a lock on alembic_version outlives it.
-- :done counts statements: 2 once statement 2 has run, 2.1 once alembic_version says so.
-- DDL can't be undone. While a revision is half applied, alembic_version says so: "b:2" means that 2 statements of
-- b's upgrade are done ("b:-2": of its downgrade), and that the third may have been started.
-- After a failure mend its cause and run this file again: what is done is passed over.
-- Only if the connection was lost: look first whether the work of the statement at which it stopped is there. If it
-- is, or if the output says that this statement is done, say so; then run this file again:
--     UPDATE alembic_version SET version_num = 'b:3' WHERE version_num = 'b:2', and COMMIT
DECLARE
  l_looking CONSTANT VARCHAR2(4000) := q'[
  l_table CONSTANT VARCHAR2(600) := 'alembic_version';

  FUNCTION heads RETURN VARCHAR2 IS
    TYPE names IS TABLE OF VARCHAR2(4000);
    l_names names;
    l_all VARCHAR2(32767);
  BEGIN
    EXECUTE IMMEDIATE
      'SELECT version_num FROM ' || l_table || ' ORDER BY NLSSORT(version_num, ''NLS_SORT=BINARY'')'
      BULK COLLECT INTO l_names;
    FOR i IN 1 .. l_names.COUNT LOOP
      l_all := l_all || CASE WHEN i > 1 THEN ', ' END || REPLACE(l_names(i), ', ', ',');
    END LOOP;
    RETURN CASE l_all WHEN 'base' THEN 'a row "base"' ELSE NVL(l_all, 'base') END;
  EXCEPTION
    WHEN OTHERS THEN
      IF SQLCODE <> -942 THEN
        RAISE;
      END IF;
      RETURN 'base';
  END;

  FUNCTION same(a VARCHAR2, b VARCHAR2) RETURN BOOLEAN IS
  BEGIN
    RETURN NLSSORT(a, 'NLS_SORT=BINARY') = NLSSORT(b, 'NLS_SORT=BINARY');
  END;

  FUNCTION here RETURN VARCHAR2 IS
  BEGIN
    RETURN 'schema ' || SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')
      || ' of database ' || SYS_CONTEXT('USERENV', 'CON_NAME');
  END;
]';
  l_at   VARCHAR2(32767);
  l_here VARCHAR2(4000);

  FUNCTION at_(p_state VARCHAR2) RETURN BOOLEAN IS
  BEGIN
    RETURN NLSSORT(l_at, 'NLS_SORT=BINARY') = NLSSORT(p_state, 'NLS_SORT=BINARY');
  END;

  PROCEDURE refuse(p_why VARCHAR2) IS
  BEGIN
    RAISE_APPLICATION_ERROR(-20001, SUBSTRB('REFUSED: ' || p_why, 1, 2000));
  END;
BEGIN
  :run := q'[
DECLARE
  l_done   CONSTANT NUMBER := :done;
  l_place  CONSTANT NUMBER := :place;
  l_how    CONSTANT VARCHAR2(4000) := :how;
  l_state  CONSTANT VARCHAR2(32767) := :state;
  l_text   CONSTANT CLOB := :text;
  l_stamp  CONSTANT VARCHAR2(32767) := :stamp;
  l_sql    CONSTANT CLOB := RTRIM(LTRIM(l_text, CHR(10)), CHR(10));
  l_number CONSTANT NUMBER := TRUNC(l_place);
  l_arrow  CONSTANT PLS_INTEGER := INSTR(l_state || ' -> ', ' -> ');
  l_needs  CONSTANT VARCHAR2(32767) := SUBSTR(l_state, 1, l_arrow - 1);
  l_leaves CONSTANT VARCHAR2(32767) := SUBSTR(l_state, l_arrow + 4);
  l_note   VARCHAR2(100);
]' || l_looking || q'[
  PROCEDURE fail(p_why VARCHAR2) IS
  BEGIN
    RAISE_APPLICATION_ERROR(
      -20001, SUBSTRB(CASE WHEN l_done > 0 THEN 'FAILED: ' ELSE 'REFUSED: ' END || p_why, 1, 2000)
    );
  END;

  PROCEDURE lock_rows IS
  BEGIN
    EXECUTE IMMEDIATE 'LOCK TABLE ' || l_table || ' IN EXCLUSIVE MODE WAIT 5';
  EXCEPTION
    WHEN OTHERS THEN
      IF SQLCODE IN (-54, -30006) THEN
        fail('another session holds ' || l_table || ' of ' || here);
      END IF;
      RAISE;
  END;

  PROCEDURE apart IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    EXECUTE IMMEDIATE l_sql;
    COMMIT;
  EXCEPTION
    WHEN OTHERS THEN
      IF SQLCODE <> -24344 THEN
        ROLLBACK;
        RAISE;
      END IF;
      COMMIT;
  END;
BEGIN
  IF l_done IS NULL THEN
    fail('no check has passed');
  ELSIF l_how = 'session' AND l_place <= l_done THEN
    EXECUTE IMMEDIATE l_sql;
    RETURN;
  ELSIF l_place <= l_done AND l_how <> 'end' THEN
    RETURN;
  ELSIF l_number <> TRUNC(l_done) + CASE WHEN l_place = l_number AND l_how <> 'end' THEN 1 ELSE 0 END THEN
    fail('statement ' || (TRUNC(l_done) + 1) || ' has not run');
  END IF;
  lock_rows;
  IF NOT same(heads, l_needs) THEN
    fail(here || ' is at ' || heads || ', this script needs ' || l_needs);
  END IF;
  IF l_how = 'end' THEN
    DBMS_OUTPUT.PUT_LINE('OK: ' || here || ' is at ' || heads);
    ROLLBACK;
  ELSIF l_how = 'apart' THEN
    apart;
    DBMS_OUTPUT.PUT_LINE('[' || l_place || '] done');
    l_note := ', although this statement is done';
  ELSIF l_sql <> 'no statement' THEN
    EXECUTE IMMEDIATE l_sql;
    IF l_how = 'joins' THEN
      DBMS_OUTPUT.PUT_LINE('[' || l_place || '] rows: ' || SQL%ROWCOUNT);
    END IF;
  END IF;
  IF l_leaves IS NOT NULL THEN
    EXECUTE IMMEDIATE RTRIM(LTRIM(l_stamp, CHR(10)), CHR(10));
    IF NOT same(heads, l_leaves) THEN
      fail(here || ' is at ' || heads || ', not at ' || l_leaves);
    ELSIF l_how <> 'stamp' THEN
      COMMIT;
    END IF;
  END IF;
EXCEPTION
  WHEN OTHERS THEN
    ROLLBACK;
    DBMS_OUTPUT.PUT_LINE('STOPPED at ' || l_place || ': ' || here || ' is at ' || heads || l_note);
    RAISE;
END;
]';
  IF DBMS_DB_VERSION.VERSION NOT BETWEEN 12 AND 21
    OR (DBMS_DB_VERSION.VERSION = 12 AND DBMS_DB_VERSION.RELEASE < 2) THEN
    refuse('this server is Oracle ' || DBMS_DB_VERSION.VERSION || '.' || DBMS_DB_VERSION.RELEASE
      || ', this script is for 12.2 to 21; for another, set server_version');
  ELSIF LENGTH(q'[
]') <> 1 THEN
    refuse('the line ends of this file have been changed');
  END IF;
  EXECUTE IMMEDIATE 'DECLARE ' || l_looking || ' BEGIN :x := heads; :y := here; END;'
    USING OUT l_at, OUT l_here;
  :done := CASE
    WHEN at_('root') THEN 0
    WHEN at_('left:0') THEN 0.1
    WHEN at_('left, right:0') THEN 1.2
    WHEN at_('merged:0') THEN 2.2
  END;
  IF :done IS NULL AND at_('merged') THEN
    refuse(l_here || ' is already at ' || l_at || ', nothing to do');
  ELSIF :done IS NULL THEN
    refuse(l_here || ' is at ' || l_at || ', this script needs ' || 'root');
  ELSIF :done > 0 THEN
    DBMS_OUTPUT.PUT_LINE(l_here || ' is at ' || l_at || ': going on behind statement ' || TRUNC(:done));
  END IF;
END;
/

-- =================================================================================================
-- 1 of 3   left   step left
-- =================================================================================================

PROMPT 1 of 3: root to left

BEGIN
EXECUTE IMMEDIATE :run USING :done, 0.1, 'commit', 'root -> left:0', 'no statement', q'[
UPDATE alembic_version SET version_num = 'left:0' WHERE version_num = 'root'
]';
:done := GREATEST(:done, 0.1);
END;
/

-- [1] create_table   outside a transaction                           migrations/versions/left.py:16
BEGIN
EXECUTE IMMEDIATE :run USING :done, 1, 'apart', 'left:0 -> left', q'[
CREATE TABLE t_left (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
)
]', q'[
UPDATE alembic_version SET version_num = 'left' WHERE version_num = 'left:0'
]';
:done := GREATEST(:done, 1.1);
END;
/

-- =================================================================================================
-- 2 of 3   right   step right
-- =================================================================================================

PROMPT 2 of 3: left to left+right

BEGIN
EXECUTE IMMEDIATE :run USING :done, 1.2, 'commit', 'left -> left, right:0', 'no statement', q'[
INSERT INTO alembic_version (version_num) VALUES ('right:0')
]';
:done := GREATEST(:done, 1.2);
END;
/

-- [2] create_table   outside a transaction                          migrations/versions/right.py:16
BEGIN
EXECUTE IMMEDIATE :run USING :done, 2, 'apart', 'left, right:0 -> left, right', q'[
CREATE TABLE t_right (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
)
]', q'[
UPDATE alembic_version SET version_num = 'right' WHERE version_num = 'right:0'
]';
:done := GREATEST(:done, 2.1);
END;
/

-- =================================================================================================
-- 3 of 3   merged   step merged
-- =================================================================================================

PROMPT 3 of 3: left+right to merged

BEGIN
EXECUTE IMMEDIATE :run USING :done, 2.2, 'commit', 'left, right -> merged:0', 'no statement', q'[
BEGIN
  UPDATE alembic_version SET version_num = 'merged:0' WHERE version_num = 'left';
  DELETE FROM alembic_version WHERE version_num = 'right';
END;
]';
:done := GREATEST(:done, 2.2);
END;
/

-- [3] create_table   outside a transaction                         migrations/versions/merged.py:16
BEGIN
EXECUTE IMMEDIATE :run USING :done, 3, 'apart', 'merged:0 -> merged', q'[
CREATE TABLE t_merged (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
)
]', q'[
UPDATE alembic_version SET version_num = 'merged' WHERE version_num = 'merged:0'
]';
:done := GREATEST(:done, 3.1);
END;
/

-- End: where the database really is ===============================================================
BEGIN
EXECUTE IMMEDIATE :run USING :done, 3.1, 'end', 'merged', 'no statement', 'no stamp';
:failed := 0;
END;
/
EXIT :failed ROLLBACK
