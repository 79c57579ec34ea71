"""Where a database's model is: the statements behind each other, and one engine that goes back and forth on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from changescript.schema_model.unknown import Unknown, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Dialect

    from changescript.schema_model.assumptions import Answer, Assumption, Question
    from changescript.schema_model.found import Found

_WORD = re.compile(r"\w+")
_NAMES = 200
"""Characters of a statement in which the table stands that it is about."""


class Engine(Protocol):
    """What a database's model does."""

    default_schema: str | None
    connection: Any
    dialect: Any
    outside: Unknown | None
    """Why something may exist that was never seen made, or None."""

    @property
    def found(self) -> frozenset[Found]:
        """What turned out to be there without having been made."""

    @property
    def unsure(self) -> frozenset[str]:
        """Kinds of questions about which statements so far may have done more than is known; "all" for any kind."""

    def push(self, sql: str, place: str) -> None:
        """Follow a text of statements."""

    def pop(self) -> bool:
        """Take back the text that was followed last; False where that can't be done any more."""

    def columns(self, schema: str | None, table: str) -> Answer:
        """Return name, type, nullability and whether there is a default of each column."""

    def question_of_raw_sql(self, sql: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - a result
        """Answer a recognised query of the catalogue: its result, and the assumptions."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Names of which nothing is known any more."""

    named: frozenset[str]
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as the engine gives it."""

    named: dict[str, Any]
    """The arguments of the question, by name."""
    answer: Any
    assumptions: tuple[Assumption, ...]
    outside: Unknown | None = None
    """Why an answer with names may miss some."""


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """A text of statements, behind those before it."""

    before: Applied | None
    sql: str
    place: str
    depth: int
    lost: tuple[Lost, ...] = ()
    """What nobody knew of by then."""

    def names_lost(self) -> bool:
        """Tell whether its beginning names something of which nothing is known."""
        named = set(_WORD.findall(self.sql[:_NAMES].lower()))
        return any(not lost.named.isdisjoint(named) for lost in self.lost)


_REMEMBERED = 500
"""Answers and statements that are kept: a revision runs three times and asks the same each time."""


def _put(memory: dict[tuple[object, ...], Any], key: tuple[object, ...], value: object) -> None:
    """Keep a value, and let the oldest go where there are too many."""
    if len(memory) >= _REMEMBERED:
        del memory[next(iter(memory))]
    memory[key] = value


class State:
    """One engine, brought to wherever a question is asked; shared by a model and its copies."""

    def __init__(self, make: Callable[[], Engine]) -> None:
        self._make = make
        self._engine: Engine | None = None
        self._at: Applied | None = None
        self._answers: dict[tuple[object, ...], Answered] = {}
        self._recent: dict[tuple[object, ...], Applied] = {}
        self._found: dict[Applied | None, frozenset[Found]] = {}
        self._unsure: dict[Applied | None, frozenset[str]] = {}

    def applied(self, before: Applied | None, sql: str, place: str, lost: tuple[Lost, ...]) -> Applied:
        """Return a text behind another one: that of a moment ago, where a revision runs once more."""
        key = (before, sql, place, lost)
        if key not in self._recent:
            made = Applied(before, sql, place, before.depth + 1 if before else 1, lost)
            _put(self._recent, key, made)
        return self._recent[key]

    def answered(
        self, at: Applied | None, question: tuple[object, ...], answer: Callable[[Engine], Answered]
    ) -> Answered:
        """Return an answer, without moving the engine where it has just been given."""
        key = (at, *question)
        if key not in self._answers:
            _put(self._answers, key, answer(self.at(at)))
        return self._answers[key]

    def at(self, wanted: Applied | None) -> Engine:
        """Return the engine after this statement: back to where the ways part, then on."""
        engine = self._engine or self._make()
        self._engine = engine
        ahead: list[Applied] = []
        while wanted is not self._at:
            if wanted is not None and (self._at is None or wanted.depth > self._at.depth):
                ahead.append(wanted)
                wanted = wanted.before
            elif self._at is not None:
                if engine.pop():
                    self._at = self._at.before
                else:
                    engine = self._engine = self._make()
                    self._at = None
        for applied in reversed(ahead):
            outside = engine.outside
            engine.push(applied.sql, applied.place)
            if engine.outside is not outside and applied.names_lost():
                engine.outside = outside  # what it needs was made by what can't be followed, not outside
            self._at = applied
        if engine.found:
            self._found[self._at] = engine.found
        if engine.unsure:
            self._unsure[self._at] = engine.unsure
        return engine

    def is_sure(self, at: Applied | None, question: Question) -> bool:
        """Tell whether all that the statements did was known where a question has been asked."""
        return {"all", question.kind}.isdisjoint(self._unsure.get(at, ()))

    def found(self, at: Applied | None, question: Question) -> Found | None:
        """Return what a question that has been asked there is about, if that was found without having been made."""
        return next((one for one in self._found.get(at, ()) if one.answers(question)), None)


def engine_of(dialect: Dialect) -> Engine:
    """Return the model of a database without anything in it; raises UnknownAnswer where there is none."""
    if dialect.name == "postgresql":
        from changescript.schema_model.postgresql.engine import PostgreSQLEngine  # noqa: PLC0415 - one of several

        return PostgreSQLEngine(dialect)
    if dialect.name in ("mysql", "mariadb"):
        from changescript.schema_model.mysql.engine import MySQLEngine  # noqa: PLC0415 - one of several

        return MySQLEngine(dialect)
    if dialect.name == "sqlite":
        from changescript.schema_model.sqlite.engine import SQLiteEngine  # noqa: PLC0415 - one of several

        return SQLiteEngine(dialect)
    raise refusal("the schema", Unknown(f"there is no model of {dialect.name}"))
