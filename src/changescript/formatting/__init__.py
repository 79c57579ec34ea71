"""What a statement looks like to its dialect, its client and its reader; must not know frames.

Lays a statement out and proves that it is the same, splits a text into statements, and finds what a client would
take for its own.
"""

from __future__ import annotations

from changescript.formatting.psql import Hazard, psql_hazards, shield_colons
from changescript.formatting.rows import head_of_rows, insert_of_rows
from changescript.formatting.splitting import (
    UnsplittableStatement,
    ends_in_comment,
    first_words,
    split_statements,
    unterminated,
)
from changescript.formatting.statement import Formatted, format_statement

__all__ = [
    "Formatted",
    "Hazard",
    "UnsplittableStatement",
    "ends_in_comment",
    "first_words",
    "format_statement",
    "head_of_rows",
    "insert_of_rows",
    "psql_hazards",
    "shield_colons",
    "split_statements",
    "unterminated",
]
