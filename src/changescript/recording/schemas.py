"""The schema at any place of a history, told by what the revisions below it emit; must not run anything itself."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changescript.history import plan_upgrade
from changescript.model import Assumption, Range
from changescript.schema_model import Assumption as Answered
from changescript.schema_model import UnknownAnswer, check_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from changescript.history import History
    from changescript.model import Heads, Step
    from changescript.recording.run import Asked, Change
    from changescript.schema_model import SchemaModel

_LISTS = ("tables", "catalogue")
"""Kinds of questions whose answer holds the version table."""


class Schemas:
    """The schema above each set of heads that somebody has asked for."""

    def __init__(
        self, history: History, start: Callable[[], SchemaModel], learn: Callable[[Step, SchemaModel], SchemaModel]
    ) -> None:
        """Take what makes the schema below the first revision, and what tells it behind a step."""
        self._history = history
        self._start = start
        self._learn = learn
        self._known: dict[Heads, SchemaModel] = {}

    def known(self, heads: Heads) -> SchemaModel | None:
        """Return the schema at some heads if somebody has asked for it, or for one below."""
        return self._known.get(heads)

    def note(self, heads: Heads, schema: SchemaModel) -> None:
        """Keep the schema at some heads, which has become known in another way."""
        self._known[heads] = schema

    def at(self, heads: Heads) -> SchemaModel:
        """Return the schema where these revisions, and all below them, have been applied."""
        if () not in self._known:
            self._known[()] = self._start()
        if heads not in self._known:
            schema = self._known[()]
            for step in plan_upgrade(self._history, Range((), heads)):
                if step.after not in self._known:
                    self._known[step.after] = self._learn(step, schema)
                schema = self._known[step.after]
        return self._known[heads]

    def behind(self, schema: SchemaModel, step: Step) -> SchemaModel:
        """Return the schema behind a step that begins with this one."""
        return self._learn(step, schema)


def behind(schema: SchemaModel, changes: Iterable[Change]) -> SchemaModel:
    """Return the schema behind these changes."""
    following = schema.copy()
    for change in changes:
        following.apply(change.sql, change.place)
    return following


def made_in(changes: Iterable[Change]) -> frozenset[str]:
    """Return the names, in small letters, of tables that these statements make anew, and not after another one."""
    texts = [change.sql for change in changes]
    renamed = {name.lower() for text in texts for name in _RENAMED.findall(text)}
    whole = (text for text in texts if not _AFTER_ANOTHER.search(text))
    return frozenset(name.lower() for text in whole for name in _MADE.findall(text)) - renamed


@dataclass(frozen=True, slots=True)
class Start:
    """Where a script starts: what an answer from the middle of it means there."""

    schema: SchemaModel
    version_table: str
    is_empty: bool
    """Whether it starts at base, where the version table may be missing."""
    made: frozenset[str]
    """Tables that the script makes."""

    def assumption(self, asked: Asked, *, is_first: bool) -> Assumption:
        """Return what a script states of an answer; `is_first`: no statement comes before the question."""
        answered = asked.assumption
        at_start = answered if is_first else self._asked_again(asked)
        follows = at_start == answered or self._is_made(answered, at_start)
        # A statement on what was made outside may do more than is known, such as drop what hangs on it.
        later = None if is_first or (follows and asked.sure) else answered
        return Assumption(
            source=asked.source,
            kind=answered.kind,
            about=answered.about,
            answer=answered.answered,
            at_start=self._condition(at_start) if at_start and not self._is_versions(answered) else "",
            start=str(at_start) if at_start else "",
            later=self._condition(later) if later else "",
            after=asked.after,
        )

    def _asked_again(self, asked: Asked) -> Answered | None:
        """Return the answer to the same question at the start; None where it is not known there."""
        question = asked.assumption.question
        if asked.found and not self.schema.finds(question):
            # Nothing at the start tells of it; but what the script needs, and hasn't made, is there before.
            there = Answered(question, "table" if question.kind == "object" else True)
            return there if asked.found.before else None
        with contextlib.suppress(UnknownAnswer):
            return self.schema.ask(question)
        found: list[Answered] = []
        schema = self.schema.copy()
        schema.on_answer = found.append
        try:
            asked.again(schema)
        except Exception:
            return None
        return next((each for each in found if each.question == asked.assumption.question), None)

    def _is_made(self, answered: Answered, at_start: Answered | None) -> bool:
        """Tell whether the script itself has made the table that the question is about, so that all of it is known."""
        missing = at_start and at_start.question.kind in _TABLE and at_start.answer is False
        return bool(missing) and answered.question.table.lower() in self.made

    def _is_versions(self, answered: Answered) -> bool:
        return self.is_empty and self.version_table in (answered.question.table, answered.question.name)

    def _condition(self, answered: Answered) -> str:
        """Return the SQL condition; the version table may be there, or not, before a script from base."""
        name = self.schema.dialect.name
        condition = check_sql(answered, name)
        if not (self.is_empty and answered.question.kind in _LISTS and isinstance(answered.answer, tuple)):
            return condition
        own = {self.version_table, f"sqlite_autoindex_{self.version_table}_1"}
        others = tuple(each for each in answered.answer if own.isdisjoint(each if isinstance(each, tuple) else (each,)))
        return f"({condition}) OR ({check_sql(Answered(answered.question, others), name)})"


_TABLE = ("table", "table_only")
_NAME = r"""(?:[\w$]+\.|["`][^"`]+["`]\.)?["`]?([^"`\s(;]+)["`]?"""
_MADE = re.compile(rf"^\s*CREATE\s+TABLE\s+(?!IF\b){_NAME}", re.IGNORECASE)
_AFTER_ANOTHER = re.compile(r"\b(?:SELECT|LIKE|INHERITS|OF)\b|\bAS\s+(?:TABLE|EXECUTE)\b", re.IGNORECASE)
"""What a table is made after, which says no more of its columns."""
_RENAMED = re.compile(rf"\bRENAME\s+(?:TO|AS)\s+{_NAME}", re.IGNORECASE)
