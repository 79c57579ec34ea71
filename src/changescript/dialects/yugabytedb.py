"""YugabyteDB's YSQL, through psql or ysqlsh: PostgreSQL's SQL and literals, DDL that commits by itself. Not run here.

Its manual: DDL in a transaction block is a transaction of its own unless a flag of the server says otherwise; locks of
tables and advisory locks are missing before 2025.1, so nothing here takes one.
"""

from __future__ import annotations

from dataclasses import replace

from changescript.dialects.generic.by_hand import GO_ON
from changescript.dialects.postgresql import RECORD as POSTGRESQL
from changescript.dialects.postgresql.committing import mode_of, refusal_of
from changescript.dialects.postgresql.manual import plain_manual
from changescript.dialects.postgresql.plain import PlainFrame
from changescript.segments import Mode


class YugabyteFrame(PlainFrame):
    """The frame of one script."""

    right_server = "version() LIKE '%-YB-%'"
    wrong_server = "this script is for YugabyteDB"
    session = ("SET standard_conforming_strings = on;", "SET check_function_bodies = on;", "SET row_security = off;")


RECORD = replace(
    POSTGRESQL,
    assume=None,
    name="yugabytedb",
    title="yugabytedb",
    client="psql or ysqlsh, 11 or later; any other changes nothing. Never run on YugabyteDB",
    make_frame=YugabyteFrame,
    mode_of=mode_of,
    refusal_of=refusal_of,
    transactional_ddl=False,
    sqlalchemy_name="postgresql",
    releases=(),
    manual=plain_manual,
    manual_mode=Mode.ALONE,
    go_on=GO_ON,
)
