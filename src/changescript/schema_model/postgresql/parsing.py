"""PostgreSQL's own parser (libpg_query), imported when something must be read; the only postgast import."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from changescript.schema_model.unknown import Unfollowed

Node = dict[str, Any]

# What psql reads by itself in the output of pg_dump, and the rows of its COPY.
_META_COMMAND = re.compile(r"^\\(?:un)?restrict\b.*$|^\\connect\b.*$", re.MULTILINE)
_COPIED = re.compile(r"^(COPY [^;]* FROM stdin;)\n.*?^\\\.$", re.MULTILINE | re.DOTALL)


def statements_in(sql: str) -> list[tuple[str, Node]]:
    """Return each statement of a text with its kind, as the parser's nodes."""
    try:
        # Most runs need neither, and mypy doesn't read their stubs.
        postgast = import_module("postgast")
        as_dict = import_module("google.protobuf.json_format").MessageToDict
    except ImportError:
        raise Unfollowed("reading SQL of PostgreSQL needs the package postgast") from None
    try:
        parsed = as_dict(postgast.parse(sql), preserving_proto_field_name=True)
    except postgast.PgQueryError:
        raise Unfollowed("PostgreSQL's parser doesn't read the statement") from None
    return [next(iter(entry["stmt"].items())) for entry in parsed.get("stmts", []) if entry.get("stmt")]


def without_client_commands(text: str) -> str:
    """Take out of a dump what only psql understands."""
    return _META_COMMAND.sub("", _COPIED.sub("", text))
