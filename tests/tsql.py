"""A small interpreter of the T-SQL that frames are written in, to see which statements of a script would run.

It knows what SQL Server's reference says of NOEXEC, @@ERROR, XACT_ABORT and transactions, and no table but the version
table: any other statement is only noted as executed. It shows that the logic of a frame holds together, and says
nothing of how a real server takes the text.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.tsql_parser import Parser, tokens_of
from tests.tsql_values import Fails, Finished, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.tsql_parser import Token
    from tests.tsql_values import Statement


@cache
def _read(batch: str) -> Sequence[Statement]:
    return Parser(tokens_of(batch)).statements()


@dataclass(slots=True)
class Database:
    """What lasts: the version rows, and which statements have been executed."""

    heads: list[str] | None = None
    """None: there is no version table."""
    executed: list[str] = field(default_factory=list)
    name: str = "app"
    schema: str = "dbo"
    version: int | None = 15
    edition: int = 3
    locked_by_other: bool = False
    before: list[str] = field(default_factory=list)
    """Statements that were executed by somebody else, earlier."""


@dataclass(slots=True)
class Session:
    """What one connection keeps between batches."""

    database: Database
    noexec: bool = False
    transactions: int = 0
    before: Database | None = None
    error: int = 0
    rows: int = 0
    context: dict[str, str | None] = field(default_factory=dict)
    procedures: dict[str, tuple[Sequence[tuple[str, Any]], Sequence[Statement]]] = field(default_factory=dict)
    holds_lock: bool = False
    output: list[str] = field(default_factory=list)
    state_127: bool = False
    begun: int = 0
    """How many transactions."""
    on_version_change: Callable[[Session], None] = field(default=lambda _session: None)
    """What a trigger on the version table does."""
    fails: Callable[[str], bool] = field(default=lambda _sql: False)

    def run(self, batch: str) -> None:
        """Run a batch to its end, or to the error that ends it."""
        try:
            statements = _read(batch)
        except Fails as error:
            # what can't be compiled is not executed at all, and undoes nothing
            self.note(str(error))
            return
        scope = Scope(self, {})
        try:
            for statement in statements:
                statement(scope)
        except Finished:
            pass
        except Fails as error:
            self.note(str(error))
            self.rollback()

    def note(self, message: str) -> None:
        """Tell the client of an error."""
        self.output.append(f"Msg: {message}")
        self.error = 50000

    @property
    def errors(self) -> list[str]:
        """Messages of errors."""
        return [line for line in self.output if line.startswith("Msg: ")]

    def begin(self) -> None:
        """Begin a transaction, or nest one."""
        if not self.transactions:
            self.before = copy.deepcopy(self.database)
            self.begun += 1
        self.transactions += 1

    def commit(self) -> None:
        """End a transaction."""
        if not self.transactions:
            raise Fails("COMMIT without BEGIN")
        self.transactions -= 1
        if not self.transactions:
            self.before = None

    def rollback(self) -> None:
        """Undo the open transaction."""
        if self.before is not None:
            self.database.heads, self.database.executed = self.before.heads, self.before.executed
        self.before, self.transactions = None, 0

    def execute(self, tokens: Sequence[Token]) -> None:
        """Take a statement that is not the frame's."""
        sql = " ".join(token.text for token in tokens)
        if self.fails(sql):
            raise Fails("the statement fails")
        self.database.executed.append(sql)

    def close(self) -> None:
        """End the connection."""
        self.rollback()
        self.holds_lock = False
