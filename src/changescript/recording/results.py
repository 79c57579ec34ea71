"""What statements return while revisions run: results that exist, but into which nobody may look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

from changescript.errors import Asks
from changescript.recording.empty import result_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changescript.recording.recorder import Recorder
    from changescript.recording.run import Mark

NO_ANSWER = "write the change as one statement that needs no answer, such as UPDATE ... FROM"
"""What to do in place of a question about rows."""


class UnreadResult:
    """The result of a statement that was recorded: it exists, but nobody may look into it.

    Where the statement only asks the catalogue what is called so, the schema answers; it is no statement then.
    """

    def __init__(self, recorder: Recorder, query: Query | None = None) -> None:
        self._recorder = recorder
        self._query = query
        self._answer: Any = None

    def close(self) -> None:
        """Drop it unread."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(
            self._looked_up(f"the result of a statement is asked for .{name}; offline there are no rows"), name
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._looked_up(_READ))

    def __next__(self) -> Any:
        return next(self._looked_up(_READ))

    def _looked_up(self, what: str) -> Any:
        """Return the answer to a query of the catalogue; refuse whatever asks for rows."""
        if self._answer is None:
            self._answer = self._answered(what)
        return self._answer

    def _answered(self, what: str) -> Any:
        query = self._query
        asks_server = query is not None and _ASKS_SERVER.search(query.sql)
        if query and self._recorder.record.models_schema and not asks_server and _ASKS_CATALOGUE.search(query.sql):
            found = self._recorder.ask(lambda schema: schema.query(query.sql), query.at)
            self._recorder.leave_out(query.at.statements)
            return found
        if self._recorder.presumes:
            return result_of(query.sql if query else "", self._recorder.record.lexicon)
        raise self._recorder.refuse(what, NO_ANSWER, Asks.DATABASE if asks_server else Asks.ROWS)


class ResultForSession(UnreadResult):
    """The result of UPDATE or DELETE as a session looks into it."""

    context = SimpleNamespace(
        compiled=SimpleNamespace(compile_state=SimpleNamespace(from_statement_ctx=None)), compiled_parameters=[{}]
    )
    """Says that no objects are made of what the statement returns."""

    def prefetch_cols(self) -> tuple[()]:
        """Return the columns whose values a session would take over for its objects, had it any."""
        return ()

    postfetch_cols = prefetch_cols

    @property
    def rowcount(self) -> UnreadCount:
        """How many rows there were: a session always asks, and seldom anybody else."""
        return UnreadCount(self._recorder)


class UnreadCount:
    """A number of rows that nobody may look at."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def _refuse(self, *_: object) -> Any:
        raise self._recorder.refuse("the number of changed rows is read; offline there are none", NO_ANSWER, Asks.ROWS)

    __class__ = property(_refuse)  # isinstance() looks there


_LOOKS = (
    *("__int__", "__index__", "__float__", "__bool__", "__str__", "__repr__", "__format__", "__hash__"),
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__neg__", "__add__", "__radd__", "__sub__"),
    *("__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__", "__floordiv__", "__rfloordiv__", "__mod__"),
    *("__rmod__", "__divmod__", "__rdivmod__", "__pow__", "__rpow__", "__pos__", "__abs__", "__invert__", "__round__"),
    *("__trunc__", "__floor__", "__ceil__", "__and__", "__rand__", "__or__", "__ror__", "__xor__", "__rxor__"),
    *("__lshift__", "__rlshift__", "__rshift__", "__rrshift__", "__complex__"),
)
for _name in _LOOKS:
    setattr(UnreadCount, _name, UnreadCount._refuse)


_READ = "the rows of a statement are read; offline there are none"
_ASKS_SERVER = re.compile(
    r"\bpg_settings\b|@@\w|^\s*SHOW\s+(?!FULL\b|TABLES\b|COLUMNS\b|FIELDS\b|INDEX\b|INDEXES\b|KEYS\b|CREATE\b)",
    re.IGNORECASE,
)
"""A query of the server's settings."""
_ASKS_CATALOGUE = re.compile(
    r"\binformation_schema\b|\bpg_(?!advisory|sleep|try)\w+|\bto_regclass\b|\bsqlite_(?:master|schema)\b"
    r"|^\s*(?:SHOW|PRAGMA|DESC|DESCRIBE)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A statement that may have been a question."""

    sql: str
    at: Mark
    """Where in the run it was emitted."""
