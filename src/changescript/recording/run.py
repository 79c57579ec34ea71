"""One run of a revision's function: what it has emitted, changed and asked so far; must not run anything."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from changescript.recording.emitted import in_fixed_order
from changescript.schema_model import changes_schema, names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from changescript.errors import RevisionError
    from changescript.model import SourceLine, Statement, Step
    from changescript.recording.emitted import Emitted
    from changescript.recording.unnamed import Unnamed
    from changescript.schema_model import Assumption, Found, SchemaModel


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that may change the schema, and its `file:line`."""

    sql: str
    place: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a run."""

    statements: int
    """How many statements have been emitted."""
    changes: int
    """How many of them may have changed the schema."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the schema and its answer, as they came up."""

    source: SourceLine
    assumption: Assumption
    after: int
    """How many statements had been emitted."""
    again: Callable[[SchemaModel], Any]
    """Asks the same of another state of the schema."""
    found: Found | None = None
    """What it is about, if that was found without having been made."""
    sure: bool = True
    """Whether all that the statements before it do is known."""


@dataclass(slots=True)
class Run:
    """What one run of a revision's function has done so far."""

    step: Step
    presumes: bool = False
    """It runs only to learn what it does to the schema; where it reads rows, there are none."""
    autocommit: bool = False
    savepoints: int = 0
    """How many are open."""
    emitted: list[Emitted] = field(default_factory=list)
    refusals: list[RevisionError] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    schemas: list[SchemaModel] = field(default_factory=list)
    """The schema before the first change, behind it, and so on, as far as somebody has asked."""
    unnamed: list[Unnamed] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    """Places in `emitted` of queries that are no statements of a script, because the schema has answered them."""

    def add(self, item: Emitted, sql: str) -> None:
        """Note a statement."""
        self.emitted.append(item)
        if changes_schema(sql):
            self.changes.append(Change(sql, str(item.statement.source)))

    def schema_after(self, count: int) -> SchemaModel:
        """Return the schema behind so many changes; `schemas` must hold where it began."""
        while len(self.schemas) <= count:
            change = self.changes[len(self.schemas) - 1]
            following = self.schemas[-1].copy()
            following.apply(change.sql, change.place)
            self.schemas.append(following)
        return self.schemas[count]

    def statements(self) -> list[Emitted]:
        """Return what stands in a script, in a fixed order."""
        return list(in_fixed_order(item for at, item in enumerate(self.emitted) if at not in self.answered))

    def questions(self, done: int = 0) -> list[Asked]:
        """Return the questions behind the first `done` statements, each once for a line.

        They count the statements behind those, as they stand in a script.
        """
        found: dict[tuple[object, ...], Asked] = {}
        for each in self.asked:
            after = each.after - sum(at < each.after for at in self.answered) - done
            key = (each.source, each.assumption, after)
            found.setdefault(key, replace(each, after=after))
        whole = {(names_of(each.assumption.question), each.after) for each in found.values()}
        return [
            each for each in found.values() if each.after >= 0 and (each.assumption.question, each.after) not in whole
        ]


def changes_of(statements: Iterable[Statement]) -> list[Change]:
    """Return those of a script's statements that may change the schema."""
    return [Change(each.sql, str(each.source)) for each in statements if changes_schema(each.sql)]
