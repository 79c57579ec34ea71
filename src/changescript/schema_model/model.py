"""The schema as the statements so far have made it, and questions to it."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import exc

from changescript.schema_model.answers import Names, entries, guarded
from changescript.schema_model.asking import asking
from changescript.schema_model.assumptions import (
    OF_COLUMN,
    OF_NAME,
    OF_SCHEMA,
    UNCHECKED,
    Assumption,
    Question,
    assumed,
    named_alone,
    of_column,
)
from changescript.schema_model.checks import has_check
from changescript.schema_model.state import Answered, Applied, Lost, State, engine_of
from changescript.schema_model.unknown import Unfollowed, Unknown, UnknownAnswer, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.schema_model.answers import Entry
    from changescript.schema_model.assumptions import Answer
    from changescript.schema_model.found import Found
    from changescript.schema_model.state import Engine


_LISTS_OF_NAMES = ("get_table_names", "get_view_names")
_DATA = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SAID = re.compile(r"'([^']*)'")


def changes_schema(sql: str) -> bool:
    """Tell whether a statement may change more than rows; those are none of the model's business, and many."""
    return not _DATA.match(sql) or ";" in sql


class SchemaModel:
    """A database's schema, told by the statements that made it.

    Statements are only noted; they are read when a question comes. A copy costs nothing.
    """

    def __init__(self, dialect: Dialect, on_answer: Callable[[Assumption], None] | None = None) -> None:
        self.dialect = dialect
        self.on_answer = on_answer or (lambda _: None)
        self.presumes: bool | None = None
        """What to answer to whether something exists where that isn't known; None: refuse."""
        self.refuse: Callable[[UnknownAnswer], Exception] = lambda error: error
        """Makes what is raised where a part of an answer is read later, and isn't known."""
        self._state = State(lambda: engine_of(dialect))
        self._last: Applied | None = None
        self._lost: tuple[Lost, ...] = ()
        self.answers_what_was_lost = False

    def apply(self, construct: ClauseElement | str, place: str = "", sql: str | None = None) -> None:
        """Note a statement; `sql` is its compiled text where the caller has it, `place` its file:line."""
        text = sql if sql is not None else construct if isinstance(construct, str) else self._compiled(construct)
        if not changes_schema(text):
            return
        self._last = self._state.applied(self._last, text, place, self._lost)

    def _compiled(self, construct: ClauseElement) -> str:
        from changescript.literals import compile_literal  # noqa: PLC0415 - callers mostly have the text

        return compile_literal(construct, self.dialect)

    def apply_sql(self, text: str, place: str = "") -> None:
        """Note a file of DDL, such as a dump without rows."""
        self.apply(text, place)
        if self.dialect.name == "postgresql":
            # pg_dump takes the path away for itself.
            self.apply("RESET search_path", place)

    def lose(self, named: frozenset[str], reason: str, place: str) -> None:
        """Note that whatever has one of these names, in small letters, may have been made, changed or taken away."""
        self._lost += (Lost(named, Unknown(reason, place)),)

    def copy(self) -> SchemaModel:
        """Return a model that goes its own way from here."""
        copied = SchemaModel.__new__(SchemaModel)
        copied.__dict__.update(self.__dict__)
        return copied

    def for_learning(self, *, yes: bool) -> SchemaModel:
        """Return the model that answers of what was lost as far as it knows, so that nothing may rest on it; or not."""
        copied = self.copy()
        copied.answers_what_was_lost = yes
        return copied

    @property
    def engine(self) -> Engine:
        """Return what holds the schema now."""
        return self._state.at(self._last)

    def reflect(self, method: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's methods
        """Answer as a method of SQLAlchemy's dialect does, and note what that assumes."""
        options.pop("info_cache", None)
        try:
            answered = self._answered(method, arguments, options)
        except exc.NoSuchTableError as error:
            self.on_answer(Assumption(Question("table", options.get("schema"), str(error)), answer=False))
            raise
        return self._noted(method, answered)

    def _answered(self, method: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Answered:
        """Return the answer, as others may not change it."""
        asked = (method, repr(arguments), repr(sorted(options.items(), key=str)))
        how = (self._lost, self.answers_what_was_lost, self.presumes)
        return self._state.answered(
            self._last, (*asked, *how), lambda engine: self._answer(engine, method, arguments, options)
        )

    def _answer(self, engine: Engine, method: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Answered:
        function = getattr(engine.dialect, method)
        named = _named(function, engine.connection, arguments, options)
        try:
            self._refuse_lost(method, named)
            self._refuse_outside(method, named, engine.outside)
            answer = function(engine.connection, *arguments, **options)
        except UnknownAnswer:
            if self.presumes is None or method not in OF_NAME:
                raise
            answer = self.presumes
        except Unfollowed as error:
            raise refusal("the answer", Unknown(str(error))) from None
        answer = list(answer) if method.startswith("get_multi_") else answer
        outside = None if self.answers_what_was_lost else engine.outside
        return Answered(named, answer, tuple(assumed(method, named, answer, engine.columns)), outside)

    def _own(self, method: str, answer: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's answers
        """Return a copy of an answer for who asks, in which what isn't known refuses to be read, where that matters."""
        copied = _copied(answer)
        if self.answers_what_was_lost:
            return copied
        if method.startswith("get_multi_"):
            return [(key, guarded(value, self.refuse)) for key, value in copied]
        return guarded(copied, self.refuse)

    def _refuse_lost(self, method: str, named: dict[str, Any]) -> None:
        """Refuse a question about a name that was lost; lists of names are refused when they are read."""
        if self.answers_what_was_lost or not self._lost:
            return
        if method.startswith("get_multi_"):
            about = [str(name).lower() for name in named.get("filter_names") or ()]
        else:
            keys = ("table_name", "sequence_name", "type_name", "view_name")
            about = [str(named[key]).lower() for key in keys if named.get(key)]
        listed = method not in (*_LISTS_OF_NAMES, "get_schema_names", "has_schema")
        for lost in self._lost:
            if (not about and listed) or not lost.named.isdisjoint(about):
                raise refusal(f"what is called {', '.join(about)}" if about else "what the schema holds", lost.unknown)

    def _refuse_outside(self, method: str, named: dict[str, Any], outside: Unknown | None) -> None:
        """Refuse a list of all there is where more may be; whether one name is among them is for the target to say."""
        lists = method in (*OF_SCHEMA, "get_schema_names") and method not in _LISTS_OF_NAMES
        everything = method.startswith("get_multi_") and named.get("filter_names") is None
        if outside is not None and (lists or everything) and not self.answers_what_was_lost:
            raise refusal("what the schema holds", outside)

    def _noted(self, method: str, answered: Answered) -> Any:  # noqa: ANN401 - as above
        answer, assumptions = self._own(method, answered.answer), answered.assumptions
        if method in _LISTS_OF_NAMES:
            whole, schema = assumptions[0], answered.named.get("schema")
            # An answer that is only searched for one name assumes no more than that.
            kind = "table_only" if method == "get_table_names" else "view_only"

            def ask_one(name: str) -> None:
                self._refuse_later(name)
                self.on_answer(Assumption(Question(kind, schema, name), answer=_has(whole.answer, name)))

            def ask_all() -> None:
                self._refuse_later("")
                if answered.outside is not None:
                    raise self.refuse(refusal("what the schema holds", answered.outside))
                self.on_answer(whole)

            return Names(answer, ask_one, ask_all)
        names = None if method.startswith("get_multi_") or not assumptions else named_alone(assumptions[0])
        if names and has_check(names.question, self.dialect.name):
            return entries(
                answer, lambda: self.on_answer(names), lambda entry, key: self._note_read(assumptions, entry, key)
            )
        self._note_all(assumptions)
        if method.startswith("get_multi_") or not assumptions or assumptions[0].question.kind not in UNCHECKED:
            return answer
        return entries(answer, lambda: None, lambda entry, key: self._note_read(assumptions, entry, key))

    def _note_all(self, assumptions: Iterable[Assumption]) -> None:
        for assumption in assumptions:
            if not has_check(assumption.question, self.dialect.name):
                self._refuse_unchecked(f"{assumption.kind} {assumption.about}")
            self.on_answer(assumption)

    def _refuse_unchecked(self, what: str) -> None:
        """Refuse what no target can be asked for; where nothing may rest on an answer, none needs to be."""
        if not self.answers_what_was_lost:
            raise self.refuse(refusal(what, Unknown("a script has no way to ask the target for it")))

    def _note_read(self, assumptions: tuple[Assumption, ...], entry: Entry, key: str | None) -> None:
        """Note that more than the name of an entry is read."""
        self._note_all(assumptions)
        whole = assumptions[0]
        if key in UNCHECKED.get(whole.question.kind, ()):
            self._refuse_unchecked(f"{key!r} of {whole.kind} {whole.about}")
        if whole.question.kind == "columns":
            more = of_column(whole.question, entry, key)
            self._note_all(each for each in more if has_check(each.question, self.dialect.name))

    def _refuse_later(self, name: str) -> None:
        """Refuse, behind the question itself, where the name, or any, was lost."""
        for lost in () if self.answers_what_was_lost else self._lost:
            if not name or name.lower() in lost.named:
                raise self.refuse(refusal(f"whether {name} exists" if name else "what the schema holds", lost.unknown))

    def query(self, sql: str, parameters: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - a result
        """Answer a query of the catalogue in raw SQL with its rows; refuse any other."""
        # A name that is looked up is a text, but for PRAGMA and SHOW, which take it as it is.
        said = " ".join(_SAID.findall(sql.lower())) if sql.lstrip()[:6].upper() == "SELECT" else sql.lower()
        for lost in () if self.answers_what_was_lost else self._lost:
            about = lost.named.intersection(_WORD.findall(said))
            if about:
                raise refusal(f"what is called {', '.join(sorted(about))}", lost.unknown)
        result, assumptions = self.engine.question_of_raw_sql(sql, parameters or {})
        for assumption in assumptions:
            self.on_answer(assumption)
        return result

    def found(self, question: Question) -> Found | None:
        """Return what a question that was just answered is about, if that was found without having been made."""
        return self._state.found(self._last, question)

    def finds(self, question: Question) -> bool:
        """Tell the same where nothing has been asked yet."""
        self._state.at(self._last)
        return self.found(question) is not None

    def is_sure(self, question: Question) -> bool:
        """Tell whether all that the statements do was known where a question was just answered."""
        return self._state.is_sure(self._last, question)

    def ask(self, question: Question) -> Assumption:
        """Answer a question again, here: what another model's answer means for the state that this one is in.

        A guard runs before a script, so it must check what the answers in the middle of it mean for the beginning.
        Where the table that is asked for doesn't exist here, that is the answer.
        """
        method, arguments = asking(question)
        try:
            answered = self._answered(method, arguments, {"schema": question.schema})
        except exc.NoSuchTableError:
            return Assumption(Question("table", question.schema, question.table), answer=False)
        whole = answered.assumptions[0]
        if question.kind in OF_COLUMN.values():
            column: dict[str, Any] = next((one for one in answered.answer if one["name"] == question.name), {})
            return next((one for one in of_column(whole.question, column, None) if one.question == question), whole)
        if question.kind in ("table_only", "view_only"):
            self._refuse_lost("has_table", {"table_name": question.table})
            return Assumption(question, _has(whole.answer, question.table))
        if question.kind == whole.question.kind:
            return whole
        names = tuple(row[0] for row in whole.answer) if isinstance(whole.answer, tuple) else ()
        return Assumption(question, question.name in names if question.kind == "column" else names)

    def name_of(self, table: str, kind: str, columns: tuple[str, ...] = (), schema: str | None = None) -> str:
        """Return the name of a table's one constraint of a kind over these columns.

        `kind` is "primary", "foreignkey", "unique" or "check", as in Alembic's drop_constraint(); columns may be left
        out where the table has only one.
        """
        named = self.names_of(table, kind, columns, schema)
        if len(named) != 1:
            raise refusal(f"the name of the {kind} constraint of {table}", Unknown(f"{len(named)} fit"))
        return named[0]

    def names_of(
        self, table: str, kind: str, columns: tuple[str, ...] = (), schema: str | None = None
    ) -> tuple[str, ...]:
        """Return the names of a table's constraints of a kind, over these columns where some are given."""
        method, key = _NAMED[kind]
        found = self.reflect(method, table, schema=schema)
        every = [found] if isinstance(found, dict) else found
        return tuple(str(one["name"]) for one in every if one["name"] and (not columns or tuple(one[key]) == columns))


_NAMED = {
    "primary": ("get_pk_constraint", "constrained_columns"),
    "foreignkey": ("get_foreign_keys", "constrained_columns"),
    "unique": ("get_unique_constraints", "column_names"),
    "check": ("get_check_constraints", "name"),
}


def _copied(answer: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's answers
    """Return lists and dictionaries anew, down to what nobody changes, such as types."""
    if isinstance(answer, dict):
        return {key: _copied(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [_copied(one) for one in answer]
    if isinstance(answer, tuple):
        return tuple(_copied(one) for one in answer)
    return answer


def _has(names: Answer, name: str) -> bool:
    return isinstance(names, tuple) and name in names


def _named(
    function: Callable[..., Any], connection: object, arguments: tuple[Any, ...], options: dict[str, Any]
) -> dict[str, Any]:
    bound = inspect.signature(function).bind(connection, *arguments, **options).arguments
    return {**bound, **bound.get("kw", {})}
