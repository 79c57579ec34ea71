"""PostgreSQL with Citus, through psql on the coordinator: as PostgreSQL, but for what workers do. Run without any."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from changescript.dialects.postgresql import RECORD as POSTGRESQL
from changescript.dialects.postgresql import statements
from changescript.dialects.postgresql.frame import PostgresqlFrame
from changescript.segments import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

# create_distributed_table_concurrently() and the rebalancer commit by themselves what they copy.
_OUTSIDE = re.compile(
    r"\b(create_distributed_table_concurrently|rebalance_table_shards|citus_move_shard_placement"
    r"|citus_split_shard_by_split_points|isolate_tenant_to_new_shard|citus_drain_node)\s*\(",
    re.IGNORECASE,
)


class CitusFrame(PostgresqlFrame):
    """The frame of one script."""

    # The routines of the guard are this session's, and nothing that workers should get.
    before_guard = ("SET citus.enable_ddl_propagation = off;",)
    # In one transaction Citus refuses DDL on a distributed type, function or foreign key behind what has run on
    # several connections to a worker ("there was a parallel operation"); its own hint is this setting. Before
    # Citus 11 it can't distribute a table with rows then: a revision may SET LOCAL it to 'parallel'.
    behind_guard = ("RESET citus.enable_ddl_propagation;", "SET citus.multi_shard_modify_mode = 'sequential';")

    def wrong_servers(self) -> Iterator[tuple[str, str]]:
        """Yield what a server must not be, as a condition of PL/pgSQL, with what to tell of it."""
        yield from super().wrong_servers()
        yield "NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')", "this database has no extension citus"


def mode_of(sql: str, *, autocommit: bool) -> Mode:
    """Return how a statement may run."""
    return Mode.OUTSIDE if _OUTSIDE.search(sql) else statements.mode_of(sql, autocommit=autocommit)


RECORD = replace(
    POSTGRESQL,
    name="citus",
    title="citus on postgresql 12 or later",
    run_command="psql -X -d COORDINATOR_DATABASE -f {file}",
    client=POSTGRESQL.client,
    make_frame=CitusFrame,
    mode_of=mode_of,
    sqlalchemy_name="postgresql",
)
