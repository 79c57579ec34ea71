"""PostgreSQL 12 and later, and psql."""

from __future__ import annotations

from changescript.dialects.base import Dialect
from changescript.dialects.postgresql.assuming import assume
from changescript.dialects.postgresql.frame import PostgresqlFrame
from changescript.dialects.postgresql.manual import manual
from changescript.dialects.postgresql.statements import loses_data, mode_of, protect, refusal_of
from changescript.formatting.lexicon import POSTGRESQL as LEXICON
from changescript.segments import Mode

RECORD = Dialect(
    name="postgresql",
    title="postgresql 12 or later",
    run_command="psql -X -d DATABASE -f {file}",
    client=r"psql 10 or later; any other stops at the first line that starts with a backslash",
    lexicon=LEXICON,
    make_frame=PostgresqlFrame,
    mode_of=mode_of,
    refusal_of=refusal_of,
    protect=protect,
    loses_data=loses_data,
    manual=manual,
    assume=assume,
    manual_mode=Mode.OUTSIDE,
    releases=("12", "13", "14", "15", "16", "17", "18"),
)
