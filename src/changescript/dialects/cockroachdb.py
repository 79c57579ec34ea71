"""CockroachDB, through psql: PostgreSQL's SQL with the literals that both read alike. Not run here.

Its manual: DDL in a transaction is not atomic, and commits what is before it (autocommit_before_ddl); advisory locks
do nothing; temporary routines are refused. `cockroach sql` stops at the first line that psql alone understands.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import types as sat
from sqlalchemy.types import TypeEngine

from changescript.dialects.generic.by_hand import GO_ON
from changescript.dialects.postgresql import RECORD as POSTGRESQL
from changescript.dialects.postgresql.committing import mode_of, refusal_of
from changescript.dialects.postgresql.literals import FAMILIES, POSTGRESQL_LITERALS
from changescript.dialects.postgresql.manual import plain_manual
from changescript.dialects.postgresql.plain import PlainFrame
from changescript.segments import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from changescript.literals.rules import Handler

_SHARED = (
    sat.SmallInteger,
    sat.BigInteger,
    sat.Integer,
    sat.Boolean,
    sat.Float,
    sat.Numeric,
    sat.String,
    sat.LargeBinary,
    sat.BINARY,
    sat.VARBINARY,
    sat.Uuid,
    sat.Date,
    sat.DateTime,
    sat.Time,
    sat.JSON,
    sat.ARRAY,
    sat.NullType,
)
"""Types whose constants its manual describes as PostgreSQL's does."""

_SHARED_FAMILIES: Mapping[type[TypeEngine[Any]], Mapping[type, Handler]] = {kind: FAMILIES[kind] for kind in _SHARED}

# CHAR keeps its length in another way there, and all other types of PostgreSQL are missing or their own.
LITERALS = replace(
    POSTGRESQL_LITERALS,
    dialect="cockroachdb",
    families=MappingProxyType({**_SHARED_FAMILIES, sat.CHAR: {}, TypeEngine: {}}),
)

NEUTRAL = "CockroachDBDialect"
"""The class of sqlalchemy-cockroachdb that its drivers have in common."""

CONNECTED: Mapping[str, Any] = MappingProxyType(
    {
        "supports_smallserial": False,
        "supports_identity_columns": True,
        "supports_native_enum": True,
        "supports_virtual_generated_columns": False,
        "_supports_jsonb_subscripting": False,
        "_backslash_escapes": False,
    }
)
"""What CockroachDBDialect.initialize() makes of a server of 20.2 or later, which it takes for PostgreSQL 9.5."""


class CockroachFrame(PlainFrame):
    """The frame of one script."""

    right_server = "version() LIKE '%CockroachDB%'"
    wrong_server = "this script is for CockroachDB"
    # `cockroach sql` and roles may have them on: DELETE and UPDATE without WHERE are an error then.
    session = ("SET sql_safe_updates = off;",)


RECORD = replace(
    POSTGRESQL,
    assume=None,
    name="cockroachdb",
    title="cockroachdb 20.2 or later",
    run_command='psql -X -d "postgresql://USER@HOST:26257/DATABASE" -f {file}',
    client="psql 11 or later; any other changes nothing. Never run on CockroachDB",
    make_frame=CockroachFrame,
    mode_of=mode_of,
    refusal_of=refusal_of,
    transactional_ddl=False,
    releases=(),
    manual=plain_manual,
    manual_mode=Mode.ALONE,
    go_on=GO_ON,
)
