"""SQL texts as revisions hand them to op.execute(): what stands in a script for them, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """A text, and how many statements a script must hold for it."""

    name: str
    sql: str
    """As the revision writes it: text() makes `:` of `\\:`, and takes a bare `:name` for a parameter."""
    count: int = 1


FUNCTION = "CREATE FUNCTION {}() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n\tRETURN 1; -- one;\nEND;\n$$"

ACCEPTED = (
    Raw("lone_return", "CREATE TABLE lone_return ( -- a\r a int)"),
    Raw(
        "other_settings",
        "SET LOCAL work_mem = '8MB'; SELECT set_config('my.name', 'x', true); SET search_path TO public, pg_temp",
        3,
    ),
    Raw("constraints_checked_now", "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", 2),
    Raw(
        "function_with_settings",
        "CREATE FUNCTION f_set() RETURNS text LANGUAGE sql SET standard_conforming_strings = off AS $$SELECT 'a'$$",
    ),
    Raw("plain", "CREATE TABLE plain (a int)"),
    Raw("terminated", "CREATE TABLE terminated (a int);"),
    Raw("terminated_twice", "CREATE TABLE terminated_twice (a int);;", 1),
    Raw("terminated_apart", "CREATE TABLE terminated_apart (a int) ;\n ; \n;", 1),
    Raw("blank_lines", "\n\n\tCREATE TABLE blank_lines (a int)\n\n", 1),
    Raw("several", "CREATE TABLE several (a int); INSERT INTO several VALUES (1);INSERT INTO several VALUES (2)", 3),
    Raw(
        "several_terminated",
        "CREATE TABLE several_terminated (a text);\nINSERT INTO several_terminated VALUES (';');",
        2,
    ),
    Raw("empty_between", "CREATE TABLE empty_between (a int);;;INSERT INTO empty_between VALUES (1);;", 2),
    Raw("empty", "", 0),
    Raw("blanks", " \n\t ", 0),
    Raw("semicolons", " ; ;\n", 0),
    Raw("comment_alone", "-- nothing to do", 0),
    Raw("comments_alone", "/* nothing */ -- to do\n/* /* nested */ */", 0),
    Raw("comment_before", "-- about; this\nCREATE TABLE comment_before (a int)"),
    Raw("comment_behind", "CREATE TABLE comment_behind (a int) -- about; this"),
    Raw("comment_behind_end", "CREATE TABLE comment_behind_end (a int) -- about; this\n"),
    Raw("comment_behind_terminator", "CREATE TABLE comment_behind_terminator (a int); -- about; this"),
    Raw("comment_last", "CREATE TABLE comment_last (a int);\n/* and that's all; */\n"),
    Raw(
        "comments_between", "CREATE TABLE comments_between (a int); -- one;\n/* it's; */ DROP TABLE comments_between", 2
    ),
    Raw("nested_comment", "CREATE TABLE nested_comment (/* a /* ; */ ' */ a int /* -- */, b int)"),
    Raw("comment_with_carriage_return", "CREATE TABLE comment_with_carriage_return ( -- a\r\n a int)"),
    Raw("function", FUNCTION.format("f_plain")),
    Raw("function_terminated", FUNCTION.format("f_terminated") + ";"),
    Raw(
        "functions",
        f"{FUNCTION.format('f_one')};\n{FUNCTION.format('f_two')};\nCREATE TABLE after_functions (a int);",
        3,
    ),
    Raw(
        "tagged_function",
        "CREATE FUNCTION f_tagged() RETURNS text LANGUAGE plpgsql AS $body$\n"
        "BEGIN\n  EXECUTE $$SELECT ';'$$; RETURN 'it''s $ $b$';\nEND $body$; CREATE TABLE after_tagged (a int)",
        2,
    ),
    Raw("function_in_quotes", "CREATE FUNCTION f_quoted() RETURNS text LANGUAGE sql AS 'SELECT ''a;b''\\:\\:text;'"),
    Raw(
        "function_of_lines",
        "CREATE FUNCTION f_lines() RETURNS text LANGUAGE plpgsql AS $$\r\nBEGIN\r\n\tRETURN 'a\r\nb\rc\td  ';\r\nEND;\r\n$$",  # noqa: E501
    ),
    Raw(
        "function_with_rare_blanks",
        "CREATE FUNCTION f_rare() RETURNS text LANGUAGE sql AS $$SELECT '\u00a0\u2003\u2028\u0085\ufeff\x0b\x0c'$$",
    ),
    Raw(
        "atomic_function",
        "CREATE FUNCTION f_atomic(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC; SELECT CASE WHEN a > 1 THEN a ELSE 0 END;"  # noqa: E501
        " SELECT a + 1; END; CREATE TABLE after_atomic (a int);",
        2,
    ),
    Raw("returning_function", "CREATE OR REPLACE FUNCTION f_return(a int) RETURNS int LANGUAGE sql RETURN a + 1"),
    Raw(
        "procedure",
        "CREATE PROCEDURE p_plain(INOUT a int) LANGUAGE plpgsql AS $$BEGIN a \\:= a + 1; END$$; CALL p_plain(1)",
        2,
    ),
    Raw(
        "do_block",
        "DO $$\nDECLARE n int \\:= 1;\nBEGIN\n  EXECUTE format('CREATE TABLE %I (a int)', 'do_block');\nEND\n$$",
    ),
    Raw("do_block_with_percent", "DO $do$ BEGIN RAISE NOTICE '% of %%', 1; PERFORM 5 % 3; END $do$;"),
    Raw(
        "trigger",
        "CREATE TABLE triggered (a int, b text); CREATE FUNCTION f_trigger() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN NEW.b := 'x:' || NEW.a::text; RETURN NEW; END$$;\n"
        "CREATE TRIGGER t BEFORE INSERT OR UPDATE OF a ON triggered FOR EACH ROW WHEN (NEW.a > 0)"
        " EXECUTE FUNCTION f_trigger(); INSERT INTO triggered VALUES (1)",
        4,
    ),
    Raw(
        "rule",
        "CREATE TABLE ruled (a int); CREATE RULE r AS ON DELETE TO ruled DO INSTEAD (SELECT 1; SELECT 2);"
        "DELETE FROM ruled",
        3,
    ),
    Raw("view", "CREATE VIEW v_plain AS SELECT 1 AS a, ';' AS b, $$;$$ AS c, E'\\';' AS \"d;\""),
    Raw("casts", "CREATE TABLE casts AS SELECT '1'::int AS a, ARRAY[1]::int[] AS b, '{}'::jsonb AS c"),
    Raw(
        "slices",
        "CREATE TABLE slices AS SELECT (ARRAY[1,2,3])[1:2] AS a, (ARRAY[1,2,3])[\\:2] AS b, (ARRAY[1,2])[\\:] AS c",
    ),
    Raw(
        "slice_by_name",
        "CREATE TABLE slice_by_name AS SELECT (a.b)[1\\:n] AS c FROM (VALUES (ARRAY[1,2,3], 2)) AS a (b, n)",
    ),
    Raw(
        "colons_in_quotes", "CREATE TABLE colons_in_quotes AS SELECT '\\:a 12\\:30 x:y' AS a, '{\"k\"\\:1}'::jsonb AS b"
    ),
    Raw("escape_strings", r"CREATE TABLE escape_strings AS SELECT E'it\'s; \\' AS a, E'\\:x\t' AS b, e'\x41\101' AS c"),
    Raw(
        "unicode_strings", r"CREATE TABLE unicode_strings AS SELECT U&'d\0061t!0061' AS a, U&'!0061;' UESCAPE '!' AS b"
    ),
    Raw("unicode_name", r'CREATE TABLE unicode_name (U&"d\0061" int)'),
    Raw("backslashes", r"CREATE TABLE backslashes AS SELECT 'a\b\' AS a, '\;' AS b, $$\gexec$$ AS c"),
    Raw("continued", "CREATE TABLE continued AS SELECT 'a'\n  'b;'\r\n 'c' AS a"),
    Raw(
        "percent",
        "CREATE TABLE percent AS SELECT 5 % 3 AS a, '100%' AS b, '%s %(x)s %%' AS c, 7%2 AS d",
    ),
    Raw("dollars", "PREPARE dollars (int) AS SELECT $1 + 1; EXECUTE dollars(1); DEALLOCATE dollars", 3),
    Raw(
        "operators",
        "CREATE TABLE operators AS SELECT 1 <> 2 AS a, '{\"a\"\\: 1}'::jsonb ? 'a' AS b, 1 - -1 AS c, @ -5 AS d, |/ 4 AS e",  # noqa: E501
    ),
    Raw("rare_blanks", "CREATE TABLE rare_blanks (\"a\u00a0b\" int, \u00e9t\u00e9 text DEFAULT '\u3000')"),
    Raw("vertical_tab", "CREATE TABLE vertical_tab (a text DEFAULT 'x\x0by\x0c')"),
    Raw("tabs", "CREATE TABLE\ttabs (a text\tDEFAULT '\ta\t')"),
    Raw("line_ends", "CREATE TABLE line_ends\r\n(a text DEFAULT 'a\r\nb\rc\n')\r\n;\r\n"),
    Raw(
        "client_commands_in_quotes",
        "CREATE TABLE client_commands AS SELECT '\n\\gexec\n\\! ls\n' AS a, $$\n\\.\n\\q\n$$ AS b",
    ),
    Raw("copy_to_program_in_quotes", "CREATE TABLE copies AS SELECT 'COPY t FROM STDIN;' AS a"),
    Raw(
        "grants",
        "GRANT SELECT ON alembic_version TO PUBLIC; REVOKE SELECT ON alembic_version FROM PUBLIC",
        2,
    ),
    Raw("savepoints", "SAVEPOINT s; CREATE TABLE savepoints (a int); RELEASE SAVEPOINT s", 3),
    Raw("rolled_back", "SAVEPOINT s; CREATE TABLE rolled_back (a int); ROLLBACK TO s", 3),
    Raw("begin_as_a_name", 'CREATE TABLE begin_as_a_name (begin int, "end" int, "case" int, atomic int)'),
    Raw(
        "common_table",
        "CREATE TABLE common AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n",  # noqa: E501
    ),
    Raw("domain", "CREATE DOMAIN d_plain AS text CHECK (VALUE ~ '^\\d+(\\:\\d+)?$' AND VALUE !~ ';')"),
    Raw("types", "CREATE TYPE t_pair AS (a int, b text); CREATE TYPE t_kind AS ENUM ('a;', 'b''', E'c\\n')", 2),
    Raw("aggregate", "CREATE AGGREGATE a_sum (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')"),
    Raw(
        "policy",
        "CREATE TABLE policed (a text); CREATE POLICY p ON policed USING (a = current_setting('x.y', true))",
        2,
    ),
    Raw("comment_on", "COMMENT ON TABLE alembic_version IS 'it''s \\: here; \\ '"),
    Raw("values", "CREATE TABLE listed (a int, b text); INSERT INTO listed VALUES (1, 'a'), (2, NULL), (-3, ':');", 2),
    Raw(
        "merge",
        "CREATE TABLE merged (a int); MERGE INTO merged m USING (VALUES (1)) AS s (a) ON m.a = s.a WHEN NOT MATCHED THEN INSERT VALUES (s.a)",  # noqa: E501
        2,
    ),
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A text, and what is said of it."""

    name: str
    sql: str
    said: str


REFUSED = (
    Refused(
        "config", "SELECT set_config('standard_conforming_strings', 'off', false)", "how the rest of the script is read"
    ),
    Refused(
        "escaped_config",
        r"SELECT pg_catalog.Set_Config(E'Standard\x5fconforming\x5fstrings', 'off', false)",
        "how the rest of the script is read",
    ),
    Refused(
        "computed_config",
        "SELECT set_config(lower(name), 'off', false) FROM settings",
        "how the rest of the script is read",
    ),
    Refused(
        "configuring_block",
        "DO $$ BEGIN SET standard_conforming_strings = off; END $$",
        "how the rest of the script is read",
    ),
    Refused("copy_from_stdin", "COPY t FROM STDIN", "COPY"),
    Refused("copy_with_rows", "COPY t (a) FROM stdin WITH (FORMAT csv);\n1\n2\n\\.\n", "COPY"),
    Refused("copy_to_stdout", "COPY (SELECT 1) TO STDOUT", "COPY"),
    Refused("client_command", "SELECT 1\n\\gexec", "backslash outside quotes"),
    Refused("shell", "\\! rm -rf /", "backslash outside quotes"),
    Refused("joined", "SELECT 1\\; SELECT 2", "backslash outside quotes"),
    Refused("new_row", "CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO l VALUES (:new.id)", ":new has no value"),
    Refused("json", "INSERT INTO t VALUES ('{\"k\":1}')", ":1 has no value"),
    Refused("time", "INSERT INTO t VALUES ('at :30')", ":30 has no value"),
    Refused("assignment", "DO $$ BEGIN x =:y; END $$", ":y has no value"),
    Refused("begin", "BEGIN; UPDATE t SET a = 1; COMMIT", "transaction"),
    Refused("commit", "UPDATE t SET a = 1; COMMIT", "transaction"),
    Refused("rollback", "ROLLBACK", "transaction"),
    Refused("start", "START TRANSACTION", "transaction"),
    Refused("end", "END", "transaction"),
    Refused("abort", "ABORT", "transaction"),
    Refused("prepared", "PREPARE TRANSACTION 'x'", "transaction"),
    Refused("commit_prepared", "COMMIT PREPARED 'x'", "transaction"),
    Refused("strings", "SET standard_conforming_strings = off", "how the rest of the script is read"),
    Refused("local_strings", "SET LOCAL standard_conforming_strings TO off", "how the rest of the script is read"),
    Refused("quoted_strings", 'SET "standard_conforming_strings" TO off', "how the rest of the script is read"),
    Refused("encoding", "SET NAMES 'LATIN1'", "how the rest of the script is read"),
    Refused("session_encoding", "SET SESSION client_encoding TO 'LATIN1'", "how the rest of the script is read"),
    Refused("reset", "RESET ALL", "how the rest of the script is read"),
    Refused("discard", "DISCARD ALL", "how the rest of the script is read"),
    Refused("catch", "SET default_transaction_read_only = on", "how the rest of the script is read"),
    Refused(
        "characteristics", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "how the rest of the script is read"
    ),
    Refused("open_quote", "SELECT 'a", "never closed"),
    Refused("open_escape", "SELECT E'a\\'", "never closed"),
    Refused("open_dollar", "DO $a$ BEGIN END $b$", "never closed"),
    Refused("open_comment", "SELECT 1 /* /* */", "never closed"),
    Refused("open_name", 'SELECT "a', "never closed"),
    Refused("open_bracket", "SELECT (1; SELECT 2", "bracket"),
    Refused("closed_bracket", "SELECT 1); SELECT 2", "bracket"),
    Refused("nul", "SELECT 'a\x00b'", "NUL"),
)
