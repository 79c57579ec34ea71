"""What a script for SQL*Plus holds before its first statement, as text; must not know a script.

Read from Oracle's references and from what others have published; there was no server and no SQL*Plus to run it with.
"""

from __future__ import annotations

# glogin.sql and login.sql may have set any of these. WHENEVER stops at errors of the server, but not at SQL*Plus's own
# (SP2-...), after which a block has not run: the next block finds that out by its place.
# SQLCASE would change literals, AUTOPRINT and FEEDBACK would bury what the script says, PAUSE would wait for a key.
CLIENT = """
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
{variables}BEGIN :run := NULL; :done := NULL; :failed := 1; END;
/
""".strip()

# A session's NLS settings come from the environment of whoever runs SQL*Plus; online, the driver leaves those of the
# instance. They decide how text turns into dates and numbers, and what VARCHAR2(20) means.
SESSION = """
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
ALTER SESSION SET DDL_LOCK_TIMEOUT = {seconds}
/
""".strip()

# PL/SQL compares text as NLS_COMP says, so ids are compared by their bytes. A row is told from two with a comma.
# ORA-00942: the table is missing, or this user may not see it.
LOOKING = """
  l_table CONSTANT VARCHAR2(600) := {table};

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
""".strip("\n")

# All placeholders stand before the first quote within, so that no client takes one for a variable of its own.
ARGUMENTS = """
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
""".strip("\n")

# What commits runs in a transaction of its own (`apart`), so that the lock of the version table outlives it: of two
# runs at once, one waits, and then finds other rows. The rows say what is done before the lock is released.
# ORA-24344 means "stored, with compilation errors". Unhandled, it ends a block as if it had worked.
# ORA-00054, ORA-30006: the lock was not to be had in time.
RUNNING = """
  PROCEDURE fail(p_why VARCHAR2) IS
  BEGIN
    RAISE_APPLICATION_ERROR(
      -20001, SUBSTRB(CASE WHEN l_done > {first} THEN 'FAILED: ' ELSE 'REFUSED: ' END || p_why, 1, 2000)
    );
  END;

  PROCEDURE lock_rows IS
  BEGIN
    EXECUTE IMMEDIATE 'LOCK TABLE ' || l_table || ' IN EXCLUSIVE MODE{wait}';
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
""".strip("\n")

# ORA-00955: the table is there already.
TABLE = """
BEGIN
  IF :done = {first} THEN
    EXECUTE IMMEDIATE {create};
  END IF;
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE <> -955 THEN
      RAISE;
    END IF;
END;
/
""".strip()

# What is stored with errors is there, but does not work; SQL*Plus only warns of it.
ERRORS = """
DECLARE
  l_done   CONSTANT NUMBER := :done;
  l_number CONSTANT NUMBER := :statement;
  l_kind   CONSTANT VARCHAR2(4000) := :kind;
  l_owner  CONSTANT VARCHAR2(4000) := :owner;
  l_name   CONSTANT VARCHAR2(4000) := :name;
  l_errors PLS_INTEGER := 0;
BEGIN
  FOR found IN (
    SELECT line, text FROM all_errors
    WHERE owner = l_owner AND name = l_name AND type = l_kind AND attribute = 'ERROR' AND l_done < l_number
    ORDER BY sequence
  ) LOOP
    l_errors := l_errors + 1;
    DBMS_OUTPUT.PUT_LINE('line ' || found.line || ': ' || found.text);
  END LOOP;
  IF l_errors > 0 THEN
    ROLLBACK;
    RAISE_APPLICATION_ERROR(-20001, 'FAILED: ' || l_kind || ' ' || l_name || ' is stored, but with errors');
  END IF;
END;
""".strip("\n")

# The literal with a line end in it shows whether those were changed on the way, the other one whether the client reads
# the file as UTF-8 and the database can hold what it says.
CHECKING = """
DECLARE
  l_looking CONSTANT VARCHAR2(4000) := {looking};
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
  :run := {arguments} || l_looking || {running};
{errors}  IF {wrong_server} THEN
    refuse('this server is Oracle ' || DBMS_DB_VERSION.VERSION || '.' || DBMS_DB_VERSION.RELEASE
      || ', this script is for {releases}');
  ELSIF LENGTH(q'[
]') <> 1 THEN
    refuse('the line ends of this file have been changed');
{characters}  END IF;
  EXECUTE IMMEDIATE 'DECLARE ' || l_looking || ' BEGIN :x := heads; :y := here; END;'
    USING OUT l_at, OUT l_here;
  :done := CASE
    {starts}
  END;
  IF :done IS NULL AND at_({target}) THEN
    refuse(l_here || ' is already at ' || l_at || ', nothing to do');
  ELSIF :done IS NULL THEN
    refuse(l_here || ' is at ' || l_at || ', this script needs ' || {needs});
  ELSIF :done > {first} THEN
    DBMS_OUTPUT.PUT_LINE(l_here || ' is at ' || l_at || ': going on behind statement ' || TRUNC(:done));
  END IF;
END;
/
""".strip()

CHARACTERS = """
  ELSIF ASCIISTR({characters}) <> {codes} THEN
    refuse('client or database does not hold the characters of this file; set NLS_LANG=.AL32UTF8');
""".lstrip("\n")
