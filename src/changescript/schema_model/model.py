"""The schema as the statements so far have made it, and questions to it."""

from __future__ import annotations

import contextlib
import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import exc
from sqlalchemy.engine.reflection import Inspector

from changescript.schema_model.answers import Names, guarded
from changescript.schema_model.assumptions import Assumption, Question, assumed
from changescript.schema_model.unknown import Unfollowed, Unknown, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql.elements import ClauseElement

    from changescript.schema_model.assumptions import Answer


_DATA = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


class Engine(Protocol):
    """What a database's model does."""

    default_schema: str | None
    connection: Any
    dialect: Any

    def push(self, sql: str, place: str) -> None:
        """Follow a text of statements."""

    def pop(self) -> bool:
        """Take back the text that was followed last; False where that can't be done any more."""

    def columns(self, schema: str | None, table: str) -> Answer:
        """Return name, type, nullability and whether there is a default of each column."""

    def question_of_raw_sql(self, sql: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - a result
        """Answer a recognised query of the catalogue: its result, and the assumptions."""


@dataclass(frozen=True, slots=True)
class _Applied:
    """A text of statements, behind those before it."""

    before: _Applied | None
    sql: str
    place: str
    depth: int


class _State:
    """One engine, brought to wherever a question is asked; shared by a model and its copies."""

    def __init__(self, make: Callable[[], Engine]) -> None:
        self._make = make
        self._engine: Engine | None = None
        self._at: _Applied | None = None

    def at(self, wanted: _Applied | None) -> Engine:
        """Return the engine after this statement: back to where the ways part, then on."""
        engine = self._engine or self._make()
        self._engine = engine
        ahead: list[_Applied] = []
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
            engine.push(applied.sql, applied.place)
            self._at = applied
        return engine


class SchemaModel:
    """A database's schema, told by the statements that made it.

    Statements are only noted; they are read when a question comes. A copy costs nothing.
    """

    def __init__(self, dialect: Dialect, on_answer: Callable[[Assumption], None] | None = None) -> None:
        self.dialect = dialect
        self.on_answer = on_answer or (lambda _: None)
        self._state = _State(lambda: _engine_of(dialect))
        self._last: _Applied | None = None

    def apply(self, construct: ClauseElement | str, place: str = "", sql: str | None = None) -> None:
        """Note a statement; `sql` is its compiled text where the caller has it, `place` its file:line."""
        text = sql if sql is not None else construct if isinstance(construct, str) else self._compiled(construct)
        if _DATA.match(text) and ";" not in text:
            return  # rows are none of the model's business, and there may be many
        self._last = _Applied(self._last, text, place, self._last.depth + 1 if self._last else 1)

    def _compiled(self, construct: ClauseElement) -> str:
        from changescript.literals import compile_literal  # noqa: PLC0415 - callers mostly have the text

        return compile_literal(construct, self.dialect)

    def apply_sql(self, text: str, place: str = "") -> None:
        """Note a file of DDL, such as a dump without rows."""
        self.apply(text, place)
        if self.dialect.name == "postgresql":
            # pg_dump takes the path away for itself.
            self.apply("RESET search_path", place)

    def copy(self) -> SchemaModel:
        """Return a model that goes its own way from here."""
        copied = SchemaModel.__new__(SchemaModel)
        copied.__dict__.update(self.__dict__)
        return copied

    @property
    def engine(self) -> Engine:
        """Return what holds the schema now."""
        return self._state.at(self._last)

    def reflect(self, method: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's methods
        """Answer as a method of SQLAlchemy's dialect does, and note what that assumes."""
        engine = self.engine
        options.pop("info_cache", None)
        function = getattr(engine.dialect, method)
        named = _named(function, engine.connection, arguments, options)
        try:
            answer = function(engine.connection, *arguments, **options)
        except exc.NoSuchTableError:
            if "table_name" in named:
                question = Question("table", named.get("schema"), named["table_name"])
                self.on_answer(Assumption(question, answer=False))
            raise
        except Unfollowed as error:
            raise refusal("the answer", Unknown(str(error))) from None
        if method.startswith("get_multi_"):
            answer = [(key, guarded(value)) for key, value in answer]
        answer = guarded(answer)
        return self._noted(engine, method, named, answer)

    def _noted(self, engine: Engine, method: str, named: dict[str, Any], answer: Any) -> Any:  # noqa: ANN401 - as above
        assumptions = list(assumed(method, named, answer, engine.columns))
        if method in ("get_table_names", "get_view_names"):
            whole, schema = assumptions[0], named.get("schema")
            # An answer that is only searched for one name assumes no more than that.
            kind = "table_only" if method == "get_table_names" else "view_only"
            return Names(
                answer,
                lambda name: self.on_answer(Assumption(Question(kind, schema, name), answer=_has(whole.answer, name))),
                lambda: self.on_answer(whole),
            )
        for assumption in assumptions:
            self.on_answer(assumption)
        return answer

    def query(self, sql: str, parameters: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - a result
        """Answer a query of the catalogue in raw SQL with its rows; refuse any other."""
        result, assumptions = self.engine.question_of_raw_sql(sql, parameters or {})
        for assumption in assumptions:
            self.on_answer(assumption)
        return result

    def ask(self, question: Question) -> Assumption:
        """Answer a question again, here: what another model's answer means for the state that this one is in.

        A guard runs before a script, so it must check what the answers in the middle of it mean for the beginning.
        Where the table that is asked for doesn't exist here, that is the answer.
        """
        found: list[Assumption] = []
        asked = self.copy()
        asked.on_answer = found.append
        method, named = _asking(question)
        with contextlib.suppress(exc.NoSuchTableError):
            answer = asked.reflect(method, *named, schema=question.schema)
            if question.kind in _WHOLE:
                found.clear()
                list(answer)
        if question.kind in ("column", "column_names") and found[-1].question.kind == "columns":
            return _narrowed(question, found[-1])
        if question.kind in ("table_only", "view_only") and isinstance(found[-1].answer, tuple):
            return Assumption(question, question.table in found[-1].answer)
        return found[-1]

    def name_of(self, table: str, kind: str, columns: tuple[str, ...] = (), schema: str | None = None) -> str:
        """Return the name of a table's one constraint of a kind over these columns.

        `kind` is "primary", "foreignkey", "unique" or "check", as in Alembic's drop_constraint(); columns may be left
        out where the table has only one.
        """
        method, key = _NAMED[kind]
        found = self.reflect(method, table, schema=schema)
        entries = [found] if isinstance(found, dict) else found
        named = [one["name"] for one in entries if one.get("name") and (not columns or tuple(one[key]) == columns)]
        if len(named) != 1:
            raise refusal(f"the name of the {kind} constraint of {table}", Unknown(f"{len(named)} fit"))
        return str(named[0])


_WHOLE = {"tables": "get_table_names", "views": "get_view_names"}
_ASKING = _WHOLE | {
    "table": "has_table",
    "sequence": "has_sequence",
    "type": "has_type",
    "table_only": "get_table_names",
    "view_only": "get_view_names",
    "materialized_views": "get_materialized_view_names",
    "sequences": "get_sequence_names",
    "enums": "_load_enums",
    "columns": "get_columns",
    "column": "get_columns",
    "column_names": "get_columns",
    "primary_key": "get_pk_constraint",
    "foreign_keys": "get_foreign_keys",
    "indexes": "get_indexes",
    "unique_constraints": "get_unique_constraints",
    "check_constraints": "get_check_constraints",
    "comment": "get_table_comment",
}


def _asking(question: Question) -> tuple[str, tuple[str, ...]]:
    """Return SQLAlchemy's question, and the name that it takes."""
    if question.kind not in _ASKING:
        raise refusal(
            "what a question means for another state", Unknown(f"{question.kind} is only known where it is asked")
        )
    if question.kind in ("sequence", "type"):
        return _ASKING[question.kind], (question.name,)
    return _ASKING[question.kind], (question.table,) if question.table else ()


def _narrowed(question: Question, columns: Assumption) -> Assumption:
    names = tuple(row[0] for row in columns.answer) if isinstance(columns.answer, tuple) else ()
    return Assumption(question, question.name in names if question.kind == "column" else names)


_NAMED = {
    "primary": ("get_pk_constraint", "constrained_columns"),
    "foreignkey": ("get_foreign_keys", "constrained_columns"),
    "unique": ("get_unique_constraints", "column_names"),
    "check": ("get_check_constraints", "name"),
}


def _has(names: Answer, name: str) -> bool:
    return isinstance(names, tuple) and name in names


def _named(
    function: Callable[..., Any], connection: object, arguments: tuple[Any, ...], options: dict[str, Any]
) -> dict[str, Any]:
    bound = inspect.signature(function).bind(connection, *arguments, **options).arguments
    return {**bound, **bound.get("kw", {})}


def _engine_of(dialect: Dialect) -> Engine:
    if dialect.name == "postgresql":
        from changescript.schema_model.postgresql.engine import PostgreSQLEngine  # noqa: PLC0415 - one of several

        return PostgreSQLEngine(dialect)
    if dialect.name in ("mysql", "mariadb"):
        from changescript.schema_model.mysql.engine import MySQLEngine  # noqa: PLC0415 - one of several

        return MySQLEngine(dialect)
    if dialect.name == "sqlite":
        from changescript.schema_model.sqlite import SQLiteEngine  # noqa: PLC0415 - one of several

        return SQLiteEngine(dialect)
    raise refusal("the schema", Unknown(f"there is no model of {dialect.name}"))


class ModelInspector(Inspector):
    """SQLAlchemy's inspector of a bind that has a schema model."""

    @classmethod
    def of(cls, bind: Any) -> Inspector:  # noqa: ANN401 - a recording bind
        """Return what `sa.inspect(bind)` gives; the dialect's own inspector where it has one."""
        made: Inspector = Inspector._construct(Inspector._init_connection, bind)  # noqa: SLF001 - as sa.inspect() does
        return made
